"""Real sockets that misbehave: every call ends within its deadline, takes no more than its cap, and calls nothing a result."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib

import pytest

from pmm_tui.skp.wire import digest
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.results import Answered, Document, Refused, Stop
from tests.sync.world import TOKEN, Talk, read_request, sends, settings, socket_server

pytestmark = [pytest.mark.anyio, pytest.mark.process]

DEADLINE = 0.5
LINES = (b'{"a":1}',)
RESULT = json.dumps({"hasil": [{"sha256": digest(LINES[0])}]}).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def whole(body: bytes, head: bytes = HEAD) -> bytes:
    """An answer whose Content-Length is right."""
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def zipped(body: bytes) -> bytes:
    """An answer whose body is gzip and delimited by the end of the connection."""
    return HEAD + b"Content-Encoding: gzip\r\nConnection: close\r\n\r\n" + body


async def post(talk: Talk) -> Answered | Refused | Stop:
    """Send one batch to a bare server; the client's own deadline has to end it."""
    async with socket_server(talk) as url, Client(settings(url, total=DEADLINE)) as client:
        async with asyncio.timeout(10 * DEADLINE):
            return await client.post_batch(LINES)


@pytest.mark.parametrize(
    "talk",
    [
        pytest.param(sends(whole(RESULT)), id="plain"),
        pytest.param(sends(zipped(gzip.compress(RESULT))), id="gzip"),
        pytest.param(sends(HEAD.replace(b"1.1", b"1.0") + b"\r\n" + RESULT), id="HTTP/1.0"),
        pytest.param(
            sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(RESULT) + RESULT + b"\r\n0\r\n\r\n"), id="chunked"
        ),
        pytest.param(sends(b"HTTP/1.1 103 Early Hints\r\n\r\n", whole(RESULT)), id="early hints"),
    ],
)
async def test_a_sound_answer_is_read_however_it_travels(talk: Talk) -> None:
    """Length, chunks, gzip and an end of connection all bring the same results."""
    assert await post(talk) == Answered((json.loads(RESULT)["hasil"][0],))


async def _slowloris(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(HEAD + b"Content-Length: 100000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    writer.write(HEAD + b"\r\n")
    while True:
        writer.write(b" " * 65536)
        await writer.drain()


async def _endless_hints(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await read_request(reader)
    while True:
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.001)


async def _deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def _hangs_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accept and close."""


BOMB = gzip.compress(bytes(200_000_000), 9)


@pytest.mark.parametrize(
    ("talk", "kinds"),
    [
        pytest.param(_slowloris, {"waktu"}, id="drip"),
        pytest.param(_deaf, {"waktu"}, id="silence"),
        pytest.param(_endless_hints, {"waktu"}, id="endless hints"),
        pytest.param(_endless, {"rusak"}, id="endless body"),
        pytest.param(_hangs_up, {"putus"}, id="hangs up"),
        pytest.param(sends(), {"putus"}, id="no answer"),
        pytest.param(sends(reset=True), {"putus"}, id="reset"),
        pytest.param(sends(HEAD[:30]), {"putus"}, id="cut in the head"),
        pytest.param(sends(whole(RESULT)[:-1]), {"putus"}, id="cut in the body"),
        pytest.param(sends(whole(RESULT)[:-1], reset=True), {"putus"}, id="reset in the body"),
        pytest.param(sends(HEAD + b"\r\n" + RESULT[:-1]), {"rusak"}, id="cut, length untold"),
        pytest.param(sends(zipped(gzip.compress(RESULT)[:-4])), {"rusak"}, id="cut gzip"),
        pytest.param(sends(zipped(gzip.compress(RESULT)[:-9])), {"rusak"}, id="cut deflate"),
        pytest.param(sends(zipped(gzip.compress(RESULT) + b"x")), {"rusak"}, id="gzip and more"),
        pytest.param(sends(zipped(zlib.compress(RESULT))), {"rusak"}, id="zlib called gzip"),
        pytest.param(sends(zipped(b"")), {"rusak"}, id="empty gzip"),
        pytest.param(sends(zipped(BOMB[:150_000])), {"rusak"}, id="bomb"),
        pytest.param(sends(HEAD + b"X: %s\r\n\r\n" % (b"x" * 200_000)), {"putus"}, id="giant header"),
        pytest.param(sends(b"SSH-2.0-OpenSSH_9.2\r\n"), {"putus"}, id="another protocol"),
        pytest.param(sends(b"HTTP/1.1 200\x00OK\r\n\r\n"), {"putus"}, id="NUL in the head"),
        pytest.param(sends(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n{}"), {"putus"}, id="two lengths"),
        pytest.param(sends(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"), {"putus"}, id="bad chunk"),
    ],
)
async def test_a_line_that_misbehaves_ends_in_a_sentence(talk: Talk, kinds: set[str]) -> None:
    """Nothing that a socket can do hangs, floods or fools the client."""
    stop = await post(talk)

    assert isinstance(stop, Stop)
    assert stop.kind in kinds
    assert not stop.untouched
    assert stop.reason.endswith(".")


async def test_every_cut_of_an_answer_is_told() -> None:
    """Cut at every byte, an answer is either whole or trouble."""
    sound = whole(gzip.compress(RESULT), HEAD + b"Content-Encoding: gzip\r\n")
    lengths = iter(range(len(sound) + 1))

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(sound[: next(lengths)])

    found = []
    async with socket_server(talk) as url:
        for _ in range(len(sound) + 1):
            async with Client(settings(url, total=5)) as client:
                found.append(type(await client.post_batch(LINES)))

    assert found == [Stop] * len(sound) + [Answered]


async def test_nobody_there_means_surely_not_sent() -> None:
    """A refused connection is told as a server that is down, and nothing left."""
    async with socket_server(_hangs_up) as url:
        pass
    async with Client(settings(url, total=5)) as client:
        stop = await client.post_batch(LINES)

    assert isinstance(stop, Stop)
    assert (stop.kind, stop.untouched) == ("server-mati", True)


async def test_redirects_are_not_followed() -> None:
    """The client answers a redirect with a sentence and not with a second request, least of all one with the token."""
    seen: list[bytes] = []

    async def second(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.read(1000))

    async with socket_server(second) as elsewhere:
        for status in (301, 302, 303, 307, 308):
            head = b"HTTP/1.1 %d X\r\nLocation: %s/v1/rencana\r\nContent-Length: 0\r\n\r\n" % (status, elsewhere.encode())
            stop = await post(sends(head))
            assert isinstance(stop, Stop)
            assert (stop.kind, stop.status) == ("portal", status)
    assert seen == []


async def test_one_connection_serves_a_run() -> None:
    """Requests one after another go over one connection."""
    connections = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        while True:
            await read_request(reader)
            writer.write(whole(b"{}"))

    async with socket_server(talk) as url, Client(settings(url, total=5)) as client:
        for _ in range(3):
            assert isinstance(await client.sekolah(), Document)

    assert connections == 1


async def test_a_cancelled_call_ends_at_once() -> None:
    """Cancelling a call that waits ends it, and the client can be closed."""
    async with socket_server(_deaf) as url, Client(settings(url, total=60)) as client:
        task = asyncio.create_task(client.post_batch(LINES))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_the_environments_proxy_never_sees_this_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes to a loopback server goes there, whatever proxy the environment names."""
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))

    async with socket_server(proxy) as proxy_url, socket_server(sends(whole(RESULT))) as url:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy_url)
        async with Client(settings(url, total=5)) as client:
            assert isinstance(await client.post_batch(LINES), Answered)

    assert seen == []


@pytest.mark.parametrize(("status", "words"), [(403, "Proxy menolak"), (407, "nama pengguna dan sandi"), (502, "Proxy menolak")])
async def test_a_proxy_that_refuses_is_named_and_learns_nothing(status: int, words: str) -> None:
    """A proxy that does not let us through is told apart from the server; it has seen a host name and no token."""
    seen: list[bytes] = []

    async def proxy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await read_request(reader))
        writer.write(b"HTTP/1.1 %d X\r\nContent-Length: 0\r\n\r\n" % status)

    async with socket_server(proxy) as proxy_url, Client(settings(proxy=proxy_url, total=5)) as client:
        stop = await client.post_batch(LINES)

    assert isinstance(stop, Stop)
    assert (stop.kind, stop.untouched) == ("proksi", True)
    assert words in stop.reason
    assert len(seen) == 1
    assert seen[0].startswith(b"CONNECT pmm.sekolah.sch.id:443 ")
    assert TOKEN.encode() not in seen[0]


async def test_a_proxy_that_is_down_is_named() -> None:
    """A proxy that nobody answers at is told as such."""
    async with socket_server(_hangs_up) as proxy_url:
        pass
    async with Client(settings(proxy=proxy_url, total=5)) as client:
        stop = await client.post_batch(LINES)

    assert isinstance(stop, Stop)
    assert (stop.kind, stop.untouched) == ("server-mati", True)
    assert stop.reason.startswith("Proxy")
