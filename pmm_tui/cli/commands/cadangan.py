"""`pmm-tui cadangan`: a checked copy of the data at a place of the operator's choice, such as a USB stick."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import Konteks
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import there
from pmm_tui.store import faults


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Copy; prints where to. Raises InputError for a file that is there already, StorageError, also for damaged data."""
    named = expanded(args.ke) if args.ke else konteks.locations.database.parent / "cadangan"
    if not there(konteks.locations.database):
        raise InputError(f"Belum ada data di {konteks.locations.database}; tidak ada yang dicadangkan.")
    stamp = f"{konteks.locations.database.stem}-{konteks.now().astimezone():%Y%m%d-%H%M%S}.db"
    target = named / stamp if named.is_dir() or not named.suffix else named
    if there(target):
        raise InputError(f"{target} sudah ada; beri nama lain.")
    with konteks.open_store() as store:
        if not store.database.check(full=True).baik:
            raise faults.corrupt(konteks.locations.database)
        store.database.backup(target)
    konteks.out.line(str(target))
    konteks.out.say("Cadangan sudah diperiksa dan utuh.")
    return 0
