"""`pmm-tui periksa`: every problem of every plan, and what is wrong with the data diri before a plan is begun."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import problem_lines, problems_json
from pmm_tui.errors import UsageError
from pmm_tui.services.listing import all_rows
from pmm_tui.services.stages import stage_json, stage_sentence
from pmm_tui.skp.plan_state import State


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List the problems; exit code 1 while one of them stops a plan."""
    if args.prasyarat or args.tick or args.untick:
        from pmm_tui.cli.before_entry import run as before_entry  # late: the other check does without it

        return before_entry(args, context)
    if args.uji_coba:
        raise UsageError("--uji-coba hanya bersama --centang atau --lepas; periksa tidak mengubah apa pun.")
    with context.open_store(beside=True) as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
    for note in in_force.notes:
        context.out.say(note)
    rows = tuple(row for row in rows if row.state is not State.NOT_NEEDED)
    begun = [row for row in rows if row.rencana is not None]
    told = [row for row in rows if row.rencana is not None or row.masalah]
    not_started = sum(row.state is State.NOT_STARTED for row in rows)
    if args.json:
        context.out.document(
            {
                "periode": in_force.periode,
                "tahap": stage_json(in_force, context.today()),
                "belum_dimulai": not_started,
                "rencana": [
                    {
                        "id": row.pegawai.id,
                        "nama": row.pegawai.nama,
                        "keadaan": row.state.word,
                        "masalah": problems_json(row.masalah),
                    }
                    for row in told
                ],
            }
        )
    else:
        for row in told:
            if row.masalah:
                context.out.line(f"{row.pegawai.id} {row.pegawai.nama}")
                for line in problem_lines(row.masalah):
                    context.out.line(line)
        blocked = sum(bool(row.blocking) for row in begun)
        context.out.say(f"{len(begun)} rencana diperiksa, {blocked} belum dapat diajukan, {not_started} belum dimulai.")
        if stage := stage_sentence(in_force, context.today()):
            context.out.say(stage)
    return int(any(row.blocking for row in told))
