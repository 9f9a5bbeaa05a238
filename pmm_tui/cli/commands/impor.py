"""`pmm-tui impor`: the school's teachers from a Dapodik file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.roster.compare import count_by_outcome, summary
from pmm_tui.roster.model import ComparedRow
from pmm_tui.services.roster_import import preview, take


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Read the file, tell what each row does, and store it unless only tried out; exit code 1 when a row was refused."""
    with context.open_store() as store:
        in_force = context.in_force(store)
        found = preview(store, Path(args.berkas), in_force.katalog, context.today())
        if not args.uji_coba:
            take(store, found.rows)
    counts = count_by_outcome(found.rows)
    if args.json:
        context.out.document({"uji_coba": args.uji_coba, **summary(found.reading, found.rows)})
    else:
        context.out.say(f"{found.reading.file_name}: {found.reading.origin}")
        for row in found.rows:
            for line in _lines(row):
                context.out.line(line)
        told = ", ".join(f"{count} {state}" for state, count in counts.items())
        context.out.say(f"{told}{' (uji coba: tidak ada yang disimpan)' if args.uji_coba else ''}.")
    return int(counts["ditolak"] > 0)


def _lines(row: ComparedRow) -> list[str]:
    """What a row does, nothing for one that changes nothing and has no remark."""
    found = [f"  {note.column}: {note.message}" for note in (*row.reasons, *row.warnings)]
    if row.outcome == "sama" and not found:
        return []
    changes = "; ".join(f"{u.column}: {u.origin or '(kosong)'} -> {u.becomes}" for u in row.field_changes)
    return [f"baris {row.row} {row.outcome}: {row.name}{f' ({changes})' if changes else ''}", *found]
