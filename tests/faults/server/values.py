"""What every answer of the server must be, whatever was asked: a judge that knows docs/protocol.md and the server's inner words."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from tests.faults.server.server_kit import Answer

_PAGE = Path(__file__).parents[3] / "docs" / "protocol.md"
_ROW = re.compile(r"^\| (\d{3}) \| `(/problems/[a-z-]+)` \|", re.MULTILINE)
PROBLEMS = {(int(status), kind) for status, kind in _ROW.findall(_PAGE.read_text("utf-8"))}
"""Each status and type that the page promises."""

HEADERS = frozenset({
    "accept-encoding", "allow", "cache-control", "connection", "content-encoding", "content-length", "content-type", "date", "etag",
    "retry-after", "www-authenticate",
})  # fmt: skip
"""Every header that the server has a use for."""

# None of these can come about by chance in a receipt, an id or a digest.
_INNER = (
    "traceback", "exception", "error", "sqlalchemy", "sqlite", "starlette", "uvicorn", "msgspec", "asyncio", "python",
    ".py", "pmm_tui", "nonetype", "object at 0x", "stack", "select ", "insert into", "begin immediate", "where ", "pragma",
    "sidik", "sekolah_id", "pegawai_id", "waktu_status", "pengenal", "server.db", "/tmp", "/dev/shm", "/home", "site-packages",
    "errno", "rahasia-dalam",
)  # fmt: skip
_LOG = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|\?) (-|/v1/[a-z{}/]+) [0-9]{1,3} [0-9]+ ms [0-9]+ B"
    r" [0-9]+ B"
)


def judged(answer: Answer | None, asked: bytes = b"", *, allowed: frozenset[int] = frozenset()) -> Any:
    """Assert that an answer is one of the contract's and tells nothing of the inside; return its JSON, None without a body.

    A server error is a fault, but for 503 and those that `allowed` names.
    """
    assert answer is not None, "the connection ended without an answer"
    assert answer.status < 500 or answer.status == 503 or answer.status in allowed, (answer, asked)
    strange = {name for name, _ in answer.headers} - HEADERS
    assert not strange, (strange, asked)
    assert all(value.isprintable() for _, value in answer.headers), answer.headers
    without_inner_words(answer, asked)
    told = json.loads(answer.body) if answer.raw else None
    if answer.status >= 400:
        _is_problem(answer, told)
    else:
        assert answer.status in (200, 304), answer
        assert answer.status == 304 or answer.header("content-type") == "application/json"
    return told


def _is_problem(answer: Answer, told: Any) -> None:
    assert answer.header("content-type") == "application/problem+json", answer
    if told is not None:
        assert (answer.status, told["type"]) in PROBLEMS, told
        assert told["status"] == answer.status
        assert set(told) in ({"type", "title", "status", "detail"}, {"type", "title", "status", "detail", "dipegang"}), told
    if answer.status in (429, 503):
        assert 1 <= int(answer.header("retry-after")) <= 900
    assert not answer.header("etag")


def without_inner_words(answer: Answer, asked: bytes = b"") -> None:
    """Assert that no word of the server's inside is in an answer, but what the request itself said."""
    lines = [f"{name}: {value}" for name, value in answer.headers]
    text = "\n".join([*lines, answer.body.decode("utf-8")]).lower()
    said = asked.decode("latin-1").lower()
    found = [word for word in _INNER if word in text and word not in said]
    assert not found, (found, text)


def tidy_log(lines: list[str]) -> None:
    """Assert that each line of the log is one request by template, without anything that was sent."""
    wrong = [line for line in lines if not _LOG.fullmatch(line)]
    assert not wrong, wrong
