"""`pmm-tui rencana impor`: plans from TOML files, kept as drafts and judged as on the screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import problem_lines, problems_json
from pmm_tui.errors import InputError
from pmm_tui.private_file import is_folder, reason
from pmm_tui.services.plan_import import PlanImport, ReadPlan


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Read the files, and those of folders; exit code 1 when one was refused or a plan still has problems that stop it."""
    with context.open_store() as store:
        context.in_force(store)  # what is wrong with configuration or catalogue is no fault of a file
        reader = PlanImport(store, lambda periode: context.in_force(store, periode), context.now, context.today())
        files = [found for name in args.berkas for found in _files(Path(name))]
        results = [reader.take(path, dry_run=args.uji_coba, keep=listed and not args.timpa) for path, listed in files]
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


def _files(named: Path) -> list[tuple[Path, bool]]:
    """The file, or the plan files of a folder in order, each with whether a folder brought it, so that nobody named it.

    Raises InputError for a folder without any.
    """
    if not is_folder(named):
        return [(named, False)]
    try:
        found = sorted(path for path in named.iterdir() if path.suffix.lower() == ".toml" and not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{named}: tidak dapat dibaca ({reason(error)}); periksa izin folder itu.") from None
    if not found:
        raise InputError(f"{named}: tidak ada berkas rencana (.toml) di folder itu; tulis dulu dengan: pmm-tui rencana ekspor.")
    return [(path, True) for path in found]


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
