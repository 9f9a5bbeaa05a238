"""`pmm-tui rencana ekspor`: plans as TOML files, one for each teacher."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.locations import expanded
from pmm_tui.services.listing import all_rows, select
from pmm_tui.services.plan_export import PlanFile, export_plans


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Write the chosen plans; a plan that was not begun gives an empty file to fill in. Exit code 1 when one was refused."""
    ids_or_all(args.id, args.semua, "--semua")
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
        chosen, refused = (list(rows), []) if args.semua else select(store, rows, args.id)
    results = [_as_json(file) for file in export_plans(chosen, in_force, expanded(args.ke), over=args.timpa)]
    for sentence in (*in_force.notes, *refused, *(r["sebab"] for r in results if r["sebab"])):
        context.out.say(sentence)
    written = [r["berkas"] for r in results if not r["sebab"]]
    if args.json:
        context.out.document({"periode": in_force.periode, "rencana": results, "ditolak": refused})
    else:
        for path in written:
            context.out.line(path)
        context.out.say(f"{len(written)} berkas ditulis; isinya data pribadi, simpan baik-baik.")
    return int(bool(refused) or len(written) < len(results))


def _as_json(file: PlanFile) -> dict[str, Any]:
    why = f"{file.path}: sudah ada; pakai --timpa untuk menggantinya." if file.there else ""
    return {"id": file.pegawai.id, "nama": file.pegawai.nama, "berkas": str(file.path), "sebab": why}
