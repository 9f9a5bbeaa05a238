"""What a server says in an error's body (RFC 9457 problem details), cleaned and short; nothing where it is no such body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pmm_tui.skp.wire import WireMasalah
from pmm_tui.sync.http.response_body import BodyError, is_json, strict_json
from pmm_tui.text import clean, shorten

_MOST = 50
_LENGTH = 300


def words_of(headers: Mapping[str, str], content: bytes) -> str:
    """The explanation of an error; empty when it gives none."""
    problem = _problem(headers, content)
    return _text(problem.get("detail")) or _text(problem.get("title"))


def type_of(headers: Mapping[str, str], content: bytes) -> str:
    """What kind of problem it is; empty when it does not say."""
    return _text(_problem(headers, content).get("type"))


def masalah_of(headers: Mapping[str, str], content: bytes) -> tuple[WireMasalah, ...]:
    """What is wrong with the envelopes that were refused as a whole; empty when the error does not explain itself."""
    problem = _problem(headers, content)
    listed = problem.get("masalah") or problem.get("errors")
    told = tuple(m for item in listed[:_MOST] if (m := _masalah(item))) if isinstance(listed, list) else ()
    words = _text(problem.get("detail")) or _text(problem.get("title"))
    return told or ((WireMasalah(kode="ditolak-server", pesan=words),) if words else ())


def _problem(headers: Mapping[str, str], content: bytes) -> dict[str, Any]:
    kind = headers.get("content-type", "")
    if not (is_json(kind, "problem+json") or is_json(kind)):
        return {}
    try:
        value = strict_json(content)
    except BodyError:
        return {}
    return value if isinstance(value, dict) else {}


def _masalah(item: Any) -> WireMasalah | None:
    if not isinstance(item, dict):
        return None
    message = _text(item.get("pesan")) or _text(item.get("detail"))
    return WireMasalah(pointer=_text(item.get("pointer")), kode=_text(item.get("kode")), pesan=message) if message else None


def _text(value: Any) -> str:
    return shorten(clean(value, limit=4 * _LENGTH), _LENGTH) if isinstance(value, str) else ""
