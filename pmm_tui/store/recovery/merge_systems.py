"""Adds what a damaged database says of accounts, the own Rapor Pendidikan and who needs no plan; the later word counts."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from pmm_tui.store.recovery.salvage import Row


def take_account(connection: sqlite3.Connection, pegawai_id: int, row: Row) -> None:
    """Take the later word about an account; one whose address is another teacher's by now is left out (IntegrityError)."""
    datetime.fromisoformat(row["ditandai"])  # a time that cannot be read would count as the latest
    connection.execute(
        "INSERT INTO belajar_id VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (pegawai_id) DO UPDATE SET alamat = excluded.alamat,"
        " keadaan = excluded.keadaan, dicek = excluded.dicek, asal = excluded.asal, ditandai = excluded.ditandai"
        " WHERE excluded.ditandai > belajar_id.ditandai",
        (pegawai_id, *(row[name] for name in ("alamat", "keadaan", "dicek", "asal", "ditandai"))),
    )


def take_rapor(connection: sqlite3.Connection, row: Row) -> None:
    """Take the later word about a level of the school's own."""
    datetime.fromisoformat(row["ditandai"])
    connection.execute(
        "INSERT INTO rapor_sekolah VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (periode, butir, asal) DO UPDATE SET"
        " capaian = excluded.capaian, skor = excluded.skor, berkas = excluded.berkas,"
        " ditandai = excluded.ditandai WHERE excluded.ditandai > rapor_sekolah.ditandai",
        tuple(row[name] for name in ("periode", "butir", "capaian", "skor", "asal", "berkas", "ditandai")),
    )


def take_not_needed(connection: sqlite3.Connection, pegawai_id: int, row: Row) -> None:
    """Take the later word about who needs a plan."""
    datetime.fromisoformat(row["ditandai"])  # a time that cannot be read would count as the latest
    connection.execute(
        "INSERT INTO tidak_perlu VALUES (?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
        " alasan = excluded.alasan, ditandai = excluded.ditandai WHERE excluded.ditandai > tidak_perlu.ditandai",
        (pegawai_id, row["periode"], row["alasan"], row["ditandai"]),
    )
