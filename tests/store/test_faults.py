"""What SQLite and the system say when storage fails, as errors of ours."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections import namedtuple
from pathlib import Path

import pytest

from pmm_tui.errors import AlreadyOpenError, CorruptError, DiskFullError, ReadOnlyError, StorageError
from pmm_tui.store import faults

_SIDE_FILES = 65_536  # bytes that SQLite's files beside a database need
_Usage = namedtuple("_Usage", "total used free")


def told(name: str, message: str = "x") -> sqlite3.Error:
    """An error as SQLite raises it."""
    error = sqlite3.OperationalError(message)
    error.sqlite_errorname = name
    return error


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that may be written."""
    path = tmp_path / "pmm-tui.db"
    path.write_bytes(b"x")
    return path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_FULL", DiskFullError),
        ("SQLITE_IOERR_WRITE", DiskFullError),
        ("SQLITE_IOERR_TRUNCATE", DiskFullError),
        ("SQLITE_READONLY_DBMOVED", ReadOnlyError),
        ("SQLITE_CANTOPEN", ReadOnlyError),
        ("SQLITE_PERM", ReadOnlyError),
        ("SQLITE_AUTH", ReadOnlyError),
        ("SQLITE_IOERR_ACCESS", ReadOnlyError),
        ("SQLITE_CORRUPT_VTAB", CorruptError),
        ("SQLITE_NOTADB", CorruptError),
        ("SQLITE_FORMAT", CorruptError),
        ("SQLITE_BUSY_RECOVERY", AlreadyOpenError),
        ("SQLITE_LOCKED", AlreadyOpenError),
        ("SQLITE_PROTOCOL", AlreadyOpenError),
        ("SQLITE_IOERR_READ", StorageError),
    ],
)
def test_each_fault_of_sqlite_is_an_error_of_ours(file: Path, name: str, kind: type[StorageError]) -> None:
    """Every fault that a disk can cause has its own error, whose sentence names the place where there is one to name."""
    found = faults.of_sqlite(told(name), file)

    assert type(found) is kind
    assert kind is AlreadyOpenError or str(file.parent) in str(found)


@pytest.mark.parametrize("message", ["no such table: meta", "table meta already exists", "duplicate column name: a",
                                     "unsupported file format"])  # fmt: skip
def test_a_statement_that_does_not_fit_is_damage(file: Path, message: str) -> None:
    """Our statements fit a schema that is whole: one that does not is a damaged schema."""
    assert type(faults.of_sqlite(told("SQLITE_ERROR", message), file)) is CorruptError


@pytest.mark.parametrize(
    ("name", "message"), [("SQLITE_CONSTRAINT_UNIQUE", "UNIQUE constraint failed"), ("SQLITE_ERROR", "syntax")]
)
def test_what_only_a_bug_can_cause_is_no_fault_of_storage(file: Path, name: str, message: str) -> None:
    """A constraint or a wrong statement stays what it is."""
    assert faults.of_sqlite(told(name, message), file) is None
    assert faults.of_sqlite(sqlite3.ProgrammingError("closed"), file) is None


def test_the_sentence_about_a_disk_names_what_sqlite_said(file: Path) -> None:
    """Who is asked for help reads what SQLite called it, without the word that says nothing."""
    assert "(IOERR_READ)" in str(faults.of_sqlite(told("SQLITE_IOERR_READ"), file))


def test_a_long_path_is_cut(tmp_path: Path) -> None:
    """A sentence names a path by its first four hundred characters."""
    assert len(faults.shown(tmp_path / ("x" * 900))) == 400


def test_a_file_that_cannot_be_written_is_read_only_whatever_sqlite_calls_it(tmp_path: Path) -> None:
    """An input or output error at a file that is gone or closed to us is about the file, not about the disk."""
    assert type(faults.of_sqlite(told("SQLITE_IOERR_READ"), tmp_path / "gone.db")) is ReadOnlyError


@pytest.mark.parametrize("name", ["SQLITE_CANTOPEN", "SQLITE_IOERR_SHMSIZE"])
@pytest.mark.parametrize(("free", "full"), [(0, True), (_SIDE_FILES - 1, True), (_SIDE_FILES, False), (10**12, False)])
def test_no_room_for_the_files_beside_a_database_is_a_full_disk(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, free: int, full: bool
) -> None:
    """SQLite calls it otherwise, but what the operator can do about it is to make room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: _Usage(10**13, 10**13 - free, free))

    assert isinstance(faults.of_sqlite(told(name), file), DiskFullError) is full


def test_a_disk_that_cannot_be_asked_is_not_called_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody knows how much room there is, the file is what cannot be opened."""

    def gone(folder: Path) -> None:
        raise FileNotFoundError

    monkeypatch.setattr(shutil, "disk_usage", gone)

    assert type(faults.of_sqlite(told("SQLITE_CANTOPEN"), file)) is ReadOnlyError


@pytest.mark.parametrize(
    ("number", "kind"),
    [(errno.ENOSPC, DiskFullError), (errno.EDQUOT, DiskFullError), (errno.EFBIG, DiskFullError), (errno.EACCES, ReadOnlyError)],
)
def test_each_fault_of_the_file_system_is_an_error_of_ours(file: Path, number: int, kind: type[StorageError]) -> None:
    """No room, a quota and a limit of sizes are one thing to the operator; everything else is a file that cannot be used."""
    assert type(faults.of_system(OSError(number, "x"), file)) is kind
