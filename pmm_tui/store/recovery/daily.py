"""Checked copies of the database: one each day, and one of a session that changed much; of each kind the best seven are kept."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

from pmm_tui import held_file
from pmm_tui.errors import PmmError
from pmm_tui.store.database import Database
from pmm_tui.store.file import copies, copies_folder, remove_stale
from pmm_tui.store.recovery.holdings import NOTHING, holdings, in_order, peek

KEPT = 7
"""Copies of each kind that are kept."""
MUCH = 10
"""Rows that make a session worth a copy of its own: as many edits, or a few teachers' plans; one more teacher always does."""
PATIENCE = 2.0
"""Seconds that such a copy may take at the end of the program."""

_KINDS = ("harian", "sesi", "pulih")


def ensure_today(database: Database, today: date) -> bool:
    """Make today's copy unless it is there, and drop those beyond the best seven; false when it was there. Raises StorageError."""
    target = _target(database, "harian", today)
    if target.exists():
        return False
    remove_stale(database.path.parent, f".{database.path.name}.*")
    database.backup(target)
    for kind in _KINDS:
        start = f"{database.path.stem}-{kind}-"
        held = {copy: peek(copy) for copy in copies(database.path) if copy.name.startswith(start)}
        for copy in in_order(held, today)[KEPT:]:
            with contextlib.suppress(OSError):
                if copy != target:  # whatever the clock says, today's is not undone
                    held_file.remove(copy)
    return True


def _target(database: Database, kind: str, today: date) -> Path:
    return copies_folder(database.path) / f"{database.path.stem}-{kind}-{today:%Y%m%d}{database.path.suffix}"


class SessionCopy:
    """Makes a copy when this session, or several small ones since the last copy of today, have changed much."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._today: date | None = None
        self._rows = 0  # rows changed by this connection when last looked
        self._people = 0

    def look(self, today: date) -> None:
        """Begin to watch, when the day's copy is there; the next time make the copy if it is due."""
        self.at_end()
        self._today = today
        self._remember()

    def make(self, patience: float) -> bool:
        """Make the copy if it is due and takes no longer than `patience`; raises StorageError."""
        if self._today is None or not self._due():
            return False
        target = _target(self._database, "sesi", self._today)
        there = peek(target)
        if there is not None and there.rank > self._database.call(lambda: holdings(self._database.connection)).rank:
            return False  # a copy is never replaced by one that holds less
        self._database.backup(target, patience=patience)
        self._remember()
        return True

    def at_end(self) -> None:
        """Make the copy if it is due; what keeps it from being made keeps nobody from anything else."""
        with contextlib.suppress(PmmError, OSError):
            self.make(PATIENCE)

    def _remember(self) -> None:
        self._rows, self._people = self._database.call(self._state)

    def _state(self) -> tuple[int, int]:
        connection = self._database.connection
        return connection.total_changes, connection.execute("SELECT count(*) FROM pegawai").fetchone()[0]

    def _due(self) -> bool:
        rows, people = self._database.call(self._state)
        changed = rows - self._rows
        if not changed:
            return False
        return changed >= MUCH or people > self._people or self._not_copied() >= MUCH

    def _not_copied(self) -> int:
        """How much more there is than in today's copies."""
        assert self._today is not None
        copied = [peek(_target(self._database, kind, self._today)) or NOTHING for kind in ("harian", "sesi")]
        return self._database.call(lambda: holdings(self._database.connection)).size - max(one.size for one in copied)
