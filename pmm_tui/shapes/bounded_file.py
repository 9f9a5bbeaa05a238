"""Reading a text file of bounded size; what is said of one that cannot be taken is the caller's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pmm_tui.errors import PmmError
from pmm_tui.private_file import read_regular, reason


def read_text(
    path: Path,
    limit: int,
    error: type[PmmError],
    *,
    unreadable: Callable[[str], str],
    too_large: str,
    not_utf8: Callable[[int], str],
) -> str:
    """Read a regular file of UTF-8, with or without a BOM, of at most `limit` bytes.

    Raises `error` with one of the sentences: `unreadable` is given the system's reason, `not_utf8` the line that is no text.
    """
    try:
        content = read_regular(path, limit)
    except OSError as fault:
        raise error(unreadable(reason(fault))) from None
    if len(content) > limit:
        raise error(too_large)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise error(not_utf8(content[: fault.start].count(b"\n") + 1)) from None
