"""`pmm-tui pulihkan`: bring the data back from a copy, the damaged file and the recovery log."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import Konteks
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import is_file
from pmm_tui.store.recovery.restore import restore


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Restore; tells what stands there now and where the old file lies. Raises InputError, AlreadyOpenError, StorageError."""
    source = expanded(args.berkas) if args.berkas else None
    if source is not None and not is_file(source):
        raise InputError(f"{source}: berkas cadangan tidak ada di situ; periksa nama dan tempatnya.")
    found = restore(konteks.locations.database, konteks.now(), source)
    if args.json:
        konteks.out.document(
            {
                "sumber": str(found.sumber) if found.sumber else "",
                "guru": found.guru,
                "draf": found.draf,
                "kiriman": found.kiriman,
                "disisihkan": str(found.disisihkan) if found.disisihkan else "",
            }
        )
    asal = f"dari cadangan {found.sumber}" if found.sumber else "tanpa cadangan, dari berkas lama dan catatan pemulihan"
    konteks.out.say(f"Dipulihkan {asal}: {found.guru} guru, {found.draf} draf, {found.kiriman} rencana tersegel.")
    if found.disisihkan:
        konteks.out.say(f"Berkas lama disisihkan di {found.disisihkan}.")
    konteks.out.say("Yang belum pasti sampai akan dikirim lagi; server tidak membuat rangkap.")
    return 0
