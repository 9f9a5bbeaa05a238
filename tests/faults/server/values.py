"""What every answer of the server must be, whatever was asked: a judge that knows docs/protocol.md and the server's inner words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.faults.server.server_kit import Jawaban

_PAGE = Path(__file__).parents[3] / "docs" / "protocol.md"
_ROW = re.compile(r"^\| (\d{3}) \| `(/problems/[a-z-]+)` \|", re.MULTILINE)
MASALAH = {(int(status), kind) for status, kind in _ROW.findall(_PAGE.read_text("utf-8"))}
"""Each status and type that the page promises."""

HEADER = frozenset({
    "accept-encoding", "allow", "cache-control", "connection", "content-encoding", "content-length", "content-type", "date", "etag",
    "retry-after", "www-authenticate",
})  # fmt: skip
"""Every header that the server has a use for."""

# None of these can come about by chance in a receipt, an id or a digest.
_DALAM = (
    "traceback", "exception", "error", "sqlalchemy", "sqlite", "starlette", "uvicorn", "msgspec", "asyncio", "python",
    ".py", "pmm_tui", "nonetype", "object at 0x", "stack", "select ", "insert into", "begin immediate", "where ", "pragma",
    "sidik", "sekolah_id", "pegawai_id", "waktu_status", "pengenal", "server.db", "/tmp", "/dev/shm", "/home", "site-packages",
    "errno", "rahasia-dalam",
)  # fmt: skip
_LOG = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|\?) (-|/v1/[a-z{}/]+) [0-9]{1,3} [0-9]+ ms [0-9]+ B"
    r" [0-9]+ B"
)


def nilai(jawaban: Jawaban | None, asked: bytes = b"", *, boleh: frozenset[int] = frozenset()) -> Any:
    """Assert that an answer is one of the contract's and tells nothing of the inside; return its JSON, None without a body.

    A server error is a fault, but for 503 and those that `boleh` names.
    """
    assert jawaban is not None, "the connection ended without an answer"
    assert jawaban.status < 500 or jawaban.status == 503 or jawaban.status in boleh, (jawaban, asked)
    strange = {name for name, _ in jawaban.headers} - HEADER
    assert not strange, (strange, asked)
    assert all(value.isprintable() for _, value in jawaban.headers), jawaban.headers
    tanpa_kata_dalam(jawaban, asked)
    told = json.loads(jawaban.isi) if jawaban.body else None
    if jawaban.status >= 400:
        _masalah(jawaban, told)
    else:
        assert jawaban.status in (200, 304), jawaban
        assert jawaban.status == 304 or jawaban.header("content-type") == "application/json"
    return told


def _masalah(jawaban: Jawaban, told: Any) -> None:
    assert jawaban.header("content-type") == "application/problem+json", jawaban
    if told is not None:
        assert (jawaban.status, told["type"]) in MASALAH, told
        assert told["status"] == jawaban.status
        assert set(told) in ({"type", "title", "status", "detail"}, {"type", "title", "status", "detail", "dipegang"}), told
    if jawaban.status in (429, 503):
        assert 1 <= int(jawaban.header("retry-after")) <= 900
    assert not jawaban.header("etag")


def tanpa_kata_dalam(jawaban: Jawaban, asked: bytes = b"") -> None:
    """Assert that no word of the server's inside is in an answer, but what the request itself said."""
    lines = [f"{name}: {value}" for name, value in jawaban.headers]
    text = "\n".join([*lines, jawaban.isi.decode("utf-8")]).lower()
    said = asked.decode("latin-1").lower()
    found = [word for word in _DALAM if word in text and word not in said]
    assert not found, (found, text)


def log_rapi(lines: list[str]) -> None:
    """Assert that each line of the log is one request by template, without anything that was sent."""
    wrong = [line for line in lines if not _LOG.fullmatch(line)]
    assert not wrong, wrong
