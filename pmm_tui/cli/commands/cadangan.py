"""`pmm-tui cadangan`: a checked copy of the data at a place of the operator's choice, such as a USB stick."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.ask import agreed
from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import there
from pmm_tui.store import faults, unfinished


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Copy; tells where to. Raises InputError, as for a file that is there already, UsageError, StorageError, also for damage."""
    named = expanded(args.ke) if args.ke else context.locations.database.parent / "cadangan"
    if not there(context.locations.database):
        raise InputError(f"Belum ada data di {context.locations.database}; tidak ada yang dicadangkan.")
    stamp = f"{context.locations.database.stem}-{context.now().astimezone():%Y%m%d-%H%M%S}.db"
    target = named / stamp if named.is_dir() or not named.suffix else named
    if there(target):
        raise InputError(f"{target} sudah ada; beri nama lain.")
    if args.ke and not args.buat_folder:
        _agree_to_make(target.parent, context)
    with context.open_store() as store:
        unfinished.clear(context.locations.database)
        if not store.database.check(full=True).good:
            raise faults.corrupt(context.locations.database)
        with unfinished.noted(context.locations.database, target):
            store.database.backup(target)
    if args.json:
        context.out.document({"berkas": str(target), "ukuran_kb": target.stat().st_size // 1024, "utuh": True})
    else:
        context.out.line(str(target))
    context.out.say("Cadangan sudah diperiksa dan utuh.")
    return 0


def _agree_to_make(folder: Path, context: RunContext) -> None:
    """Ask before a folder is made: a stick that is not there, or a typing error, would put the copy on the inner disk."""
    if there(folder):
        return
    absent = f"Folder {faults.shown(folder)} belum ada"
    if not agreed(
        f"{absent}: USB belum dipasang, atau salah ketik? Buat folder itu dan tulis cadangan di sana?",
        f"{absent}; pasang USB atau periksa namanya, atau pakai --buat-folder untuk membuatnya.",
        context,
    ):
        raise InputError("Tidak jadi; tidak ada yang disalin.")
