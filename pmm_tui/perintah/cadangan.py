"""`pmm-tui cadangan`: a checked copy of the data at a place of the operator's choice, such as a USB stick."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.errors import InputError
from pmm_tui.perintah.konteks import Konteks


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Copy; prints where to. Raises InputError for a file that is there already, StorageError."""
    named = Path(args.ke).expanduser().absolute() if args.ke else konteks.locations.database.parent / "cadangan"
    if not konteks.locations.database.exists():
        raise InputError(f"Belum ada data di {konteks.locations.database}; tidak ada yang dicadangkan.")
    stamp = f"{konteks.locations.database.stem}-{konteks.now().astimezone():%Y%m%d-%H%M%S}.db"
    target = named / stamp if named.is_dir() or not named.suffix else named
    if target.exists():
        raise InputError(f"{target} sudah ada; beri nama lain.")
    with konteks.open_store() as store:
        store.database.backup(target)
    konteks.out.line(str(target))
    konteks.out.say("Cadangan sudah diperiksa dan utuh.")
    return 0
