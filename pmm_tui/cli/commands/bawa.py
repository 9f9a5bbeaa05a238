"""`pmm-tui bawa`: carry the plans of an earlier period over into another."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.copy_output import do_and_tell, parts_of
from pmm_tui.cli.problem_text import ids_or_all
from pmm_tui.errors import UsageError
from pmm_tui.services.carry_over import previous_periode, try_carry_over
from pmm_tui.services.listing import find_teachers


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Carry over; exit code 1 when somebody, or something of somebody, was left out."""
    ids_or_all(args.id, args.semua, "--semua")
    with context.open_store() as store:
        in_force = context.in_force(store, args.ke)
        before = previous_periode(in_force.katalog, in_force.periode)
        if not args.dari and before is None:
            raise UsageError(f"Sebelum {in_force.label} tidak ada periode di katalog; tulis --dari PERIODE.")
        old = context.in_force(store, args.dari or (before.id if before else ""))
        chosen, refused = find_teachers(store, args.id)
        ids = [one.id for one in (store.roster.all() if args.semua else chosen)]
        trial = try_carry_over(store, old, in_force, context.today(), ids, parts_of(args), replace=args.timpa)
        return do_and_tell(args, context, store, in_force, trial, refused)
