"""Reading an answer's body with care: how much may come, how far it may inflate, and JSON that leaves nothing to guess.

httpx inflates without bound and takes a truncated gzip for a whole one, so this is ours.
"""

from __future__ import annotations

import json
import math
import zlib
from base64 import b64encode
from hashlib import sha256
from typing import Any

from msgspec import Struct

_SECRET = 12  # characters; a shorter one could be a word of any answer


class BodyError(Exception):
    """The body is not what a sound server sends; the message is the end of a sentence."""


class Cap(Struct, frozen=True):
    """How many bytes of an answer are taken: on the wire, and inflated."""

    wire: int
    inflated: int


STATUS = Cap(8 * 1024, 16 * 1024)
BATCH = Cap(256 * 1024, 512 * 1024)
REFERENCE = Cap(512 * 1024, 1024 * 1024)
PROBLEM = Cap(16 * 1024, 64 * 1024)


class Reader:
    """Collects a body chunk by chunk; `encoding` is the Content-Encoding."""

    def __init__(self, cap: Cap, encoding: str) -> None:
        self.received = 0
        self._cap = cap
        self._parts: list[bytes] = []
        self._size = 0
        self._inflate = _inflater(encoding.strip().lower())

    def feed(self, chunk: bytes) -> None:
        """Take a chunk as it came off the wire; raises BodyError when it is too much or damaged."""
        self.received += len(chunk)
        if self.received > self._cap.wire:
            raise BodyError("terlalu besar")
        if self._inflate is None:
            self._keep(chunk)
            return
        try:
            self._keep(self._inflate.decompress(chunk, self._cap.inflated - self._size + 1))
        except zlib.error:
            raise BodyError("rusak di jalan") from None
        if self._inflate.unconsumed_tail:
            raise BodyError("terlalu besar")
        if self._inflate.unused_data:
            raise BodyError("rusak di jalan")

    def whole(self) -> bytes:
        """The body; raises BodyError when it is incomplete."""
        if self._inflate is not None and self.received and not self._inflate.eof:
            raise BodyError("terpotong")
        return b"".join(self._parts)

    def _keep(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._cap.inflated:
            raise BodyError("terlalu besar")
        self._parts.append(part)


def _inflater(encoding: str) -> Any:
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    raise BodyError("dimampatkan dengan cara yang tidak diminta")


def content_digest(content: bytes) -> str:
    """The Content-Digest of a body (RFC 9530)."""
    return f"sha-256=:{b64encode(sha256(content).digest()).decode()}:"


def without(content: bytes, secret: str) -> bytes:
    """Remove `secret` from a body: a server may repeat the token, and its words are shown and stored."""
    return content.replace(secret.encode(), b"...") if len(secret) >= _SECRET else content


def is_json(content_type: str, subtype: str = "json") -> bool:
    """Whether a Content-Type is `application/SUBTYPE` in UTF-8."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [value.strip("\"' ") for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "charset"]
    return kind == f"application/{subtype}" and all(charset in ("utf-8", "utf8") for charset in charsets)


def strict_json(body: bytes) -> Any:
    """Parse JSON in UTF-8; raises BodyError for anything doubtful: NaN, infinities, a key twice, too deep, a broken end."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_table, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        raise BodyError("bukan JSON yang utuh") from None


def is_whole(body: bytes) -> bool:
    """Whether a body is JSON from its beginning to its end, for all that `strict_json` may have against it."""
    try:
        json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    return True


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key stands twice")
    return table


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
