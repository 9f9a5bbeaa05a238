"""`pmm-tui impor`: the school's teachers from a Dapodik file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.roster.compare import count_by_outcome, summary
from pmm_tui.roster.decide import decide
from pmm_tui.roster.model import ComparedRow, outcome_words
from pmm_tui.services.roster_import import preview, take

_HOW = (
    "Yang perlu diputuskan belum disimpan; jalankan lagi dengan --putuskan BARIS=sama (orang yang sama, perbarui) atau "
    "--putuskan BARIS=lewati (orang lain; betulkan nomornya di Dapodik)."
)


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Read the file, tell what each row does, and store it unless only tried out.

    The exit code is 1 when a row was refused or waits for a decision.
    """
    if args.kerangka is not None:
        from pmm_tui.cli.skeleton_text import write_skeleton  # late: it needs neither the data nor the catalogue

        return write_skeleton(args, context.out)
    with context.open_store() as store:
        in_force = context.in_force(store)
        found = preview(store, Path(args.berkas), in_force.katalog, context.today(), args.lembar)
        rows = decide(found.rows, args.putuskan)
        if not args.uji_coba:
            take(store, rows)
    counts = count_by_outcome(rows)
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, **summary(found.reading, rows)})
    else:
        context.out.say(f"{found.reading.file_name}: {found.reading.origin}")
        for note in found.reading.notes:
            context.out.say(note)
        if found.reading.left_out:
            context.out.say('Untuk membaca yang lain, tambahkan --lembar "NAMA", atau --lembar semua.')
        for row in rows:
            for line in _lines(row):
                context.out.line(line)
        told = ", ".join(f"{count} {outcome_words(state)}" for state, count in counts.items())
        context.out.say(f"{told}{' (uji coba: tidak ada yang disimpan)' if args.uji_coba else ''}.")
        if counts.get("perlu_diputuskan"):
            context.out.say(_HOW)
    return int(counts["ditolak"] + counts.get("perlu_diputuskan", 0) > 0)


def _lines(row: ComparedRow) -> list[str]:
    """What a row does, nothing for one that changes nothing and has no remark."""
    found = [f"  {note.column}: {note.message}" for note in (*row.reasons, *row.warnings)]
    if row.outcome == "sama" and not found:
        return []
    changes = "; ".join(f"{u.column}: {u.origin or '(kosong)'} -> {u.becomes or '(kosong)'}" for u in row.field_changes)
    if row.outcome == "perlu_diputuskan":
        changes = f"bila orang yang sama: {changes}"
    return [f"{row.place} {outcome_words(row.outcome)}: {row.name}{f' ({changes})' if changes else ''}", *found]
