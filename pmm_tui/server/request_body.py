"""Reading a request's body: bounded in size on the wire, in size inflated, and in time."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import re
import zlib
from typing import Any

from starlette.requests import Request

from pmm_tui.server.incoming import Body
from pmm_tui.server.limits import Limits
from pmm_tui.server.responses import Problem

_DIGEST = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]*):")
_GZIP_WINDOW = 31  # zlib's way to say: a gzip header, the largest window


class Gone(Exception):
    """The client went away before its request was whole."""


async def read_body(request: Request, limits: Limits, body: Body) -> bytes:
    """Return the body, inflated when it came as gzip; `body` stands for it among the others.

    Raises Problem: 415 for another coding, 413 when too large, 408 when too slow, 400 for broken gzip or bytes that do not have the
    `Content-Digest` that came with them (RFC 9530); and Gone.
    """
    coding = request.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", ""):
        detail = "Server ini hanya membaca isi tanpa kompresi atau gzip."
        raise Problem(415, "pengodean", "Kompresi tidak dikenal", detail, {"accept-encoding": "gzip"})
    if int(request.headers.get("content-length", "0")) > limits.body_bytes:
        raise too_large(limits)
    wire, taken = hashlib.sha256(), 0
    gathered: _Plain | _Gzip = _Gzip(limits) if "gzip" in coding else _Plain(limits)
    began = asyncio.get_running_loop().time()
    try:
        # What has come buys time, not what was promised; and never more than the ceiling, however steadily it drips.
        while True:
            bought = limits.body_seconds + taken / limits.body_rate
            piece = await _next_piece(request, limits, body, began + min(bought, limits.body_ceiling_seconds))
            if piece is None:
                break
            taken += len(piece)
            if taken > limits.body_bytes:  # gzip can be long and hold nothing
                raise too_large(limits)
            gathered.add(piece)
            body.grow(gathered.size)
            wire.update(piece)
    except TimeoutError:
        detail = "Isi permintaan tidak tiba pada waktunya; kirim lagi dengan bagian yang lebih kecil."
        raise Problem(408, "terlalu-lambat", "Terlalu lambat", detail) from None
    if (promised := _DIGEST.search(request.headers.get("content-digest", ""))) and not hmac.compare_digest(
        promised[1], base64.b64encode(wire.digest()).decode()
    ):
        raise _broken("Isi berubah di jalan; kirim lagi.")
    body.whole = True
    return gathered.whole()


def too_large(limits: Limits) -> Problem:
    """The refusal of a body that is too large."""
    kilo = limits.body_bytes // 1024
    return Problem(413, "terlalu-besar", "Terlalu besar", f"Isi permintaan paling besar {kilo} kB; kirim lebih sedikit sekaligus.")


async def _next_piece(request: Request, limits: Limits, body: Body, until: float) -> bytes | None:
    """Return the next piece of the body, None at its end; raises TimeoutError after long silence or past `until` (loop time)."""
    if request.scope.get("pmm.read"):
        return None
    async with asyncio.timeout_at(min(until, asyncio.get_running_loop().time() + limits.gap_seconds)) as body.waits:
        message: Any = await request.receive()
    if message["type"] == "http.disconnect":
        raise Gone
    if not message.get("more_body", False):
        request.scope["pmm.read"] = True
    piece: bytes = message.get("body", b"")
    request.scope["pmm.wire"] = request.scope.get("pmm.wire", 0) + len(piece)
    return piece


class _Plain:
    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._out = bytearray()

    def add(self, piece: bytes) -> None:
        self._out += piece
        if len(self._out) > self._limits.body_bytes:
            raise too_large(self._limits)

    @property
    def size(self) -> int:
        return len(self._out)

    def whole(self) -> bytes:
        return bytes(self._out)


class _Gzip:
    """Inflates piece by piece and stops one byte past the limit, so that a bomb costs no more than an honest body."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._out = bytearray()
        self._inflate = zlib.decompressobj(_GZIP_WINDOW)

    def add(self, piece: bytes) -> None:
        try:
            self._out += self._inflate.decompress(piece, self._limits.body_bytes + 1 - len(self._out))
        except zlib.error:
            raise _broken() from None
        if len(self._out) > self._limits.body_bytes:
            raise too_large(self._limits)
        if self._inflate.unused_data:
            raise _broken()

    @property
    def size(self) -> int:
        return len(self._out)

    def whole(self) -> bytes:
        if not self._inflate.eof:
            raise _broken()
        return bytes(self._out)


def _broken(detail: str = "Isi gzip terpotong atau rusak; kirim lagi.") -> Problem:
    return Problem(400, "isi", "Isi tidak terbaca", detail)
