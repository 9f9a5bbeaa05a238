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
from tests.bench.link import EDGE, GPRS, Jalur, Sifat, Tautan
from tests.bench.wire_cases import (
    EMPAT_PULUH,
    KASUS,
    KITA,
    NAIF_TETAP,
    RUJUKAN,
    SATU,
    SATU_LAGI,
    TAK_BARU,
    TAK_BARU_LAGI,
    TANYA,
    Kasus,
)
from tests.bench.wire_certificates import CHAIN, HOST, KEY, ROOT
from tests.bench.wire_count import Hitungan, Perantara
from tests.bench.wire_kit import Operator, di_sini, forget_sessions
from tests.server.sample_school import ServerUji

pytestmark = [pytest.mark.anyio, pytest.mark.process]

ML_KEM = 2272 if ssl.OPENSSL_VERSION_INFO >= (3, 5) else 0
"""Bytes that the newer OpenSSL's key exchange adds to a handshake (FIPS 203)."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerUji]:
    """The reference server with TLS."""
    running = ServerUji(tmp_path_factory.mktemp("server"), tls_sertifikat=CHAIN, tls_kunci=KEY)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _sessions() -> Iterator[None]:
    forget_sessions()
    with di_sini():
        yield
    forget_sessions()


async def count(server: ServerUji, kasus: Kasus, folder: Path, who: str = KITA) -> Hitungan:
    """What a case costs."""
    async with Perantara(server.port) as proxy:
        with Operator(folder, server.database, proxy.port) as operator:
            return await kasus.kerja[who](operator, proxy)


@pytest.mark.parametrize(
    ("kasus", "connections", "requests"),
    [(EMPAT_PULUH, 1, 1), (SATU, 1, 1), (SATU_LAGI, 1, 1), (TAK_BARU, 0, 1), (TAK_BARU_LAGI, 1, 1), (RUJUKAN, 1, 6), (TANYA, 1, 1)],
    ids=lambda value: value.nama if isinstance(value, Kasus) else "",
)
async def test_what_the_wire_costs(server: ServerUji, tmp_path: Path, kasus: Kasus, connections: int, requests: int) -> None:
    """Each figure stays within its bytes; each request is one record, so each is one round trip after the two of a connection."""
    found = await count(server, kasus, tmp_path)

    assert found.tls <= kasus.tls + ML_KEM * found.sambungan
    assert (found.sambungan, found.rekaman - found.sambungan) == (connections, requests)


def test_the_limits_leave_room_for_headers() -> None:
    """What is promised on IPv4 is more than what TLS may take: the difference is for the packets that a capture shows."""
    assert all(kasus.paling - kasus.tls >= 3 * 52 for kasus in KASUS)


async def test_a_batch_costs_a_seventh_of_single_requests(server: ServerUji, tmp_path: Path) -> None:
    """Forty plans at once, compressed and answered at once, against forty requests over one connection."""
    ours = await count(server, EMPAT_PULUH, tmp_path)
    theirs = await count(server, EMPAT_PULUH, tmp_path, NAIF_TETAP)

    assert theirs.sambungan == 1
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
    line = Jalur(EDGE, random.Random(0))

    opened = line.buka(10.0)
    one = line.tiba(1, 20.0)
    two = line.tiba(1449, 20.0)

    assert opened == pytest.approx(10 + 172 * 8 / 40_000 + 0.6)
    assert one == pytest.approx(20 + 105 * 8 / 40_000 + 0.3)
    assert two == pytest.approx(one + (1449 + 2 * 104) * 8 / 40_000)
    assert (line.paket, line.berhenti) == (3, 0)


def test_a_stall_holds_up_everything_behind_it() -> None:
    """One packet in twenty stalls the line, for three seconds each."""
    line = Jalur(GPRS, random.Random(7))

    arrivals = [line.tiba(1448, 0.0) for _ in range(2000)]

    assert arrivals == sorted(arrivals)
    assert 60 < line.berhenti < 140
    assert arrivals[-1] == pytest.approx(2000 * 1552 * 8 / 9600 + line.berhenti * 3.0 + 0.75)


async def test_a_line_changes_nothing() -> None:
    """What goes in comes out, both ways, to the end."""
    sent = random.Random(3).randbytes(100_000)

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.read())[::-1])
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    fast = Sifat(nama="", laju=1e9, pulang_pergi=0.0, macet=0.5)
    async with server, Tautan(server.sockets[0].getsockname()[1], fast, 1) as line:
        reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
        writer.write(sent)
        writer.write_eof()
        found = await reader.read()
        writer.close()

    assert found == sent[::-1]
    assert line.jalur.paket >= 2 * 70
