"""Where the server is, who we are, how long we wait and how much goes at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from pmm_tui.address import address_fault, is_loopback, proxy_fault, without_user
from pmm_tui.errors import ConfigError

_TOKEN = re.compile(r"[\x21-\x7e]{1,512}")
_SLOWEST = 1000.0  # bytes a second that a line must move at least
_LONGEST = 600.0  # seconds that one exchange may take, however big


class ServerSettings(Struct, frozen=True, kw_only=True):
    """One server as seen by one school; building it checks it and raises ConfigError.

    Times in seconds, chosen for lines of 2G: `connect` with the TLS handshake, `write` and `read` each for one pause.
    `total` is the most that a whole exchange may take; None lets it grow with what has moved, at 1 kB/s from a minute up to ten.
    `proxy` empty means the environment's; `ca_file` (PEM) replaces the operating system's certificates.
    """

    url: str
    token: str = ""
    connect: float = 30.0
    write: float = 60.0
    read: float = 90.0
    total: float | None = None
    proxy: str = ""
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if fault := address_fault(self.url):
            raise ConfigError(f"server.url: {fault}")
        if self.proxy and (fault := proxy_fault(self.proxy)):
            raise ConfigError(f"server.proxy: {fault}")
        if self.token and not _TOKEN.fullmatch(self.token):
            raise ConfigError("Token harus satu baris huruf, angka dan tanda biasa tanpa spasi; salin ulang tokennya.")

    def __repr__(self) -> str:
        return f"ServerSettings(url={self.url!r})"  # the token is nobody's to read, nor is the proxy's password

    def __rich_repr__(self) -> list[tuple[str, Any]]:
        """Show the address alone, as `repr` does."""
        return [("url", self.url)]

    @property
    def host(self) -> str:
        """The server's host, as sentences name it."""
        return urlsplit(self.url).hostname or ""

    def allowed(self, moved: int) -> float:
        """Seconds that an exchange may take in which `moved` bytes have gone over the line."""
        return self.total if self.total is not None else min(_LONGEST, 60.0 + moved / _SLOWEST)

    def proxy_url(self) -> str:
        """The proxy that requests go through, empty for none; never one for this computer itself.

        Raises ConfigError for one in the environment that cannot be used.
        """
        if is_loopback(self.host):
            return ""
        if self.proxy:
            return self.proxy
        from urllib.request import getproxies, proxy_bypass  # lazy: only with a server of some other computer

        proxies = getproxies()
        url = proxies.get("https") or proxies.get("all") or ""
        if not url or proxy_bypass(self.host):
            return ""
        url = url if "://" in url else f"http://{url}"
        if fault := proxy_fault(url):
            raise ConfigError(f"Proxy dari lingkungan ({without_user(url)}) tidak dapat dipakai: {fault}")
        return url


class Limits(Struct, frozen=True, kw_only=True):
    """How much goes into one batch: `envelopes` and `bytes` on the wire at first, and the most it may grow to."""

    envelopes: int = 40
    bytes: int = 16 * 1024
    max_envelopes: int = 160
    max_bytes: int = 64 * 1024

    def halved(self) -> Limits:
        """Half of it, at least one envelope: after a time-out or a 413."""
        return self._with(max(1, self.envelopes // 2), max(512, self.bytes // 2))

    def grown(self) -> Limits:
        """A quarter more: after a success."""
        return self._with(
            min(self.max_envelopes, self.envelopes + self.envelopes // 4 + 1), min(self.max_bytes, self.bytes * 5 // 4)
        )

    def _with(self, envelopes: int, size: int) -> Limits:
        return Limits(envelopes=envelopes, bytes=size, max_envelopes=self.max_envelopes, max_bytes=self.max_bytes)
