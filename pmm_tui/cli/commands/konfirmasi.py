"""`pmm-tui konfirmasi`: note that teachers have confirmed their plans, all of them as one step."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.errors import UsageError
from pmm_tui.services.bulk import left_sentence
from pmm_tui.services.bulk_confirm import LeftOut, confirm_all, day_fault, day_notes, judge_rows, word_of
from pmm_tui.services.listing import PlanRow, all_rows, select
from pmm_tui.skp.rangkuman import confirmation_words


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Note the word for the chosen plans; exit code 1 when one was left out that was named and not confirmed already."""
    ids_or_all(args.id, args.semua, "--semua-lengkap")
    if fault := day_fault(args.tanggal, context.today()):
        raise UsageError(f"--tanggal: {fault}")
    word = word_of(args.cara, args.tanggal)
    with context.open_store() as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
        chosen, refused = select(store, rows, args.id)
        trial = judge_rows(rows if args.semua else chosen)
        done, left = trial.ready, () if args.semua else trial.left_out
        passed = trial.left_out if args.semua else ()  # of all they are told by reason, and are no failure
        notes = day_notes(args.tanggal, in_force, trial.ready)
        if not args.uji_coba:
            result = confirm_all(store, in_force, trial, word, context.now())
            done, left = result.done, (*left, *result.left_out)
    for sentence in (*in_force.notes, *refused, *notes):
        context.out.say(sentence)
    if sentence := left_sentence((one.row.pegawai.nama, one.why) for one in passed):
        context.out.say(sentence)
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "uji_coba": args.uji_coba,
                "cara": word.cara,
                "tanggal": word.tanggal,
                "rencana": [*(_done_json(row, args.uji_coba) for row in done), *map(_left_json, left)],
                "dilewati": [_left_json(one) for one in passed],
                "ditolak": refused,
            }
        )
    else:
        _tell(done, left, context, dry_run=args.uji_coba)
    how = confirmation_words(word)
    if args.uji_coba:
        context.out.say(f"{len(done)} konfirmasi dapat dicatat ({how}). Uji coba: tidak ada yang dicatat.")
    else:
        context.out.say(f"{len(done)} konfirmasi dicatat ({how})." + (" Urungkan dengan: pmm-tui urungkan" if done else ""))
    return int(bool(refused) or any(not one.settled for one in left))


def _done_json(row: PlanRow, dry_run: bool) -> dict[str, Any]:
    return {"id": row.pegawai.id, "nama": row.pegawai.nama, "hasil": "dapat" if dry_run else "dicatat", "sebab": ""}


def _left_json(left: LeftOut) -> dict[str, Any]:
    pegawai = left.row.pegawai
    return {"id": pegawai.id, "nama": pegawai.nama, "hasil": "tetap" if left.settled else "ditinggal", "sebab": left.why}


def _tell(done: tuple[PlanRow, ...], left: tuple[LeftOut, ...], context: RunContext, *, dry_run: bool) -> None:
    word = "konfirmasinya dapat dicatat" if dry_run else "konfirmasinya dicatat"
    for row in done:
        context.out.line(f"{row.pegawai.id} {row.pegawai.nama}: {word}.")
    for one in left:
        context.out.line(f"{one.row.pegawai.id} {one.row.pegawai.nama}: {'tetap' if one.settled else 'ditinggal'}, {one.why}.")
