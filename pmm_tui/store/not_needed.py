"""Who needs no plan in a period, and why: the school's own word, which no import and no server changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from pmm_tui.store.database import Database
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.store.times import from_text, to_text


class NotNeededMark(Struct, frozen=True):
    """Why a teacher needs no plan in a period, and since when that is said."""

    reason: str
    at: datetime


class NotNeeded:
    """The marks, one for a teacher and period. One that was taken back stays as an empty reason with its time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, periode: str) -> dict[int, str]:
        """The reasons by the teacher's id, for those who need no plan in that period."""
        return self._database.call(self._all, periode)

    def get(self, pegawai_id: int, periode: str) -> NotNeededMark | None:
        """The mark of one teacher; None for one who needs a plan."""
        return self._database.call(self._get, pegawai_id, periode)

    def mark(self, ids: Iterable[int], periode: str, reason: str, now: datetime) -> tuple[int, ...]:
        """Note, all or none, that these teachers need no plan; returns those that were marked.

        One of whom a plan waits to be sent or may have arrived is left out: it would go all the same. The plans stay as they are.
        Raises StorageError.
        """
        if not reason:
            raise ValueError("a mark without a reason")
        return self._database.call(self._mark, tuple(ids), periode, reason, to_text(now))

    def unmark(self, ids: Iterable[int], periode: str, now: datetime) -> None:
        """Note that these teachers need a plan after all. Raises StorageError."""
        self._database.call(self._unmark, tuple(ids), periode, to_text(now))

    def _all(self, periode: str) -> dict[int, str]:
        return dict(
            self._database.connection.execute(
                "SELECT pegawai_id, alasan FROM tidak_perlu WHERE periode = ? AND alasan <> ''", (periode,)
            ).fetchall()
        )

    def _get(self, pegawai_id: int, periode: str) -> NotNeededMark | None:
        row = self._database.connection.execute(
            "SELECT alasan, ditandai FROM tidak_perlu WHERE pegawai_id = ? AND periode = ? AND alasan <> ''", (pegawai_id, periode)
        ).fetchone()
        with self._database.readable():
            return NotNeededMark(row[0], from_text(row[1])) if row else None

    def _mark(self, ids: tuple[int, ...], periode: str, reason: str, at: str) -> tuple[int, ...]:
        waits = f"SELECT 1 FROM kiriman WHERE pegawai_id = ? AND periode = ? AND keadaan IN {OPEN_STATES} LIMIT 1"  # noqa: S608
        with self._database.transaction() as connection:
            free = tuple(one for one in ids if connection.execute(waits, (one, periode)).fetchone() is None)
            rows = [(one, periode, reason, at) for one in free]
            connection.executemany("INSERT OR REPLACE INTO tidak_perlu VALUES (?, ?, ?, ?)", rows)
        return free

    def _unmark(self, ids: tuple[int, ...], periode: str, at: str) -> None:
        with self._database.transaction() as connection:
            connection.executemany(
                "UPDATE tidak_perlu SET alasan = '', ditandai = ? WHERE pegawai_id = ? AND periode = ? AND alasan <> ''",
                [(at, one, periode) for one in ids],
            )
