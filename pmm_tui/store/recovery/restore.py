"""Bringing a database back: from the best sound copy, what the damaged file still says, and the recovery log.

Invariant: no byte of the file that was there is ever changed. Everything is tried out on copies; when the new database is whole and
on the disk, the old one gets a name of its own and the new one takes its place. Killed at any moment, the old file stands there, or
the whole new one, or for an instant neither: then the program refuses to begin afresh, and doing it again goes on from there.
"""

from __future__ import annotations

import contextlib
import filecmp
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from pmm_tui import held_file
from pmm_tui.errors import AlreadyOpenError, DiskFullError, InputError, StorageError
from pmm_tui.store import faults
from pmm_tui.store.database import Database
from pmm_tui.store.file import (
    SET_ASIDE,
    copies,
    copies_folder,
    make_folder,
    read_only_uri,
    refuse_left_log,
    side_file,
    sync_folder,
    wrecks,
)
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.holdings import CHOSEN, NOTHING, Holdings, Lack, holdings, lack, of_wreck
from pmm_tui.store.recovery.inspection import Passed, choose, duplicate, look
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.salvage import Wreck, salvage


class RestoreReport(Struct, frozen=True, kw_only=True):
    """What a restore did: from which copy (None: none), how many of each stand there now, what was set aside.

    `passed` are the copies that were not taken, and why; `copied` until when the copy that was taken reaches, empty for none;
    `lost` what the old file had and the new one has not, None where the old one could not be read.
    """

    source: Path | None
    teachers: int
    drafts: int
    envelopes: int
    set_aside: Path | None
    sound: bool
    passed: tuple[Passed, ...]
    copied: str
    lost: Lack | None


Agreed = Callable[[Lack], bool]
"""Asks whether sound data that are newer than the named copy may be replaced; is told what the copy lacks."""


def restore(path: Path, now: datetime, source: Path | None = None, agreed: Agreed = lambda _: True) -> RestoreReport:
    """Restore the database at `path`, from `source` or else from the copy that holds most; the result is kept among the copies too.

    Raises AlreadyOpenError, InputError when there is nothing to restore or to restore from, the named copy is not sound, or not
    `agreed`, NewerSchemaError, StorageError. After an error `path` is as it was.
    """
    try:
        make_folder(path.parent)
        if path.exists() and not path.is_file():
            raise faults.read_only(path)
        _refuse_if_open(path)
        with _workshop(path) as folder:
            return _restore(path, now, source, folder, agreed)
    except OSError as error:
        raise faults.of_system(error, path) from None
    except DiskFullError:
        raise faults.disk_full(path) from None


def _restore(path: Path, now: datetime, source: Path | None, folder: Path, agreed: Agreed) -> RestoreReport:
    before = _fingerprints(path)
    present = look(path, folder, named=source is None, log=Journal(path)) if path.exists() else None
    sound = isinstance(present, Holdings)
    if source is None and sound:
        raise InputError("Data ini utuh; tidak ada yang perlu dipulihkan. Sebut berkas cadangan bila memang ingin menggantinya.")
    named = look(source, folder, named=True) if source is not None else None
    if source is not None and not isinstance(named, Holdings):
        raise InputError(f"{faults.shown(source)}: bukan cadangan pmm-tui yang utuh; pilih cadangan lain.")
    if not (source or path.exists() or wrecks(path) or copies(path) or Journal(path).path.exists()):
        raise InputError(f"Belum ada data di {faults.shown(path)}, tidak ada pula cadangannya; tidak ada yang dipulihkan.")
    newer = lack(named, present) if isinstance(present, Holdings) and isinstance(named, Holdings) else Lack()
    if (newer.teachers or newer.drafts or newer.words) and not agreed(newer):  # what was sealed comes back from the recovery log
        raise InputError("Tidak jadi dipulihkan; data tidak diubah.")
    found = {copy: look(copy, folder) for copy in copies(path)}
    taken, passed = choose(found, now.astimezone().date()) if source is None else (source, ())
    stamp = f"{now.astimezone():%Y%m%d-%H%M%S}"
    new = folder / "baru.db"
    wreck = _salvaged(path, folder)
    chosen = max((held.chosen for held in (present, named, *found.values()) if isinstance(held, Holdings)), default=0)
    after = _build(new, path, taken, stamp, Wreck() if source else wreck, choice=chosen + 1 if source else None)
    if _fingerprints(path) != before:
        raise AlreadyOpenError("Data baru saja diubah program lain; tutup program itu lalu ulangi.")
    aside = _set_aside(path, stamp, SET_ASIDE[sound])
    held_file.replace(new, path)
    sync_folder(path.parent)
    was = present if isinstance(present, Holdings) else of_wreck(wreck)
    base = named or found.get(taken) if taken else None
    teachers, drafts, envelopes = after.counts
    return RestoreReport(
        source=taken,
        teachers=teachers,
        drafts=drafts,
        envelopes=envelopes,
        set_aside=aside,
        sound=sound,
        passed=passed,
        copied=base.last if isinstance(base, Holdings) else "",
        lost=lack(after, was) if was.counts != NOTHING.counts else None,
    )


@contextlib.contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """A temporary folder for copies and the new database; removes those that killed runs left behind."""
    for rest in path.parent.glob(f".{path.name}.pulih-*"):
        shutil.rmtree(rest, ignore_errors=True)
    folder = path.with_name(f".{path.name}.pulih-{os.urandom(4).hex()}")
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _refuse_if_open(path: Path) -> None:
    """Raise AlreadyOpenError when a running program holds the database; only reads, whatever stands there."""
    if not (path.exists() and path.stat().st_size):
        return  # nobody has such a file open, and SQLite would delete the log beside it
    try:
        with contextlib.closing(sqlite3.connect(read_only_uri(path), uri=True, timeout=0.2)) as probe:
            probe.execute("PRAGMA locking_mode = EXCLUSIVE")  # else reading would leave files beside it
            probe.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.Error as error:
        if isinstance(ours := faults.of_sqlite(error, path), AlreadyOpenError):
            raise ours from None
    except UnicodeDecodeError:  # SQLite quotes what is damaged
        pass


def _fingerprints(path: Path) -> list[tuple[int, int, int] | None]:
    """Number, size and time of the database and its log: one of them changes when somebody writes."""
    prints: list[tuple[int, int, int] | None] = []
    for file in (path, side_file(path)):
        try:
            found = file.stat()
        except FileNotFoundError:
            prints.append(None)
        else:
            prints.append((found.st_ino, found.st_size, found.st_mtime_ns))
    return prints


def _build(new: Path, path: Path, base: Path | None, stamp: str, wreck: Wreck, *, choice: int | None) -> Holdings:
    """Make the new database at `new`; returns what it holds.

    The operator who names a copy wants that state, which is the `choice` of that number; only what was sealed is added, as it may
    have been sent.
    """
    if base is not None:
        duplicate(base, new)
    database = Database(new)
    try:
        database.check(full=True)  # builds damaged indexes anew, on which what is added depends
        log = Journal(path)
        keep, withdrawn = choice is not None, log.withdrawn()
        database.call(merge, database, wreck, list(log.entries()), keep_drafts=keep, withdrawn=withdrawn)
        if choice is not None:
            database.call(_note_choice, database, choice)
        if not database.check(full=True).good:
            raise StorageError(f"Pemulihan gagal: hasilnya tidak utuh. Berkas lama tetap di {faults.shown(path)}.")
        after = database.call(lambda: holdings(database.connection))
        with contextlib.suppress(StorageError):  # no room for one more copy is no reason to go without the data
            database.backup(copies_folder(path) / f"{path.stem}-pulih-{stamp}{path.suffix}")
    finally:
        database.close()
    refuse_left_log(new, path)
    return after


def _note_choice(database: Database, number: int) -> None:
    with database.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", (CHOSEN, str(number)))


def _salvaged(path: Path, folder: Path) -> Wreck:
    """What the damaged file still says; the one set aside last where a restore was killed before the new file stood."""
    wreck = path if path.exists() else next(iter(wrecks(path)), None)
    if wreck is None:
        return Wreck()
    copy = folder / "lama.db"
    duplicate(wreck, copy)
    return salvage(copy)


def _set_aside(path: Path, stamp: str, kind: str) -> Path | None:
    """Rename the old database and its log; the file first, so that it never stands there without its log."""
    log = side_file(path)
    last = next(iter(wrecks(path)), None)
    if not path.exists() and log.exists() and last and _same(log, side_file(last)):
        held_file.remove(log)  # a restore was killed just before it did so
    if not path.exists() and not log.exists():
        return last
    aside, number = path.with_name(f"{path.name}.{kind}-{stamp}"), 0
    while aside.exists() or side_file(aside).exists():
        number += 1
        aside = path.with_name(f"{path.name}.{kind}-{stamp}-{number}")
    if log.exists():
        _name_twice(log, side_file(aside))
    if path.exists():
        held_file.rename(path, aside)
    held_file.remove(log, missing_ok=True)
    sync_folder(path.parent)
    return aside if aside.exists() else side_file(aside)


def _same(one: Path, other: Path) -> bool:
    return other.exists() and filecmp.cmp(one, other, shallow=False)


def _name_twice(path: Path, to: Path) -> None:
    """Let a file stand under a second name; as a copy where the file system has no links."""
    try:
        os.link(path, to)
    except OSError:
        copy = to.with_name(f".{to.name}")
        shutil.copyfile(path, copy)
        with copy.open("rb+") as file:
            os.fsync(file.fileno())
        held_file.rename(copy, to)
