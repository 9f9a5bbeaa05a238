"""`pmm-tui rencana impor`: plans from TOML files, kept as drafts and judged as on the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import problem_lines, problems_json
from pmm_tui.services.plan_import import PlanImport, ReadPlan


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Read the files; exit code 1 when one was refused or a plan still has problems that stop it."""
    with context.open_store() as store:
        context.in_force(store)  # what is wrong with configuration or catalogue is no fault of a file
        reader = PlanImport(store, lambda periode: context.in_force(store, periode), context.now, context.today())
        results = [reader.take(Path(name), dry_run=args.uji_coba) for name in args.berkas]
    refused = sum(r.result == "ditolak" for r in results)
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, "berkas": [_as_json(r) for r in results]})
    else:
        for r in results:
            context.out.line(f"{r.file}: {r.result}{f', {r.name}' if r.name else ''}{_then(r)}")
            for line in problem_lines(r.masalah):
                context.out.line(line)
        tried = " (uji coba: tidak ada yang disimpan)" if args.uji_coba else ""
        context.out.say(f"{len(results) - refused} rencana terbaca, {refused} berkas ditolak{tried}.")
    return int(refused > 0 or any(m.halang for r in results for m in r.masalah))


def _then(r: ReadPlan) -> str:
    """The reason as a sentence of its own; a name may end with the full stop of a degree."""
    return f"{'' if r.name.endswith('.') else '.'} {r.reason}" if r.reason else ""


def _as_json(r: ReadPlan) -> dict[str, object]:
    return {
        "berkas": r.file,
        "hasil": r.result,
        "id": r.pegawai_id,
        "nama": r.name,
        "sebab": r.reason,
        "masalah": problems_json(r.masalah),
    }
