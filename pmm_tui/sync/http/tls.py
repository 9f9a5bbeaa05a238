"""The TLS contexts: whose certificates are trusted, and how a connection costs few bytes.

Taking up a session saves 43 % of the bytes of a new connection; the rest is counted in docs/performance.md.
"""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, cast

import truststore

from pmm_tui.errors import ConfigError

_PADDING = 0x10  # SSL_OP_TLSEXT_PADDING: 204 bytes of nothing in the first message, for a load balancer of 2013


class OnePiece:
    """A connection that sends all that was written since it last read as one record in one piece.

    httpx writes the head of a request, and then its body: each would be a record, a packet and an acknowledgement of its own, after
    another packet with the end of the handshake. It stands in for the SSLObject that is behind it.
    """

    def __init__(self, connection: ssl.SSLObject, made: ssl.MemoryBIO, outgoing: ssl.MemoryBIO) -> None:
        self._connection = connection
        self._made = made
        self._outgoing = outgoing
        self._unsent: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def do_handshake(self) -> None:
        """Shake hands; the last message of it waits for the first request."""
        try:
            self._connection.do_handshake()
        except ssl.SSLError:  # the other side has to say something first, or has to be told why not
            self._send()
            raise

    def write(self, content: bytes) -> int:
        """Take a part of a request."""
        self._unsent.append(bytes(content))
        return len(content)

    def read(self, size: int = 65536) -> bytes:
        """Send what waits, then read."""
        try:
            self._seal()
            return self._connection.read(size)
        finally:
            self._send()

    def unwrap(self) -> None:
        """Send what waits, then say good-bye."""
        try:
            self._seal()
            self._connection.unwrap()
        finally:
            self._send()

    def _seal(self) -> None:
        if self._unsent:
            whole = b"".join(self._unsent)
            self._unsent.clear()
            self._connection.write(whole)

    def _send(self) -> None:
        self._outgoing.write(self._made.read())


class Sessions:
    """The last session that each host gave us; it is offered to that host alone, as it stands for its checked certificate."""

    def __init__(self) -> None:
        self._last: dict[str, ssl.SSLSession] = {}

    def keep(self, connection: ssl.SSLObject) -> None:
        """Keep the session of a connection that has answered."""
        if connection.session is not None and connection.server_hostname:
            self._last[connection.server_hostname] = connection.session

    def offer(self, host: str | bytes | None) -> ssl.SSLSession | None:
        """The session to offer a host."""
        return self._last.get(host.decode("ascii") if isinstance(host, bytes) else host or "")


class _Thrifty:
    """What both contexts below do: begin a connection that offers the host's last session and sends in one piece."""

    _takes_up = True
    sessions: Sessions

    def set_alpn_protocols(self, alpn_protocols: Iterable[str]) -> None:
        """Offer no protocol: the server then speaks HTTP/1.1, and the handshake is shorter."""

    def wrap_bio(
        self,
        incoming: ssl.MemoryBIO,
        outgoing: ssl.MemoryBIO,
        server_side: bool = False,
        server_hostname: str | bytes | None = None,
        session: ssl.SSLSession | None = None,
    ) -> ssl.SSLObject:
        """Begin a connection, taking up the host's last session where that is safe."""
        if self._takes_up:
            session = session or self.sessions.offer(server_hostname)
        made = ssl.MemoryBIO()
        connection = super().wrap_bio(incoming, made, server_side, server_hostname, session)  # type: ignore[misc]
        return cast(ssl.SSLObject, OnePiece(connection, made, outgoing))


class FileContext(_Thrifty, ssl.SSLContext):
    """Trusts the certificates it was given."""


class SystemContext(_Thrifty, truststore.SSLContext):
    """Trusts what the operating system trusts."""

    # On Windows and macOS the system checks the chain, which a session that is taken up no longer has.
    _takes_up = sys.platform not in ("win32", "darwin")


@cache
def context_for(ca_file: Path | None) -> FileContext | SystemContext:
    """The context of this process, so that its sessions outlive one client; raises ConfigError for a file that is no PEM."""
    if ca_file is None:
        system = SystemContext(ssl.PROTOCOL_TLS_CLIENT)
        system.sessions = Sessions()
        system.options &= ~_PADDING
        return system
    context = FileContext(ssl.PROTOCOL_TLS_CLIENT)
    context.sessions = Sessions()
    context.options &= ~_PADDING
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError):
        raise ConfigError(f"server.ca_file: {ca_file} tidak dapat dibaca sebagai sertifikat PEM; periksa berkas itu.") from None
    return context


def socket_options() -> list[tuple[int, int, int]]:
    """What to set on a connection.

    Linux acknowledges the first packets of one at once, each with a packet of 52 bytes; with this the acknowledgements ride on what
    we say next. Empty where there is no such thing.
    """
    name = getattr(socket, "TCP_QUICKACK", None)
    if name is None:
        return []
    options = [(socket.IPPROTO_TCP, name, 0)]
    try:
        with socket.socket() as trial:
            for option in options:
                trial.setsockopt(*option)
    except OSError:  # a system that only looks like Linux
        return []
    return options
