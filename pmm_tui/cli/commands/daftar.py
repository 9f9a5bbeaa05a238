"""`pmm-tui daftar`: every teacher and how their plan stands."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.listing import BarisGuru, semua_baris
from pmm_tui.skp.plan_state import banyak_selesai


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """List the teachers; always exit code 0."""
    with konteks.open_store() as store:
        in_force = konteks.in_force(store)
        rows = semua_baris(store, in_force, konteks.today())
    for catatan in in_force.notes:
        konteks.out.say(catatan)
    selesai, semua = banyak_selesai(row.keadaan for row in rows)
    if args.json:
        konteks.out.document(
            {"periode": in_force.periode, "selesai": selesai, "semua": semua, "guru": [_as_json(row) for row in rows]}
        )
        return 0
    if rows:
        konteks.out.table(("ID", "Nama", "NIP", "Jenis PTK", "Keadaan", "Masalah"), (_cells(row) for row in rows))
    else:
        konteks.out.say("Belum ada guru; ambil dengan: pmm-tui impor BERKAS")
    konteks.out.say(f"{selesai} dari {semua} selesai, {in_force.label}.")
    return 0


def _cells(row: BarisGuru) -> tuple[str, ...]:
    p = row.pegawai
    masalah = str(len(row.halangan)) if row.halangan else ""
    return str(p.id), p.nama, p.nip or p.nuptk or "-", p.jenis_ptk or "-", f"{row.keadaan.ascii} {row.keadaan.kata}", masalah


def _as_json(row: BarisGuru) -> dict[str, Any]:
    p = row.pegawai
    return {
        "id": p.id,
        "nama": p.nama,
        "nip": p.nip,
        "nuptk": p.nuptk,
        "jenis_ptk": p.jenis_ptk,
        "keadaan": row.keadaan.kata,
        "selesai": row.keadaan.selesai,
        "halangan": len(row.halangan),
        "peringatan": len(row.masalah) - len(row.halangan),
    }
