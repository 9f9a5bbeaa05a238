"""Submissions of several plans at once, and taking the last one back: only what never left this computer, and stands as sealed.

Invariant: that an envelope was taken back is in the recovery log, on the disk, before the transaction that sets it aside commits;
so no restore brings it back as waiting. Killed between the two it waits as before, and nothing was told to be taken back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from pmm_tui.store.database import Database
from pmm_tui.store.decisions import WITHDRAWN
from pmm_tui.store.journal import Journal
from pmm_tui.store.times import from_text, to_text

_ROWS = """
SELECT k.id, k.pegawai_id, k.sha256, k.keadaan = 'queued' AND k.mungkin_tiba = 0 AND coalesce(d.suntingan = k.suntingan, 0),
    k.keadaan IN ('sending', 'unknown', 'sent') OR (k.keadaan = 'queued' AND k.mungkin_tiba)
FROM kiriman AS k LEFT JOIN draf AS d ON d.pegawai_id = k.pegawai_id AND d.periode = k.periode WHERE k.id IN ({})
"""


_Row = tuple[int, int, str, int, int]
"""An envelope's id, its teacher's, its digest, whether it waits as it was sealed, whether it has left this computer."""


class _Noted(Struct, frozen=True):
    """What is kept of a submission: when, and the envelopes."""

    at: str
    ids: tuple[int, ...]


class Submitted(Struct, frozen=True):
    """The last submission of several plans at once: `back` are the teachers whose plans still wait as they were sealed.

    `kept` are those whose plans were edited, sent or submitted anew since; of them `gone` whose envelope has left this computer.
    """

    at: datetime
    back: tuple[int, ...]
    kept: tuple[int, ...]
    gone: tuple[int, ...] = ()


class Withdrawals:
    """The last submission of each period, which can be taken back once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._journal = Journal(database.path)

    def note(self, periode: str, envelopes: Sequence[int], now: datetime) -> None:
        """Remember what was sealed together, by the envelopes' ids."""
        self._database.call(self._note, periode, tuple(envelopes), to_text(now))

    def last(self, periode: str) -> Submitted | None:
        """What would be taken back now; None where nothing was submitted together, or it was taken back."""
        return self._database.call(self._last, periode)

    def undo(self, periode: str, now: datetime) -> Submitted | None:
        """Take the last submission back, in one transaction: what waits and never left is set aside, its draft stays.

        What was edited or sent since stays as it is. Raises StorageError, and nothing is taken back.
        """
        return self._database.call(self._undo, periode, to_text(now))

    # ---- in the database's thread

    def _note(self, periode: str, envelopes: tuple[int, ...], at: str) -> None:
        with self._database.transaction() as connection:
            noted = msgspec.json.encode(_Noted(at, envelopes)).decode()
            connection.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", (_name(periode), noted))

    def _noted(self, periode: str) -> _Noted | None:
        row = self._database.connection.execute("SELECT nilai FROM memo WHERE kunci = ?", (_name(periode),)).fetchone()
        try:
            return msgspec.json.decode(row[0], type=_Noted) if row else None
        except msgspec.DecodeError:
            return None

    def _rows(self, noted: _Noted) -> list[_Row]:
        marks = ", ".join("?" * len(noted.ids))
        return self._database.connection.execute(_ROWS.format(marks), noted.ids).fetchall()

    def _last(self, periode: str) -> Submitted | None:
        noted = self._noted(periode)
        return _told(noted, self._rows(noted)) if noted else None

    def _undo(self, periode: str, at: str) -> Submitted | None:
        with self._database.transaction() as connection:
            noted = self._noted(periode)
            if noted is None:
                return None
            rows = self._rows(noted)
            back = [(row_id, sha256) for row_id, _, sha256, waits, _ in rows if waits]
            if back:
                self._journal.withdraw([sha256 for _, sha256 in back], at)
            connection.executemany(
                "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE id = ? AND keadaan = 'queued'",
                [(WITHDRAWN, row_id) for row_id, _ in back],
            )
            connection.execute("DELETE FROM memo WHERE kunci = ?", (_name(periode),))
        return _told(noted, rows)


def set_withdrawn_aside(connection: sqlite3.Connection, digests: Iterable[str]) -> None:
    """Set aside what a restore has brought back and was taken back before it left, by its digest."""
    connection.executemany(
        "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE sha256 = ? AND keadaan = 'unknown' AND tanda_terima = ''",
        [(WITHDRAWN, one) for one in digests],
    )


def _name(periode: str) -> str:
    return f"ajukan_bersama/{periode}"


def _told(noted: _Noted, rows: Sequence[_Row]) -> Submitted:
    back = tuple(pegawai_id for _, pegawai_id, _, waits, _ in rows if waits)
    kept = tuple(pegawai_id for _, pegawai_id, _, waits, _ in rows if not waits)
    return Submitted(
        from_text(noted.at), back, kept, tuple(pegawai_id for _, pegawai_id, _, waits, left in rows if left and not waits)
    )
