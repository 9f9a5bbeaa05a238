"""Reports of our own faults: where in the program, never what it held (CWE-209)."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path

from pmm_tui import __version__
from pmm_tui.private_file import write_private

_PACKAGE = Path(__file__).parent


def write_report(error: BaseException, folder: Path) -> Path:
    """Write the report of an unexpected error and return its path; raises StorageError.

    Kept are the kinds of the error and its causes, and file, line and function of each step; no message, no argument, no local
    value, as names and numbers of teachers may stand in those.
    """
    now = datetime.now(UTC)
    path = folder / f"laporan-{now:%Y%m%d-%H%M%S}-{now.microsecond:06}.txt"
    write_private(path, report(error, now).encode())
    return path


def report(error: BaseException, now: datetime) -> str:
    """The text of a report."""
    head = f"pmm-tui {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}, {now:%Y-%m-%d}"
    return "\n".join([head, *steps(error)]) + "\n"


def steps(error: BaseException) -> list[str]:
    """The kinds of an error and of its causes, each with the places in the program that led there."""
    lines: list[str] = []
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"\n{type(cause).__module__}.{type(cause).__qualname__}")
        for frame in traceback.extract_tb(cause.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} {frame.name}")
        cause = cause.__cause__ or cause.__context__
    return lines


def _place(filename: str) -> str:
    """Inside our package the path in it, elsewhere the last three parts: a user's name may stand before them."""
    path = Path(filename)
    if _PACKAGE in path.parents:
        return str(Path("pmm_tui") / path.relative_to(_PACKAGE))
    return str(Path(*path.parts[-3:]))
