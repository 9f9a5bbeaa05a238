"""Files that are the user's alone: how they are made, who may read and change them, and why not."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from pmm_tui import private_file
from pmm_tui.errors import ConfigError, StorageError
from pmm_tui.private_file import (
    NotAFileError,
    foreign_writer,
    is_file,
    make_private_folder,
    owner_fault,
    read_private,
    read_regular,
    reason,
    there,
    write_once,
    write_private,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="mode bits, pipes and owners")


def state(uid: int, mode: int) -> os.stat_result:
    """What the system says of a file."""
    return os.stat_result((mode, 1, 1, 1, uid, uid, 0, 0, 0, 0))


@posix
def test_what_is_written_is_the_owners_alone(tmp_path: Path) -> None:
    """The file and the folders that were made for it; one that was there stays as it is."""
    tmp_path.chmod(0o755)
    path = tmp_path / "a" / "b" / "x"
    write_private(path, b"satu")
    write_private(path, b"dua")

    assert path.read_bytes() == b"dua"
    assert [stat.S_IMODE(place.stat().st_mode) for place in (tmp_path, path.parent.parent, path.parent, path)] == [
        0o755, 0o700, 0o700, 0o600,
    ]  # fmt: skip
    assert [one.name for one in path.parent.iterdir()] == ["x"]


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the disk is full while writing or the file cannot take its place."""
    path = tmp_path / "d" / "x"
    write_private(path, b"lama")

    def full(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "x")

    for owner, name in ((os, "fsync"), (Path, "replace")):
        with monkeypatch.context() as patched:
            patched.setattr(owner, name, full)
            with pytest.raises(StorageError, match="disk penuh"):
                write_private(path, b"baru")
        assert path.read_bytes() == b"lama"
        assert [one.name for one in path.parent.iterdir()] == ["x"]


def test_what_is_written_is_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is synced before it takes its place."""
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    write_private(tmp_path / "x", b"isi")
    assert len(synced) == 1


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing once leaves what is there; any other trouble is a sentence."""
    (tmp_path / "x").write_bytes(b"lama")
    with pytest.raises(FileExistsError):
        write_once(tmp_path / "x", b"baru")
    assert (tmp_path / "x").read_bytes() == b"lama"
    with pytest.raises(StorageError, match=r"tidak dapat ditulis \(tidak ada\)"):
        write_once(tmp_path / "tidak" / "ada", b"baru")
    write_once(tmp_path / "y", b"baru")
    assert (tmp_path / "y").read_bytes() == b"baru"


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path) -> None:
    """A file in a folder's place."""
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(StorageError, match="folder tidak dapat dibuat"):
        make_private_folder(tmp_path / "x" / "y")


def test_a_little_more_than_the_limit_is_read(tmp_path: Path) -> None:
    """One byte more tells that there is more."""
    path = tmp_path / "x"
    path.write_bytes(b"0123456789")
    path.chmod(0o600)
    assert read_regular(path, 10) == read_private(path, 10) == b"0123456789"
    assert read_regular(path, 4) == read_private(path, 4) == b"01234"


@posix
def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A folder, a pipe, a name that no system takes: told at once."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFileError):
        read_regular(tmp_path / "pipe", 10)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path, 10)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "a\0b", 10)
    for name in ("pipe", "."):
        with pytest.raises(ConfigError, match="bukan berkas biasa; tunjuk berkas"):
            read_private(tmp_path / name, 10)
    with pytest.raises(ConfigError, match=r"tidak dapat dibaca \(tidak ada\)"):
        read_private(tmp_path / "hilang", 10)


def test_what_the_system_will_not_say_may_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening it then tells why it cannot be used; it is not taken for a file."""
    (tmp_path / "x").write_bytes(b"")
    assert (there(tmp_path / "x"), there(tmp_path / "y"), there(tmp_path)) == (True, False, True)
    assert (is_file(tmp_path / "x"), is_file(tmp_path / "y"), is_file(tmp_path)) == (True, False, False)

    def closed(self: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "exists", closed)
    monkeypatch.setattr(Path, "is_file", closed)
    assert there(tmp_path / "y") is True
    assert is_file(tmp_path / "x") is False


@posix
def test_who_else_may_read_a_file_is_told(tmp_path: Path) -> None:
    """Another's file, and any right of others, with the command that puts it right."""
    me = os.geteuid()
    for mode, words in ((0o600, ""), (0o700, ""), (0o640, "chmod 600"), (0o601, "chmod 600"), (0o604, "chmod 600")):
        assert words in owner_fault(tmp_path / "x", state(me, stat.S_IFREG | mode))
        assert bool(owner_fault(tmp_path / "x", state(me, stat.S_IFREG | mode))) is bool(words)
    assert "milik pengguna lain" in owner_fault(tmp_path / "x", state(me + 1, stat.S_IFREG | 0o600))
    assert "'" in owner_fault(tmp_path / "a b", state(me, stat.S_IFREG | 0o644))


@posix
@pytest.mark.parametrize(
    ("file", "folder", "words"),
    [
        ((0, 0o644), (0, 0o755), ""),
        ((1, 0o644), (1, 0o755), ""),
        ((2, 0o644), (1, 0o755), "x: milik pengguna lain"),
        ((1, 0o644), (2, 0o755), "milik pengguna lain"),
        ((1, 0o646), (1, 0o755), "chmod o-w"),
        ((1, 0o664), (1, 0o775), ""),
        ((1, 0o644), (1, 0o757), "chmod o-w"),
        ((1, 0o644), (1, 0o1777), ""),
        ((1, 0o1646), (1, 0o755), "chmod o-w"),
    ],
)
def test_who_else_may_change_a_file_is_told(
    monkeypatch: pytest.MonkeyPatch, file: tuple[int, int], folder: tuple[int, int], words: str
) -> None:
    """Other users but root, and everybody, save in a folder with the sticky bit; a group is nobody else."""
    states = {"/d/x": state(file[0], stat.S_IFREG | file[1]), "/d": state(folder[0], stat.S_IFDIR | folder[1])}
    monkeypatch.setattr(os, "geteuid", lambda: 1)
    monkeypatch.setattr(Path, "stat", lambda self: states[str(self)])

    found = foreign_writer(Path("/d/x"))

    assert words in found
    assert bool(found) is bool(words)


@posix
def test_a_folder_counts_where_there_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may write into the folder could put one there; Windows has no such bits to ask."""
    tmp_path.chmod(0o777)
    assert "chmod o-w" in foreign_writer(tmp_path / "belum")
    monkeypatch.setattr(private_file, "_POSIX", False)
    assert foreign_writer(tmp_path / "belum") == ""


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FileNotFoundError(), "tidak ada"),
        (FileExistsError(), "sudah ada berkas bernama itu"),
        (PermissionError(), "tidak diizinkan"),
        (IsADirectoryError(), "itu folder"),
        (NotADirectoryError(), "sebagian jalurnya bukan folder"),
        (NotAFileError(errno.EINVAL, ""), "bukan berkas biasa"),
        (OSError(errno.ENOSPC, ""), "disk penuh"),
        (OSError(errno.EDQUOT, ""), "kuota habis"),
        (OSError(errno.EROFS, ""), "hanya dapat dibaca"),
        (OSError(errno.ENAMETOOLONG, ""), "namanya terlalu panjang"),
        (OSError(errno.ELOOP, ""), "tautan berputar"),
        (OSError(errno.ENXIO, ""), "bukan berkas biasa"),
        (OSError(errno.EIO, ""), "perangkatnya rusak atau terlepas"),
        (OSError(77, ""), "kesalahan sistem 77"),
        (OSError("x"), "kesalahan sistem None"),
    ],
)
def test_why_the_system_refused_is_in_words(error: OSError, words: str) -> None:
    """The reason as a person reads it; a number where there is no word for it."""
    assert reason(error) == words
