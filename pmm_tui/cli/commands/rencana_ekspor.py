"""`pmm-tui rencana ekspor`: plans as TOML files, one for each teacher."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.file_names import slug
from pmm_tui.locations import expanded
from pmm_tui.private_file import make_private_folder, write_once, write_private
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow, all_rows, select
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.skp.plan_file import write_plan_file


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Write the chosen plans; a plan that was not begun gives an empty file to fill in. Exit code 1 when one was refused."""
    ids_or_all(args.id, args.semua, "--semua")
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
        chosen, refused = (list(rows), []) if args.semua else select(store, rows, args.id)
    folder = expanded(args.ke)
    make_private_folder(folder)
    results = [_write(row, in_force, folder, over=args.timpa) for row in chosen]
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


def _write(row: PlanRow, in_force: InForce, folder: Path, *, over: bool) -> dict[str, Any]:
    """Write one plan. The name is made of the teacher's number and a slug, so no name can lead to another folder."""
    path = folder / f"{row.pegawai.id:04}-{slug(row.pegawai.nama)}-{slug(in_force.periode)}.toml"
    found: dict[str, Any] = {"id": row.pegawai.id, "nama": row.pegawai.nama, "berkas": str(path), "sebab": ""}
    rencana = row.rencana or RencanaKinerja()
    text = write_plan_file(row.pegawai, in_force.periode, rencana, in_force.katalog, in_force.sekolah.jenjang)
    try:
        (write_private if over else write_once)(path, text.encode())
    except FileExistsError:
        return found | {"sebab": f"{path}: sudah ada; pakai --timpa untuk menggantinya."}
    return found
