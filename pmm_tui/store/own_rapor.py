"""The school's own Rapor Pendidikan: what its download or somebody's hand says, beside what the server lends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text


class RaporEntry(Struct, frozen=True, kw_only=True):
    """The level of one component or indicator (`item`: `komponen/ID` or `indikator/ID`), and who says so since when.

    An empty `level` takes it back. `score` is as the file writes it, `file` its name without the folder.
    """

    item: str
    level: str
    score: str = ""
    origin: Literal["berkas", "tangan"]
    file: str = ""
    at: datetime


class OwnRapor:
    """The levels of each period; what was taken back stays as an empty level with its time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, periode: str) -> tuple[RaporEntry, ...]:
        """What the school itself says of a period, by item: of one item the download's word before the typed one."""
        return self._database.call(self._all, periode)

    def write(self, periode: str, entries: Iterable[RaporEntry]) -> None:
        """Keep these, all or none, each in place of what the same origin said of it before. Raises StorageError."""
        self._database.call(self._write, periode, tuple(entries))

    def _all(self, periode: str) -> tuple[RaporEntry, ...]:
        connection = self._database.connection
        if not _there(connection):  # read beside a window that an older program opened
            return ()
        rows = connection.execute(
            "SELECT butir, capaian, skor, asal, berkas, ditandai FROM rapor_sekolah WHERE periode = ? AND capaian <> ''"
            " ORDER BY butir, asal",
            (periode,),
        ).fetchall()
        with self._database.readable():
            return tuple(
                RaporEntry(item=item, level=level, score=score, origin=origin, file=file, at=from_text(at))
                for item, level, score, origin, file, at in rows
            )

    def _write(self, periode: str, entries: tuple[RaporEntry, ...]) -> None:
        rows = [(periode, e.item, e.level, e.score, e.origin, e.file, to_text(e.at)) for e in entries]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO rapor_sekolah VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _there(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'rapor_sekolah'").fetchone() is not None
