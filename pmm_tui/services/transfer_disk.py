"""The file on the stick: where it may lie, read within bounds, opened with its passphrase, written whole or not at all."""

from __future__ import annotations

import contextlib
import glob
import os
import sys
from datetime import date
from pathlib import Path

from pmm_tui.errors import InputError, StorageError
from pmm_tui.private_file import read_regular, reason, write_private
from pmm_tui.store.file import remove_stale, sync_folder
from pmm_tui.sync.transfer_file import Parcel, read_parcel
from pmm_tui.sync.transfer_seal import MAX_BYTES, NO_TRANSFER_FILE, Lock, TransferFileError, unlock

SUFFIX = ".pmm"
_REMOVABLE = 2  # DRIVE_REMOVABLE


def transfer_path(text: str, today: date) -> Path:
    """The file that was asked for: a folder, such as the stick, gets a name of today, without any number. Raises InputError."""
    if not text.strip():
        raise InputError("Nama berkas kosong; tulis letaknya, misalnya folder USB.")
    if "\0" in text:  # no system takes it, and not every question about a path says so
        raise InputError("Letak berkas tidak dapat dipakai; periksa penulisannya.")
    try:
        path = Path(text.strip()).expanduser()
        path = path / f"pmm-kiriman-{today.isoformat()}{SUFFIX}" if path.is_dir() else path
        if not path.parent.is_dir():  # never made: a stick that is not in would become a folder of that name
            raise InputError(f"{path.parent}: folder ini tidak ada; pasang USB atau pilih folder lain.")
    except (OSError, ValueError, RuntimeError):
        raise InputError("Letak berkas tidak dapat dipakai; periksa penulisannya.") from None
    return path


def stick_folders() -> list[Path]:
    """The folders of sticks that are in, as far as the system shows them."""
    if sys.platform == "win32":
        import ctypes  # lazy: Windows alone tells by it which drives can be taken out

        drives = (Path(f"{letter}:\\") for letter in "DEFGHIJKLMNOPQRSTUVWXYZ")
        return [drive for drive in drives if ctypes.windll.kernel32.GetDriveTypeW(str(drive)) == _REMOVABLE]
    user = os.environ.get("USER", "")
    roots = (Path("/media") / user, Path("/run/media") / user, Path("/Volumes")) if user else (Path("/Volumes"),)
    found: list[Path] = []
    for root in roots:
        with contextlib.suppress(OSError):
            found += [folder for folder in sorted(root.iterdir()) if folder.is_mount()]
    return found


def newest_files(beside: str = "", at_most: int = 6) -> list[Path]:
    """The newest transfer files on sticks, in the folder `beside`, in the download folders and in the home folder."""
    found: dict[Path, float] = {}
    more = (Path(beside),) if beside else ()
    for folder in (*stick_folders(), *more, Path.home() / "Downloads", Path.home() / "Unduhan", Path.home()):
        with contextlib.suppress(OSError):
            found |= {path: path.stat().st_mtime for path in folder.glob(f"*{SUFFIX}") if path.is_file()}
    return sorted(found, key=lambda path: -found[path])[:at_most]


def open_file(path: Path, passphrase: str) -> tuple[Parcel, Lock]:
    """Read a transfer file; raises InputError with its name."""
    content = read_bytes(path)
    try:
        inside, lock = unlock(content, passphrase)
        return read_parcel(inside), lock
    except TransferFileError as error:
        raise InputError(f"{path}: {error.sentence}") from None


def read_bytes(path: Path) -> bytes:
    """Read a file of at most `MAX_BYTES`; raises InputError."""
    try:
        content = read_regular(path, MAX_BYTES)
    except OSError as error:
        raise InputError(f"{path}: tidak dapat dibaca ({reason(error)}); periksa letak berkas dan USB-nya.") from None
    if len(content) > MAX_BYTES:
        raise InputError(f"{path}: {NO_TRANSFER_FILE}")
    return content


def write_bytes(path: Path, content: bytes) -> None:
    """Put a file in place whole or not at all, and look whether it is there; raises StorageError."""
    if not path.parent.is_dir():
        raise StorageError(f"{path.parent}: folder ini tidak ada lagi; pasang USB atau pilih folder lain.")
    with contextlib.suppress(OSError):
        remove_stale(path.parent, f".{glob.escape(path.name)}.????????")  # what a killed run left
    write_private(path, content)
    with contextlib.suppress(OSError):
        sync_folder(path.parent)
    if not holds(path, content):
        raise StorageError(f"{path}: isinya tidak tersimpan utuh; periksa USB-nya, atau pakai yang lain.")


def holds(path: Path, content: bytes) -> bool:
    """Whether the file is just this content."""
    try:
        return read_regular(path, len(content)) == content
    except OSError:
        return False
