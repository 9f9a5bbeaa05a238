"""`pmm-tui urungkan`: take the last step over several plans back."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Take it back; exit code 1 when there is none, or a plan that was worked on since keeps what it says."""
    with context.open_store() as store:
        in_force = context.in_force(store)
        step = store.steps.last(in_force.periode)
        if step is None:
            raise InputError(f"Tidak ada langkah {in_force.label} yang dapat diurungkan; periode lain: tulis --periode ID.")
        told = store.steps.try_undo(step.id) if args.uji_coba else store.steps.undo(step.id, context.now())
        names = {one.id: one.nama for one in store.roster.all()}
    for note in in_force.notes:
        context.out.say(note)
    if args.json:
        document = {
            "periode": in_force.periode,
            "uji_coba": args.uji_coba,
            "langkah": step.id,
            "jenis": step.kind,
            "keterangan": step.words,
            "kembali": [{"id": one, "nama": names[one]} for one in told.back],
            "dibiarkan": [{"id": one, "nama": names[one]} for one in told.kept],
        }
        context.out.document(document)
        return int(bool(told.kept))
    for one in told.back:
        context.out.line(f"{one} {names[one]}: {'dapat kembali' if args.uji_coba else 'kembali'} seperti semula.")
    for one in told.kept:
        context.out.line(f"{one} {names[one]}: dibiarkan; sudah diedit atau diajukan sesudah langkah itu.")
    left = f", {len(told.kept)} dibiarkan" if told.kept else ""
    end = " Uji coba: tidak ada yang diubah." if args.uji_coba else ""
    word = "dapat kembali" if args.uji_coba else "kembali"
    context.out.say(f"{step.words}: {len(told.back)} rencana {word} seperti semula{left}.{end}")
    return int(bool(told.kept))
