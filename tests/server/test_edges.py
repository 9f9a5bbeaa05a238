"""The server's edges without a server: its database's words, a crowd on one file, and bodies that were refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from uvicorn.protocols.http.h11_impl import H11Protocol

from pmm_tui.errors import CorruptError, DiskFullError, ReadOnlyError, StorageError
from pmm_tui.server import engine
from pmm_tui.server.engine import Database
from pmm_tui.server.limits import Limits
from pmm_tui.server.uvicorn_connection import connection_class


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ("database or disk is full", DiskFullError, "disk penuh"),
        ("attempt to write a readonly database", ReadOnlyError, "tidak dapat ditulis"),
        ("Unable to open database file", ReadOnlyError, "tidak dapat dibuka"),
        ("file is not a database", CorruptError, "bukan basis data"),
        ("database disk image is malformed", CorruptError, "rusak; hentikan server"),
        ("database is locked", StorageError, "sedang dipakai proses lain"),
        ("something else", StorageError, r"tidak dapat dipakai \(Exception\)"),
    ],
)
def test_what_the_database_says_is_said_in_words(said: str, kind: type[StorageError], words: str) -> None:
    """Each with its own error, by the driver's words where there are some, and with the database's name."""
    wrapped = Exception("wrapped")
    wrapped.orig = Exception(said)  # type: ignore[attr-defined]
    for error in (Exception(said), wrapped):
        found = engine._storage_error(error, "a.db")
        assert type(found) is kind
        with pytest.raises(kind, match=rf"\(a\.db\) {words}"):
            raise found


class Cursor:
    """A cursor that is refused so many times."""

    def __init__(self, refusals: int, words: str = "database is locked") -> None:
        self.left, self.words, self.asked = refusals, words, 0

    def execute(self, statement: str) -> None:
        assert statement == "PRAGMA journal_mode=WAL"
        self.asked += 1
        if self.left:
            self.left -= 1
            raise RuntimeError(self.words)


def test_two_servers_that_start_at_once_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred times, a twentieth of a second each; any other trouble is told at once."""
    slept: list[float] = []
    monkeypatch.setattr(engine.time, "sleep", slept.append)
    patient, late, other = Cursor(100), Cursor(101), Cursor(1, "disk I/O error")

    engine._switch_to_wal(patient)
    assert (patient.asked, slept) == (101, [0.05] * 100)
    with pytest.raises(RuntimeError, match="locked"):
        engine._switch_to_wal(late)
    assert late.asked == 101
    with pytest.raises(RuntimeError, match="I/O"):
        engine._switch_to_wal(other)
    assert other.asked == 1


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "di memori hilang"),
        ("sqlite:///:memory:", "di memori hilang"),
        ("sqlite:///", "di memori hilang"),
        ("x://", "Alamat basis data tidak dikenal|Pengandar basis data"),
        ("tidakada://a/b", "Pengandar basis data tidakada belum terpasang"),
        ("://", "Alamat basis data tidak dikenal"),
        ("~tidakada/a.db", "pengguna itu tidak ada"),
    ],
)
def test_an_address_that_is_no_database_is_told(url: str, words: str) -> None:
    """Before anything is made of it."""
    with pytest.raises(StorageError, match=words):
        Database(url)


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_the_file_is_the_owners_alone(tmp_path: Path) -> None:
    """A new one with its folder, and one that others could read."""
    path = tmp_path / "a" / "b.db"
    Database(str(path)).close()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    path.chmod(0o604)
    Database(f"sqlite:///{path}").close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(ReadOnlyError, match="itu folder"):
        Database(str(tmp_path))


def test_a_file_that_went_away_takes_nothing_in(tmp_path: Path) -> None:
    """Neither reading nor writing goes into a file that nobody finds again."""
    path = tmp_path / "a.db"
    database = Database(str(path))
    path.rename(tmp_path / "b.db")
    for use in (database.read, database.write):
        with pytest.raises(ReadOnlyError, match="dihapus atau diganti"), use():
            raise AssertionError
    (tmp_path / "b.db").rename(path)
    with database.read() as conn:
        assert conn.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert conn.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000
    database.close()


class Transport:
    """A transport that notes how it ended."""

    def __init__(self) -> None:
        self.aborted = False

    def is_closing(self) -> bool:
        return False

    def abort(self) -> None:
        self.aborted = True


def connection(monkeypatch: pytest.MonkeyPatch, phase: str) -> tuple[Any, list[bytes]]:
    """A connection in a phase, and what it hands on."""
    seen: list[bytes] = []
    kind = connection_class(Limits(body_bytes=100))
    monkeypatch.setattr(H11Protocol, "data_received", lambda self, data: seen.append(data))
    monkeypatch.setattr(kind, "_see_phase", lambda self: None)
    one: Any = kind.__new__(kind)
    one.transport, one._phase = Transport(), phase
    return one, seen


def test_the_rest_of_a_refused_body_is_thrown_away_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """As much as a body may have is read after a refusal, piece by piece; one byte more ends the connection."""
    one, seen = connection(monkeypatch, "linger")
    one.data_received(bytes(60))
    one.data_received(bytes(40))
    assert (one.transport.aborted, len(seen)) == (False, 2)
    one.data_received(b"x")
    assert (one.transport.aborted, len(seen)) == (True, 2)


def test_a_body_that_is_read_has_no_such_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """In other phases the bytes are the application's to count."""
    one, seen = connection(monkeypatch, "")
    for _ in range(5):
        one.data_received(bytes(100))
    assert (one.transport.aborted, len(seen)) == (False, 5)


class Timer:
    """A timer of the loop."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


def test_an_answer_that_is_read_in_the_end_is_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """While nothing is read a clock runs, one alone; it is stopped as soon as something is, and may begin again."""
    one, _ = connection(monkeypatch, "")
    timers: list[tuple[float, object, Timer]] = []

    class Loop:
        def call_later(self, seconds: float, work: object) -> Timer:
            timers.append((seconds, work, Timer()))
            return timers[-1][2]

    one.loop = Loop()
    monkeypatch.setattr(H11Protocol, "pause_writing", lambda self: None)
    monkeypatch.setattr(H11Protocol, "resume_writing", lambda self: None)

    one.pause_writing()
    one.pause_writing()
    assert [(seconds, work) for seconds, work, _ in timers] == [(Limits().write_seconds, one.transport.abort)]
    one.resume_writing()
    one.resume_writing()
    assert timers[0][2].cancelled
    one.pause_writing()
    assert [timer.cancelled for _, _, timer in timers] == [True, False]
