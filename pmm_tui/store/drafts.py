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


class Draf(Struct, frozen=True, kw_only=True):
    """A plan in work. `suntingan` counts its edits and only grows; `disimpan` is when it was last saved."""

    pegawai_id: int
    periode: str
    rencana: RencanaKinerja
    suntingan: int
    disimpan: datetime


class Drafts:
    """The drafts, one for a teacher and period; an older edit never replaces a newer one."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, pegawai_id: int, periode: str) -> Draf | None:
        """The draft of a plan; raises CorruptError when it can no longer be read."""
        row = self._database.call(self._one, pegawai_id, periode)
        if row is None:
            return None
        try:
            return _draf(row)
        except ShapeError:
            raise CorruptError(
                f"Draf guru nomor {pegawai_id} periode {periode} rusak di {self._database.path}; kembalikan cadangan terakhir."
            ) from None

    def all(self, periode: str) -> dict[int, Draf]:
        """The drafts of a period by the teacher's id; one that can no longer be read is left out, `get` says why."""
        drafts = {}
        for row in self._database.call(self._of_period, periode):
            try:
                drafts[row[0]] = _draf(row)
            except ShapeError:
                continue
        return drafts

    def save(self, pegawai_id: int, periode: str, rencana: RencanaKinerja, suntingan: int, now: datetime) -> Draf | None:
        """Save an edit; None when an equal or newer one stands already. What was saved survives a power cut.

        `pegawai_id` is one of the roster. Raises StorageError.
        """
        draf = Draf(pegawai_id=pegawai_id, periode=periode, rencana=rencana, suntingan=suntingan, disimpan=now)
        taken = self._database.call(self._save, draf)
        _log.debug("draft, edit %d: %s", suntingan, "saved" if taken else "older")
        return draf if taken else None

    def _one(self, pegawai_id: int, periode: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._database.connection.execute(
            "SELECT * FROM draf WHERE pegawai_id = ? AND periode = ?", (pegawai_id, periode)
        ).fetchone()
        return row

    def _of_period(self, periode: str) -> list[tuple[Any, ...]]:
        return self._database.connection.execute("SELECT * FROM draf WHERE periode = ?", (periode,)).fetchall()

    def _save(self, draf: Draf) -> bool:
        with self._database.transaction() as connection:
            return _insert(connection, draf)


def _insert(connection: sqlite3.Connection, draf: Draf) -> bool:
    return bool(
        connection.execute(
            "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
            " rencana = excluded.rencana, suntingan = excluded.suntingan, disimpan = excluded.disimpan"
            " WHERE excluded.suntingan > draf.suntingan",
            (draf.pegawai_id, draf.periode, msgspec.json.encode(draf.rencana), draf.suntingan, to_text(draf.disimpan)),
        ).rowcount
    )


def _draf(row: tuple[Any, ...]) -> Draf:
    pegawai_id, periode, rencana, suntingan, disimpan = row
    if not isinstance(rencana, bytes):
        raise ShapeError("Draf: bukan draf.")
    return Draf(
        pegawai_id=pegawai_id,
        periode=periode,
        rencana=decode_json(rencana, RencanaKinerja, "Draf"),
        suntingan=suntingan,
        disimpan=from_text(disimpan),
    )
