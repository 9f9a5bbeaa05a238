"""What a session meets on its way to the server, as hypothesis draws it: bad lines, and answers that are not the server's."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.faults.wire.disturbances import Disturbance

_RETRY_AFTER = (
    "", "1", "7", "120", "99999999", "-5", "0", "1e3", "besok", "  ", "Wed, 21 Oct 2015 07:28:00 GMT",
    "Fri, 31 Dec 2199 23:59:59 GMT", "Mon, 99 Foo 2026 99:99:99 GMT", "120, 5", "0x10", "\u0663", "9" * 400,
)  # fmt: skip
_EXPLANATION = '{"type":"/problems/isi","masalah":[{"pointer":"/rangkuman","kode":"contoh","pesan":"Belum dikonfirmasi."}]}'


def answer(status: int, retry_after: str = "", body: str = "", kind: str = "application/problem+json") -> bytes:
    """An answer by hand, after which the connection ends."""
    content = body.encode()
    lines = [f"HTTP/1.1 {status} Jawaban", f"Content-Type: {kind}", f"Content-Length: {len(content)}", "Connection: close"]
    lines += [f"Retry-After: {retry_after}"] if retry_after else []
    return "\r\n".join([*lines, "", ""]).encode("utf-8") + content


PORTAL = (
    answer(200, body="<html>Silakan masuk</html>", kind="text/html"),
    answer(200, body="<html>Silakan masuk</html>", kind="application/json"),
    answer(302, kind="text/html"),
    answer(307, kind="text/html"),
    answer(511, body="<html>login</html>", kind="text/html"),
)
REFUSED = answer(422, body=_EXPLANATION)
"""A refusal that explains itself: the one made-up answer that settles an envelope which is sent alone."""

_TEMPORARY = (400, 401, 403, 404, 408, 409, 410, 413, 415, 422, 423, 425, 429, 500, 502, 503, 504)

fake_status = st.builds(
    lambda status, wait, save: Disturbance(fake=answer(status, wait), save=save),
    st.sampled_from(_TEMPORARY),
    st.sampled_from(_RETRY_AFTER),
    st.booleans(),
)
portal = st.sampled_from(PORTAL).map(lambda answer: Disturbance(fake=answer))
cut = st.builds(
    lambda up, at, manner: Disturbance(**{"cut_up" if up else "cut_down": at}, manner=manner),
    st.booleans(),
    st.integers(0, 1500),
    st.sampled_from(("akhir", "reset")),
)
changed = st.builds(
    lambda up, at, xor: Disturbance(**{"change_up" if up else "change_down": at}, xor=xor),
    st.booleans(),
    st.integers(0, 900),
    st.integers(1, 255),
)
repeat = st.sampled_from(("jalur", "susul")).flatmap(
    lambda how: st.sampled_from(
        (Disturbance(repeat=how), Disturbance(repeat=how, cut_down=0), Disturbance(repeat=how, cut_down=400))
    )
)
slow = st.sampled_from((Disturbance(hold=True), Disturbance(delay=0.02), Disturbance(cut_down=0, manner="diam")))
disturbance = st.one_of(fake_status, cut, changed, repeat, slow, portal)
