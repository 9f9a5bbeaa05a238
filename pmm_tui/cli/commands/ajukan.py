"""`pmm-tui ajukan`: seal complete plans into the outbox."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any

from pmm_tui.cli.commands.beda import comparison_json, comparison_lines
from pmm_tui.cli.context import RunContext
from pmm_tui.cli.problem_text import ids_or_all, problem_lines, problems_json
from pmm_tui.errors import UsageError
from pmm_tui.services.bulk import left_sentence
from pmm_tui.services.compare import summary
from pmm_tui.services.listing import PlanRow, all_rows, select
from pmm_tui.services.submit import Submission, is_ready, submit
from pmm_tui.skp.plan_state import State

_WORDS = {
    "antre": "antre, akan dikirim saat ada jaringan",
    "akan-antre": "dapat diajukan",
    "tetap": "tidak perlu diajukan lagi",
    "ditolak": "belum dapat diajukan",
}


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Seal the chosen plans; exit code 1 when one was refused."""
    ids_or_all(args.id, args.semua, "--semua-lengkap")
    if args.gantikan is not None and len(args.id) != 1:
        raise UsageError("--gantikan REVISI menggantikan satu rencana saja; sebut satu nomor guru (ID).")
    with context.open_store() as store:
        in_force = context.in_force(store)
        rows = all_rows(store, in_force, context.today())
        chosen, refused = select(store, rows, args.id)
        newer: list[PlanRow] = []
        if args.semua:
            chosen = [row for row in rows if is_ready(row)]
            newer = [row for row in rows if row.state.needs_look]
        at, dry_run, replacing = context.now(), args.uji_coba, args.gantikan
        results = [(row, submit(store, row, in_force, at, dry_run=dry_run, replacing=replacing)) for row in chosen]
    for sentence in (*in_force.notes, *refused):
        context.out.say(sentence)
    if newer:
        which = ", ".join(str(row.pegawai.id) for row in newer[:20])
        look = f"pmm-tui beda ID{in_force.option}"
        context.out.say(f"{len(newer)} rencana ditinggal, karena isi di server belum dilihat di sini: {look}, untuk ID {which}.")
    if args.semua and (sentence := left_sentence(_left_out(rows))):
        context.out.say(sentence)
    if in_force.sekolah.kepala_sekolah.plt and any(done.result in ("antre", "akan-antre") for _, done in results):
        context.out.say("Kepala sekolah hanya Plt.: rencana langsung disetujui begitu diterima server.")
    if args.json:
        plans = [_as_json(row, done) for row, done in results]
        context.out.document({"periode": in_force.periode, "uji_coba": args.uji_coba, "rencana": plans, "ditolak": refused})
    else:
        _tell(results, context, dry_run=args.uji_coba)
    return int(bool(refused) or any(done.result == "ditolak" for _, done in results))


def _left_out(rows: Iterable[PlanRow]) -> list[tuple[str, str]]:
    """Who of all cannot submit yet, and why; those who have, who need not, and whose newer plan is told apart are none."""
    waiting = (row for row in rows if not (is_ready(row) or row.state.done or row.state.is_submitted or row.state.needs_look))
    return [(row.pegawai.nama, row.state.word) for row in waiting if row.state is not State.NOT_NEEDED]


def _as_json(row: PlanRow, done: Submission) -> dict[str, Any]:
    return {
        "id": row.pegawai.id,
        "nama": row.pegawai.nama,
        "masalah": problems_json(row.blocking),
        "hasil": done.result,
        "sebab": done.reason,
        **({"revisi": done.revision} if done.revision else {}),
        **({"menggantikan": comparison_json(done.replaces)} if done.replaces else {}),
    }


def _tell(results: list[tuple[PlanRow, Submission]], context: RunContext, *, dry_run: bool) -> None:
    for row, done in results:
        context.out.line(f"{row.pegawai.id} {row.pegawai.nama}: {_WORDS[done.result]}. {done.reason}".rstrip())
        if done.replaces and done.replaces.revision:
            context.out.line(f"  Menggantikan {done.replaces.whose}; {summary(done.replaces)}.")
            for line in comparison_lines(done.replaces) if not done.replaces.seen else ():
                context.out.line(f"  {line}")
        if done.result == "ditolak":
            for line in problem_lines(row.blocking):
                context.out.line(line)
    if dry_run:
        ready = sum(done.result == "akan-antre" for _, done in results)
        context.out.say(f"{ready} rencana dapat diajukan. Uji coba: tidak ada yang masuk Kotak Kirim.")
        return
    queued = sum(done.result == "antre" for _, done in results)
    context.out.say(f"{queued} rencana masuk Kotak Kirim." + (" Kirim dengan: pmm-tui kirim" if queued else ""))
