"""Teachers as they were typed by hand: which values were, so that no list replaces them unseen, and one step to undo."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from datetime import datetime

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.store.database import Database
from pmm_tui.store.roster import COLUMNS, write_one
from pmm_tui.store.times import to_text
from pmm_tui.text import shorten

_LAST = "guru_diketik"
"""The memo of the last change by hand."""


class Typing(Struct, frozen=True):
    """One change by hand: the teacher before (None: added), after, what of them had been typed before, and when it was made."""

    before: Pegawai | None
    after: Pegawai
    typed: dict[str, tuple[str, str]] = {}
    at: str = ""


class ByHand:
    """What was typed about teachers. A typed value counts as long as the teacher still has it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def values(self) -> Mapping[int, Mapping[str, str]]:
        """The typed values by the teacher's id and field."""
        return self._database.call(self._values)

    def write(self, before: Pegawai | None, pegawai: Pegawai, fields: Collection[str], now: datetime) -> Pegawai:
        """Store a teacher (id 0: a new one) of whom `fields` were typed, and remember it for one undo; returns them as stored.

        `before` is the teacher as they were when somebody typed (None: a new one). Raises InputError when they have changed since
        or a number is another teacher's, StorageError.
        """
        return self._database.call(self._write, before, pegawai, tuple(fields), to_text(now))

    def last(self) -> Typing | None:
        """The change that can be undone; None when there is none."""
        return self._database.call(self._last)

    def undo(self) -> Typing:
        """Take the last change by hand back, once; returns it. Raises InputError when that cannot be, StorageError."""
        return self._database.call(self._undo)

    # ---- in the database's thread

    def _values(self) -> dict[int, dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for pegawai_id, field, value in self._database.connection.execute("SELECT pegawai_id, isian, nilai FROM diketik"):
            found.setdefault(pegawai_id, {})[field] = value
        return found

    def _write(self, before: Pegawai | None, pegawai: Pegawai, fields: tuple[str, ...], at: str) -> Pegawai:
        with self._database.transaction() as connection:
            if self._stored(connection, pegawai.id) != before:
                name = shorten(pegawai.nama, 60)
                raise InputError(f"Data {name} baru saja berubah di tempat lain; belum ada yang disimpan, periksa lalu ulangi.")
            rows = connection.execute("SELECT isian, nilai, ditandai FROM diketik WHERE pegawai_id = ?", (pegawai.id,)).fetchall()
            stored = msgspec.structs.replace(pegawai, id=write_one(connection, pegawai))
            typed = [(stored.id, field, getattr(stored, field), at) for field in fields if field in TEACHER_FIELDS]
            connection.executemany("INSERT OR REPLACE INTO diketik VALUES (?, ?, ?, ?)", typed)
            self._remember(connection, Typing(before, stored, {field: (value, when) for field, value, when in rows}, at))
        return stored

    def _last(self) -> Typing | None:
        row = self._database.connection.execute("SELECT nilai FROM memo WHERE kunci = ?", (_LAST,)).fetchone()
        with self._database.readable():
            return msgspec.json.decode(row[0], type=Typing) if row else None

    def _undo(self) -> Typing:
        with self._database.transaction() as connection:
            change = self._last()
            if change is None:
                raise InputError("Tidak ada tambahan atau perubahan guru yang dapat diurungkan.")
            after, name = change.after, shorten(change.after.nama, 60)
            if self._stored(connection, after.id) != after:
                raise InputError(f"Data {name} sudah berubah sesudah diketik; ubah lagi dengan tangan bila perlu.")
            connection.execute("DELETE FROM diketik WHERE pegawai_id = ?", (after.id,))
            if change.before is None:
                self._remove(connection, after)
            else:
                write_one(connection, change.before)
                rows = [(after.id, field, *rest) for field, rest in change.typed.items()]
                connection.executemany("INSERT INTO diketik VALUES (?, ?, ?, ?)", rows)
            connection.execute("DELETE FROM memo WHERE kunci = ?", (_LAST,))
        return change

    def _remove(self, connection: sqlite3.Connection, pegawai: Pegawai) -> None:
        for table in ("tidak_perlu", "belajar_id", "langkah_guru", "centang"):
            connection.execute(f"DELETE FROM {table} WHERE pegawai_id = ?", (pegawai.id,))  # noqa: S608
        try:
            connection.execute("DELETE FROM pegawai WHERE id = ?", (pegawai.id,))
        except sqlite3.IntegrityError:  # the foreign keys of drafts, envelopes and what the server holds
            name = shorten(pegawai.nama, 60)
            raise InputError(f"{name} sudah punya rencana, jadi tidak dihapus; tandai tidak perlu bila memang begitu.") from None

    def _stored(self, connection: sqlite3.Connection, pegawai_id: int) -> Pegawai | None:
        row = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM pegawai WHERE id = ?", (pegawai_id,)).fetchone()  # noqa: S608
        with self._database.readable():
            return msgspec.convert({"id": pegawai_id} | dict(zip(COLUMNS, row, strict=True)), Pegawai) if row else None

    def _remember(self, connection: sqlite3.Connection, change: Typing) -> None:
        connection.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", (_LAST, msgspec.json.encode(change).decode()))
