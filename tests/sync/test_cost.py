"""What the wire costs, as limits: bytes of TLS, connections, requests. Packets and times are for `tests/bench/wire.py`."""

from __future__ import annotations

import asyncio
import gzip
import random
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.server.responses import packed
from pmm_tui.sync.http.tls import OnePiece, context_for
from tests.bench.link import EDGE, GPRS, LineProxy, LineTraits, Link
from tests.bench.wire_cases import (
    ASK,
    CASES,
    FIRST,
    FORTY,
    KEPT_ALIVE,
    NOTHING_NEW,
    NOTHING_NEW_AGAIN,
    ONE,
    ONE_MORE,
    OURS,
    REFERENCE,
    Case,
)
from tests.bench.wire_certificates import CHAIN, HOST, KEY, ROOT
from tests.bench.wire_count import Counts, Proxy
from tests.bench.wire_kit import Operator, forget_sessions, here
from tests.server.sample_school import RunningServer

pytestmark = [pytest.mark.anyio, pytest.mark.process]

ML_KEM = 2272 if ssl.OPENSSL_VERSION_INFO >= (3, 5) else 0
"""Bytes that the newer OpenSSL's key exchange adds to a handshake (FIPS 203)."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The reference server with TLS."""
    running = RunningServer(tmp_path_factory.mktemp("server"), tls_certificate=CHAIN, tls_key=KEY)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _sessions() -> Iterator[None]:
    forget_sessions()
    with here():
        yield
    forget_sessions()


async def count(server: RunningServer, case: Case, folder: Path, who: str = OURS) -> Counts:
    """What a case costs."""
    async with Proxy(server.port) as proxy:
        with Operator(folder, server.database, proxy.port) as operator:
            return await case.work[who](operator, proxy)


@pytest.mark.parametrize(
    ("case", "connections", "requests"),
    [
        (FORTY, 1, 1),
        (ONE, 1, 1),
        (FIRST, 1, 2),
        (ONE_MORE, 1, 1),
        (NOTHING_NEW, 0, 1),
        (NOTHING_NEW_AGAIN, 1, 1),
        (REFERENCE, 1, 6),
        (ASK, 1, 1),
    ],
    ids=lambda value: value.name if isinstance(value, Case) else "",
)
async def test_what_the_wire_costs(server: RunningServer, tmp_path: Path, case: Case, connections: int, requests: int) -> None:
    """Each figure stays within its bytes; each request is one record, so each is one round trip after the two of a connection."""
    found = await count(server, case, tmp_path)

    assert found.tls <= case.tls + ML_KEM * found.connections
    assert (found.connections, found.records - found.connections) == (connections, requests)


def test_the_limits_leave_room_for_headers() -> None:
    """What is promised on IPv4 is more than what TLS may take: the difference is for the packets that a capture shows."""
    assert all(case.most - case.tls >= 3 * 52 for case in CASES)


async def test_a_batch_costs_a_seventh_of_single_requests(server: RunningServer, tmp_path: Path) -> None:
    """Forty plans at once, compressed and answered at once, against forty requests over one connection."""
    ours = await count(server, FORTY, tmp_path)
    theirs = await count(server, FORTY, tmp_path, KEPT_ALIVE)

    assert theirs.connections == 1
    assert 7 * ours.tls < theirs.tls


# ---- one piece


def shake(client: ssl.SSLContext) -> tuple[ssl.SSLObject, ssl.MemoryBIO, ssl.SSLObject, ssl.MemoryBIO]:
    """Connect a client to a server in memory until both are through; each with what it has made and nobody has taken."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CHAIN, KEY)
    to_server, to_client, from_server = ssl.MemoryBIO(), ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(to_client, to_server, server_hostname=HOST)
    theirs = server.wrap_bio(to_server, from_server, server_side=True)
    with pytest.raises(ssl.SSLWantReadError):
        ours.do_handshake()
    with pytest.raises(ssl.SSLWantReadError):
        theirs.do_handshake()
    to_client.write(from_server.read())
    ours.do_handshake()
    return ours, to_server, theirs, from_server


def test_what_is_written_waits_for_the_next_read() -> None:
    """The end of the handshake and all parts of a request leave together, when an answer is waited for."""
    ours, to_server, theirs, _ = shake(context_for(ROOT))
    assert isinstance(ours, OnePiece)
    assert [ours.write(b"kepala"), ours.write(memoryview(b" dan isi"))] == [6, 8]
    assert to_server.pending == 0

    with pytest.raises(ssl.SSLWantReadError):
        ours.read(100)

    theirs.do_handshake()
    assert theirs.read(100) == b"kepala dan isi"


def test_a_good_bye_takes_along_what_waits() -> None:
    """What was written before the end is not lost."""
    ours, _, theirs, _ = shake(context_for(ROOT))
    ours.write(b"pesan")

    with pytest.raises(ssl.SSLWantReadError):
        ours.unwrap()

    theirs.do_handshake()
    assert theirs.read(100) == b"pesan"
    assert theirs.read(100) == b""


def test_a_server_is_told_why_it_is_not_believed(tmp_path: Path) -> None:
    """The alert of a handshake that fails leaves at once."""
    other = tmp_path / "lain.pem"
    other.write_bytes((Path(__file__).parent / "tls" / "ca.pem").read_bytes())
    context = context_for(other)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(CHAIN, KEY)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = context.wrap_bio(to_client, to_server, server_hostname=HOST)
    theirs = server.wrap_bio(to_server, to_client, server_side=True)
    for side in (ours, theirs):
        with pytest.raises(ssl.SSLWantReadError):
            side.do_handshake()
    assert to_server.pending == 0

    with pytest.raises(ssl.SSLCertVerificationError):
        ours.do_handshake()

    with pytest.raises(ssl.SSLError, match="ALERT"):
        theirs.do_handshake()


# ---- the tools


@pytest.mark.parametrize("text", [b"{}" * 300, b"ab" * 40, bytes(range(256)) * 9, random.Random(1).randbytes(900).hex().encode()])
def test_answers_are_packed_whole(text: bytes) -> None:
    """However it was packed, gzip gives it back; and it is never longer than gzip would be."""
    found = packed(text)

    assert gzip.decompress(found) == text
    assert len(found) <= len(gzip.compress(text, 9, mtime=0))


def test_a_line_carries_one_packet_after_another() -> None:
    """Bytes, headers and acknowledgements take their time, in the order in which they were handed over."""
    line = Link(EDGE, random.Random(0))

    opened = line.opened_at(10.0)
    one = line.arrived(1, 20.0)
    two = line.arrived(1449, 20.0)

    assert opened == pytest.approx(10 + 172 * 8 / 40_000 + 0.6)
    assert one == pytest.approx(20 + 105 * 8 / 40_000 + 0.3)
    assert two == pytest.approx(one + (1449 + 2 * 104) * 8 / 40_000)
    assert (line.packets, line.stalls) == (3, 0)


def test_a_stall_holds_up_everything_behind_it() -> None:
    """One packet in twenty stalls the line, for three seconds each."""
    line = Link(GPRS, random.Random(7))

    arrivals = [line.arrived(1448, 0.0) for _ in range(2000)]

    assert arrivals == sorted(arrivals)
    assert 60 < line.stalls < 140
    assert arrivals[-1] == pytest.approx(2000 * 1552 * 8 / 9600 + line.stalls * 3.0 + 0.75)


async def test_a_line_changes_nothing() -> None:
    """What goes in comes out, both ways, to the end."""
    sent = random.Random(3).randbytes(100_000)

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.read())[::-1])
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    fast = LineTraits(name="", rate=1e9, round_trip=0.0, stalled=0.5)
    async with server, LineProxy(server.sockets[0].getsockname()[1], fast, 1) as line:
        reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(sent)
        writer.write_eof()
        found = await reader.read()
        writer.close()

    assert found == sent[::-1]
    assert line.link.packets >= 2 * 70
