"""What SQLite and the system say when storage fails, in words of our own."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from pathlib import Path

from pmm_tui import held_file
from pmm_tui.errors import AlreadyOpenError, CorruptError, DiskFullError, PmmError, ReadOnlyError, StorageError
from pmm_tui.text import clean

ROOM_MB = 20
"""Free megabytes that a school's database needs at most to go on."""

_WINDOWS_FULL = (39, 112)  # ERROR_HANDLE_DISK_FULL, of which Python makes no errno of its own; ERROR_DISK_FULL
_NO_ROOM = ("SQLITE_CANTOPEN", "SQLITE_IOERR")  # so SQLite calls it when there is no room for the files beside a database
_SIDE_FILES = 64 * 1024
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_TRUNCATE")
_CLOSED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_IOERR_ACCESS")
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")
_MISFIT = r"^no such |already exists|duplicate column|^unsupported file format"  # our statements fit a schema that is whole
_HELD = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")


def already_open() -> AlreadyOpenError:
    """The refusal of a second running copy."""
    return AlreadyOpenError("Program sudah terbuka di jendela lain; pakai jendela itu atau tutup dulu.")


def disk_full(path: Path) -> DiskFullError:
    """No room is left."""
    return DiskFullError(
        f"Disk penuh, tidak dapat menyimpan di {shown(path.parent)}. Kosongkan paling sedikit {ROOM_MB} MB lalu coba lagi;"
        " yang sudah tersimpan tetap aman."
    )


def read_only(path: Path) -> ReadOnlyError:
    """The file or its folder cannot be written or opened."""
    return ReadOnlyError(
        f"Berkas {shown(path)} tidak dapat dibuka atau ditulisi. Periksa izin folder itu, atau pindahkan data ke folder lain"
        " dengan PMM_TUI_DATA."
    )


def held(path: Path) -> StorageError:
    """Another program holds the file, and did not let go while we waited."""
    return StorageError(f"Berkas {shown(path)} {held_file.HELD_NEXT}.")


def corrupt(path: Path) -> CorruptError:
    """What stands in the file is not a sound database."""
    return CorruptError(
        f"Berkas data rusak: {shown(path)}. Jangan dihapus; jalankan: pmm-tui pulihkan (berkas lama disisihkan, cadangan terakhir"
        " dan semua yang pernah disegel dikembalikan)."
    )


def vanished(path: Path) -> ReadOnlyError:
    """The file was removed or exchanged while it was open."""
    return ReadOnlyError(
        f"Berkas {shown(path)} hilang atau diganti saat program berjalan. Kembalikan berkas atau pasang lagi disknya, lalu buka"
        " ulang program."
    )


def shown(path: Path) -> str:
    """A path as a sentence may carry it."""
    return clean(str(path), limit=400)


def of_sqlite(error: sqlite3.Error, path: Path) -> PmmError | None:
    """Our error for a fault of SQLite; None for one that only a bug of ours can cause (a constraint, a wrong statement)."""
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith(_FULL) or (name.startswith(_NO_ROOM) and _no_room(path.parent)):
        return disk_full(path)
    if name.startswith(_CLOSED) or (name.startswith("SQLITE_IOERR") and not os.access(path, os.W_OK)):
        return read_only(path)
    if name.startswith(_BROKEN) or re.search(_MISFIT, str(error)):
        return corrupt(path)
    if name.startswith(_HELD):
        return already_open()
    if name.startswith("SQLITE_IOERR"):
        reason = name.removeprefix("SQLITE_")
        return StorageError(
            f"Disk tidak dapat dibaca atau ditulisi ({reason}) di {shown(path)}. Periksa disk atau pasang lagi USB-nya, lalu buka"
            " ulang program."
        )
    return None


def _no_room(folder: Path) -> bool:
    """Whether a disk has no room for the files that SQLite makes beside a database."""
    try:
        return shutil.disk_usage(folder).free < _SIDE_FILES
    except OSError:
        return False


def of_system(error: OSError, path: Path) -> StorageError:
    """Our error for a fault of the file system at `path`."""
    if held_file.is_held(error):
        return held(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or getattr(error, "winerror", None) in _WINDOWS_FULL:
        return disk_full(path)
    return read_only(path)
