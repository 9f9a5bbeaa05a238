"""Adds what a damaged database still says of accounts, the school's own Rapor Pendidikan and ticks; the later word counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from pmm_tui.store.recovery.salvage import Row, Wreck
from pmm_tui.store.ticks import PUT


def merge_systems(
    connection: sqlite3.Connection, wreck: Wreck, ids: Mapping[Any, int], one: Callable[[], AbstractContextManager[None]]
) -> None:
    """Add them; `ids` are the teachers' here by those in the wreck, `one` leaves out a row that does not fit."""
    for row in wreck.accounts:
        with one():
            _take_account(connection, ids[row["pegawai_id"]], row)
    for row in wreck.rapor:
        with one():
            _take_rapor(connection, row)
    for row in wreck.ticks:
        with one():
            _take_tick(connection, None if row["pegawai_id"] is None else ids[row["pegawai_id"]], row)


def _take_account(connection: sqlite3.Connection, pegawai_id: int, row: Row) -> None:
    """Take the later word about an account; one whose address is another teacher's by now is left out (IntegrityError)."""
    datetime.fromisoformat(row["ditandai"])  # a time that cannot be read would count as the latest
    connection.execute(
        "INSERT INTO belajar_id VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pegawai_id) DO UPDATE SET alamat = excluded.alamat,"
        " keadaan = excluded.keadaan, dicek = excluded.dicek, asal = excluded.asal, ditandai = excluded.ditandai"
        " WHERE excluded.ditandai > belajar_id.ditandai",
        (pegawai_id, *(row[name] for name in ("alamat", "keadaan", "dicek", "asal", "ditandai"))),
    )


def _take_rapor(connection: sqlite3.Connection, row: Row) -> None:
    """Take the later word about a level of the school's own."""
    datetime.fromisoformat(row["ditandai"])
    connection.execute(
        "INSERT INTO rapor_sekolah VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (periode, butir, asal) DO UPDATE SET"
        " capaian = excluded.capaian, skor = excluded.skor, berkas = excluded.berkas,"
        " ditandai = excluded.ditandai WHERE excluded.ditandai > rapor_sekolah.ditandai",
        tuple(row[name] for name in ("periode", "butir", "capaian", "skor", "asal", "berkas", "ditandai")),
    )


def _take_tick(connection: sqlite3.Connection, pegawai_id: int | None, row: Row) -> None:
    """Take the later word about something ticked off; None for the whole school."""
    datetime.fromisoformat(row["ditandai"])
    values = (pegawai_id, *(row[name] for name in ("kode", "tanda", "dicentang", "ditandai")))
    connection.execute(f"{PUT} WHERE excluded.ditandai > centang.ditandai", values)
