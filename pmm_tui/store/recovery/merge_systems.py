"""Adds what a damaged database says of accounts, own rapor, templates, ticks and who needs no plan; the later word counts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.store.recovery.salvage import Row, Wreck
from pmm_tui.store.templates import name_key
from pmm_tui.store.ticks import PUT


def merge_systems(
    connection: sqlite3.Connection, wreck: Wreck, ids: Mapping[Any, int], guard: Callable[[], AbstractContextManager[None]]
) -> None:
    """Add these, each row by itself within `guard`; `ids` are the teachers' ids here by those there.

    Steps over many plans can no longer be taken back: a draft that came back may bear the number of another that a step here made.
    """
    for table in ("langkah_guru", "langkah"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608  (ours)
    for row in wreck.not_needed:
        with guard():
            _take_not_needed(connection, ids[row["pegawai_id"]], row)
    for row in wreck.accounts:
        with guard():
            _take_account(connection, ids[row["pegawai_id"]], row)
    for row in wreck.rapor:
        with guard():
            _take_rapor(connection, row)
    for row in wreck.templates:
        with guard():
            _take_template(connection, row)
    for row in wreck.ticks:
        with guard():
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


def _take_template(connection: sqlite3.Connection, row: Row) -> None:
    """Take the later word about a template, also that it was removed."""
    datetime.fromisoformat(row["ditandai"])
    content = bytes(memoryview(row["rencana"]))
    if content:
        decode_json(content, RencanaKinerja, "Templat")
    connection.execute(
        "INSERT INTO templat VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (kunci) DO UPDATE SET nama = excluded.nama,"
        " periode = excluded.periode, sasaran = excluded.sasaran, rencana = excluded.rencana, ditandai = excluded.ditandai"
        " WHERE excluded.ditandai > templat.ditandai",
        (name_key(row["nama"]), row["nama"], row["periode"], row["sasaran"], content, row["ditandai"]),
    )


def _take_not_needed(connection: sqlite3.Connection, pegawai_id: int, row: Row) -> None:
    """Take the later word about who needs a plan."""
    datetime.fromisoformat(row["ditandai"])  # a time that cannot be read would count as the latest
    connection.execute(
        "INSERT INTO tidak_perlu VALUES (?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
        " alasan = excluded.alasan, ditandai = excluded.ditandai WHERE excluded.ditandai > tidak_perlu.ditandai",
        (pegawai_id, row["periode"], row["alasan"], row["ditandai"]),
    )


def _take_tick(connection: sqlite3.Connection, pegawai_id: int | None, row: Row) -> None:
    """Take the later word about something ticked off; None for the whole school."""
    datetime.fromisoformat(row["ditandai"])
    values = (pegawai_id, *(row[name] for name in ("kode", "tanda", "dicentang", "ditandai")))
    connection.execute(f"{PUT} WHERE excluded.ditandai > centang.ditandai", values)
