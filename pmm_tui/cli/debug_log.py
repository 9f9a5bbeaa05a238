"""The debug log of `PMM_TUI_LOG`: kinds, counts, states, durations and places in the program; never a value of anybody's.

Each package has one logger of the standard library, named as the package (`pmm_tui.store`). It speaks on the levels `debug` and
`info` alone, so that nothing is heard of it until the variable is set. Whatever a line is given, only small numbers and single
words are written: a name, a person's number, an address or a token comes out as `?` or -1.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from pmm_tui.crash_report import steps
from pmm_tui.errors import UsageError
from pmm_tui.private_file import make_private_folder

FILE_NAME = "pmm-tui.log"
MAX_BYTES = 1_000_000
"""Of one file; when it is full it becomes the older one (`.1`), and that before it goes."""
LEVELS = {"debug": logging.DEBUG, "info": logging.INFO}

_LARGEST = 10**9  # the numbers of people have 16 digits and more
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{0,39}")
_log = logging.getLogger("pmm_tui.cli")


def run_logged(level: str, folder: Path, name: str, work: Callable[[], int]) -> int:
    """Run a command while the packages' loggers write into `folder`; returns and raises what `work` does.

    Raises UsageError for a level that is none, StorageError.
    """
    if level not in LEVELS:
        raise UsageError("PMM_TUI_LOG: isi dengan debug atau info, atau kosongkan.")
    make_private_folder(folder)
    with _writing(folder / FILE_NAME, LEVELS[level]):
        began = time.monotonic()
        _log.info("%s begins", name)
        try:
            code = work()
        except BaseException as error:
            _log.info("%s ends by %s", name, type(error).__name__, exc_info=error)
            raise
        _log.info("%s ends with code %d after %d ms", name, code, (time.monotonic() - began) * 1000)
        return code


@contextmanager
def _writing(path: Path, level: int) -> Iterator[None]:
    ours = logging.getLogger("pmm_tui")
    handler = _PrivateFile(path, maxBytes=MAX_BYTES, backupCount=1, delay=True)
    handler.setFormatter(_Harmless())
    before = ours.level, ours.propagate
    ours.addHandler(handler)
    ours.setLevel(level)
    ours.propagate = False
    try:
        yield
    finally:
        ours.setLevel(before[0])
        ours.propagate = before[1]
        ours.removeHandler(handler)
        handler.close()


class _PrivateFile(RotatingFileHandler):
    """A file for its owner only; what cannot be written is lost, and costs nobody their work."""

    def _open(self) -> TextIOWrapper:
        return open(self.baseFilename, "a", encoding="ascii", errors="replace", newline="\n", opener=_open_private)

    def handleError(self, record: logging.LogRecord) -> None:
        """Say nothing: the screen may be on the terminal."""


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o600)


class _Harmless(logging.Formatter):
    """One line an event, and one for each place of an error; no message of an error, and of values only what is harmless."""

    def __init__(self) -> None:
        super().__init__("{asctime}.{msecs:03.0f} {levelname:5} {process} {name}: {message}", "%Y-%m-%d %H:%M:%S", style="{")

    def format(self, record: logging.LogRecord) -> str:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_harmless, record.args))
        return super().format(record)

    def formatException(
        self, exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Tell kinds and places, as a crash report does."""
        return "\n".join(f"  {line.strip()}" for line in steps(exc_info[1])) if exc_info[1] else ""


def _harmless(value: Any) -> Any:
    if isinstance(value, (int, float)):
        return value if abs(value) < _LARGEST else -1
    return value if isinstance(value, str) and _WORD.fullmatch(value) else "?"
