"""The drafts: each teacher's plan as it was last edited."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import CorruptError, ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text

_log = logging.getLogger("pmm_tui.store")
EMPTY = msgspec.json.encode(RencanaKinerja())
"""How a draft without any content is stored."""
_LAST_WORKED = """
SELECT d.pegawai_id FROM draf AS d WHERE d.periode = ? AND d.pegawai_id <> ? AND d.rencana <> ? AND NOT EXISTS (
    SELECT 1 FROM kiriman AS k WHERE k.pegawai_id = d.pegawai_id AND k.periode = d.periode AND k.suntingan = d.suntingan
        AND k.asal = 'lain')
ORDER BY d.disimpan DESC, d.pegawai_id DESC LIMIT 1
"""


class Draft(Struct, frozen=True, kw_only=True):
    """A plan in work. `edit` counts its edits and only grows; `saved_at` is when it was last saved."""

    pegawai_id: int
    periode: str
    rencana: RencanaKinerja
    edit: int
    saved_at: datetime


class Drafts:
    """The drafts, one for a teacher and period; an older edit never replaces a newer one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, pegawai_id: int, periode: str) -> Draft | None:
        """The draft of a plan; raises CorruptError when it can no longer be read."""
        row = self._database.call(self._one, pegawai_id, periode)
        if row is None:
            return None
        try:
            return _draft(row)
        except ShapeError:
            raise CorruptError(
                f"Draf guru nomor {pegawai_id} periode {periode} rusak di {self._database.path}; kembalikan cadangan terakhir."
            ) from None

    def all(self, periode: str) -> dict[int, Draft]:
        """The drafts of a period by the teacher's id; one that can no longer be read is left out, `get` says why."""
        drafts = {}
        for row in self._database.call(self._of_period, periode):
            try:
                drafts[row[0]] = _draft(row)
            except ShapeError:
                continue
        return drafts

    def edits(self, periode: str) -> dict[int, int]:
        """The edit that each draft of a period stands at, by the teacher's id; also of those that can no longer be read."""
        return self._database.call(
            lambda: dict(
                self._database.connection.execute("SELECT pegawai_id, suntingan FROM draf WHERE periode = ?", (periode,)).fetchall()
            )
        )

    def last(self, periode: str, besides: int = 0) -> int | None:
        """The teacher whose plan was worked on last in a period, one aside; what only came from the server is no work of here."""
        row = self._database.call(lambda: self._database.connection.execute(_LAST_WORKED, (periode, besides, EMPTY)).fetchone())
        return int(row[0]) if row else None

    def save(self, pegawai_id: int, periode: str, rencana: RencanaKinerja, edit: int, now: datetime) -> Draft | None:
        """Save an edit; None when an equal or newer one stands already. What was saved survives a power cut.

        `pegawai_id` is one of the roster. Raises StorageError.
        """
        draft = Draft(pegawai_id=pegawai_id, periode=periode, rencana=rencana, edit=edit, saved_at=now)
        taken = self._database.call(self._save, draft)
        _log.debug("draft, edit %d: %s", edit, "saved" if taken else "older")
        return draft if taken else None

    def _one(self, pegawai_id: int, periode: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.connection.execute(
            "SELECT * FROM draf WHERE pegawai_id = ? AND periode = ?", (pegawai_id, periode)
        ).fetchone()
        return row

    def _of_period(self, periode: str) -> list[tuple[Any, ...]]:
        return self._database.connection.execute("SELECT * FROM draf WHERE periode = ?", (periode,)).fetchall()

    def _save(self, draft: Draft) -> bool:
        with self._database.transaction() as connection:
            return _insert(connection, draft)


def _insert(connection: sqlite3.Connection, draft: Draft) -> bool:
    return bool(
        connection.execute(
            "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
            " rencana = excluded.rencana, suntingan = excluded.suntingan, disimpan = excluded.disimpan"
            " WHERE excluded.suntingan > draf.suntingan",
            (draft.pegawai_id, draft.periode, msgspec.json.encode(draft.rencana), draft.edit, to_text(draft.saved_at)),
        ).rowcount
    )


def _draft(row: tuple[Any, ...]) -> Draft:
    pegawai_id, periode, rencana, edit, saved_at = row
    if not isinstance(rencana, bytes):
        raise ShapeError("Draf: bukan draf.")
    return Draft(
        pegawai_id=pegawai_id,
        periode=periode,
        rencana=decode_json(rencana, RencanaKinerja, "Draf"),
        edit=edit,
        saved_at=from_text(saved_at),
    )
