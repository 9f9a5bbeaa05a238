"""Reading beside whoever holds the database: its files as they lay on the disk at one moment, in memory.

No lock is taken, no file is made or changed. Both files are read twice: what was the same both times is what lay there at the
moment between, which is what a crash at that moment would have left. SQLite's write-ahead log is made to survive that, so its
whole transactions are put into the picture here as SQLite itself would (https://www.sqlite.org/fileformat2.html#walformat).

Never for the process that holds the database itself: closing the file there would drop its locks (POSIX).
"""

from __future__ import annotations

import sqlite3
import struct
import threading
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from pmm_tui.store import faults
from pmm_tui.store.check import CheckReport
from pmm_tui.store.database import Database
from pmm_tui.store.file import side_file

_TRIES, _PAUSE = 60, 0.05  # whoever writes without end is waited for 3 seconds
_MAGIC, _FORMAT = (0x377F0682, 0x377F0683), 3007000  # the second has its checksums over big-endian words
_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MASK = 0xFFFFFFFF


class Snapshot(Database):
    """A database that another window holds, to be read: what that window had saved. Writing raises ReadOnlyError."""

    read_only = True

    def _open(self) -> None:
        self._owner = threading.get_ident()
        if not hasattr(sqlite3.Connection, "deserialize"):  # SQLite was built without it
            raise faults.already_open()
        image = picture(self.path)
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        try:
            self._connection.deserialize(image)
            for pragma in ("query_only = ON", "trusted_schema = OFF", "cell_size_check = ON", "temp_store = MEMORY"):
                self._connection.execute(f"PRAGMA {pragma}")
            if self._checked_version() < len(self._steps):  # whoever holds it is about to bring it up to date
                raise faults.already_open()
        except BaseException:
            self._connection.close()
            raise

    def _check(self, full: bool) -> CheckReport:
        """Check the picture; indexes that can be built anew are left to whoever holds the file."""
        self._connection.execute("PRAGMA query_only = OFF")
        try:
            return msgspec.structs.replace(super()._check(full), reindexed=False)
        finally:
            self._connection.execute("PRAGMA query_only = ON")

    def _close(self) -> None:
        self._connection.close()


class _Files(NamedTuple):
    main: bytes
    log: bytes


def picture(path: Path) -> bytearray:
    """The database as one file, every transaction in it that was committed; raises AlreadyOpenError when it never rests."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE)
        first = _read(path)
        if first is not None and not _writing_in_place(path) and _read(path) == first:
            return _with_log(*first)
    raise faults.already_open()


def _read(path: Path) -> _Files | None:
    """Both files, opened no longer than it takes; None while one of them is being exchanged."""
    try:
        log = side_file(path)
        return _Files(path.read_bytes(), log.read_bytes() if log.exists() else b"")
    except OSError:
        return None


def _writing_in_place(path: Path) -> bool:
    """Whether a transaction is at work in the file itself: so it is on file systems that cannot have a write-ahead log."""
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False


def _with_log(main: bytes, log: bytes) -> bytearray:
    """Put the committed pages of a write-ahead log into a database, which then needs none."""
    size, pages, at = _committed(log)
    image = bytearray(main)
    if pages:
        image = image[: pages * size].ljust(pages * size, b"\0")
        for page, start in at.items():
            if page <= pages:
                image[(page - 1) * size : page * size] = log[start : start + size]
    image[18:20] = b"\1\1"  # no log from now on: SQLite has none in memory
    return image


def _committed(log: bytes) -> tuple[int, int, dict[int, int]]:
    """The size of a page, how many pages the database has after the last commit (0 for none), and where in the log each lies."""
    if len(log) < _HEADER.size:
        return 0, 0, {}
    magic, version, size, _, *salts, one, other = _HEADER.unpack_from(log)
    if magic not in _MAGIC or version != _FORMAT or not 512 <= size <= 65536:
        return 0, 0, {}
    order = ">" if magic == _MAGIC[1] else "<"
    sums = _sums(order, log[:24], (0, 0))
    pages, found, waiting = 0, dict[int, int](), dict[int, int]()
    start = _HEADER.size
    while sums == (one, other) and start + _FRAME.size + size <= len(log):
        page, commit, *of, one, other = _FRAME.unpack_from(log, start)
        if of != salts or not page:  # of a log that this one has overwritten
            break
        content = start + _FRAME.size
        sums = _sums(order, log[start : start + 8], sums)
        sums = _sums(order, log[content : content + size], sums)
        if sums == (one, other):
            waiting[page] = content
            if commit:
                pages = commit
                found |= waiting
                waiting.clear()
        start = content + size
    return size, pages, found


def _sums(order: str, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's checksum, carried on over more bytes."""
    one, other = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        one = (one + even + other) & _MASK
        other = (other + odd + one) & _MASK
    return one, other
