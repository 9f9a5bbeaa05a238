"""`pmm-tui daftar`: every teacher and how their plan stands."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.skp.plan_state import count_done


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List the teachers; always exit code 0."""
    with context.open_store() as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
    for note in in_force.notes:
        context.out.say(note)
    done, every = count_done(row.state for row in rows)
    if args.json:
        context.out.document(
            {"periode": in_force.periode, "selesai": done, "semua": every, "guru": [_as_json(row) for row in rows]}
        )
        return 0
    if rows:
        context.out.table(("ID", "Nama", "NIP", "Jenis PTK", "Keadaan", "Masalah"), (_cells(row) for row in rows))
    else:
        context.out.say("Belum ada guru; ambil dengan: pmm-tui impor BERKAS")
    context.out.say(f"{done} dari {every} selesai, {in_force.label}.")
    return 0


def _cells(row: PlanRow) -> tuple[str, ...]:
    p = row.pegawai
    masalah = str(len(row.blocking)) if row.blocking else ""
    return str(p.id), p.nama, p.nip or p.nuptk or "-", p.jenis_ptk or "-", f"{row.state.plain_sign} {row.state.word}", masalah


def _as_json(row: PlanRow) -> dict[str, Any]:
    p = row.pegawai
    return {
        "id": p.id,
        "nama": p.nama,
        "nip": p.nip,
        "nuptk": p.nuptk,
        "jenis_ptk": p.jenis_ptk,
        "keadaan": row.state.word,
        "selesai": row.state.done,
        "halangan": len(row.blocking),
        "peringatan": len(row.masalah) - len(row.blocking),
    }
