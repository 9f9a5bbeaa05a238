"""One call of the real client, with a token that can be looked for, directly or through a proxy."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from tests.faults.wire.impostor import http
from tests.faults.wire.listener import TLS, Listener

CANARY = "kenari-rahasia-7f3a9c51d2e84b60"
PASSWORD = "sandi-proxy-kenari-55aa"
HOST = "pmm.uji.example"
Call = Callable[[Client], Awaitable[Any]]
EVERY: dict[str, Call] = {
    "sekolah": lambda client: client.sekolah(),
    "rencana": lambda client: client.rencana("2026", "abc"),
    "kirim": lambda client: client.post_batch([b'{"a":1}']),
}


def ask(settings: ServerSettings, call: Call = EVERY["sekolah"]) -> Any:
    """One call with these settings."""

    async def ask() -> Any:
        async with Client(settings) as client:
            return await call(client)

    return asyncio.run(ask())


def safe(url: str, **more: Any) -> ServerSettings:
    """Settings that trust our test authority alone."""
    return ServerSettings(url=url, token=CANARY, total=3.0, ca_file=TLS / "ca.pem", **more)


TUNNEL = b"HTTP/1.1 200 Connection established\r\n\r\n"
PROXIES = {
    "407": http(b"", "407 Proxy Authentication Required", 'Proxy-Authenticate: Basic realm="x"'),
    "403": http(b"<html>", "403 Forbidden", kind="text/html"),
    "302": http(b"", "302 Found", "Location: http://portal.example/"),
    "502": http(b"", "502 Bad Gateway"),
    "bukan-http": b"halo\r\n\r\n",
}


def over(proxy: Listener, scheme: str = "http", user: str = "") -> ServerSettings:
    """Settings of a server elsewhere, behind this proxy."""
    return safe(f"https://{HOST}", proxy=f"{scheme}://{user}127.0.0.1:{proxy.port}")
