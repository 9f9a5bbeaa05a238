"""One HTTP/1.1 connection of uvicorn's, with the time-outs that it lacks: slow heads, endless refused bodies, unread answers."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from pmm_tui.server.limits import Limits
from pmm_tui.server.responses import Problem

_BUSY_KEEP_ALIVE = 5  # seconds an idle connection is kept while half of all places are taken
_CLOSING = 10.0  # seconds for what is still to be written when an idle connection is closed


class _Connection(H11Protocol):
    """Watches the clock in each phase of a connection; the phases inside a request are the application's to watch."""

    limits: Limits
    _timer: asyncio.TimerHandle | None = None
    _phase = ""
    _thrown = 0
    _unread: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        transport = cast(asyncio.Transport, _OnePiece(transport, self.loop))
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            transport.write(_raw(_full()))
            transport.close()
            return
        self._watch("head", self.limits.head_seconds)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        if self._phase == "linger":
            self._thrown += len(data)
            if self._thrown > self.limits.body_bytes:
                self.transport.abort()
                return
        super().data_received(data)
        self._see_phase()

    def on_response_complete(self) -> None:
        crowded = 2 * len(self.connections) > self.limits.connections
        self.timeout_keep_alive = _BUSY_KEEP_ALIVE if crowded else self.limits.keep_alive_seconds
        super().on_response_complete()
        self._see_phase()

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch("", 0)
        self.resume_writing()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._unread is None:
            self._unread = self.loop.call_later(self.limits.write_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        super().timeout_keep_alive_handler()
        self._watch("close", _CLOSING)

    def send_400_response(self, msg: str) -> None:
        problem = Problem(400, "isi", "Bukan HTTP", "Permintaan tidak dapat dibaca sebagai HTTP/1.1.")
        self.transport.write(_raw(problem))
        self.transport.close()

    def _see_phase(self) -> None:
        """Start the clock of the phase that the connection is in now, unless it runs already."""
        if self.transport.is_closing():
            return
        between = self.cycle is None or self.cycle.response_complete
        if between and self.conn.their_state is h11.SEND_BODY:
            self._watch("linger", self.limits.linger_seconds)  # a body that was refused
        elif between and self.conn.trailing_data[0]:
            self._watch("head", self.limits.head_seconds)
        elif self.cycle is not None:
            self._watch("", 0)  # in the application's hands, or idle

    def _watch(self, phase: str, seconds: float) -> None:
        if phase == self._phase and phase:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._phase, self._thrown = phase, 0
        self._timer = self.loop.call_later(seconds, self.transport.abort) if phase else None


class _OnePiece:
    """A transport that sends what is written in one turn of the loop together: head and body are one packet, one TLS record."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> None:
        if not self._pieces:
            self._loop.call_soon(self.flush)
        self._pieces.append(piece)

    def flush(self) -> None:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        if whole and not self._transport.is_closing():
            self._transport.write(whole)

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


def connection_class(limits: Limits) -> type[H11Protocol]:
    """The protocol class for uvicorn, with these limits."""
    members: dict[str, Any] = {"limits": limits}
    return type("Connection", (_Connection,), members)


def _full() -> Problem:
    detail = "Terlalu banyak sambungan; coba lagi 10 detik lagi."
    return Problem(503, "penuh", "Server penuh", detail, {"retry-after": "10"})


def _raw(problem: Problem) -> bytes:
    """An answer outside of any request, as bytes; the connection ends with it."""
    headers = problem.headers | {
        "content-type": "application/problem+json",
        "content-length": str(len(problem.body)),
        "connection": "close",
    }
    reason = {400: "Bad Request", 503: "Service Unavailable"}[problem.status]
    lines = [f"HTTP/1.1 {problem.status} {reason}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + problem.body
