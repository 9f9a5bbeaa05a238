"""The outermost layer: turns exceptions into problems without a traceback, and logs a line a request without personal data."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pmm_tui.errors import StorageError
from pmm_tui.server.call import now_utc, stamp
from pmm_tui.server.engine import ReplacedError
from pmm_tui.server.request_body import Gone
from pmm_tui.server.responses import Problem

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_GONE = 499  # nginx's number for a client that went away
_STORAGE_RETRY = 30  # seconds
_RESTART_RETRY = 600  # somebody has to come first
_log = logging.getLogger("pmm_tui.server")


class Outermost:
    """Wraps the application. Logs method, route template, status, milliseconds, bytes in and out; never a path, token or value."""

    def __init__(self, app: ASGIApp, log: Callable[[str], None]) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        seen = _Seen(send)
        scope["pmm.rute"] = "-"
        try:
            _one_length(scope)
            await self._app(scope, receive, seen.send)
        except Gone:
            seen.status = _GONE
        except Exception as error:
            self._note(error)
            if seen.status == 0:
                await _response_for(error)(scope, receive, seen.send)
        method = scope["method"] if scope["method"] in _METHODS else "?"
        took = round((time.monotonic() - began) * 1000)
        bytes_in = scope.get("pmm.wire", 0)
        _log.debug("%s answered %d after %d ms, %d bytes in, %d out", method, seen.status, took, bytes_in, seen.size)
        self._log(f"{stamp(now_utc())} {method} {scope['pmm.rute']} {seen.status} {took} ms {bytes_in} B {seen.size} B")

    def _note(self, error: Exception) -> None:
        """Log what kind of fault it was, and where in our code: a message could hold what somebody typed."""
        if isinstance(error, Problem):
            return
        place, trace = "", error.__traceback__
        while trace is not None:
            place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}"
            trace = trace.tb_next
        self._log(f"{stamp(now_utc())} ! {type(error).__name__} {place}")
        _log.info("a request broke", exc_info=error)


class _Seen:
    """Passes an answer on and remembers its status and size."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.size = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)


def _one_length(scope: Scope) -> None:
    """Refuse a request with both Content-Length and Transfer-Encoding, and close its connection.

    A proxy may see another end than we do (RFC 9112 6.3).
    """
    if {b"content-length", b"transfer-encoding"} <= {name for name, _ in scope["headers"]}:
        detail = "Permintaan menyebut panjang isinya dengan dua cara; kirim lagi dengan satu cara."
        raise Problem(400, "isi", "Isi tidak terbaca", detail, {"connection": "close"})


def _response_for(error: Exception) -> Response:
    if isinstance(error, Problem):
        return error.response()
    if isinstance(error, ReplacedError):
        detail = (
            "Basis data server dihapus atau diganti selagi dipakai: pengelola server harus menghentikan server lalu menjalankannya "
            "lagi. Rencana aman di komputer pengirim."
        )
        headers = {"retry-after": str(_RESTART_RETRY)}
        return Problem(503, "mulai-ulang", "Server harus dijalankan ulang", detail, headers).response()
    if isinstance(error, StorageError):
        detail = "Server tidak dapat menyimpan sekarang; rencana aman di komputer pengirim, coba lagi nanti."
        headers = {"retry-after": str(_STORAGE_RETRY)}
        return Problem(503, "penyimpanan", "Penyimpanan bermasalah", detail, headers).response()
    detail = "Server mengalami kesalahan; coba lagi, dan beri tahu pengelola server bila terulang."
    return Problem(500, "server", "Kesalahan server", detail).response()
