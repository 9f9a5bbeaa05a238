"""`pmm-tui cadangan`: a checked copy of the data at a place of the operator's choice, such as a USB stick."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import there
from pmm_tui.store import faults


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Copy; prints where to. Raises InputError for a file that is there already, StorageError, also for damaged data."""
    named = expanded(args.ke) if args.ke else context.locations.database.parent / "cadangan"
    if not there(context.locations.database):
        raise InputError(f"Belum ada data di {context.locations.database}; tidak ada yang dicadangkan.")
    stamp = f"{context.locations.database.stem}-{context.now().astimezone():%Y%m%d-%H%M%S}.db"
    target = named / stamp if named.is_dir() or not named.suffix else named
    if there(target):
        raise InputError(f"{target} sudah ada; beri nama lain.")
    with context.open_store() as store:
        if not store.database.check(full=True).good:
            raise faults.corrupt(context.locations.database)
        store.database.backup(target)
    context.out.line(str(target))
    context.out.say("Cadangan sudah diperiksa dan utuh.")
    return 0
