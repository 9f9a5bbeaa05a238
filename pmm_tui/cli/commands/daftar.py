"""`pmm-tui daftar`: every teacher and how their plan stands."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import Konteks
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.skp.plan_state import banyak_selesai


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """List the teachers; always exit code 0."""
    with konteks.open_store() as store:
        in_force = konteks.in_force(store)
        rows = all_rows(store, in_force, konteks.today())
    for note in in_force.notes:
        konteks.out.say(note)
    selesai, semua = banyak_selesai(row.state for row in rows)
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


def _cells(row: PlanRow) -> tuple[str, ...]:
    p = row.pegawai
    masalah = str(len(row.blocking)) if row.blocking else ""
    return str(p.id), p.nama, p.nip or p.nuptk or "-", p.jenis_ptk or "-", f"{row.state.ascii} {row.state.kata}", masalah


def _as_json(row: PlanRow) -> dict[str, Any]:
    p = row.pegawai
    return {
        "id": p.id,
        "nama": p.nama,
        "nip": p.nip,
        "nuptk": p.nuptk,
        "jenis_ptk": p.jenis_ptk,
        "keadaan": row.state.kata,
        "selesai": row.state.selesai,
        "halangan": len(row.blocking),
        "peringatan": len(row.masalah) - len(row.blocking),
    }
