"""Opening, locking, migrating, transactions, the one thread."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import threading
from concurrent.futures import Future
from pathlib import Path

import pytest

from pmm_tui.errors import AlreadyOpenError, NewerSchemaError, ReadOnlyError, StorageError
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.file import side_file
from tests.store.samples import MORNING, PERIODE, python, rencana, seal, with_teachers

_HOLD = """
import sys
from pathlib import Path
from pmm_tui.store import Store
Store.open(Path(sys.argv[1]))
print("open", flush=True)
sys.stdin.read()
"""


def test_a_new_database_is_durable_and_private(store: Store, path: Path) -> None:
    """A new database runs WAL with synchronous FULL and EXCLUSIVE, and only its owner may read file and folder."""

    def pragmas() -> list[object]:
        names = ("journal_mode", "synchronous", "locking_mode", "foreign_keys", "trusted_schema", "cell_size_check")
        return [store.database.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

    assert store.database.call(pragmas) == ["wal", 2, "exclusive", 1, 0, 1]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(side_file(path).stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert sorted(p.name for p in path.parent.iterdir()) == [path.name, side_file(path).name]


@pytest.mark.skipif(os.name != "posix", reason="mode bits")
def test_a_file_that_others_could_read_is_closed_to_them(path: Path) -> None:
    """Opening takes rights away from others that a copy or a restore gave them."""
    Store.open(path).close()
    path.chmod(0o644)

    Store.open(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.process
def test_a_second_copy_is_told_and_harms_nothing(path: Path) -> None:
    """While another process has the database open, opening it says so with exit code 3; afterwards it opens."""
    child = python(_HOLD, path)
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"

    with pytest.raises(AlreadyOpenError, match="sudah terbuka di jendela lain") as error:
        Store.open(path)
    child.communicate()

    assert error.value.exit_code == 3
    Store.open(path).close()


def test_a_second_copy_in_this_process_is_told_too(store: Store, path: Path) -> None:
    """Nor can one process open the database twice."""
    with pytest.raises(AlreadyOpenError):
        Store.open(path)


@pytest.mark.process
def test_many_first_starts_at_once_make_one_database(path: Path) -> None:
    """When several copies start on an empty folder at once, one opens the database and the others are told."""
    children = [python(_HOLD, path) for _ in range(4)]
    first = [child.stdout.readline() for child in children if child.stdout]
    rest = [child.communicate() for child in children]

    assert first.count(b"open\n") == 1
    assert sum(b"AlreadyOpenError" in error for _, error in rest) == 3
    assert [p.name for p in path.parent.iterdir() if p.name.startswith(".")] == []


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    """A database of a newer version is not written to, and the sentence names it."""
    Store.open(path).close()
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {len(schema.STEPS) + 1}")
    raw.close()
    before = path.read_bytes()

    with pytest.raises(NewerSchemaError, match="versi pmm-tui yang lebih baru") as error:
        Store.open(path)

    assert str(path) in error.value.sentence
    assert path.read_bytes() == before


def test_a_migration_backs_up_first(path: Path) -> None:
    """An older database is copied aside, checked and private, before the new steps run on it."""
    with Store.open(path) as store:
        with_teachers(store, 3)
    steps = (*schema.STEPS, ("ALTER TABLE pegawai ADD COLUMN hobi TEXT NOT NULL DEFAULT ''",))

    database = Database(path, steps=steps)

    assert database.call(lambda: database.connection.execute("SELECT count(hobi) FROM pegawai").fetchone()) == (3,)
    database.close()
    copy = path.parent / "cadangan" / f"pmm-tui-skema-{len(schema.STEPS)}.db"
    with Store.open(copy) as old:
        assert len(old.roster.all()) == 3
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_migration_that_fails_changes_nothing(path: Path) -> None:
    """A step that breaks off takes the whole migration back; the database still opens with the old steps."""
    with Store.open(path) as store:
        with_teachers(store, 2)
    steps = (*schema.STEPS, ("CREATE TABLE baru (a TEXT) STRICT", "INSERT INTO baru VALUES (1, 2)"))

    with pytest.raises(sqlite3.OperationalError, match="baru has 1 columns"):
        Database(path, steps=steps)

    with Store.open(path) as store:
        tables = store.database.call(lambda: store.database.connection.execute("SELECT name FROM sqlite_schema").fetchall())
        assert ("baru",) not in tables
        assert len(store.roster.all()) == 2


@pytest.mark.process
def test_a_clean_end_is_told_from_an_unclean_one(path: Path) -> None:
    """Only a run that wrote and then ended without closing leaves the database unclean; closing removes the log."""
    child = python(
        _HOLD.replace("Store.open(Path(sys.argv[1]))", "s = Store.open(Path(sys.argv[1])); s.reference.set_memo('a', 'b')"), path
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    child.kill()
    child.communicate()

    with Store.open(path) as store:
        assert store.database.unclean
        assert store.database.check().full
        assert store.reference.memo("a") == "b"

    assert not side_file(path).exists()
    with Store.open(path) as store:
        assert not store.database.unclean
        assert not store.database.check().full


def test_reading_alone_writes_nothing(path: Path) -> None:
    """Opening, looking and closing leaves the file as it was, so that it is no wear on a USB stick."""
    with Store.open(path) as store:
        with_teachers(store, 1)
    before = (path.read_bytes(), path.stat().st_mtime_ns)

    with Store.open(path) as store:
        store.roster.all()
        store.outbox.due(10)

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_file_that_vanished_takes_nothing_in(store: Store, path: Path) -> None:
    """What went into a removed file is never called saved, and the sentence says what happened."""
    (one,) = with_teachers(store, 1)
    path.rename(path.with_suffix(".lain"))

    with pytest.raises(ReadOnlyError, match="hilang atau diganti"):
        store.drafts.save(one.id, PERIODE, rencana(1), 1, MORNING)

    path.with_suffix(".lain").rename(path)
    assert store.drafts.save(one.id, PERIODE, rencana(1), 1, MORNING) is not None


def test_a_block_is_all_or_nothing(store: Store) -> None:
    """An error inside a transaction takes back what inner blocks wrote, and the next call works."""

    def work() -> None:
        with store.database.transaction():
            store.reference.set_memo("a", "b")
            raise LookupError

    with pytest.raises(LookupError):
        store.database.call(work)

    assert store.reference.memo("a") is None
    store.reference.set_memo("a", "c")
    assert store.reference.memo("a") == "c"


def test_close_waits_for_what_was_queued(path: Path) -> None:
    """Work that was queued before closing is done; afterwards the answer is a sentence, and closing again is nothing."""
    store = Store.open(path)
    wall = threading.Event()
    store.database.submit(wall.wait, 10)
    queued: list[Future[None]] = [store.database.submit(store.reference.set_memo, str(n), "x") for n in range(20)]
    threading.Timer(0.05, wall.set).start()

    store.close()
    store.close()

    assert all(future.done() and future.exception() is None for future in queued)
    with pytest.raises(StorageError, match="sudah ditutup"):
        store.reference.memo("1")
    with Store.open(path) as again:
        assert again.reference.memo("19") == "x"


@pytest.mark.anyio
async def test_asking_does_not_block_the_loop(store: Store) -> None:
    """While the database works, the event loop goes on; the answer or the error comes back to the asker."""
    wall = threading.Event()
    blocked = asyncio.create_task(store.database.ask(wall.wait, 10))
    memo = asyncio.create_task(store.database.ask(store.reference.memo, "a"))
    await asyncio.sleep(0)
    assert not memo.done()
    wall.set()

    assert await blocked is True
    assert await memo is None
    with pytest.raises(ZeroDivisionError):
        await store.database.ask(lambda: 1 // 0)


@pytest.mark.anyio
async def test_what_was_asked_is_done_even_if_the_asker_is_cancelled(store: Store) -> None:
    """Cancelling the task that asked does not take back what it asked for."""
    wall = threading.Event()
    store.database.submit(wall.wait, 10)
    task = asyncio.create_task(store.database.ask(store.reference.set_memo, "a", "b"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    wall.set()

    assert await store.database.ask(store.reference.memo, "a") == "b"


def test_a_backup_is_whole_and_replaces_only_by_a_whole_one(store: Store, path: Path) -> None:
    """A backup of the open database opens by itself; one that fails leaves the earlier copy as it was."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    target = path.parent / "usb" / "salinan.db"
    store.database.backup(target)
    with Store.open(target) as copy:
        assert copy.outbox.all() == (entry,)
    before = target.read_bytes()

    with pytest.raises(StorageError):
        store.database.backup(target / "di-dalam-berkas.db")

    assert target.read_bytes() == before
    assert [p.name for p in target.parent.iterdir()] == ["salinan.db"]
