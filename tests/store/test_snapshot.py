"""Reading beside whoever holds the database: what they had committed, nothing of theirs touched."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import AlreadyOpenError, CorruptError, ReadOnlyError
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store, schema, snapshot
from pmm_tui.store.database import Database
from pmm_tui.store.file import side_file
from pmm_tui.store.snapshot import Snapshot, picture
from tests.store.samples import MORNING, PERIODE, numbered_teacher, rencana

_WRITER = """
import sys
from pathlib import Path
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
with Store.open(Path(sys.argv[1])) as store:
    n = 0
    while True:
        n += 1
        store.roster.write([Pegawai(nama=f"A {n}"), Pegawai(nama=f"B {n}")])
        print(n, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "data" / "pmm-tui.db"


def _listing(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Every file with its content, time and mode."""
    return {
        p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_what_the_holder_has_saved_is_read_and_no_file_changes(path: Path) -> None:
    """Names that stand only in the log are there, the files stay as they are, and the holder goes on writing."""
    with Store.open(path) as holder:
        holder.roster.write([Pegawai(nama="Ani")])
        with Store.beside(path) as beside:
            assert [p.nama for p in beside.roster.all()] == ["Ani"]
            holder.roster.write([Pegawai(nama="Budi")])
            assert [p.nama for p in beside.roster.all()] == ["Ani"]  # as it was when it was read
        before = _listing(path.parent)
        with Store.beside(path) as beside:
            assert [p.nama for p in beside.roster.all()] == ["Ani", "Budi"]
            assert beside.database.check(full=True).good
        assert _listing(path.parent) == before
    assert before["pmm-tui.db-wal"][0]


def test_nothing_can_be_written_through_it(path: Path) -> None:
    """A write is refused with our error, and nothing of it is to be seen."""
    with Store.open(path), Store.beside(path) as beside:
        assert beside.database.read_only
        with pytest.raises(ReadOnlyError):
            beside.roster.write([Pegawai(nama="Ani")])
        assert beside.roster.all() == ()
        assert beside.database.check(full=True).good
        with pytest.raises(ReadOnlyError):
            beside.reference.set_memo("a", "b")


def test_what_was_being_sent_stays_as_it_is(path: Path) -> None:
    """Reading recovers nothing: what the holder is sending is not made unknown."""
    with Store.open(path) as holder:
        holder.roster.write([numbered_teacher(1)])
        entry = holder.outbox.seal(holder.roster.all()[0], PERIODE, rencana(1), 1, MORNING)
        holder.outbox.mark_sending([entry.id])
        with Store.beside(path) as beside:
            assert [e.keadaan for e in beside.outbox.all()] == ["sending"]
        assert [e.keadaan for e in holder.outbox.all()] == ["sending"]


@pytest.mark.parametrize("seed", range(8))
def test_the_picture_is_what_sqlite_makes_of_the_same_files(tmp_path: Path, seed: int) -> None:
    """After random transactions, rollbacks, spills and checkpoints the picture holds what SQLite reads from a copy of the files."""
    chance = random.Random(seed)
    path, copy = tmp_path / "a.db", tmp_path / "b.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute(f"PRAGMA page_size = {chance.choice((512, 1024, 4096, 65536))}")
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "cache_size = 5", "wal_autocheckpoint = 20"):
            holder.execute(f"PRAGMA {pragma}")
        holder.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, x BLOB)")
        for step in range(60):
            holder.execute("BEGIN")
            for _ in range(chance.randrange(1, 12)):
                holder.execute("REPLACE INTO t VALUES (?, ?)", (chance.randrange(60), chance.randbytes(chance.randrange(3000))))
            if chance.random() < 0.3:
                holder.execute("DELETE FROM t WHERE n > ?", (chance.randrange(60),))
            open_still = step % 5 == 0
            if open_still:
                holder.execute("CREATE TABLE IF NOT EXISTS u AS SELECT * FROM t")
            else:
                holder.execute("ROLLBACK" if chance.random() < 0.3 else "COMMIT")
            if chance.random() < 0.1 and not open_still:
                holder.execute("VACUUM")
            image = picture(path)
            shutil.copy(path, copy)
            shutil.copy(side_file(path), side_file(copy))
            with closing(sqlite3.connect(copy)) as told, closing(sqlite3.connect(":memory:")) as ours:
                ours.deserialize(image)
                assert list(ours.iterdump()) == list(told.iterdump())
                assert ours.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            if open_still:
                holder.execute(chance.choice(("COMMIT", "ROLLBACK")))


@pytest.mark.parametrize("at", [0, 5, 20, 33, 40, 100, 4000, 4200, 5000])
def test_a_log_with_a_flipped_bit_ends_where_sqlite_ends_it(tmp_path: Path, at: int) -> None:
    """Of a damaged log only what comes before the damage counts, as for SQLite."""
    path, copy = tmp_path / "a.db", tmp_path / "b.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL"):
            holder.execute(f"PRAGMA {pragma}")
        holder.execute("CREATE TABLE t (x)")
        for n in range(20):
            holder.execute("INSERT INTO t VALUES (?)", (n,))
        shutil.copy(path, copy)
        log = bytearray(side_file(path).read_bytes())
    log[at] ^= 4
    side_file(copy).write_bytes(log)
    image = picture(copy)
    with closing(sqlite3.connect(copy)) as told, closing(sqlite3.connect(":memory:")) as ours:
        ours.deserialize(image)
        assert list(ours.iterdump()) == list(told.iterdump())


def test_a_database_without_a_log_is_read_while_it_rests(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite cannot have its log, a transaction at work in the file itself is waited for, and refused in the end."""
    monkeypatch.setattr(snapshot, "_PAUSE", 0.001)
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = TRUNCATE", "cache_size = 1"):
            holder.execute(f"PRAGMA {pragma}")
        holder.execute("CREATE TABLE t (x)")
        holder.execute("INSERT INTO t VALUES (1)")
        with closing(sqlite3.connect(":memory:")) as ours:
            ours.deserialize(picture(path))
            assert ours.execute("SELECT x FROM t").fetchall() == [(1,)]
        holder.execute("BEGIN")
        for _ in range(50):
            holder.execute("INSERT INTO t VALUES (randomblob(3000))")
        with pytest.raises(AlreadyOpenError):
            picture(path)


def test_a_file_that_changes_between_two_looks_is_looked_at_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not the same twice is no picture; after it rests it is."""
    with Store.open(path) as holder:
        holder.roster.write([Pegawai(nama="Ani")])
        read, left = snapshot._read, [3]

        def busy(where: Path) -> object:
            found = read(where)
            if left[0]:
                left[0] -= 1
                holder.roster.write([Pegawai(nama=f"Budi {left[0]}")])
            return found

        monkeypatch.setattr(snapshot, "_read", busy)
        with Store.beside(path) as beside:
            assert len(beside.roster.all()) == 4


def test_an_older_schema_is_left_to_whoever_holds_it(path: Path) -> None:
    """It is not migrated, and not read either: its holder is about to bring it up to date."""
    Database(path, steps=schema.STEPS[:1]).close()
    before = _listing(path.parent)
    with pytest.raises(AlreadyOpenError):
        Snapshot(path)
    assert _listing(path.parent) == before


def test_what_is_no_database_of_ours_is_told(path: Path) -> None:
    """Something else in its place, or nothing, is refused with a sentence."""
    path.parent.mkdir()
    path.write_bytes(b"bukan basis data" * 500)
    with pytest.raises(CorruptError):
        Snapshot(path)


def test_nothing_there_is_waited_for_and_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that its holder exchanges is waited for."""
    monkeypatch.setattr(snapshot, "_PAUSE", 0.001)
    with pytest.raises(AlreadyOpenError):
        picture(path)


def test_a_python_without_the_means_says_what_it_said_before(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite was built without `deserialize` the program is simply open elsewhere."""
    monkeypatch.setattr(snapshot, "sqlite3", type("Old", (), {"Connection": object}))
    with Store.open(path), pytest.raises(AlreadyOpenError):
        Store.beside(path)


@pytest.mark.process
def test_beside_a_process_that_writes_without_end(path: Path) -> None:
    """Every picture holds whole transactions only, none older than what the writer had told before; the writer never notices."""
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout is not None
        told = int(writer.stdout.readline())
        end = time.monotonic() + 4
        seen = 0
        while time.monotonic() < end:
            with Store.beside(path) as beside:
                names = [p.nama for p in beside.roster.all()]
                assert beside.database.check(full=True).good
            assert len(names) % 2 == 0
            assert len(names) // 2 >= told
            told = len(names) // 2
            seen += 1
        assert writer.poll() is None
        assert seen > 1
    finally:
        writer.kill()
        writer.communicate()
    with Store.open(path) as store:
        assert len(store.roster.all()) // 2 >= told


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="mode bits")
def test_in_a_folder_that_cannot_be_written(path: Path) -> None:
    """Files that may only be read are enough."""
    with Store.open(path) as holder:
        holder.roster.write([Pegawai(nama="Ani")])
        path.parent.chmod(0o500)
        try:
            with Store.beside(path) as beside:
                assert len(beside.roster.all()) == 1
        finally:
            path.parent.chmod(0o700)
