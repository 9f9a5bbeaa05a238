"""The teachers of the school."""

# ruff: noqa: S608  (column names are ours; values are always parameters)

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

import msgspec

from pmm_tui.errors import InputError
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import digits
from pmm_tui.store.database import Database
from pmm_tui.text import by_name, shorten

COLUMNS = (*TEACHER_FIELDS, "id_server")  # all but the id, which the table gives
_SELECT = f"SELECT id, {', '.join(COLUMNS)} FROM pegawai"
_NUMBERS = {"nip": "NIP", "nuptk": "NUPTK", "id_server": "id server"}


class Roster:
    """The teachers; `id` is given here and never used again."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> tuple[Pegawai, ...]:
        """Every teacher, by name."""
        everybody = self._select("")
        return tuple(sorted(everybody, key=lambda p: (by_name(p.nama), p.id)))

    def names(self) -> dict[int, str]:
        """Every teacher's name by id."""
        return self._database.call(lambda: dict(self._database.connection.execute("SELECT id, nama FROM pegawai").fetchall()))

    def get(self, teacher_id: int) -> Pegawai | None:
        """The teacher with that id."""
        return next(iter(self._select("WHERE id = ?", teacher_id)), None)

    def find(self, key: str) -> tuple[Pegawai, ...]:
        """The teachers whose id, NIP or NUPTK is `key`, spaces and dots in it aside."""
        number = digits(key)
        if not (number.isascii() and number.isdigit()):
            return ()
        local = int(number) if len(number) < 16 else 0
        return self._select("WHERE id = ? OR nip = ? OR nuptk = ? ORDER BY id", local, number, number)

    def write(self, pegawai: Iterable[Pegawai]) -> None:
        """Store new teachers (id 0) and change known ones, all or none.

        Raises InputError when a number is another teacher's or a teacher to change is not there, and StorageError.
        """
        self._database.call(self._write, tuple(pegawai))

    def _select(self, rest: str, *values: object) -> tuple[Pegawai, ...]:
        return self._database.call(self._read, f"{_SELECT} {rest}", values)

    def _read(self, statement: str, values: tuple[object, ...]) -> tuple[Pegawai, ...]:
        rows = self._database.connection.execute(statement, values)
        with self._database.readable():
            return tuple(msgspec.convert(dict(zip(("id", *COLUMNS), row, strict=True)), Pegawai) for row in rows)

    def _write(self, pegawai: tuple[Pegawai, ...]) -> None:
        with self._database.transaction() as connection:
            for known in pegawai:
                if known.id:  # numbers may change places within one call
                    connection.execute("UPDATE pegawai SET nip = '', nuptk = '', id_server = '' WHERE id = ?", (known.id,))
            for one in pegawai:
                write_one(connection, one)


def write_one(connection: sqlite3.Connection, one: Pegawai) -> int:
    """Store one teacher in the transaction that is open; returns the id. Raises InputError."""
    values = [getattr(one, name) for name in COLUMNS]
    try:
        if not one.id:
            marks = ", ".join("?" * len(COLUMNS))
            added = connection.execute(f"INSERT INTO pegawai ({', '.join(COLUMNS)}) VALUES ({marks})", values)
            return int(added.lastrowid or 0)
        if not connection.execute(
            f"UPDATE pegawai SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE id = ?", (*values, one.id)
        ).rowcount:
            raise InputError(f"Guru {shorten(one.nama, 60)} tidak ada lagi di daftar; muat ulang daftar guru.")
    except sqlite3.IntegrityError as error:
        raise _taken(connection, one, error) from None
    return one.id


def _taken(connection: sqlite3.Connection, one: Pegawai, error: sqlite3.IntegrityError) -> Exception:
    """Whose number it is, for the operator; the error itself when it is about something else."""
    for name, label in _NUMBERS.items():
        number = getattr(one, name)
        row = connection.execute(f"SELECT nama FROM pegawai WHERE {name} = ? AND id <> ?", (number, one.id)).fetchone()
        if number and row:
            ours, theirs = shorten(one.nama, 60), shorten(row[0], 60)
            return InputError(f"{label} {number} milik {ours} sudah dipakai {theirs}; perbaiki di Dapodik lalu impor lagi.")
    return error
