"""`pmm-tui pulihkan`: bring the data back from a copy, the damaged file and the recovery log."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pmm_tui.cli.ask import agreed
from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError
from pmm_tui.locations import expanded
from pmm_tui.private_file import is_file, make_private_folder
from pmm_tui.services.copy_owner import owner_of_copy
from pmm_tui.store.recovery.holdings import Lack
from pmm_tui.store.recovery.inspection import Passed
from pmm_tui.store.recovery.restore import RestoreReport, restore
from pmm_tui.store.times import from_text


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Restore; tells what stands there now, what is missing, what was passed over and where the old file lies.

    Raises InputError, UsageError, AlreadyOpenError, StorageError.
    """
    source = expanded(args.berkas) if args.berkas else None
    if source is not None and not is_file(source):
        raise InputError(f"{source}: berkas cadangan tidak ada di situ; periksa nama dan tempatnya.")

    if source is not None:
        _refuse_other_school(source, context)

    def may_replace(newer: Lack) -> bool:
        days = f" dan {newer.days} hari lebih baru" if newer.days else ""
        told = f"Data sekarang utuh{days}; yang tidak ada di cadangan itu: {newer}"
        return bool(args.ya) or agreed(
            f"{told}. Ganti data sekarang dengan cadangan itu? Yang tersegel tetap kembali; data sekarang disisihkan.",
            f"{told}; pakai --ya bila memang ingin menggantinya.",
            context,
        )

    found = restore(context.locations.database, context.now(), source, may_replace)
    if args.json:
        context.out.document(_document(found))
    origin = f"dari cadangan {found.source}" if found.source else "tanpa cadangan, dari berkas lama dan catatan pemulihan"
    context.out.say(f"Dipulihkan {origin}: {found.teachers} guru, {found.drafts} draf, {found.envelopes} rencana tersegel.")
    for line in _rest(found):
        context.out.say(line)
    context.out.say("Yang belum pasti sampai akan dikirim lagi; server tidak membuat rangkap.")
    return 0


def _refuse_other_school(source: Path, context: RunContext) -> None:
    """Raise InputError for a copy of another school's records: taking it in would put its plans into this school's outbox."""
    folder = context.locations.data_folder
    make_private_folder(folder)
    theirs = owner_of_copy(source, folder)
    ours = context.school or owner_of_copy(context.locations.database, folder)
    if theirs and ours and theirs != ours:
        raise InputError(
            f"{source}: cadangan sekolah NPSN {theirs}, bukan NPSN {ours}; tidak ada yang diubah."
            f" Untuk sekolah itu: pmm-tui --sekolah {theirs} pulihkan BERKAS (lihat pmm-tui sekolah daftar)."
        )


def _rest(found: RestoreReport) -> Iterator[str]:
    """What is missing, what was not taken, and where the old file lies."""
    if found.lost:
        yield f"Yang tidak kembali dari data sebelumnya: {found.lost}."
    elif found.lost is None and not found.sound and found.set_aside:
        until = f" sesudah {from_text(found.copied).astimezone():%d-%m-%Y %H.%M}" if found.copied else ""
        yield f"Berkas lama tidak terbaca: draf yang diubah{until} dan belum disegel mungkin hilang; periksa daftar guru."
    for passed in found.passed:
        yield f"Dilewati: {passed.path} ({_why(passed)})."
    if found.set_aside:
        yield f"{'Data sebelumnya' if found.sound else 'Berkas lama'} disisihkan di {found.set_aside}."


def _why(passed: Passed) -> str:
    if passed.held is None:
        return passed.why
    teachers, drafts, envelopes = passed.held.counts
    return f"{passed.why}: {teachers} guru, {drafts} draf, {envelopes} rencana tersegel"


def _document(found: RestoreReport) -> dict[str, object]:
    lost = found.lost
    return {
        "sumber": str(found.source) if found.source else "",
        "guru": found.teachers,
        "draf": found.drafts,
        "kiriman": found.envelopes,
        "disisihkan": str(found.set_aside) if found.set_aside else "",
        "hilang": None if lost is None else _lost(lost),
        "dilewati": [_passed(passed) for passed in found.passed],
    }


def _lost(lost: Lack) -> dict[str, int]:
    own = {"isian_sendiri": lost.words} if lost.words else {}
    return {"guru": lost.teachers, "draf": lost.drafts, "kiriman": lost.envelopes, **own}


def _passed(passed: Passed) -> dict[str, object]:
    counts = passed.held.counts if passed.held else (None, None, None)
    return {"berkas": str(passed.path), "sebab": passed.why, **dict(zip(("guru", "draf", "kiriman"), counts, strict=True))}
