"""What goes out, what is believed of what comes back, and the sentence for each trouble."""

from __future__ import annotations

import errno
import socket
import ssl
from pathlib import Path

import httpx
import pytest

from pmm_tui import __version__
from pmm_tui.errors import ConfigError
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import LONGEST_OF_OTHERS, Answered, Document, NotModified, Refused, Stop
from tests.sync.world import TOKEN, URL, answer, client, lines_of, problem, settings

pytestmark = pytest.mark.anyio

STATUS = {"service": "pmm", "api": 1, "time": "2026-01-08T02:11:05Z"}
LINES = (b'{"a":1}', b'{"b":2}')


# ---- what goes out


async def test_a_batch_goes_out_small_and_whole() -> None:
    """A batch is one gzip body of lines with no header that is not needed, and the token in its place."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer({"hasil": []})

    async with client(respond) as c:
        assert await c.post_batch(LINES) == Answered(())

    (request,) = seen
    assert str(request.url) == f"{URL}/v1/rencana"
    assert lines_of(request) == list(LINES)
    assert dict(request.headers) == {
        "host": "pmm.sekolah.sch.id",
        "user-agent": f"pmm-tui/{__version__}",
        "accept-encoding": "gzip",
        "content-type": "application/x-ndjson",
        "content-encoding": "gzip",
        "authorization": f"Bearer {TOKEN}",
        "content-length": str(len(request.content)),
    }


async def test_the_token_is_not_shown_to_whoever_is_there() -> None:
    """Asking who is there takes no token; everything else carries it, and ids stay one path segment."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(STATUS)

    async with client(respond, f"{URL}/pmm/") as c:
        await c.status()
        await c.rapor("2026")
        await c.rencana("2026", "../a?b#c")
        await c.rencana("2026", "..")
        await c.changes("7-a&b=c")

    assert "authorization" not in seen[0].headers
    assert all(request.headers["authorization"] == f"Bearer {TOKEN}" for request in seen[1:])
    assert [request.url.raw_path.decode() for request in seen] == [
        "/pmm/v1/status",
        "/pmm/v1/rapor/2026",
        "/pmm/v1/rencana/2026/..%2Fa%3Fb%23c",
        "/pmm/v1/rencana/2026/%2E%2E",
        "/pmm/v1/rencana?sesudah=7-a%26b%3Dc",
    ]


@pytest.mark.parametrize(
    "url",
    [
        "http://pmm.sekolah.sch.id",
        "http://127.0.0.1.jahat.example",
        "http://localhost.jahat.example",
        "http://127.0.0.1@jahat.example",
        "http://jahat.example#127.0.0.1",
        "http://192.168.1.1",
        "http://0.0.0.0",
        "ftp://127.0.0.1",
        "pmm.sekolah.sch.id",
        "https://",
        "",
    ],
)
async def test_a_token_goes_nowhere_unsafe(url: str) -> None:
    """Plain http is for this very computer alone, judged by its parsed address, and nonsense is no address."""
    with pytest.raises(ConfigError):
        settings(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000", "http://127.8.8.8", "http://[::1]:9", "http://localhost:8000/pmm"])
async def test_plain_http_to_this_computer_is_taken(url: str) -> None:
    """Loopback addresses may be plain."""
    async with client(lambda request: answer(STATUS), url) as c:
        assert isinstance(await c.status(), Document)


async def test_a_token_cannot_carry_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token with a line break or other than plain characters is refused, and no way of showing the settings shows it."""
    for token in ("kenari\r\nx: y", "kenari biru", "kenarié", "kenari" * 100):
        with pytest.raises(ConfigError) as error:
            ServerSettings(url=URL, token=token)
        assert "kenari" not in str(error.value)
    assert TOKEN not in repr(settings())
    assert TOKEN not in str(settings().__rich_repr__())


async def test_proxies_are_for_others_than_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's proxy is used for a server elsewhere, never for loopback; one that cannot be used is named."""
    monkeypatch.setenv("HTTPS_PROXY", "proxy.dinas.go.id:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.dinas.go.id:3128")
    assert settings().proxy_url() == "http://proxy.dinas.go.id:3128"
    assert settings("http://127.0.0.1:8000").proxy_url() == ""
    assert settings(proxy="http://lain:1").proxy_url() == "http://lain:1"
    monkeypatch.setenv("NO_PROXY", "sekolah.sch.id")
    assert settings().proxy_url() == ""
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv("HTTPS_PROXY", "socks5://u:sandi@h:1")
    with pytest.raises(ConfigError, match="Proxy dari lingkungan") as error:
        settings().proxy_url()
    assert "sandi" not in str(error.value)


async def test_cookies_are_not_kept() -> None:
    """What a portal or a balancer sets is not sent back to it."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return answer(STATUS, set_cookie="sesi=abc; Path=/")

    async with client(respond) as c:
        await c.sekolah()
        await c.sekolah()

    assert all("cookie" not in request.headers for request in seen)


# ---- versions


async def test_what_has_not_changed_costs_nothing() -> None:
    """An ETag is asked with, 304 is no news; without an ETag 304 makes no sense, and a strange ETag is not taken over."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == 'W/"satu"':
            return answer(b"", 304)
        return answer({"npsn": "20512345"}, etag='W/"satu"')

    async with client(respond) as c:
        assert await c.sekolah() == Document({"npsn": "20512345"}, 'W/"satu"', b'{"npsn": "20512345"}')
        assert await c.sekolah('W/"satu"') == NotModified()
    async with client(lambda request: answer(b"", 304)) as c:
        assert isinstance(await c.sekolah(), Stop)
    async with client(lambda request: answer({}, etag='"a b\x01')) as c:
        assert await c.sekolah() == Document({}, "", b"{}")


# ---- answers that are trouble


@pytest.mark.parametrize(
    ("respond", "kind", "words"),
    [
        (answer(b"<html>Login</html>", kind="text/html"), "portal", "browser"),
        (answer(b"<html>Login</html>"), "rusak", "bukan JSON"),
        (answer({"hasil": {}}), "asing", "bukan server pmm"),
        (answer([1]), "asing", "bukan server pmm"),
        (answer({"hasil": [{}] * 30}), "asing", "bukan server pmm"),
        (answer({"hasil": []}, 201), "portal", "bukan server pmm"),
        (answer(b"", 204), "portal", "bukan server pmm"),
        (answer({"hasil": []}, kind="application/json; charset=latin-1"), "portal", ""),
        (answer({"hasil": []}, kind="text/plain"), "portal", ""),
        (answer(b'{"hasil":[]}x'), "rusak", "Akan dicoba lagi"),
        (answer(b'{"hasil":[]'), "rusak", ""),
        (answer(b'{"hasil":[],"hasil":[]}'), "rusak", ""),
        (answer(b'{"hasil":[NaN]}'), "rusak", ""),
        (answer(b'{"hasil":[1e999]}'), "rusak", ""),
        (answer(b'{"hasil":[%s]}' % (b"9" * 5000)), "rusak", ""),
        (answer(b'{"hasil":%s}' % (b"[" * 100_000)), "rusak", ""),
        (answer(b'\xef\xbb\xbf{"hasil":[]}'), "rusak", ""),
        (answer(b'{"hasil":["\xff"]}'), "rusak", ""),
        (answer('{"hasil":[]}'.encode("utf-16")), "rusak", ""),
        (answer(b'{"hasil":["%s"]}' % (b"x" * 600_000)), "rusak", "terlalu besar"),
        (answer(b"x", content_encoding="br"), "rusak", "tidak diminta"),
        (answer(b"x", content_encoding="gzip, gzip"), "rusak", ""),
        (answer(b"bukan gzip", content_encoding="gzip"), "rusak", ""),
        (answer(b"", 301, location="https://jahat.example/"), "portal", "mengalihkan"),
        (answer(b"", 302, location="http://10.0.0.1/login"), "portal", "login"),
        (answer(b"", 307, location="/v1/rencana"), "portal", ""),
        (answer(b"", 300), "portal", ""),
        (answer(b"<html>", 511, "text/html"), "portal", "login"),
        (answer(b"", 401), "token", "token baru"),
        (answer(b"", 403), "akses", "berhak"),
        (answer(b"", 404), "alamat", "Alamat server"),
        (answer(b"", 405), "alamat", "Alamat server"),
        (answer(b"", 410), "alamat", "ditutup"),
        (answer(b"", 407), "proksi", "Proxy"),
        (answer(b"", 408), "waktu", "lambat"),
        (answer(b"", 409), "sibuk", ""),
        (answer(b"", 423), "sibuk", ""),
        (answer(b"", 425), "sibuk", ""),
        (answer(b"", 418), "asing", "418"),
        (answer(b"", 429), "sibuk", "jeda"),
        (answer(b"", 500), "gangguan", "500"),
        (answer(b"", 501), "asing", ""),
        (answer(b"", 502), "gangguan", "502"),
        (answer(b"", 503), "sibuk", "penuh"),
        (answer(b"", 504), "gangguan", "504"),
        (answer(b"", 599), "gangguan", "599"),
        (answer(b"x" * 200_000, 503), "sibuk", "penuh"),
        (answer(b"x", 503, content_encoding="gzip"), "sibuk", "penuh"),
    ],
)
async def test_no_other_answer_is_a_result(respond: httpx.Response, kind: str, words: str) -> None:
    """Anything but a whole JSON 200 with a list of results stops the run with its kind and one sentence that says what to do."""
    async with client(lambda request: respond) as c:
        stop = await c.post_batch(LINES)

    assert isinstance(stop, Stop)
    assert (stop.kind, stop.untouched) == (kind, False)
    assert words in stop.reason
    assert stop.reason.endswith(".")


async def test_errors_speak_for_themselves_cleaned() -> None:
    """The server's own explanation is passed on, without what could steer a terminal; other bodies are not quoted."""
    stops = []
    for respond in (
        problem(403, title="Peran", detail="Token\x1b[31m kepala\u202e sekolah"),
        answer(b"<script>", 403, "text/html"),
        problem(403, detail=["x"]),
        answer(b"{", 403, "application/problem+json"),
    ):
        async with client(lambda request, respond=respond: respond) as c:
            stops.append(await c.sekolah())

    reason = [stop.reason for stop in stops if isinstance(stop, Stop)]
    assert reason[0].endswith('Kata server: "Token[31m kepala sekolah"')
    assert len(reason) == 4
    assert not any("Kata server" in sentence or "<" in sentence for sentence in reason[1:])


@pytest.mark.parametrize(("length", "kept"), [(16 * 1024, True), (16 * 1024 + 1, False)])
async def test_an_errors_words_are_not_worth_many_bytes(length: int, kept: bool) -> None:
    """An error whose body is longer than any explanation keeps its status and loses its words."""
    body = b'{"detail": "Penuh."}'.ljust(length)
    async with client(lambda request: answer(body, 403, "application/problem+json")) as c:
        stop = await c.sekolah()

    assert isinstance(stop, Stop)
    assert stop.kind == "akses"
    assert ('Kata server: "Penuh."' in stop.reason) is kept


@pytest.mark.parametrize(("surplus", "believed"), [(24, True), (25, False)])
async def test_an_answer_of_too_many_results_is_anothers(surplus: int, believed: bool) -> None:
    """A few results more than envelopes may be; four times and sixteen beyond is no answer to what was sent."""
    async with client(lambda request: answer({"hasil": [{}] * surplus})) as c:
        found = await c.post_batch(LINES)

    assert isinstance(found, Answered if believed else Stop)


@pytest.mark.parametrize(
    ("value", "ours", "others"),
    [
        ("30", 30.0, 30.0),
        ("Thu, 08 Jan 2026 02:13:05 GMT", 120.0, LONGEST_OF_OTHERS),
        ("9999", 3600.0, LONGEST_OF_OTHERS),
        ("besok", None, None),
    ],
)
async def test_a_wait_is_told(value: str, ours: float | None, others: float | None) -> None:
    """Retry-After is read as seconds, or as a date by the server's own clock; only our own server's binds, and beyond a minute."""
    assert LONGEST_OF_OTHERS <= 60
    for kind, seconds in (("application/problem+json", ours), ("application/json", others), ("text/html", others)):
        told = {"retry_after": value, "date": "Thu, 08 Jan 2026 02:11:05 GMT"}
        async with client(lambda request, kind=kind, told=told: answer(b"{}", 503, kind, **told)) as c:
            for stop in (await c.post_batch(LINES), await c.sekolah()):
                assert isinstance(stop, Stop)
                assert stop.retry_after == seconds
                assert stop.binding is (kind == "application/problem+json" and seconds is not None)


@pytest.mark.parametrize(
    ("respond", "refused"),
    [
        (answer(b"", 413), Refused(status=413, too_large=True)),
        (answer(b"<html>", 400, "text/html"), Refused(status=400)),
        (answer(b"", 422), Refused(status=422)),
        (answer(b"", 406), Refused(status=406)),
    ],
)
async def test_a_refused_batch_is_told_apart(respond: httpx.Response, refused: Refused) -> None:
    """A refusal of the batch for what is in it is no trouble of the line."""
    async with client(lambda request: respond) as c:
        assert await c.post_batch(LINES) == refused


async def test_a_refusal_brings_its_reasons() -> None:
    """A 422 with problem details names what is wrong, by our members or those of RFC 9457."""
    ours = problem(422, masalah=[{"pointer": "/x", "kode": "k", "pesan": "Salah."}, {"pesan": ""}, 7])
    theirs = problem(422, detail="Tidak sah", errors=[{"pointer": "#/x", "detail": "wrong"}])
    async with client(lambda request: ours) as c:
        found = await c.post_batch(LINES)
        assert isinstance(found, Refused)
        assert [(m.pointer, m.kode, m.pesan) for m in found.masalah] == [("/x", "k", "Salah.")]
    async with client(lambda request: theirs) as c:
        found = await c.post_batch(LINES)
        assert isinstance(found, Refused)
        assert [(m.pointer, m.pesan) for m in found.masalah] == [("#/x", "wrong")]


@pytest.mark.parametrize(
    ("welcome", "again"), [({"accept_encoding": "identity"}, True), ({}, True), ({"accept_encoding": "gzip"}, False)]
)
async def test_a_server_that_cannot_inflate_is_sent_plain(welcome: dict[str, str], again: bool) -> None:
    """After a 415 that does not welcome gzip the batch goes once more without it, and so do later ones."""
    seen: list[httpx.Request] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        if "content-encoding" in request.headers:
            return answer(b"", 415, **welcome)
        return answer({"hasil": []})

    async with client(respond) as c:
        first = await c.post_batch(LINES)
        second = await c.post_batch(LINES)
        assert c.gzip is not again

    if again:
        assert first == second == Answered(())
        assert ["content-encoding" in request.headers for request in seen] == [True, False, False]
        assert lines_of(seen[1]) == list(LINES)
    else:
        assert isinstance(first, Stop)
        assert first.kind == "asing"


# ---- no answer at all


def _because(error: httpx.TransportError, cause: BaseException) -> httpx.TransportError:
    error.__cause__ = cause
    return error


def _certificate(code: int) -> httpx.TransportError:
    cause = ssl.SSLCertVerificationError(1, "certificate verify failed")
    cause.verify_code = code
    return _because(httpx.ConnectError("x"), cause)


@pytest.mark.parametrize(
    ("error", "kind", "words", "untouched"),
    [
        (_because(httpx.ConnectError("x"), socket.gaierror(-2, "x")), "jaringan", "Belum ada internet", True),
        (_because(httpx.ConnectError("x"), OSError(errno.ENETUNREACH, "x")), "jaringan", "Belum ada internet", True),
        (_because(httpx.ConnectError("x"), ConnectionRefusedError()), "server-mati", "tidak menerima sambungan", True),
        (_because(httpx.ConnectError("x"), ExceptionGroup("x", [ConnectionRefusedError()])), "server-mati", "mati", True),
        (httpx.ConnectError("x"), "jaringan", "Belum ada sambungan", True),
        (httpx.ConnectTimeout("x"), "waktu", "tidak menjawab", True),
        (httpx.PoolTimeout("x"), "waktu", "tidak menjawab", True),
        (httpx.ProxyError("403 Forbidden"), "proksi", "Proxy menolak", True),
        (_certificate(10), "tls", "kedaluwarsa", True),
        (_certificate(9), "tls", "belum berlaku", True),
        (_certificate(18), "tls", "penerbit", True),
        (_certificate(19), "tls", "penerbit", True),
        (_certificate(20), "tls", "penerbit", True),
        (_certificate(0x800B0109), "tls", "penerbit", True),
        (_certificate(62), "tls", "bukan milik pmm.sekolah.sch.id", True),
        (_certificate(64), "tls", "bukan milik", True),
        (_certificate(99), "tls", "kode 99", True),
        (_because(httpx.ConnectError("x"), ssl.SSLError(1, "WRONG_VERSION_NUMBER")), "tls", "Sambungan aman", True),
        (httpx.ReadTimeout("x"), "waktu", "tidak menjawab", False),
        (httpx.WriteTimeout("x"), "waktu", "tidak menjawab", False),
        (httpx.ReadError("x"), "putus", "terputus", False),
        (httpx.WriteError("x"), "putus", "terputus", False),
        (httpx.RemoteProtocolError("x"), "putus", "terputus", False),
        (_because(httpx.ReadError("x"), ConnectionResetError(104, "x")), "putus", "terputus", False),
    ],
)
async def test_each_broken_line_has_its_sentence(error: httpx.TransportError, kind: str, words: str, untouched: bool) -> None:
    """No answer is told by its cause, and only what ended before the request began is surely not sent."""

    def respond(request: httpx.Request) -> httpx.Response:
        raise error

    async with client(respond) as c:
        stop = await c.post_batch(LINES)

    assert isinstance(stop, Stop)
    assert (stop.kind, stop.untouched) == (kind, untouched)
    assert words in stop.reason


async def test_a_wrong_ca_file_is_named() -> None:
    """A ca_file that is missing or no certificate is a fault of the configuration."""
    for path in (Path("/tidak/ada.pem"), Path(__file__)):
        with pytest.raises(ConfigError, match="ca_file"):
            client(lambda request: answer(STATUS), ca_file=path)
