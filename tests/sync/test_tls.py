"""Real TLS: who is believed, what is said otherwise, and sessions that are taken up again.

The certificates in `tls/` are for these tests alone: an authority, and leaves that are sound, expired, not valid yet, or another's.
"""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.tls import context_for
from pmm_tui.sync.results import Document, Stop
from tests.sync.world import read_request, settings, socket_server

pytestmark = [pytest.mark.anyio, pytest.mark.process]

TLS = Path(__file__).parent / "tls"
CA = TLS / "ca.pem"


@pytest.fixture(autouse=True)
def _no_sessions_yet() -> Iterator[None]:
    context_for.cache_clear()
    yield
    context_for.cache_clear()


def server_context(leaf: str) -> ssl.SSLContext:
    """A server that shows that certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / f"{leaf}.pem")
    return context


class Seen:
    """Answers with an empty document and notes the requests and whether each connection took up a session."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.resumed: list[bool] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        self.resumed.append(bool(writer.get_extra_info("ssl_object").session_reused))
        while True:
            self.requests.append(await read_request(reader))
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")


async def ask(leaf: str, ca_file: Path | None = CA, host: str = "127.0.0.1") -> tuple[Document | Stop, list[bytes]]:
    """Ask a server that shows a certificate for its school."""
    seen = Seen()
    server = socket_server(seen, server_context(leaf))
    async with server as url, Client(settings(url.replace("127.0.0.1", host), total=5, ca_file=ca_file)) as client:
        found = await client.sekolah()
    assert isinstance(found, (Document, Stop))
    return found, seen.requests


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_server_with_a_sound_certificate_is_believed(host: str) -> None:
    """With the authority's file the sound certificate is taken, by address and by name."""
    found, requests = await ask("sound", host=host)

    assert found == Document({}, "", b"{}")
    assert len(requests) == 1


async def test_the_screen_that_loaded_asyncio_without_openssl_still_talks_tls() -> None:
    """A process that began as the screen begins reaches a server with TLS: OpenSSL comes with the network."""
    code = (
        "import sys, pmm_tui.quick_start as start; start._load_asyncio(); assert 'ssl' not in sys.modules\n"
        "import asyncio; from pathlib import Path\n"
        "from pmm_tui.sync.http.client import Client; from tests.sync.world import settings\n"
        "async def ask():\n"
        "    async with Client(settings(sys.argv[1], total=20, ca_file=Path(sys.argv[2]))) as client:\n"
        "        return await client.sekolah()\n"
        "print(asyncio.run(ask()), asyncio.base_events.ssl)"
    )
    async with socket_server(Seen(), server_context("sound")) as url:
        child = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, str(CA), stdout=-1)
        said, _ = await child.communicate()

    assert (child.returncode, said.decode().split()) == (0, [*str(Document({}, "", b"{}")).split(), "None"])


@pytest.mark.parametrize(
    ("leaf", "ca_file", "words"),
    [
        ("expired", CA, "kedaluwarsa. Periksa tanggal dan jam"),
        ("not-yet-valid", CA, "belum berlaku. Periksa tanggal dan jam"),
        ("other-host", CA, "bukan milik 127.0.0.1"),
        ("sound", None, "penerbit yang dipercaya"),
    ],
)
async def test_a_certificate_that_is_wrong_is_told_and_gets_no_request(leaf: str, ca_file: Path | None, words: str) -> None:
    """Each fault has its sentence, and the server sees neither token nor request."""
    found, requests = await ask(leaf, ca_file)

    assert isinstance(found, Stop)
    assert (found.kind, found.untouched) == ("tls", True)
    assert words in found.reason
    assert requests == []


async def test_https_to_a_plain_port_is_told() -> None:
    """A port that speaks no TLS ends in a sentence about the secure connection."""

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with socket_server(plain) as url, Client(settings(url.replace("http:", "https:"), total=5, ca_file=CA)) as client:
        found = await client.sekolah()

    assert isinstance(found, Stop)
    assert (found.kind, found.untouched) == ("tls", True)


async def test_a_new_connection_takes_up_the_session() -> None:
    """Later connections of the process to the same host resume, also from another client; another host's do not."""
    seen = Seen()
    async with socket_server(seen, server_context("sound")) as url:
        for _ in range(2):
            async with Client(settings(url, total=5, ca_file=CA)) as client:
                assert isinstance(await client.sekolah(), Document)
        async with Client(settings(url.replace("127.0.0.1", "localhost"), total=5, ca_file=CA)) as client:
            assert isinstance(await client.sekolah(), Document)

    assert seen.resumed == [False, True, False]
