"""What `salin`, `templat pakai` and `bawa` do alike: try, do unless only tried, and tell both."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.services.copy_words import never_words, row_lines, sum_words
from pmm_tui.services.copying import PARTS, CopyRow, CopyTrial, do_copy
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import find_teachers
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.steps import Step


def one_teacher(store: Store, key: str) -> Pegawai:
    """The one teacher that a number in the list, NIP or NUPTK names; raises InputError."""
    found, refused = find_teachers(store, [key])
    if not found:
        raise InputError(refused[0])
    return found[0]


def parts_of(args: argparse.Namespace) -> tuple[str, ...]:
    """The sections that were asked for, in the order of the form; all where none was."""
    return tuple(part for part in PARTS if part in args.bagian) or PARTS


def do_and_tell(
    args: argparse.Namespace, context: RunContext, store: Store, in_force: InForce, trial: CopyTrial, refused: list[str]
) -> int:
    """Do what a trial told unless only tried, and tell it; exit code 1 when somebody, or something of them, is left out."""
    step = None if args.uji_coba else do_copy(store, in_force, trial, context.now())
    for sentence in (*in_force.notes, *refused):
        context.out.say(sentence)
    if args.json:
        context.out.document(_trial_json(trial, in_force, step, refused, tried=args.uji_coba))
    else:
        _tell(context, trial, in_force, step, tried=args.uji_coba)
    return int(bool(refused) or trial.left_out)


def _tell(context: RunContext, trial: CopyTrial, in_force: InForce, step: Step | None, *, tried: bool) -> None:
    for row in trial.rows:
        first, *more = row_lines(row, in_force)
        context.out.line(f"{row.pegawai.id} {row.pegawai.nama}: {first}")
        for line in more:
            context.out.line(f"  {line}")
    context.out.say(f"{trial.source.words}: {sum_words(trial, tried=tried)} {never_words(trial, in_force)}")
    if any(row.kept for row in trial.rows):
        context.out.say("Bagian yang sudah berisi dibiarkan; --timpa menggantinya.")
    if tried:
        context.out.say("Uji coba: tidak ada yang diubah.")
    elif step is not None:
        context.out.say(f"Urungkan semuanya dengan: pmm-tui urungkan{in_force.option}")


def _trial_json(trial: CopyTrial, in_force: InForce, step: Step | None, refused: list[str], *, tried: bool) -> dict[str, Any]:
    return {
        "periode": in_force.periode,
        "uji_coba": tried,
        "sumber": {"jenis": trial.source.kind, "keterangan": trial.source.words, "periode": trial.source.periode},
        "langkah": step.id if step else None,
        "guru": [_row_json(row) for row in trial.rows],
        "ditolak": refused,
    }


def _row_json(row: CopyRow) -> dict[str, Any]:
    return {
        "id": row.pegawai.id,
        "nama": row.pegawai.nama,
        "hasil": row.result,
        "sebab": row.why,
        "diisi": list(row.changed),
        "diganti": list(row.replaced),
        "dibiarkan": list(row.kept),
        "kosong": list(row.empty),
        "tertinggal": [{"bagian": one.section, "isi": one.what, "sebab": one.why} for one in row.left],
        "konfirmasi_gugur": row.unconfirmed,
        "masalah": row.blocking,
    }
