"""The database file itself: making a new one whole or not at all, and what may not be taken for one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import time
from pathlib import Path

from pmm_tui import held_file
from pmm_tui.store import faults, schema

SET_ASIDE = ("rusak", "sebelum-pulihkan")
"""What the files that a restore set aside are called: damaged ones, and sound ones that a copy has taken the place of."""

_STALE = 60.0  # seconds after which a half-made file cannot be another copy's that is just starting


def ensure(path: Path, steps: schema.Steps) -> None:
    """Make an empty database at `path` unless one stands there.

    An empty file, or a log, a copy or a file set aside without its database, is what is left of lost data, and never taken for a
    fresh start. Raises StorageError, CorruptError.
    """
    try:
        if not path.exists():
            make_folder(path.parent)
            rest = side_file(path).exists() or recovery_log(path).exists() or wrecks(path) or copies(path)
            if rest and not path.exists():  # which another copy may just have made
                raise faults.corrupt(path)
            _create(path, steps)
        elif not path.is_file():
            raise faults.read_only(path)
        elif path.stat().st_size == 0:
            raise faults.corrupt(path)
        elif os.name == "posix" and path.stat().st_mode & 0o077:
            with contextlib.suppress(PermissionError):  # another user's: whether it can be written is SQLite's to say
                path.chmod(0o600)
    except OSError as error:
        raise faults.of_system(error, path) from None


def refuse_foreign(path: Path) -> None:
    """Refuse what is no database although a log of one lies beside it; raises CorruptError.

    SQLite would read through the log, and in the end write the log over the file.
    """
    with contextlib.closing(sqlite3.connect(read_only_uri(path, immutable=True), uri=True)) as probe:  # as if there were no log
        try:
            probe.execute("PRAGMA user_version").fetchone()
        except sqlite3.Error as error:
            if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_NOTADB"):
                raise faults.corrupt(path) from None


def read_only_uri(path: Path, *, immutable: bool = False) -> str:
    """How SQLite is told to read a file alone; `immutable`: without its log and without locks.

    Written by hand: of a folder that another computer shares `Path.as_uri` makes what SQLite refuses.
    """
    from urllib.parse import quote  # lazy: only what looks at a file from outside needs it

    place = path.absolute().as_posix()
    root = "" if place.startswith("/") else "/"  # a drive's letter
    return f"file://{root}{quote(os.fsencode(place), safe='/:')}?mode=ro{'&immutable=1' if immutable else ''}"


def side_file(path: Path) -> Path:
    """SQLite's write-ahead log of a database; it stands there after a stop that was not clean."""
    return path.with_name(path.name + "-wal")


def recovery_log(path: Path) -> Path:
    """The recovery log of a database (see `journal`)."""
    return path.with_name(f"{path.stem}-pemulihan.ndjson")


def copies_folder(path: Path) -> Path:
    """Where the copies of a database lie."""
    return path.parent / "cadangan"


def copies(path: Path) -> list[Path]:
    """The copies of a database, the newest first; those made before a migration are among them."""
    try:
        every_copy = [c for c in copies_folder(path).iterdir() if c.suffix == path.suffix and c.name.startswith(path.stem)]
        return sorted(every_copy, key=lambda copy: copy.stat().st_mtime, reverse=True)
    except OSError:
        return []


def wrecks(path: Path) -> list[Path]:
    """The files that a restore set aside, damaged or not, the newest first."""
    with contextlib.suppress(OSError):
        kinds = {kind: path.parent.glob(f"{path.name}.{kind}-*") for kind in SET_ASIDE}
        set_aside = {wreck: wreck.name[len(f"{path.name}.{kind}-") :] for kind, found in kinds.items() for wreck in found}
        return sorted((wreck for wreck in set_aside if not wreck.name.endswith("-wal")), key=lambda w: set_aside[w], reverse=True)
    return []


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, so that no power cut takes them with what is in them; raises OSError."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(PermissionError):  # a folder that may be written and entered, but not read
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut; does nothing on Windows and where the file system does not offer it."""
    if os.name != "posix":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(number)


def remove_stale(folder: Path, pattern: str) -> None:
    """Remove half-made files and folders that a killed run left; never those of a copy that may just be at work."""
    for rest in folder.glob(pattern):
        with contextlib.suppress(OSError):
            if abs(time.time() - rest.stat().st_mtime) > _STALE:
                shutil.rmtree(rest) if rest.is_dir() else held_file.remove(rest)


def remove_database(path: Path) -> None:
    """Remove a draft or a copy, with what SQLite may have left beside it; raises OSError."""
    for kind in ("", "-journal", "-wal", "-shm"):
        held_file.remove(path.with_name(f"{path.name}{kind}"), missing_ok=True)


def refuse_left_log(draft: Path, target: Path) -> None:
    """Raise DiskFullError for `target` when closing `draft` has left its log beside it.

    SQLite does that without an error where there is no room to write the log into the file; the file alone is then incomplete.
    """
    if side_file(draft).exists():
        raise faults.disk_full(target)


def _create(path: Path, steps: schema.Steps) -> None:
    remove_stale(path.parent, f".{path.name}.baru-*")
    draft = path.with_name(f".{path.name}.baru-{os.urandom(4).hex()}")
    try:
        number = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            _fill(draft, steps)
            os.fsync(number)
        finally:
            os.close(number)
        with contextlib.suppress(FileExistsError):  # another copy was faster: then its file is the one
            _place(draft, path)
        sync_folder(path.parent)
    finally:
        remove_database(draft)


def _fill(draft: Path, steps: schema.Steps) -> None:
    """Write the empty tables; nothing is at stake before the file has its name, so SQLite need not sync."""
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        for statement in (
            "PRAGMA synchronous = OFF",
            f"PRAGMA application_id = {schema.APPLICATION_ID}",
            "PRAGMA locking_mode = EXCLUSIVE",
            "PRAGMA journal_mode = WAL",
            "BEGIN",
        ):
            connection.execute(statement)
        schema.prepare(connection, 0, steps)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if ours := faults.of_sqlite(error, draft):
            raise ours from error
        raise
    finally:
        connection.close()
    refuse_left_log(draft, draft)


def _place(draft: Path, path: Path) -> None:
    """Give the file its name without ever replacing one; raises FileExistsError."""
    if os.name == "posix":
        try:
            os.link(draft, path)
            return
        except FileExistsError:
            raise
        except OSError:  # a file system without links, such as a USB stick's
            if path.exists():
                raise FileExistsError(str(path)) from None
    held_file.rename(draft, path)


def identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at `path`; None for none.

    On Windows, where an open file cannot be replaced and not every file has a number, all files count as the same.
    """
    try:
        state = path.stat()
    except OSError:
        return None
    return (state.st_dev, state.st_ino) if os.name == "posix" else (0, 0)
