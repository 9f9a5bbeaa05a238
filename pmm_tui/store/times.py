"""Times in the database: aware in memory, ISO text in UTC on disk, so that the text sorts as time does."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(at: datetime) -> str:
    """Write an aware time; raises ValueError for a naive one, which could mean any zone."""
    if at.tzinfo is None:
        raise ValueError("a naive time cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def from_text(text: str) -> datetime:
    """Read a time that `to_text` wrote; one that a damaged disk made unreadable is the epoch."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.fromtimestamp(0, UTC)
