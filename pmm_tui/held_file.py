"""The one place where files are renamed, replaced and removed: on Windows another program may hold a file for a moment.

Antivirus, indexer and OneDrive open what is new; a rename then fails, and works a moment later. Elsewhere an open file
stops nobody, and no error looks like this one.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

PATIENCE = 2.0
"""Seconds that another program gets to let go."""
HELD = "sedang dipakai program lain (antivirus, OneDrive atau jendela lain)"
HELD_NEXT = f"{HELD}; tunggu sebentar lalu coba lagi"

_DENIED = 5  # ERROR_ACCESS_DENIED: what a rename onto an open file is told
_SHARING = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_FIRST, _LONGEST = 0.01, 0.2  # seconds between tries


class HeldFileError(PermissionError):
    """Another program still holds the file after all our patience."""


def is_held(error: OSError) -> bool:
    """Whether an error says that another program holds the file."""
    return isinstance(error, HeldFileError) or getattr(error, "winerror", None) in _SHARING


def replace(draft: Path, target: Path) -> None:
    """Give a file its final name, in place of the one that has it; raises OSError, HeldFileError."""
    _patiently(lambda: draft.replace(target))


def rename(path: Path, to: Path) -> None:
    """Give a file another name, which on Windows must be free; raises OSError, HeldFileError."""
    _patiently(lambda: path.rename(to))


def remove(path: Path, *, missing_ok: bool = False) -> None:
    """Remove a file; raises OSError, HeldFileError."""
    _patiently(lambda: path.unlink(missing_ok=missing_ok))


def _patiently(work: Callable[[], object]) -> None:
    until = monotonic() + PATIENCE
    pause = _FIRST
    while True:
        try:
            work()
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in (_DENIED, *_SHARING):
                raise
            if monotonic() >= until:
                raise HeldFileError(error.errno, error.strerror, error.filename) from error
        sleep(pause)
        pause = min(2 * pause, _LONGEST)
