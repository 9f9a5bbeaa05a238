"""Bringing a database back: from the newest sound copy, what the damaged file still says, and the recovery log.

Invariant: no byte of the file that was there is ever changed. Everything is tried out on copies; when the new database is whole and
on the disk, the old one gets a name of its own and the new one takes its place. Killed at any moment, the old file stands there, or
the whole new one, or for an instant neither: then the program refuses to begin afresh, and doing it again goes on from there.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct

from pmm_tui import held_file
from pmm_tui.errors import AlreadyOpenError, DiskFullError, InputError, NewerSchemaError, PmmError, StorageError
from pmm_tui.store import faults
from pmm_tui.store.database import Database
from pmm_tui.store.file import copies, copies_folder, make_folder, refuse_left_log, remove_database, side_file, sync_folder, wrecks
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.merge import merge, missing
from pmm_tui.store.recovery.salvage import Wreck, salvage


class RestoreReport(Struct, frozen=True, kw_only=True):
    """What a restore did: from which copy (None: none), how many of each stand there now, what was set aside."""

    source: Path | None
    teachers: int
    drafts: int
    envelopes: int
    set_aside: Path | None


def restore(path: Path, now: datetime, source: Path | None = None) -> RestoreReport:
    """Restore the database at `path`, from `source` or else from the newest sound copy; the result is kept among the copies too.

    Raises AlreadyOpenError, InputError when there is nothing to restore or to restore from, or the named copy is not sound,
    NewerSchemaError, StorageError. After an error `path` is as it was.
    """
    try:
        make_folder(path.parent)
        if path.exists() and not path.is_file():
            raise faults.read_only(path)
        _refuse_if_open(path)
        with _workshop(path) as folder:
            return _restore(path, now, source, folder)
    except OSError as error:
        raise faults.of_system(error, path) from None
    except DiskFullError:
        raise faults.disk_full(path) from None


def _restore(path: Path, now: datetime, source: Path | None, folder: Path) -> RestoreReport:
    before = _fingerprints(path)
    sound = path.exists() and _sound(path, folder, named=source is None, log=Journal(path))
    if source is None and sound:
        raise InputError("Data ini utuh; tidak ada yang perlu dipulihkan. Sebut berkas cadangan bila memang ingin menggantinya.")
    if source is not None and not _sound(source, folder, named=True):
        raise InputError(f"{faults.shown(source)}: bukan cadangan pmm-tui yang utuh; pilih cadangan lain.")
    if not (source or path.exists() or wrecks(path) or copies(path) or Journal(path).path.exists()):
        raise InputError(f"Belum ada data di {faults.shown(path)}, tidak ada pula cadangannya; tidak ada yang dipulihkan.")
    base = source or next((copy for copy in copies(path) if _sound(copy, folder)), None)
    stamp = f"{now.astimezone():%Y%m%d-%H%M%S}"
    new = folder / "baru.db"
    counts = _build(new, path, base, stamp, explicit=source is not None)
    if _fingerprints(path) != before:
        raise AlreadyOpenError("Data baru saja diubah program lain; tutup program itu lalu ulangi.")
    aside = _set_aside(path, stamp)
    held_file.replace(new, path)
    sync_folder(path.parent)
    return RestoreReport(source=base, teachers=counts[0], drafts=counts[1], envelopes=counts[2], set_aside=aside)


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
        with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as probe:
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


def _sound(copy: Path, folder: Path, *, named: bool = False, log: Journal | None = None) -> bool:
    """Whether a copy is a whole database of ours, with all that is in its `log`; it is looked at in a copy of its own.

    Raises OSError when there is no room to look; for one that matters by itself (`named`) NewerSchemaError.
    """
    probe = folder / "periksa.db"
    try:
        _duplicate(copy, probe)
        database = Database(probe)
        try:
            sealed = tuple(log.entries()) if log else ()
            return database.check(full=True).good and not database.call(
                lambda: any(map(partial(missing, database.connection), sealed))
            )
        finally:
            database.close()
    except NewerSchemaError:
        if named:
            raise NewerSchemaError(
                f"Berkas {faults.shown(copy)} dibuat versi pmm-tui yang lebih baru; pasang versi baru itu di sini, atau sebut"
                " berkas cadangan yang akan dipakai. Tidak ada yang diubah."
            ) from None
        return False
    except (PmmError, OSError) as error:
        if isinstance(error, DiskFullError) or getattr(error, "errno", 0) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        return False
    finally:
        remove_database(probe)


def _duplicate(path: Path, to: Path) -> None:
    """Copy a database that nobody writes to, with its log."""
    for old, new in ((side_file(path), side_file(to)), (path, to)):
        if old.exists() or old == path:
            shutil.copyfile(old, new)
            new.chmod(0o600)


def _build(new: Path, path: Path, base: Path | None, stamp: str, *, explicit: bool) -> tuple[int, int, int]:
    """Make the new database at `new`; returns how many teachers, drafts and envelopes it holds.

    The operator who names a copy (`explicit`) wants that state; only what was sealed is added, as it may have been sent.
    """
    if base is not None:
        _duplicate(base, new)
    database = Database(new)
    try:
        database.check(full=True)  # builds damaged indexes anew, on which what is added depends
        wreck = Wreck() if explicit else _salvaged(path, new.parent)
        counts = database.call(merge, database, wreck, list(Journal(path).entries()), keep_drafts=explicit)
        if not database.check(full=True).good:
            raise StorageError(f"Pemulihan gagal: hasilnya tidak utuh. Berkas lama tetap di {faults.shown(path)}.")
        with contextlib.suppress(StorageError):  # no room for one more copy is no reason to go without the data
            database.backup(copies_folder(path) / f"{path.stem}-pulih-{stamp}{path.suffix}")
    finally:
        database.close()
    refuse_left_log(new, path)
    return counts


def _salvaged(path: Path, folder: Path) -> Wreck:
    """What the damaged file still says; the one set aside last where a restore was killed before the new file stood."""
    wreck = path if path.exists() else next(iter(wrecks(path)), None)
    if wreck is None:
        return Wreck()
    copy = folder / "lama.db"
    _duplicate(wreck, copy)
    return salvage(copy)


def _set_aside(path: Path, stamp: str) -> Path | None:
    """Rename the old database and its log; the file first, so that it never stands there without its log."""
    log = side_file(path)
    last = next(iter(wrecks(path)), None)
    if not path.exists() and log.exists() and last and _same(log, side_file(last)):
        held_file.remove(log)  # a restore was killed just before it did so
    if not path.exists() and not log.exists():
        return last
    aside, number = path.with_name(f"{path.name}.rusak-{stamp}"), 0
    while aside.exists() or side_file(aside).exists():
        number += 1
        aside = path.with_name(f"{path.name}.rusak-{stamp}-{number}")
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
