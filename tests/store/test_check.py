"""What a check says of the records, and what becomes of it."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError, NewerSchemaError, StorageError
from pmm_tui.skp.wire import digest
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.check import CheckReport, sqlite_version
from pmm_tui.store.file import copies, side_file
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.daily import KEPT, ensure_today
from pmm_tui.store.times import from_text
from tests.store.samples import MORNING, PERIODE, python, rencana, seal, with_teachers

TODAY = date(2026, 1, 8)
COPY = "pmm-tui-harian-20260108.db"

_CHECKPOINTED = """
import sys
from pathlib import Path
from pmm_tui.store import Store
s = Store.open(Path(sys.argv[1]))
s.reference.set_memo("a", "b")
s.database.call(lambda: s.database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def damaged(path: Path) -> Path:
    """A database with a page of drafts zeroed."""
    with Store.open(path) as store:
        for one in with_teachers(store, 40):
            store.drafts.save(one.id, PERIODE, rencana("draf" * 100), 1, MORNING)
            seal(store, one)
    spoiled = bytearray(path.read_bytes())
    page = spoiled.rindex(b"drafdraf") // 4096 * 4096
    spoiled[page : page + 4096] = bytes(4096)
    path.write_bytes(spoiled)
    return path


def raw(path: Path, *statements: str) -> None:
    """Change a closed database behind our back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in ("PRAGMA writable_schema = ON", *statements):
        connection.execute(statement)
    connection.close()


def test_a_guarded_store_has_todays_copy(store: Store, path: Path) -> None:
    """Looking after sound records makes the day's copy, once."""
    seal(store, with_teachers(store, 1)[0])

    found = store.guard(TODAY)

    assert (found.good, found.behind_log, found.complaint) == (True, False, "")
    (copy,) = copies(path)
    assert copy.name == COPY
    before = copy.stat().st_mtime_ns
    assert store.guard(TODAY).good
    assert copy.stat().st_mtime_ns == before


def test_an_empty_store_lacks_nothing(store: Store, path: Path) -> None:
    """Before anything was sealed there is no log that could tell of more."""
    found = store.guard(TODAY)
    assert (found.good, found.behind_log) == (True, False)
    assert path.read_bytes()[68:72] == b"PMM1"


def test_damaged_records_push_out_no_sound_copy(damaged: Path) -> None:
    """What is damaged is told and never copied: the copies that are there are what is restored from."""
    with Store.open(damaged) as store:
        found = store.guard(TODAY)

    assert not found.good
    assert found.complaint == "Sebagian data rusak"
    assert copies(damaged) == []


def test_a_damaged_database_is_not_copied_over_a_good_copy(damaged: Path) -> None:
    """A backup is checked before it gets its name; the older copy stays, and nothing half-made is left."""
    target = damaged.parent / "usb" / "salinan.db"
    target.parent.mkdir()
    target.write_bytes(b"the good one")

    with Store.open(damaged) as store, pytest.raises(CorruptError, match=r"salinan\.db"):
        store.database.backup(target)

    assert target.read_bytes() == b"the good one"
    assert [rest.name for rest in target.parent.iterdir()] == ["salinan.db"]


def test_a_copy_whose_log_could_not_be_taken_in_is_none(store: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there was no room to take the log into the file, the file alone is not the whole: the older copy stays."""
    target = path.parent / "salinan.db"
    target.write_bytes(b"the good one")
    opened = sqlite3.connect

    def leaving_a_log(place: Path, **more: object) -> sqlite3.Connection:
        side_file(Path(place)).write_bytes(b"x")
        return opened(":memory:", isolation_level=None)

    monkeypatch.setattr("pmm_tui.store.backup.sqlite3.connect", leaving_a_log)
    with pytest.raises(StorageError, match="Disk penuh") as error:
        store.database.backup(target)

    assert str(target.parent) in error.value.sentence
    assert [rest.name for rest in path.parent.iterdir() if "baru" in rest.name] == []
    assert target.read_bytes() == b"the good one"


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (CheckReport(full=True), ""),
        (CheckReport(full=True, reindexed=True), ""),
        (CheckReport(full=False, damaged=("x",), behind_log=True), "Sebagian data rusak"),
        (CheckReport(full=False, damaged_envelopes=(3,)), "Sebagian data rusak"),
        (CheckReport(full=False, behind_log=True), "Rencana yang terakhir disegel hanya ada di catatan pemulihan"),
    ],
)
def test_the_complaint_says_what_can_be_put_right(found: CheckReport, words: str) -> None:
    """Damage goes before what is missing; what was put right already is no complaint."""
    assert found.complaint == words


def test_what_is_in_the_log_alone_is_told(store: Store, path: Path) -> None:
    """A plan whose envelope the outbox lost is told; one that never came about under a newer one is not."""
    (one,) = with_teachers(store, 1)
    first = seal(store, one, "a")
    log = Journal(path)
    assert not store.guard(TODAY).behind_log

    lost = first.line.replace(b'"revisi":1', b'"revisi":2')
    log.append(lost, "", 1)
    assert store.guard(TODAY).behind_log
    seal(store, one, "b")
    log.append(lost, "", 2)
    assert not store.guard(TODAY).behind_log
    log.append(b"no envelope", "", 1)
    assert not store.guard(TODAY).behind_log


def test_a_lost_plan_of_an_unknown_teacher_is_told(store: Store, path: Path) -> None:
    """A teacher who is in the log alone was lost with the plan."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    Journal(path).append(entry.line.replace(one.nip.encode(), b"198507142010019999").replace(b"Guru 01", b"Guru 02"), "", 1)

    assert store.guard(TODAY).behind_log


def test_another_period_of_the_same_teacher_is_another_plan(store: Store, path: Path) -> None:
    """A newer plan of one period says nothing about that of another."""
    (one,) = with_teachers(store, 1)
    entry = seal(store, one)
    Journal(path).append(entry.line.replace(b'"periode":"2026"', b'"periode":"2025"'), "", 1)

    assert store.guard(TODAY).behind_log


def test_rows_that_no_index_can_hold_are_damage(path: Path) -> None:
    """Where building the indexes anew does not help, the file stays as it is and the damage is told."""
    with Store.open(path) as store:
        with_teachers(store, 3)
    connection = sqlite3.connect(path, isolation_level=None)
    row = connection.execute("SELECT * FROM sqlite_schema WHERE name = 'pegawai_nip'").fetchone()
    connection.close()
    raw(path, "DELETE FROM sqlite_schema WHERE name = 'pegawai_nip'")
    marks = ", ".join("NULL" if value is None else repr(value) for value in row)
    raw(path, "UPDATE pegawai SET nip = '111' WHERE id > 1", f"INSERT INTO sqlite_schema VALUES ({marks})")

    with Store.open(path) as store:
        found = store.database.check(True)
        assert not store.database.call(lambda: store.database.connection.in_transaction)
        assert len(store.roster.all()) == 3

    assert found.damaged
    assert not found.reindexed
    assert "index" in found.damaged[0]


@pytest.mark.process
def test_a_crash_after_a_checkpoint_is_unclean_too(path: Path) -> None:
    """A run that wrote and was killed leaves the database unclean, also when its log was taken in just before."""
    child = python(_CHECKPOINTED, path)
    assert child.stdout is not None
    assert child.stdout.readline() == b"open\n"
    child.kill()
    child.communicate()
    assert side_file(path).stat().st_size == 0

    with Store.open(path) as store:
        assert store.database.unclean
        assert store.database.check().full


def test_what_is_damaged_is_not_written_to_at_the_end(damaged: Path) -> None:
    """After damage was found the end of a run is not noted in the file: the next start checks it whole."""
    with Store.open(damaged) as store:
        store.reference.set_memo("a", "b")
        assert not store.database.check(False).good

    with Store.open(damaged) as store:
        assert store.database.unclean


@pytest.mark.parametrize(("ahead", "kind"), [(1, NewerSchemaError), (100, NewerSchemaError), (101, CorruptError)])
def test_a_version_that_no_release_can_have_is_damage(path: Path, ahead: int, kind: type[StorageError]) -> None:
    """A newer release's database is named as such; a number far beyond is a damaged one."""
    Store.open(path).close()
    raw(path, f"PRAGMA user_version = {len(schema.STEPS) + ahead}")

    with pytest.raises(kind):
        Store.open(path)


def test_a_database_without_a_version_is_none(path: Path) -> None:
    """Our mark without a version, or a version without our mark, is no database of ours."""
    Store.open(path).close()
    raw(path, "PRAGMA user_version = 0")
    with pytest.raises(CorruptError):
        Store.open(path)
    raw(path, f"PRAGMA user_version = {len(schema.STEPS)}", "PRAGMA application_id = 7")
    with pytest.raises(CorruptError):
        Store.open(path)


def test_a_sqlite_that_is_too_old_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without STRICT tables nothing is begun."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 9))
    with pytest.raises(StorageError, match="terlalu lama"):
        Store.open(path)
    assert not path.exists()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 37, 0))
    Store.open(path).close()
    assert sqlite_version() == sqlite3.sqlite_version


def test_a_database_of_the_first_steps_is_brought_up(path: Path) -> None:
    """Every step that is missing runs, from the version that stands in the file."""
    Database(path, steps=schema.STEPS[:1]).close()

    with Store.open(path) as store:
        assert store.database.check(True).good


class WithoutWal(sqlite3.Connection):
    """SQLite on a file system on which it cannot share memory."""

    def execute(self, statement: str, *values: object) -> sqlite3.Cursor:  # type: ignore[override]
        return super().execute("SELECT 'delete'" if statement == "PRAGMA journal_mode = WAL" else statement, *values)


def test_an_odd_file_system_is_as_safe(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there can be no write-ahead log a journal is used instead, still synced, and what was saved is there."""
    whole = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *where, **more: whole(*where, **more, factory=WithoutWal))

    with Store.open(path) as store:
        pragmas = ("journal_mode", "synchronous", "locking_mode")
        found = store.database.call(lambda: [store.database.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas])
        seal(store, with_teachers(store, 1)[0])

    assert found == ["truncate", 2, "exclusive"]
    with Store.open(path) as store:
        assert len(store.outbox.all()) == 1


def test_an_unreadable_time_is_the_oldest() -> None:
    """A time that a damaged disk made unreadable sorts before every other."""
    assert from_text("2026-01-08x") == datetime(1970, 1, 1, tzinfo=UTC)


def test_copies_of_migrations_and_restores_are_kept_apart(path: Path) -> None:
    """The seven newest daily copies and the seven newest of restores stay; a copy before a migration is not counted."""
    with Store.open(path) as store:
        folder = path.parent / "cadangan"
        folder.mkdir()
        for day in range(1, 10):
            (folder / f"pmm-tui-pulih-2025010{day}.db").write_bytes(b"x")
            (folder / f"pmm-tui-harian-2025010{day}.db").write_bytes(b"x")
        (folder / "pmm-tui-skema-1.db").write_bytes(b"x")

        assert ensure_today(store.database, TODAY)

    names = {copy.name for copy in copies(path)}
    assert {name for name in names if "pulih" in name} == {f"pmm-tui-pulih-2025010{day}.db" for day in range(3, 10)}
    assert {name for name in names if "harian" in name} == {COPY, *(f"pmm-tui-harian-2025010{day}.db" for day in range(4, 10))}
    assert "pmm-tui-skema-1.db" in names


def test_a_clock_set_back_keeps_todays_copy(path: Path) -> None:
    """Copies of days that are still to come do not push out the one that was just made; they are the first to go."""
    with Store.open(path) as store:
        folder = path.parent / "cadangan"
        folder.mkdir()
        for day in range(1, 9):
            (folder / f"pmm-tui-harian-2027010{day}.db").write_bytes(b"x")
        assert ensure_today(store.database, TODAY)
        assert not ensure_today(store.database, TODAY)

    assert (folder / COPY).exists()
    assert len(copies(path)) == KEPT


def test_todays_copy_takes_what_killed_runs_left(path: Path) -> None:
    """Half-made files that are hours old go when the day's copy is made."""
    with Store.open(path) as store:
        left = path.with_name(".pmm-tui.db.pulih-00")
        left.mkdir()
        os.utime(left, (MORNING.timestamp(),) * 2)
        assert ensure_today(store.database, TODAY)

    assert not left.exists()


def test_an_envelope_that_is_no_text_is_damaged(store: Store) -> None:
    """Whatever type a damaged disk left in an envelope's place, its number is told."""
    one, two = with_teachers(store, 2)
    seal(store, one)
    sound = seal(store, two)

    def spoil() -> None:
        with store.database.transaction() as connection:
            connection.execute("DROP TRIGGER kiriman_beku")
            connection.execute("UPDATE kiriman SET line = x'00' WHERE id = 1")

    store.database.call(spoil)

    found = store.database.check(True)
    assert found.damaged_envelopes == (1,)
    assert digest(sound.line) == sound.sha256
