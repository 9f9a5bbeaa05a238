"""What a session meets on its way to the server, as hypothesis draws it: bad lines, and answers that are not the server's."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.faults.wire.disturbances import Gangguan

_RETRY_AFTER = (
    "", "1", "7", "120", "99999999", "-5", "0", "1e3", "besok", "  ", "Wed, 21 Oct 2015 07:28:00 GMT",
    "Fri, 31 Dec 2199 23:59:59 GMT", "Mon, 99 Foo 2026 99:99:99 GMT", "120, 5", "0x10", "\u0663", "9" * 400,
)  # fmt: skip
_PENJELASAN = '{"type":"/problems/isi","masalah":[{"pointer":"/rangkuman","kode":"contoh","pesan":"Belum dikonfirmasi."}]}'


def jawaban(status: int, retry_after: str = "", body: str = "", kind: str = "application/problem+json") -> bytes:
    """An answer by hand, after which the connection ends."""
    content = body.encode()
    lines = [f"HTTP/1.1 {status} Jawaban", f"Content-Type: {kind}", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"Retry-After: {retry_after}"] if retry_after else []
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + content


PORTAL = (
    jawaban(200, body="<html>Silakan masuk</html>", kind="text/html"),
    jawaban(200, body="<html>Silakan masuk</html>", kind="application/json"),
    jawaban(302, kind="text/html"),
    jawaban(307, kind="text/html"),
    jawaban(511, body="<html>login</html>", kind="text/html"),
)
DITOLAK = jawaban(422, body=_PENJELASAN)
"""A refusal that explains itself: the one made-up answer that settles an envelope which is sent alone."""

_SEMENTARA = (400, 401, 403, 404, 408, 409, 410, 413, 415, 422, 423, 425, 429, 500, 502, 503, 504)

status_palsu = st.builds(
    lambda status, wait, simpan: Gangguan(palsu=jawaban(status, wait), simpan=simpan),
    st.sampled_from(_SEMENTARA),
    st.sampled_from(_RETRY_AFTER),
    st.booleans(),
)
portal = st.sampled_from(PORTAL).map(lambda answer: Gangguan(palsu=answer))
putus = st.builds(
    lambda naik, at, cara: Gangguan(**{"potong_naik" if naik else "potong_turun": at}, cara=cara),
    st.booleans(),
    st.integers(0, 1500),
    st.sampled_from(("akhir", "reset")),
)
berubah = st.builds(
    lambda naik, at, xor: Gangguan(**{"ubah_naik" if naik else "ubah_turun": at}, xor=xor),
    st.booleans(),
    st.integers(0, 900),
    st.integers(1, 255),
)
ganda = st.sampled_from(("jalur", "susul")).flatmap(
    lambda how: st.sampled_from((Gangguan(ganda=how), Gangguan(ganda=how, potong_turun=0), Gangguan(ganda=how, potong_turun=400)))
)
lambat = st.sampled_from((Gangguan(tahan=True), Gangguan(tunda=0.02), Gangguan(potong_turun=0, cara="diam")))
gangguan = st.one_of(status_palsu, putus, berubah, ganda, lambat, portal)
