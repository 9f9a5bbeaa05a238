"""A server after the contract in memory, weather to put before it, and bare sockets for what no HTTP library would send."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx

from pmm_tui.skp.wire import digest, open_envelope
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings

URL = "https://pmm.sekolah.sch.id"
TOKEN = "rahasia-KENARI-123"
NPSN = "20512345"

Respond = Callable[[httpx.Request], httpx.Response]


def answer(body: Any = b"", status: int = 200, kind: str = "application/json", **headers: str) -> httpx.Response:
    """An answer as it comes off the wire; what is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    named = {"content-type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(status, headers=named, stream=httpx.ByteStream(content))


def problem(status: int, **members: Any) -> httpx.Response:
    """An error with problem details."""
    return answer(members, status, "application/problem+json")


def settings(url: str = URL, **more: Any) -> ServerSettings:
    """Settings with our token."""
    return ServerSettings(url=url, token=TOKEN, **more)


def client(respond: Respond, url: str = URL, **more: Any) -> Client:
    """A client whose requests are answered by a function."""
    return Client(settings(url, **more), transport=httpx.MockTransport(respond))


def greeting(respond: Respond, npsn: str = NPSN) -> Respond:
    """Say whose school it is when that is asked, and hand everything else on: for tests that count what comes after."""

    def greet(request: httpx.Request) -> httpx.Response:
        return answer({"npsn": npsn}) if request.url.path == "/v1/sekolah" else respond(request)

    return greet


def lines_of(request: httpx.Request) -> list[bytes]:
    """The envelopes of a batch."""
    content = request.content
    if request.headers.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
    assert content.endswith(b"\n")
    return content.split(b"\n")[:-1]


class Fake:
    """A server that keeps the contract. `weather` is a queue of functions that answer in its place, `batches` what came in."""

    def __init__(self) -> None:
        self.stored: dict[tuple[str, str, int], tuple[str, str]] = {}
        self.standing: dict[tuple[str, str], tuple[int, str]] = {}
        self.weather: list[Respond | None] = []
        self.batches: list[list[bytes]] = []
        self.requests: list[httpx.Request] = []
        self.refuse: dict[str, Any] = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        self.requests.append(request)
        if self.weather and (respond := self.weather.pop(0)):
            return respond(request)
        lines = lines_of(request)
        self.batches.append(lines)
        return answer({"hasil": [self.receive(line) for line in lines]})

    def receive(self, line: bytes) -> dict[str, Any]:
        """Take one envelope in."""
        envelope, sha256 = open_envelope(line), digest(line)
        key = envelope.pegawai.identity()
        plan = (envelope.pegawai.nip, envelope.periode)
        result: dict[str, Any] = {"pegawai": key, "periode": envelope.periode, "revisi": envelope.revisi, "sha256": sha256}
        if envelope.pegawai.nip in self.refuse:
            return result | self.refuse[envelope.pegawai.nip]
        kept = self.stored.get((*plan, envelope.revisi))
        if kept and kept[0] == sha256:
            return result | {"keadaan": "sudah-ada", "tanda_terima": kept[1], "masalah": []}
        revision, held = self.standing.get(plan, (0, ""))
        if kept or envelope.dasar != revision:
            return result | {"keadaan": "bentrok", "dipegang": {"revisi": revision, "sha256": held}}
        receipt = f"R-{len(self.stored) + 1}"
        self.stored[*plan, envelope.revisi] = (sha256, receipt)
        self.standing[plan] = (envelope.revisi, sha256)
        when = "2026-01-08T02:11:05Z"
        return result | {"keadaan": "tersimpan", "tanda_terima": receipt, "waktu": when, "status": "diajukan", "masalah": []}

    def commit_then_lose(self, request: httpx.Request) -> httpx.Response:
        """Store everything, and then the line breaks before the answer."""
        for line in lines_of(request):
            self.receive(line)
        raise httpx.ReadError("reset")


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def socket_server(talk: Talk, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """A bare server on a loopback port that reads one request and then does as `talk` says; gives its base URL."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    try:
        yield f"{'https' if context else 'http'}://127.0.0.1:{port}"
    finally:
        server.close()


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One whole request."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    return head + await reader.readexactly(length)


def sends(*parts: bytes, pause: float = 0.0, reset: bool = False) -> Talk:
    """Read a request, send these bytes one after another, and close, or reset."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause)
        if reset:
            writer.transport.abort()

    return talk
