"""Copies of the open database by SQLite's own means, checked before they get their name."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from time import monotonic

from pmm_tui import held_file
from pmm_tui.errors import StorageError
from pmm_tui.store import faults
from pmm_tui.store.file import copies_folder, make_folder, refuse_left_log, remove_database, remove_stale, sync_folder

PAGES = 64
"""Pages that are copied between two looks at the clock."""


def copy_to(connection: sqlite3.Connection, target: Path, *, patience: float | None = None) -> None:
    """Write a checked copy of the open database to `target`, replacing an older copy of that name only when whole.

    Raises StorageError, also when copying takes longer than `patience` seconds; then `target` is as it was.
    """
    draft = target.with_name(f".{target.name}.baru-{os.urandom(4).hex()}")
    try:
        make_folder(target.parent)
        remove_stale(target.parent, f".*{target.suffix}.baru-*")
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        try:
            _copy(connection, draft, target, patience)
            held_file.replace(draft, target)
            sync_folder(target.parent)
        finally:
            remove_database(draft)
    except OSError as error:
        raise faults.of_system(error, target) from None


def _copy(connection: sqlite3.Connection, draft: Path, target: Path, patience: float | None) -> None:
    until = monotonic() + patience if patience is not None else None

    def look_at_clock(*_: int) -> None:
        if until is not None and monotonic() > until:
            raise StorageError(f"Menyalin ke {faults.shown(target)} terlalu lama; disk itu lambat.")

    with contextlib.closing(sqlite3.connect(draft, isolation_level=None)) as copy:
        try:
            connection.backup(copy, pages=-1 if until is None else PAGES, progress=look_at_clock)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        except sqlite3.Error as error:
            if ours := faults.of_sqlite(error, target):
                raise ours from error
            raise
    if not sound:
        raise faults.corrupt(target)
    refuse_left_log(draft, target)


def before_migration(path: Path, version: int) -> Path:
    """Where the copy goes that is made before a database of `version` is changed."""
    return copies_folder(path) / f"{path.stem}-skema-{version}{path.suffix}"
