"""The sentence and the kind of each trouble."""

from __future__ import annotations

import errno
import gzip
import socket
import ssl

import pytest

from pmm_tui.sync.http import problem, trouble
from pmm_tui.sync.http.response_body import (
    BATCH,
    PROBLEM,
    REFERENCE,
    STATUS,
    BodyError,
    Cap,
    Reader,
    is_json,
    strict_json,
    without,
)
from pmm_tui.sync.results import Stop

JSON = {"content-type": "application/problem+json"}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (299, "asing"), (300, "portal"), (302, "portal"), (399, "portal"), (400, "asing"), (401, "token"), (403, "akses"),
        (404, "alamat"), (405, "alamat"), (407, "proksi"), (408, "waktu"), (409, "sibuk"), (410, "alamat"), (415, "asing"),
        (418, "asing"), (423, "sibuk"), (425, "sibuk"), (429, "sibuk"), (499, "asing"), (500, "gangguan"), (501, "asing"),
        (502, "gangguan"), (503, "sibuk"), (511, "portal"), (599, "gangguan"),
    ],
)  # fmt: skip
def test_each_status_has_its_kind(status: int, kind: str) -> None:
    """What the program does next hangs on the kind; wait, status and the server's words go along."""
    found = trouble.of_status(status, 7.0, "Kata.")

    assert (found.kind, found.status, found.retry_after, found.untouched) == (kind, status, 7.0, False)
    assert found.reason.endswith(' Kata server: "Kata."')
    assert "Kata server" not in trouble.of_status(status).reason
    assert (trouble.not_ours(204).status, trouble.not_ours().status, trouble.other_service().status) == (204, 200, 200)
    assert trouble.damaged("x").status == 200


def test_without_an_answer_there_is_no_status() -> None:
    """What never answered has no status, asked for no wait, and nothing of it is known not to have left."""
    stop = Stop(reason="x", kind="putus")
    assert (stop.status, stop.retry_after, stop.untouched) == (0, None, False)


def test_two_servers_that_look_the_same_are_told_apart() -> None:
    """A wrong address and a closed one, a service that is none and one that is busy have sentences of their own."""
    sentences = [trouble.of_status(status).reason for status in (401, 403, 404, 405, 407, 408, 409, 410, 415, 425, 429, 501, 503)]
    assert len(set(sentences)) == len(sentences)


def certificate(code: int) -> ssl.SSLCertVerificationError:
    """A certificate that is not believed."""
    error = ssl.SSLCertVerificationError(1, "x")
    error.verify_code = code
    return error


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ((10, 0x800B0101, -67818), "kedaluwarsa"),
        ((9, -67819), "belum berlaku"),
        ((62, 64, 0x800B010F, -67602), "bukan milik a.example"),
        ((2, 18, 19, 20, 21, 0x800B0109, 0x800B010A, -67843), "tidak dari penerbit yang dipercaya"),
        ((1, 3, 8, 11, 17, 22, 61, 63, 65), "tidak dapat dipercaya (kode"),
    ],
)
def test_each_fault_of_a_certificate_has_its_sentence(codes: tuple[int, ...], words: str) -> None:
    """OpenSSL's, Windows's and macOS's numbers of one fault say the same."""
    for code in codes:
        found = trouble.of_error(certificate(code), "a.example", slow=False, proxy=False, untouched=True)
        assert found.kind == "tls"
        assert words in found.reason


@pytest.mark.parametrize(
    ("error", "proxy", "kind", "words"),
    [
        (socket.gaierror(8, "x"), False, "jaringan", "nama server a.example tidak ditemukan"),
        (socket.gaierror(8, "x"), True, "jaringan", "nama proxy tidak ditemukan"),
        (ssl.SSLError(1, "x"), False, "tls", "Sambungan aman ke a.example gagal"),
        (ConnectionRefusedError(111, "x"), False, "server-mati", "Server a.example tidak menerima"),
        (ConnectionRefusedError(111, "x"), True, "server-mati", "Proxy tidak menerima"),
        (OSError(errno.ENETUNREACH, "x"), False, "jaringan", "Belum ada internet."),
        (OSError(errno.EHOSTUNREACH, "x"), False, "jaringan", "Belum ada internet."),
        (OSError(errno.ENETDOWN, "x"), False, "jaringan", "Belum ada internet."),
        (OSError(errno.EADDRNOTAVAIL, "x"), False, "jaringan", "Belum ada internet."),
        (OSError(errno.ECONNRESET, "x"), False, "putus", "Sambungan terputus"),
        (type("ProxyError", (Exception,), {})("407 Proxy Authentication Required"), True, "proksi", "nama pengguna dan sandi"),
        (type("ProxyError", (Exception,), {})("403 Forbidden"), True, "proksi", "Proxy menolak"),
    ],
)
def test_each_broken_connection_has_its_sentence(error: Exception, proxy: bool, kind: str, words: str) -> None:
    """The cause decides, however deep it lies in what the library raises."""
    try:
        try:
            raise error
        except Exception as inner:
            raise RuntimeError("outer") from inner
    except RuntimeError as outer:
        found = trouble.of_error(outer, "a.example", slow=False, proxy=proxy, untouched=False)

    assert found.kind == kind
    assert words in found.reason
    assert not found.untouched


def test_causes_in_groups_and_circles_are_found() -> None:
    """A group of errors is looked into, and errors that name each other do not go on for ever."""
    refused, other = ConnectionRefusedError(111, "x"), ValueError("x")
    refused.__context__, other.__context__ = other, refused
    group = ExceptionGroup("x", [other])

    assert trouble.of_error(group, "a", slow=False, proxy=False, untouched=True).kind == "server-mati"
    assert trouble.of_error(ValueError("x"), "a", slow=True, proxy=False, untouched=True).kind == "waktu"
    found = trouble.of_error(ValueError("x"), "a", slow=False, proxy=False, untouched=True)
    assert (found.kind, found.untouched) == ("jaringan", True)
    assert found == Stop(reason="Belum ada sambungan ke a. Akan dicoba lagi.", kind="jaringan", untouched=True)


# ---- what an error says


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"detail": "Rinci.", "title": "Judul."}', "Rinci."),
        (b'{"detail": "", "title": "Judul."}', "Judul."),
        (b'{"detail": 7}', ""),
        (b'["detail"]', ""),
        (b"{", ""),
    ],
)
def test_an_errors_own_words(body: bytes, words: str) -> None:
    """The detail, else the title; nothing where it is no problem of the right shape or kind."""
    assert problem.words_of(JSON, body) == words
    assert problem.words_of({"content-type": "application/json"}, body) == words
    assert problem.words_of({"content-type": "text/html"}, body) == problem.words_of({}, body) == ""


def test_an_errors_words_are_short() -> None:
    """Three hundred letters, however long the server is about it."""
    assert [len(problem.words_of(JSON, b'{"detail": "%s"}' % (b"x" * n))) for n in (299, 300, 301, 5000)] == [299, 300, 300, 300]


def test_reasons_are_at_most_fifty() -> None:
    """Fifty reasons are kept; those without a sentence are none; where there are none the error's own words are the one."""
    many = b'{"masalah": [%s], "detail": "Rinci."}' % b",".join([b'{"pesan": "x"}'] * 60)
    assert len(problem.masalah_of(JSON, many)) == 50
    (only,) = problem.masalah_of(JSON, b'{"masalah": [{"kode": "k"}, 7], "detail": "Rinci."}')
    assert (only.kode, only.pesan, only.pointer) == ("ditolak-server", "Rinci.", "")
    (theirs,) = problem.masalah_of(JSON, b'{"errors": [{"detail": "Kata.", "kode": "k", "pointer": "/x"}], "title": "Judul."}')
    assert (theirs.kode, theirs.pesan, theirs.pointer) == ("k", "Kata.", "/x")
    assert problem.masalah_of(JSON, b'{"masalah": "x"}') == ()


# ---- what is taken of an answer


@pytest.mark.parametrize(
    ("cap", "wire", "inflated"),
    [(STATUS, 8_192, 16_384), (BATCH, 262_144, 524_288), (REFERENCE, 524_288, 1_048_576), (PROBLEM, 16_384, 65_536)],
)
def test_each_kind_of_answer_has_its_bounds(cap: Cap, wire: int, inflated: int) -> None:
    """What may come over the line and what it may grow to are known for every answer."""
    assert (cap.wire, cap.inflated) == (wire, inflated)


def read(content: bytes, cap: Cap, encoding: str = "") -> bytes:
    """Read a body in two pieces."""
    reader = Reader(cap, encoding)
    reader.feed(content[:3])
    reader.feed(content[3:])
    return reader.whole()


@pytest.mark.parametrize(("cap", "sound"), [(Cap(10, 10), True), (Cap(9, 10), False), (Cap(10, 9), False)])
def test_a_plain_body_keeps_to_both_bounds(cap: Cap, sound: bool) -> None:
    """A body may be just as large as its bounds, and not a byte larger."""
    if sound:
        assert read(b"0123456789", cap) == b"0123456789"
    else:
        with pytest.raises(BodyError, match="terlalu besar"):
            read(b"0123456789", cap)


def test_a_packed_body_keeps_to_both_bounds() -> None:
    """What it inflates to counts while it inflates."""
    packed = gzip.compress(bytes(5000), mtime=0)
    assert read(packed, Cap(len(packed), 5000), " X-GZIP ") == bytes(5000)
    for cap in (Cap(len(packed) - 1, 5000), Cap(len(packed), 4999), Cap(len(packed), 10)):
        with pytest.raises(BodyError, match="terlalu besar"):
            read(packed, cap, "gzip")
    for spoiled, words in ((packed[:-1], "terpotong"), (packed + b"x", "rusak"), (b"x" * 30, "rusak")):
        with pytest.raises(BodyError, match=words):
            read(spoiled, Cap(9999, 9999), "gzip")
    assert read(b"", Cap(9, 9), "gzip") == b""
    with pytest.raises(BodyError, match="tidak diminta"):
        Reader(Cap(9, 9), "br")


def test_only_a_secret_is_taken_out_of_a_body() -> None:
    """A token of twelve letters is one; a shorter one could be a word of any answer."""
    assert without(b"a rahasia12345 b", "rahasia12345") == b"a ... b"
    assert without(b"a rahasia1234 b", "rahasia1234") == b"a rahasia1234 b"


@pytest.mark.parametrize("body", [b'{"a":1,"a":2}', b"[NaN]", b"[Infinity]", b"[-Infinity]", b"[1e999]", b"[1] x", b"\xff", b"",
                                  b"[" * 100_000])  # fmt: skip
def test_doubtful_json_is_none(body: bytes) -> None:
    """Whatever two readers could read in two ways is refused."""
    with pytest.raises(BodyError, match="bukan JSON"):
        strict_json(body)


def test_sound_json_is_read() -> None:
    """Numbers, nesting and different keys are fine."""
    assert strict_json(b'{"a":1.5,"b":{"a":[2]}}') == {"a": 1.5, "b": {"a": [2]}}
    assert is_json("application/problem+json", "problem+json")
    assert not is_json("application/problem+json")
    assert is_json("application/json; q=latin-1; charset='UTF8'")
