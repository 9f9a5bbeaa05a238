"""What is answered: JSON, `304` and gzip where the client takes them, and problems (RFC 9457) that name no value of anybody."""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response

GZIP_FROM = 500
"""Bytes from which gzip saves more than it costs."""
PROBLEMS = "/problems/"
_GZIP = 16 + zlib.MAX_WBITS  # zlib's way to say: a gzip header, the largest window
_JSON = "application/json"
_PROBLEM_JSON = "application/problem+json"
_TAG = re.compile(r'(?:W/)?("[^"]*")|(\*)')


class Problem(Exception):
    """A refusal of a whole request. `kind` is the last part of its `type`, which a client may act on; `more` are extra members."""

    def __init__(
        self, status: int, kind: str, title: str, detail: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(kind)
        self.status = status
        self.headers = dict(headers or {})
        self.body = encode({"type": PROBLEMS + kind, "title": title, "status": status, "detail": detail, **more})

    def response(self) -> Response:
        """The problem as an HTTP response."""
        return Response(self.body, self.status, self.headers, _PROBLEM_JSON)


def encode(value: Any) -> bytes:
    """JSON as it travels: UTF-8, no spaces."""
    return msgspec.json.encode(value)


def fingerprint(content: bytes) -> str:
    """Return eight letters for an ETag: short, as they travel with every request, and the same for other content once in 2^48."""
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()[:6]).decode()


def not_found() -> Problem:
    """The same answer for every id, period and path that does not exist for this caller."""
    return Problem(404, "tidak-ada", "Tidak ada", "Yang diminta tidak ada di server ini.")


def token_refused() -> Problem:
    """The same answer for every unknown, expired or revoked token."""
    detail = "Token tidak ada, salah, habis masa berlakunya atau dicabut; minta token baru kepada pengelola server."
    return Problem(401, "token", "Token ditolak", detail, {"www-authenticate": "Bearer"})


def answer(body: bytes, request_headers: Mapping[str, str], *, etag: bool = False, private: bool = True) -> Response:
    """Build the answer with a JSON body.

    With `etag` it carries one, and `If-None-Match` is answered with 304. `private` answers must stay out of caches.
    """
    headers: dict[str, str] = {}
    if etag:
        headers["etag"] = tag = f'W/"{fingerprint(body)}"'
        if _matches(request_headers.get("if-none-match", ""), tag):
            return Response(None, 304, headers)
    if private:
        headers["cache-control"] = "no-store"
    if len(body) > GZIP_FROM and accepts_gzip(request_headers.get("accept-encoding", "")):
        body = packed(body)
        headers["content-encoding"] = "gzip"
    return Response(body, 200, headers, _JSON)


def packed(body: bytes) -> bytes:
    """Compress the body, as short as it gets: `Z_FILTERED` suits one of mostly digests, the default strategy other JSON."""
    return min((_gzip(body, strategy) for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED)), key=len)


def _gzip(body: bytes, strategy: int) -> bytes:
    work = zlib.compressobj(9, zlib.DEFLATED, _GZIP, zlib.DEF_MEM_LEVEL, strategy)
    return work.compress(body) + work.flush()


def accepts_gzip(accepted: str) -> bool:
    """Whether an `Accept-Encoding` takes gzip (RFC 9110 12.5.3)."""
    weights: dict[str, float] = {}
    for part in accepted.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights[name] = float(weight)
        except ValueError:
            weights[name] = 0.0
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def _matches(wanted: str, tag: str) -> bool:
    """Whether `If-None-Match` names the tag, by weak comparison (RFC 9110 13.1.2)."""
    opaque = tag.removeprefix("W/")
    return any(match[2] or match[1] == opaque for match in _TAG.finditer(wanted))
