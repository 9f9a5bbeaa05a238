"""Bringing a database back: from the newest sound copy, what the damaged file still says, and the recovery log.

Invariant: the file that was there is set aside under a name of its own before another takes its place, and the new one takes it in
one step; killed at any moment, either the old file stands there or the whole new one, and doing it again goes on from there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import AlreadyOpenError, InputError, NewerSchemaError, PmmError, StorageError
from pmm_tui.store import faults
from pmm_tui.store.daily import copies
from pmm_tui.store.database import Database
from pmm_tui.store.file import side_file, sync_folder
from pmm_tui.store.journal import Journal
from pmm_tui.store.merge import merge
from pmm_tui.store.salvage import salvage


class Pemulihan(Struct, frozen=True, kw_only=True):
    """What a restore did: from which copy (None: none), how many of each stand there now, what was set aside."""

    sumber: Path | None
    guru: int
    draf: int
    kiriman: int
    disisihkan: Path | None


def restore(path: Path, now: datetime, source: Path | None = None) -> Pemulihan:
    """Restore the database at `path`, from `source` or by itself.

    Raises AlreadyOpenError, InputError when nothing is damaged and no copy was named, or the named one is not sound, StorageError.
    """
    sound = _sound_in_place(path)  # which also takes the log of a sound one into the file, so that none is left behind
    if source is None and sound:
        raise InputError("Data ini utuh; tidak ada yang perlu dipulihkan. Sebut berkas cadangan bila memang ingin menggantinya.")
    if source is not None and not _sound(source):
        raise InputError(f"{faults.shown(source)}: bukan cadangan pmm-tui yang utuh; pilih cadangan lain.")
    try:
        base = source or next((copy for copy in copies(path) if _sound(copy)), None)
        aside = _set_aside(path, now)
        draft = path.with_name(f".{path.name}.pulih-{os.urandom(4).hex()}{path.suffix}")
        try:
            found = _build(draft, path, base, explicit=source is not None)
            side_file(path).unlink(missing_ok=True)
            draft.replace(path)
            sync_folder(path.parent)
        finally:
            for rest in (draft, side_file(draft), Journal(draft).path):
                rest.unlink(missing_ok=True)
    except OSError as error:
        raise faults.of_system(error, path) from None
    return Pemulihan(sumber=base, guru=found[0], draf=found[1], kiriman=found[2], disisihkan=aside)


def wrecks(path: Path) -> list[Path]:
    """The damaged files that were set aside, the newest first."""
    with contextlib.suppress(OSError):
        found = [w for w in path.parent.glob(f"{path.name}.rusak-*") if not w.name.endswith("-wal")]
        return sorted(found, reverse=True)
    return []


def _sound_in_place(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        database = Database(path)
    except (AlreadyOpenError, NewerSchemaError):
        raise
    except PmmError:
        return False
    try:
        return database.check(full=True).baik
    finally:
        database.close()


def _sound(copy: Path) -> bool:
    """Whether a copy is a whole database of ours; it is looked at in a copy of its own, as looking migrates."""
    probe = copy.with_name(f".{copy.name}.periksa-{os.urandom(4).hex()}{copy.suffix}")
    try:
        shutil.copyfile(copy, probe)
        with contextlib.suppress(OSError):
            shutil.copyfile(side_file(copy), side_file(probe))
        database = Database(probe)
        try:
            return database.check(full=True).baik
        finally:
            database.close()
    except (OSError, PmmError):
        return False
    finally:
        for rest in (probe, side_file(probe)):
            with contextlib.suppress(OSError):
                rest.unlink(missing_ok=True)


def _set_aside(path: Path, now: datetime) -> Path | None:
    """Copy what is there to a name of its own, log and all; the original stays until the new file replaces it."""
    if not path.exists():
        return None
    aside = path.with_name(f"{path.name}.rusak-{now.astimezone():%Y%m%d-%H%M%S}")
    number = 0
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.rusak-{now.astimezone():%Y%m%d-%H%M%S}-{number}")
    for old, new in ((side_file(path), side_file(aside)), (path, aside)):
        with contextlib.suppress(FileNotFoundError):
            shutil.copyfile(old, new)
            new.chmod(0o600)
    sync_folder(path.parent)
    return aside


def _build(draft: Path, path: Path, base: Path | None, *, explicit: bool) -> tuple[int, int, int]:
    """Make the new database at `draft`; returns how many teachers, drafts and envelopes it holds."""
    if base is not None:
        shutil.copyfile(base, draft)
        draft.chmod(0o600)
    database = Database(draft)
    try:
        # The operator who names a copy wants that state; only what was sealed is added, as it may have been sent.
        sources = [] if explicit else [salvage(wreck) for wreck in [path, *wrecks(path)] if wreck.exists()]
        counts = database.call(merge, database, sources, list(Journal(path).entries()))
        if not database.check(full=True).baik:
            raise StorageError(f"Pemulihan gagal: hasilnya tidak utuh. Berkas lama tetap di {faults.shown(path)}.")
    finally:
        database.close()
    return counts
