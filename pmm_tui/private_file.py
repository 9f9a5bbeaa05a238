"""Files that hold what is only the user's: who may read and write them, and how they are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from pathlib import Path

from pmm_tui import held_file
from pmm_tui.errors import ConfigError, StorageError

_POSIX = sys.platform != "win32"


def write_private(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only; its folder is made when missing (0700).

    Raises StorageError.
    """
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    make_private_folder(path.parent)
    try:
        _write_new(draft, content)
        try:
            held_file.replace(draft, path)
        except OSError:
            held_file.remove(draft, missing_ok=True)
            raise
    except OSError as error:
        raise _unwritable(path, error) from None


def make_private_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone; one that is there stays. Raises StorageError."""
    try:
        for folder in reversed([path, *path.parents]):
            if not folder.is_dir():
                folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{path}: folder tidak dapat dibuat ({reason(error)}); pilih folder lain atau periksa izinnya."
        ) from None


def write_once(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, readable by its owner only.

    Never follows a link that stands in its place. Raises FileExistsError, StorageError.
    """
    try:
        _write_new(path, content)
    except FileExistsError:
        raise
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> StorageError:
    if held_file.is_held(error):
        return StorageError(f"{path}: {held_file.HELD_NEXT}.")
    return StorageError(f"{path}: tidak dapat ditulis ({reason(error)}); periksa izin folder dan ruang disk.")


def _write_new(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags, 0o600)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            held_file.remove(path)
        raise


def there(path: Path) -> bool:
    """Whether something stands at `path`; true also where the system refuses to say, as opening it then gives the reason."""
    try:
        return path.exists()
    except OSError:
        return True


def is_file(path: Path) -> bool:
    """Whether a regular file stands at `path`."""
    try:
        return path.is_file()
    except OSError:
        return False


class NotAFileError(OSError):
    """What stands there is a pipe or a device."""


def is_folder(path: Path) -> bool:
    """Whether a folder stands at `path`."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def read_regular(path: Path, limit: int) -> bytes:
    """Read at most `limit` + 1 bytes of a regular file, without waiting for anything else; raises OSError."""
    with os.fdopen(_open_named(path), "rb") as file:
        return file.read(limit + 1)


def read_private(path: Path, limit: int, holds: str = "token") -> bytes:
    """Read at most `limit` + 1 bytes of a regular file that only its owner, who must be us, may read.

    Raises ConfigError with the command that puts it right; `holds` says what should be in it. What is checked is the opened file
    itself, so that it cannot be exchanged in between.
    """
    try:
        number = _open_named(path)
    except (IsADirectoryError, NotAFileError):
        raise ConfigError(f"{path}: bukan berkas biasa; tunjuk berkas yang berisi {holds}.") from None
    except OSError as error:
        raise ConfigError(f"{path}: tidak dapat dibaca ({reason(error)}); periksa berkas itu.") from None
    with os.fdopen(number, "rb") as file:
        if fault := owner_fault(path, os.fstat(number)):
            raise ConfigError(fault)
        return file.read(limit + 1)


def _open_named(path: Path) -> int:
    try:
        return open_regular(path)
    except ValueError:
        raise FileNotFoundError(errno.ENOENT, "") from None


def open_regular(path: Path) -> int:
    """Open a file that is neither folder nor pipe nor device: those could make us wait, or answer for ever.

    Returns its descriptor. Raises OSError, and ValueError for a name that no system takes (with a NUL).
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    number = os.open(path, flags)
    mode = os.fstat(number).st_mode
    if not stat.S_ISREG(mode):
        os.close(number)
        raise IsADirectoryError(errno.EISDIR, "") if stat.S_ISDIR(mode) else NotAFileError(errno.EINVAL, "")
    return number


def owner_fault(path: Path, state: os.stat_result) -> str:
    """What keeps a file from being ours alone, as a sentence with the next step; empty when it is.

    Windows has no mode bits to ask: there the file has to lie in the user's own folder, which others cannot read.
    """
    if not _POSIX:
        home = Path.home().resolve()
        if home in path.resolve().parents:
            return ""
        return f"{path}: harus berada di folder pengguna Anda ({home}); pindahkan berkas itu ke sana."
    if state.st_uid != os.geteuid():
        return f"{path}: milik pengguna lain; salin isinya ke berkas milik Anda sendiri."
    if state.st_mode & 0o077:
        return f"{path}: dapat dibaca pengguna lain; jalankan: chmod 600 {quoted(path)} lalu coba lagi."
    return ""


def foreign_writer(path: Path) -> str:
    """Who else could change what stands at `path`, as a sentence with the next step; empty when nobody.

    Looks at the file and its folder. Counted are files of other users (root's are trusted), and what everybody may write, save a
    folder with the sticky bit. A group is not counted: on many systems every user is alone in theirs.
    """
    if not _POSIX:
        return ""
    for place in (path, path.parent):
        try:
            state = place.stat()
        except OSError:
            continue
        if state.st_uid not in (0, os.geteuid()):
            return f"{place}: milik pengguna lain; salin konfigurasi ke folder Anda sendiri."
        if state.st_mode & stat.S_IWOTH and not (stat.S_ISDIR(state.st_mode) and state.st_mode & stat.S_ISVTX):
            return f"{place}: dapat diubah pengguna lain; jalankan: chmod o-w {quoted(place)} lalu coba lagi."
    return ""


def quoted(path: Path) -> str:
    """A path as a shell takes it."""
    import shlex  # lazy: only sentences about faults need it

    return shlex.quote(str(path))


def reason(error: OSError) -> str:
    """Why the system refused, in words."""
    if held_file.is_held(error):
        return held_file.HELD
    if isinstance(error, FileNotFoundError):
        return "tidak ada"
    if isinstance(error, FileExistsError):
        return "sudah ada berkas bernama itu"
    if isinstance(error, PermissionError):
        return "tidak diizinkan"
    if isinstance(error, IsADirectoryError):
        return "itu folder"
    if isinstance(error, NotADirectoryError):
        return "sebagian jalurnya bukan folder"
    if isinstance(error, NotAFileError):
        return "bukan berkas biasa"
    return _ERRNO_WORDS.get(error.errno or 0, f"kesalahan sistem {error.errno}")


_ERRNO_WORDS = {
    errno.ENOSPC: "disk penuh",
    errno.EDQUOT: "kuota habis",
    errno.EROFS: "hanya dapat dibaca",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.ELOOP: "tautan berputar",
    errno.ENXIO: "bukan berkas biasa",
    errno.EIO: "perangkatnya rusak atau terlepas",
}
