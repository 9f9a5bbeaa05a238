"""`pmm-tui salin`: fill the plans of some teachers like the plan of one."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.copy_output import do_and_tell, one_teacher, parts_of
from pmm_tui.services.copying import source_of_teacher, try_copy
from pmm_tui.services.listing import find_teachers


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Copy; exit code 1 when somebody, or something of somebody, was left out."""
    with context.open_store() as store:
        in_force = context.in_force(store)
        source = source_of_teacher(store, in_force, one_teacher(store, args.dari).id)
        chosen, refused = find_teachers(store, args.ke)
        ids = [one.id for one in chosen]
        trial = try_copy(store, in_force, context.today(), source, ids, parts_of(args), replace=args.timpa)
        return do_and_tell(args, context, store, in_force, trial, refused)
