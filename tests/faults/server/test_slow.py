"""Slow clients are cut, in whatever way they are slow, while others are served; a slow link that does its best is not."""

from __future__ import annotations

import socket
import ssl
import time
from asyncio import constants
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import chain, repeat

import pytest

from pmm_tui.server.limits import Limits
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.server_kit import WAIT, Connection, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.wire.listener import TLS
from tests.server.sample_school import NIP, envelope

SLOW = Limits(
    head_seconds=0.4, gap_seconds=0.4, body_seconds=0.6, body_rate=2_000, linger_seconds=0.4, write_seconds=0.4,
    keep_alive_seconds=1, login_burst=1_000_000,
)  # fmt: skip
"""The limits of a server, a fiftieth as long; the rates as they are."""
BUDI = {"nip": NIP, "nama": "Budi"}
STATUS = request_bytes("GET", "/v1/status")

Pieces = Iterator[bytes]


def _letters(begin: bytes, drop: bytes = b"x") -> Pieces:
    return chain([begin], repeat(drop))


def _post(token: str, *lines: str) -> bytes:
    return request_bytes("POST", "/v1/rencana", token, None, *lines)


MANNERS: dict[str, Callable[[str], Pieces]] = {
    "nothing at all": lambda _: iter(()),
    "a head letter by letter": lambda _: _letters(b"GET /"),
    "headers without end": lambda _: _letters(b"GET /v1/status HTTP/1.1\r\nHost: x\r\n", b"A: b\r\n"),
    "a second head letter by letter": lambda _: _letters(STATUS + b"GET /"),
    "a body that stops": lambda token: iter([_post(token, "Content-Length: 100") + b"{"]),
    "a body of 1 MB letter by letter": lambda token: _letters(_post(token, "Content-Length: 1000000")),
    "chunks letter by letter": lambda token: _letters(_post(token, "Transfer-Encoding: chunked"), b"1\r\nx\r\n"),
    "a chunk's length letter by letter": lambda token: _letters(_post(token, "Transfer-Encoding: chunked"), b"0"),
    "gzip letter by letter": lambda token: _letters(
        _post(token, "Content-Encoding: gzip", "Content-Length: 1000000") + b"\x1f\x8b\x08\x08" + bytes(6)
    ),
    "expect, and then nothing": lambda token: iter([_post(token, "Content-Length: 50", "Expect: 100-continue")]),
    "the body of a question, letter by letter": lambda token: _letters(
        request_bytes("GET", "/v1/sekolah", token, None, "Content-Length: 999")
    ),
    "a refused body letter by letter": lambda _: _letters(_post("salah", "Content-Length: 999999")),
    "nothing after an answer": lambda _: iter([STATUS]),
}


def test_slow_sending_is_cut(make_server: MakeServer, make_school: MakeSchool, many: Count) -> None:
    """Connections that send slowly, in every manner at once, are all closed by the server, which meanwhile stores for others."""
    server = make_server(SLOW)
    sekolah = make_school(server)
    manners = [(name, manner) for name, manner in MANNERS.items() for _ in range(many(4, 8))]
    with ThreadPoolExecutor(len(manners)) as threads:
        dripping = [threads.submit(_drip, server.port, name, manner(sekolah.token)) for name, manner in manners]
        revision = 0
        while not all(one.done() for one in dripping):
            sekolah.store(BUDI, revisi=revision + 1, dasar=revision)
            revision += 1
        assert [one.result() for one in dripping if one.result()] == []
    assert revision
    assert ServerFile(server.database).rows("SELECT count(*) FROM amplop") == [(revision,)]


def _drip(port: int, name: str, pieces: Pieces) -> str:
    """Send a piece every few hundredths of a second; returns the manner's name when the server has not closed after 15 s."""
    end = time.monotonic() + 15
    with Connection(port) as line:
        line.sock.settimeout(0.05)
        while time.monotonic() < end:
            if (piece := next(pieces, b"")) and not line.send(piece):
                return ""
            try:
                if not line.sock.recv(65_536):
                    return ""
            except TimeoutError:
                continue
            except ConnectionError:
                return ""
    return name


def test_a_slow_link_that_does_its_best_is_served(make_server: MakeServer, make_school: MakeSchool) -> None:
    """A body that takes three times as long as any fixed limit, at a little more than the promised rate, is stored."""
    server = make_server(SLOW)
    sekolah = make_school(server)
    body = envelope(BUDI) + b" " * 4_000
    request = request_bytes("POST", "/v1/rencana", sekolah.token, body)
    began = time.monotonic()
    with Connection(server.port) as line:
        for at in range(0, len(request), 250):
            assert line.send(request[at : at + 250])
            time.sleep(0.1)  # 2,500 bytes a second
        (result,) = judged(line.read(), request)["hasil"]
    assert time.monotonic() - began > 3 * SLOW.body_seconds
    assert result["keadaan"] == "tersimpan"


@pytest.mark.parametrize("taken", [0, 1], ids=["reads nothing", "reads letter by letter"])
def test_slow_reading_is_cut(make_server: MakeServer, make_school: MakeSchool, taken: int) -> None:
    """A client that asks on and on and leaves the answers, or takes a letter at a time, is cut; others are served."""
    server = make_server(SLOW)
    sekolah = make_school(server)
    ask = request_bytes("GET", "/v1/katalog/2026", sekolah.token) * 20
    end = time.monotonic() + WAIT
    with Connection(server.port, buffer=4096) as line:
        line.sock.settimeout(0.02)
        while not _is_cut(line, ask, taken):
            assert time.monotonic() < end, "still open"
    sekolah.store(BUDI)


def _is_cut(line: Connection, ask: bytes, taken: int) -> bool:
    """Ask once more and take so many bytes; a buffer that is full, or empty, only means waiting."""
    try:
        line.sock.send(ask)
        return bool(taken) and not line.sock.recv(taken)
    except TimeoutError:
        return False
    except OSError:
        return True


def test_a_handshake_that_is_never_made_is_cut(make_server: MakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """TLS connections that never shake hands, or stop in the middle, end by the loop's own clock; others are served."""
    monkeypatch.setattr(constants, "SSL_HANDSHAKE_TIMEOUT", 0.4)  # 60 s outside of tests
    pem = TLS / "sound.pem"
    server = make_server(SLOW, tls_certificate=pem, tls_key=pem)
    with ExitStack() as stack:
        lines = [stack.enter_context(Connection(server.port)) for _ in range(20)]
        for line in lines[10:]:
            line.send(b"\x16\x03\x01\x02\x00\x01\x00\x01")
        trusted = ssl.create_default_context(cafile=TLS / "ca.pem")
        with trusted.wrap_socket(socket.create_connection(("127.0.0.1", server.port)), server_hostname="127.0.0.1") as good:
            good.sendall(STATUS)
            assert good.recv(65_536).startswith(b"HTTP/1.1 200 ")
        assert {line.remaining() for line in lines} == {b""}
    assert {line.partition(" ")[0] for line in server.lines} <= {"!", server.lines[0].partition(" ")[0]}
