"""Limits: bodies on the wire and inflated, memory, heads, connections, open files."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from pmm_tui.server.limits import Limits
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeProcess, MakeServer
from tests.faults.server.conftest import MakeSchool as MakeSampleSchool
from tests.faults.server.server_kit import Connection, Process, request_bytes
from tests.faults.server.values import judged, without_inner_words
from tests.faults.wire.wire_kit import Campus, make_school

MB = 1024 * 1024
STATUS = request_bytes("GET", "/v1/status")
_GZIP_HEAD = b"\x1f\x8b\x08\x00" + bytes(6)


def _chunk(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


def _head(token: str, *lines: str) -> bytes:
    return request_bytes("POST", "/v1/rencana", token, None, "Transfer-Encoding: chunked", *lines)


def _bomb(size: int) -> bytes:
    """The beginning of gzip of so many zero bytes; each block begins afresh, so that one is enough to make them all."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(32 * MB)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return _GZIP_HEAD + block * (size // (32 * MB))


def _empty_blocks() -> Iterator[bytes]:
    """Gzip that goes on for ever and holds nothing."""
    yield _chunk(_GZIP_HEAD)
    while True:
        yield _chunk(b"\x00\x00\x00\xff\xff" * 12_000)


def _endless_name() -> Iterator[bytes]:
    """Gzip whose file name has no end."""
    yield _chunk(b"\x1f\x8b\x08\x08" + bytes(6))
    while True:
        yield _chunk(b"n" * 60_000)


def _endless_bomb() -> Iterator[bytes]:
    """Gzip that goes on for ever and is a thousand times as large inside."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    while True:
        piece = deflate.compress(bytes(4 * MB))
        if piece:
            yield _chunk(piece)


def _endless_plain() -> Iterator[bytes]:
    while True:
        yield _chunk(b"x" * 60_000)


@pytest.mark.parametrize(
    ("pieces", "coding"),
    [(_empty_blocks, "gzip"), (_endless_name, "gzip"), (_endless_bomb, "gzip"), (_endless_plain, "identity")],
    ids=lambda one: getattr(one, "__name__", one),
)  # fmt: skip
def test_endless_bodies(make_server: MakeServer, make_school: MakeSampleSchool, pieces: object, coding: str) -> None:
    """A body without end is refused as too large after 1 MB on the wire or inflated, however little it unpacks to."""
    server = make_server(Limits(linger_seconds=0.3, login_burst=1_000_000))
    sekolah = make_school(server)
    with Connection(server.port) as line:
        line.send(_head(sekolah.token, f"Content-Encoding: {coding}"))
        line.sock.settimeout(0.02)
        answer, sent = None, 0
        for piece in pieces():  # type: ignore[operator]
            sent += len(piece)
            assert sent < 4 * MB, "still taken in"
            try:
                if not line.send(piece) or (answer := line.read()):
                    break
            except TimeoutError:
                continue
        line.sock.settimeout(20)
        assert answer is not None
        told = judged(answer)
    assert told["type"] == "/problems/terlalu-besar"
    assert sekolah.store()["keadaan"] == "tersimpan"


@pytest.fixture
def process(make_process: MakeProcess, folder: Path) -> Process:
    """A server in a process of its own."""
    return make_process(folder / "s.db")


@pytest.fixture
def campus(process: Process) -> Campus:
    """A school on it."""
    return make_school(process.database, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by the kernel's own mark")
def test_bombs_cost_no_memory(process: Process, campus: Campus, many: Count) -> None:
    """Eight bombs of 1 GB at once, and refused giants by declared length, cost at most 50 MB of memory, and the server goes on."""
    with Connection(process.port) as line:
        judged(line.ask(request_bytes("GET", "/v1/katalog/2026", campus.token)))
    before = process.peak()
    assert before > 10_000
    bomb = _bomb(1024 * MB)
    assert len(bomb) < 1.2 * MB
    request = _head(campus.token, "Content-Encoding: gzip") + _chunk(bomb) + b"0\r\n\r\n"
    sized = request_bytes("POST", "/v1/rencana", campus.token, _bomb(960 * MB), "Content-Encoding: gzip")

    def throw(number: int) -> str:
        with Connection(process.port) as line:
            told = judged(line.ask(request if number % 2 else sized))
        return str(told["type"])

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(throw, range(many(16, 400)))) == {"/problems/terlalu-besar"}
    assert process.peak() - before < 50_000
    with Connection(process.port) as line:
        judged(line.ask(STATUS))


LARGE = {
    "a header of 1 MB": b"GET /v1/status HTTP/1.1\r\nHost: x\r\nX: " + b"a" * MB,
    "a line without end": b"GET /" + b"a" * MB,
    "100,000 headers": b"GET /v1/status HTTP/1.1\r\n" + b"A: b\r\n" * 100_000,
    "folded for ever": b"GET /v1/status HTTP/1.1\r\nHost: x\r\nA: b\r\n" + b" c\r\n" * 200_000,
    "a chunk length without end": b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + b"0" * MB,
    "a chunk extension without end": b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"e" * MB,
    "trailers without end": b"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    + b"A: b\r\n" * 200_000,
    "questions without end": STATUS * 40_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured by the kernel's own mark")
def test_giant_heads_cost_no_memory(process: Process) -> None:
    """Heads, chunk lines, trailers and pipelines without end, 8 of each, cost at most 50 MB; each ends, and the server goes on."""
    with Connection(process.port) as line:
        judged(line.ask(STATUS))
    before = process.peak()
    for name, giant in LARGE.items():
        for _ in range(8):
            with Connection(process.port) as line:
                line.sock.settimeout(20)
                for at in range(0, len(giant), 65_536):
                    if not line.send(giant[at : at + 65_536]):
                        break
                first = line.read()
                assert first is None or judged(first), name
        with Connection(process.port) as line:
            judged(line.ask(STATUS))
    assert process.peak() - before < 50_000


def test_connections_past_the_cap(make_server: MakeServer) -> None:
    """Of 300 connections to a server of 200, those over it are told 503 at once, and those within it are all served."""
    server = make_server(Limits(connections=200))
    with ExitStack() as stack:
        lines = [stack.enter_context(Connection(server.port)) for _ in range(200)]
        assert {judged(line.ask(STATUS))["service"] for line in lines} == {"pmm"}
        refused = [stack.enter_context(Connection(server.port)) for _ in range(100)]
        answers = [line.read() for line in refused]
        assert {judged(answer)["type"] for answer in answers} == {"/problems/penuh"}
        assert {line.remaining() for line in refused} == {b""}
        assert {judged(line.ask(STATUS))["service"] for line in lines} == {"pmm"}


@pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit")
def test_no_more_open_files(process: Process, campus: Campus) -> None:
    """A server that may open no further file refuses or keeps waiting, tells nothing of its inside, and recovers by itself."""
    import resource

    resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (40, 1024))
    seen = set()
    with ExitStack() as stack:
        lines = [stack.enter_context(Connection(process.port)) for _ in range(60)]
        for line in lines:
            line.sock.settimeout(0.02)
            line.send(request_bytes("GET", "/v1/sekolah", campus.token))
        for line in lines:
            try:
                answer = line.read()
            except TimeoutError:
                seen.add(0)
                continue
            assert answer is not None
            without_inner_words(answer)
            seen.add(answer.status)
    assert seen <= {0, 200, 503}
    assert 0 in seen
    with Connection(process.port) as line:
        line.sock.settimeout(20)
        judged(line.ask(request_bytes("GET", "/v1/sekolah", campus.token)))
