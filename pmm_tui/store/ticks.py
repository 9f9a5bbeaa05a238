"""What of the list of things to mend was ticked off, by teacher and code; it outlives every import."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text

PUT = (
    "INSERT INTO centang VALUES (?, ?, ?, ?, ?) ON CONFLICT (ifnull(pegawai_id, 0), kode) DO UPDATE SET"
    " tanda = excluded.tanda, dicentang = excluded.dicentang, ditandai = excluded.ditandai"
)
"""One tick, or that it was taken back, in place of what was said of the same before."""

TickKey = tuple[int, str]
"""The teacher's id, 0 for the whole school, and the code of the fault."""


class Tick(Struct, frozen=True):
    """That something was ticked off: `sign` tells what was wrong then, `at` when."""

    sign: str
    at: datetime


class Ticks:
    """The ticks, one for a teacher (or the whole school) and code."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[TickKey, Tick]:
        """What is ticked off now."""
        return self._database.call(self._all)

    def write(self, ticks: Mapping[TickKey, str], now: datetime, *, ticked: bool = True) -> None:
        """Tick these off, each with the sign of what was wrong, or take the ticks back; all or none.

        Raises InputError for a teacher who is not there any more, StorageError.
        """
        self._database.call(self._write, tuple(ticks.items()), to_text(now), ticked)

    def _all(self) -> dict[TickKey, Tick]:
        connection = self._database.connection
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'centang'").fetchone() is None:
            return {}  # read beside a window that an older program opened
        rows = connection.execute("SELECT ifnull(pegawai_id, 0), kode, tanda, ditandai FROM centang WHERE dicentang = 1").fetchall()
        with self._database.readable():
            return {(pegawai_id, code): Tick(sign, from_text(at)) for pegawai_id, code, sign, at in rows}

    def _write(self, ticks: Iterable[tuple[TickKey, str]], at: str, ticked: bool) -> None:
        rows = [(pegawai_id or None, code, sign, int(ticked), at) for (pegawai_id, code), sign in ticks]
        try:
            with self._database.transaction() as connection:
                connection.executemany(PUT, rows)
        except sqlite3.IntegrityError:
            raise InputError("Guru yang dicentang tidak ada lagi di daftar; muat ulang daftarnya.") from None
