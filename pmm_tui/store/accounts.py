"""The belajar.id account of each teacher and how it stands; never a password."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text
from pmm_tui.text import shorten


class Account(Struct, frozen=True, kw_only=True):
    """What is known of one teacher's account.

    `state` is one of `skp.account`; `checked_on` the day (`YYYY-MM-DD`) on which that was looked at, empty for never.
    """

    pegawai_id: int
    address: str = ""
    state: str
    checked_on: str = ""
    origin: Literal["berkas", "tangan"]
    at: datetime


class Accounts:
    """The accounts, at most one for a teacher."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> Mapping[int, Account]:
        """What is known, by the teacher's id."""
        return self._database.call(self._all)

    def write(self, accounts: Iterable[Account]) -> None:
        """Keep these, all or none. Raises InputError when an address is another teacher's, StorageError."""
        self._database.call(self._write, tuple(accounts))

    def _all(self) -> dict[int, Account]:
        connection = self._database.connection
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'belajar_id'").fetchone() is None:
            return {}  # read beside a window that an older program opened
        rows = connection.execute("SELECT pegawai_id, alamat, keadaan, dicek, asal, ditandai FROM belajar_id").fetchall()
        with self._database.readable():
            return {
                row_id: Account(
                    pegawai_id=row_id, address=address, state=state, checked_on=checked, origin=origin, at=from_text(at)
                )
                for row_id, address, state, checked, origin, at in rows
            }

    def _write(self, accounts: tuple[Account, ...]) -> None:
        with self._database.transaction() as connection:
            for account in accounts:  # addresses may change places within one call
                connection.execute("UPDATE belajar_id SET alamat = '' WHERE pegawai_id = ?", (account.pegawai_id,))
            for account in accounts:
                _one(connection, account)


def _one(connection: sqlite3.Connection, a: Account) -> None:
    values = (a.pegawai_id, a.address, a.state, a.checked_on, a.origin, to_text(a.at))
    holder = connection.execute(
        "SELECT nama FROM belajar_id JOIN pegawai ON pegawai.id = pegawai_id WHERE alamat = ? AND alamat <> '' AND pegawai_id <> ?",
        (a.address, a.pegawai_id),
    ).fetchone()
    if holder:
        raise InputError(f"Akun {a.address} sudah tercatat milik {shorten(holder[0], 60)}; periksa mana yang benar.")
    connection.execute("INSERT OR REPLACE INTO belajar_id VALUES (?, ?, ?, ?, ?, ?)", values)
