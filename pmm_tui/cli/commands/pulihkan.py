"""`pmm-tui pulihkan`: bring the data back from a copy, the damaged file and the recovery log."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import is_file
from pmm_tui.store.recovery.restore import restore


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Restore; tells what stands there now and where the old file lies. Raises InputError, AlreadyOpenError, StorageError."""
    source = expanded(args.berkas) if args.berkas else None
    if source is not None and not is_file(source):
        raise InputError(f"{source}: berkas cadangan tidak ada di situ; periksa nama dan tempatnya.")
    found = restore(context.locations.database, context.now(), source)
    if args.json:
        context.out.document(
            {
                "sumber": str(found.source) if found.source else "",
                "guru": found.teachers,
                "draf": found.drafts,
                "kiriman": found.envelopes,
                "disisihkan": str(found.set_aside) if found.set_aside else "",
            }
        )
    origin = f"dari cadangan {found.source}" if found.source else "tanpa cadangan, dari berkas lama dan catatan pemulihan"
    context.out.say(f"Dipulihkan {origin}: {found.teachers} guru, {found.drafts} draf, {found.envelopes} rencana tersegel.")
    if found.set_aside:
        context.out.say(f"Berkas lama disisihkan di {found.set_aside}.")
    context.out.say("Yang belum pasti sampai akan dikirim lagi; server tidak membuat rangkap.")
    return 0
