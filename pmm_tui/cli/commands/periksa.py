"""`pmm-tui periksa`: every problem of every plan, and what is wrong with the data diri before a plan is begun."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.problem_text import problem_lines, problems_json
from pmm_tui.services.listing import all_rows
from pmm_tui.skp.plan_state import Keadaan


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """List the problems; exit code 1 while one of them stops a plan."""
    with konteks.open_store() as store:
        in_force = konteks.in_force(store)
        rows = all_rows(store, in_force, konteks.today())
    for note in in_force.notes:
        konteks.out.say(note)
    begun = [row for row in rows if row.rencana is not None]
    told = [row for row in rows if row.rencana is not None or row.masalah]
    belum = sum(row.state is Keadaan.BELUM for row in rows)
    if args.json:
        konteks.out.document(
            {
                "periode": in_force.periode,
                "belum_dimulai": belum,
                "rencana": [
                    {
                        "id": row.pegawai.id,
                        "nama": row.pegawai.nama,
                        "keadaan": row.state.kata,
                        "masalah": problems_json(row.masalah),
                    }
                    for row in told
                ],
            }
        )
    else:
        for row in told:
            if row.masalah:
                konteks.out.line(f"{row.pegawai.id} {row.pegawai.nama}")
                for line in problem_lines(row.masalah):
                    konteks.out.line(line)
        blocked = sum(bool(row.blocking) for row in begun)
        konteks.out.say(f"{len(begun)} rencana diperiksa, {blocked} belum dapat diajukan, {belum} belum dimulai.")
    return int(any(row.blocking for row in told))
