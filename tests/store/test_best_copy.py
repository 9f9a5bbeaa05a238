"""Which copies are kept and which one is taken: by what they hold, whatever the clock said; and the copy of a long session."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError, DiskFullError, InputError, StorageError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Database, Store, backup
from pmm_tui.store.file import copies, copies_folder, read_only_uri, wrecks
from pmm_tui.store.recovery import daily
from pmm_tui.store.recovery.daily import KEPT, MUCH, ensure_today
from pmm_tui.store.recovery.holdings import Holdings, Lack, holdings, in_order, lack, of_wreck, peek
from pmm_tui.store.recovery.inspection import BEFORE, BROKEN, LESS, SAME
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.recovery.salvage import salvage
from tests.skp.sample_plan import complete_plan

PLAN = complete_plan(bundled(), "2026")
AHEAD = date(2099, 3, 1)
TODAY = date(2026, 1, 10)
NOW = datetime(2026, 1, 18, 2, tzinfo=UTC)
DAY = timedelta(days=1)


def know(store: Store, count: int) -> None:
    """Let there be that many teachers."""
    numbers = range(len(store.roster.all()), count)
    store.roster.write([Pegawai(nama=f"Guru {n}", nip=f"19850714201001{2000 + n:04}") for n in numbers])


def edit(store: Store, number: int, edits: int, at: datetime = NOW) -> None:
    """Save a teacher's draft for the `edits`-th time."""
    (pegawai,) = (p for p in store.roster.all() if p.nama == f"Guru {number}")
    assert store.drafts.save(pegawai.id, "2026", PLAN, edits, at)


def on(path: Path, day: date) -> Path:
    """The copy of that day, with the time that a clock of that day gives its file."""
    with Store.open(path) as store:
        assert ensure_today(store.database, day)
    copy = copies_folder(path) / f"pmm-tui-harian-{day:%Y%m%d}.db"
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
    os.utime(copy, (noon, noon))
    return copy


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "pmm-tui.db"


# ---- the clock


def a_week_ahead(path: Path) -> list[Path]:
    """A week with the clock ahead and two teachers, then eight right days with forty and drafts."""
    with Store.open(path) as store:
        know(store, 2)
    for day in range(7):
        on(path, AHEAD + day * DAY)
    with Store.open(path) as store:
        know(store, 40)
    right = []
    for day in range(8):
        with Store.open(path) as store:
            edit(store, day, 1)
        right.append(on(path, TODAY + day * DAY))
    return right


def test_a_week_with_the_clock_ahead_leaves_the_right_copies(path: Path) -> None:
    """Of the seven that are kept all are of the right week, in which there was more; none of the week that is still to come."""
    right = a_week_ahead(path)
    assert sorted(copies(path)) == right[1:]


def test_the_copy_with_most_is_taken_whatever_its_day(path: Path) -> None:
    """The newest by name and by time is of a wrong clock and holds two teachers; what it was passed over for is told."""
    right = a_week_ahead(path)
    with Store.open(path.with_name("lain.db")) as store:
        know(store, 2)
        store.database.backup(wrong := copies_folder(path) / "pmm-tui-harian-20990307.db")
    path.write_bytes(b"rusak" * 100)
    found = restore(path, NOW)
    assert (found.source, found.teachers, found.drafts) == (right[-1], 40, 8)
    assert {passed.path: passed.why for passed in found.passed} == dict.fromkeys((wrong, *right[1:-1]), LESS)
    (told,) = (passed.held for passed in found.passed if passed.path == wrong)
    assert told is not None
    assert told.counts == (2, 0, 0)


def test_alike_copies_are_ordered_by_day_and_a_day_to_come_is_the_oldest(path: Path) -> None:
    """Nothing else tells: the later day is taken, but not one that has not come; files of tomorrow are, as zones differ."""
    with Store.open(path) as store:
        know(store, 2)
    days = [AHEAD, TODAY - DAY, TODAY + DAY, TODAY + 3 * DAY, TODAY]
    made = {day: on(path, day) for day in days}
    held = {copy: peek(copy) for copy in copies(path)}
    order = [made[day] for day in (TODAY + DAY, TODAY, TODAY - DAY, AHEAD, TODAY + 3 * DAY)]
    assert in_order(held, TODAY) == order
    late = made[TODAY]
    os.utime(late, (made[AHEAD].stat().st_mtime,) * 2)  # an honest name, but the file was written in 2099
    assert in_order(held, TODAY)[:2] == [made[TODAY + DAY], made[TODAY - DAY]]


def test_with_no_work_done_a_week_ahead_is_what_goes(path: Path) -> None:
    """Copies that hold the same: those of days to come are dropped first."""
    with Store.open(path) as store:
        know(store, 2)
    for day in range(7):
        on(path, AHEAD + day * DAY)
    right = [on(path, TODAY + day * DAY) for day in range(KEPT + 1)]
    assert set(copies(path)) >= set(right[1:])
    assert not [copy for copy in copies(path) if "2099" in copy.name]


def test_of_alike_copies_the_others_are_called_alike(path: Path) -> None:
    """A damaged copy is told as such, and one that holds the same as the one that was taken."""
    with Store.open(path) as store:
        know(store, 2)
    one, two = on(path, TODAY - DAY), on(path, TODAY)
    (broken := copies_folder(path) / "pmm-tui-harian-20260111.db").write_bytes(b"x")
    path.write_bytes(b"")
    found = restore(path, NOW)
    assert found.source == two
    assert {passed.path: passed.why for passed in found.passed} == {one: SAME, broken: BROKEN}


def test_a_chosen_copy_stays_chosen(path: Path, tmp_path: Path) -> None:
    """What the operator went back to is not undone by the next restore, though copies from before hold more."""
    with Store.open(path) as store:
        know(store, 3)
        edit(store, 1, 1)
        store.database.backup(stick := tmp_path / "usb.db")
        edit(store, 1, 50)
    more = on(path, TODAY)
    restore(path, NOW, stick)
    restore(path, NOW + DAY, stick)
    after = on(path, TODAY + DAY)
    path.write_bytes(b"")
    found = restore(path, NOW + 2 * DAY)
    assert found.source is not None
    kept = peek(found.source)
    assert kept is not None
    assert (kept.chosen, list(kept.edits.values())) == (2, [1])
    assert {passed.path: passed.why for passed in found.passed}[more] == BEFORE
    assert after.exists()
    with Store.open(path) as store:
        assert [draft.edit for draft in store.drafts.all("2026").values()] == [1]


# ---- what is asked before sound data are replaced


def test_sound_data_are_replaced_only_when_agreed(path: Path, tmp_path: Path) -> None:
    """The question is told what the copy lacks; a no leaves everything as it is, a yes calls nothing damaged."""
    with Store.open(path) as store:
        know(store, 2)
        edit(store, 1, 1)
        store.database.backup(stick := tmp_path / "usb.db")
        know(store, 3)
        edit(store, 1, 2, NOW + 3 * DAY)
        edit(store, 0, 1, NOW + 4 * DAY)
    before = path.read_bytes()
    asked: list[Lack] = []
    with pytest.raises(InputError, match="Tidak jadi"):
        restore(path, NOW, stick, lambda newer: bool(asked.append(newer)))  # type: ignore[func-returns-value]
    assert asked == [Lack(teachers=1, drafts=2, envelopes=0, days=4)]
    assert str(asked[0]) == "1 guru, 2 draf"
    assert path.read_bytes() == before
    assert list(path.parent.glob("*pulihkan*")) == []

    found = restore(path, NOW, stick, lambda _: True)
    assert found.lost == Lack(teachers=1, drafts=2, days=4)
    assert found.sound
    assert found.set_aside is not None
    assert found.set_aside.name.startswith("pmm-tui.db.sebelum-pulihkan-2026")
    assert found.set_aside.read_bytes() == before


def test_a_sound_file_that_was_set_aside_keeps_from_a_fresh_start(path: Path, tmp_path: Path) -> None:
    """Killed between the two names, the file set aside is all there is: found again like a damaged one, the later one first."""
    with Store.open(path) as store:
        know(store, 2)
    sound = path.rename(path.with_name("pmm-tui.db.sebelum-pulihkan-20260111-020000"))
    shutil.copyfile(sound, old := path.with_name("pmm-tui.db.rusak-20260110-020000"))
    with pytest.raises(CorruptError):
        Store.open(path)
    assert wrecks(path) == [sound, old]
    assert restore(path, NOW).teachers == 2


def test_what_did_not_come_back_is_told(path: Path) -> None:
    """A draft that the damaged file still names but that can no longer be read; nothing is told where nothing was read."""
    with Store.open(path) as store:
        know(store, 3)
        edit(store, 0, 1)
        edit(store, 1, 1)
        assert ensure_today(store.database, TODAY)
        edit(store, 2, 9)
        database = store.database
        database.call(lambda: database.connection.execute("UPDATE draf SET rencana = x'00' WHERE suntingan = 9"))
        database.call(lambda: database.connection.execute("DROP INDEX pegawai_nip"))
    found = restore(path, NOW)
    assert (found.lost, found.sound) == (Lack(drafts=1), False)
    assert found.copied == "2026-01-18T02:00:00.000000+00:00"
    path.write_bytes(b"rusak" * 100)
    assert restore(path, NOW).lost is None


def test_namesakes_are_two(path: Path) -> None:
    """Teachers of one name and without a number count each; a draft belongs to one of them."""
    with Store.open(path) as store:
        store.roster.write([Pegawai(nama="Siti"), Pegawai(nama="Siti", tanggal_lahir="1990-01-01")])
        before = peek_open(store)
        for pegawai in store.roster.all():
            store.drafts.save(pegawai.id, "2026", PLAN, 1, NOW)
        after = peek_open(store)
    assert (before.counts, after.counts) == ((2, 0, 0), (2, 2, 0))
    assert lack(before, after) == Lack(drafts=2)


def peek_open(store: Store) -> Holdings:
    return store.database.call(lambda: holdings(store.database.connection))


def test_a_wreck_holds_what_its_database_held(path: Path) -> None:
    """Both ways of reading agree on a sound database."""
    with Store.open(path) as store:
        know(store, 3)
        edit(store, 0, 4)
        pegawai = store.roster.all()[0]
        store.outbox.seal(pegawai, "2026", PLAN, 4, NOW + DAY)
        held = peek_open(store)
    assert held.counts == (3, 1, 1)
    assert held.size == 9
    assert of_wreck(salvage(path)) == held == peek(path)
    assert lack(held, Holdings()) == lack(held, held) == Lack()
    assert not lack(held, held)
    assert str(lack(Holdings(), held)) == "3 guru, 1 draf, 1 rencana tersegel"


# ---- the copy of a session


def session_copy(path: Path) -> Path:
    return copies_folder(path) / f"pmm-tui-sesi-{TODAY:%Y%m%d}.db"


def test_a_first_day_ends_with_a_copy_of_its_work(path: Path) -> None:
    """The day's copy was made at the first start, empty; the end of the session makes one that has it all."""
    with Store.open(path) as store:
        assert store.guard(TODAY).good
        know(store, 6)
        edit(store, 1, 1)
    assert peek(copies_folder(path) / f"pmm-tui-harian-{TODAY:%Y%m%d}.db") == Holdings()
    path.write_bytes(b"rusak" * 100)
    found = restore(path, NOW)
    assert (found.source, found.teachers, found.drafts) == (session_copy(path), 6, 1)


def test_a_roster_is_copied_while_the_screen_is_open(path: Path) -> None:
    """The screen looks at its records again after an import: one more teacher is worth a copy, a draft or two are not."""
    with Store.open(path) as store:
        store.guard(TODAY)
        store.guard(TODAY)
        assert not session_copy(path).exists()
        know(store, 1)
        store.guard(TODAY)
        held = peek(session_copy(path))
        assert held is not None
        assert held.counts == (1, 0, 0)
        edit(store, 0, 1)
        edit(store, 0, 2)
        store.guard(TODAY)
        assert peek(session_copy(path)) == held


@pytest.mark.parametrize(("edits", "copied"), [(0, False), (MUCH // 3, False), (MUCH + 1, True)])
def test_only_a_session_that_changed_much_gets_a_copy(path: Path, edits: int, copied: bool) -> None:
    """Looking around and a few letters do not; a pane's worth of edits does."""
    with Store.open(path) as store:
        know(store, 1)
    with Store.open(path) as store:
        store.guard(TODAY)
        for number in range(edits):
            edit(store, 0, number + 1)
    assert session_copy(path).exists() == copied


def test_many_small_sessions_get_a_copy_together(path: Path) -> None:
    """Commands that change little each: once they have changed much since the last copy, it is made anew."""
    with Store.open(path) as store:
        know(store, 1)
    seen = []
    for number in range(MUCH + 2):
        with Store.open(path) as store:
            store.guard(TODAY)
            edit(store, 0, number + 1)
        seen.append(session_copy(path).exists())
    assert not seen[MUCH // 2]
    assert seen[-1]


def test_a_copy_is_never_replaced_by_one_that_holds_less(path: Path) -> None:
    """A session over lost records leaves the copy of an earlier one that day alone."""
    with Store.open(path) as store:
        store.guard(TODAY)
        know(store, 20)
    held = peek(session_copy(path))
    shutil.rmtree(folder := path.parent.with_name("awal"), ignore_errors=True)
    with Store.open(folder / "pmm-tui.db") as store:
        store.guard(TODAY)
        shutil.copytree(copies_folder(path), copies_folder(folder / "pmm-tui.db"), dirs_exist_ok=True)
        know(store, 12)
    assert peek(session_copy(folder / "pmm-tui.db")) == held


def test_a_store_that_nobody_watches_gets_no_copy(path: Path) -> None:
    """Without the check that finds the records sound nothing is copied at the end."""
    with Store.open(path) as store:
        know(store, 20)
    assert copies(path) == []


def test_the_end_waits_for_no_slow_disk(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that takes too long, or finds no room, is given up in silence and leaves nothing half-made."""
    monkeypatch.setattr(daily, "PATIENCE", -1.0)
    with Store.open(path) as store:
        store.guard(TODAY)
        know(store, 40)
        database = store.database
        with pytest.raises(StorageError, match="terlalu lama"):
            database.backup(path.with_name("salinan.db"), patience=-1.0)
    assert not session_copy(path).exists()
    assert [p.name for p in copies_folder(path).iterdir()] == [f"pmm-tui-harian-{TODAY:%Y%m%d}.db"]
    assert not path.with_name("salinan.db").exists()

    def full(*_: object) -> None:
        raise DiskFullError("penuh")

    with Store.open(path) as store:
        store.guard(TODAY)
        know(store, 60)
        monkeypatch.setattr(backup, "_copy", full)
    with Store.open(path) as store:
        assert len(store.roster.all()) == 60


def test_seven_sessions_are_kept_beside_seven_days(path: Path) -> None:
    """Each kind by itself; the best of each."""
    for day in range(KEPT + 2):
        with Store.open(path) as store:
            store.guard(TODAY + day * DAY)
            know(store, 5 * day + 5)
    names = sorted(copy.name for copy in copies(path))
    last = [f"{TODAY + day * DAY:%Y%m%d}" for day in range(KEPT + 2)]
    assert [name for name in names if "sesi" in name][-KEPT:] == [f"pmm-tui-sesi-{day}.db" for day in last[2:]]
    assert [name for name in names if "harian" in name] == [f"pmm-tui-harian-{day}.db" for day in last[2:]]


@pytest.mark.parametrize("name", ["pmm-tui.db", "a b#c?d%41.db", "ü.db"])
def test_odd_names_are_looked_at(tmp_path: Path, name: str) -> None:
    """Whatever a file is called, SQLite is told the right one; also in a folder that another computer shares."""
    Database(tmp_path / name).close()
    assert peek(tmp_path / name) == Holdings()


@pytest.mark.parametrize(
    ("place", "uri"),
    [
        ("/a b/x.db", "file:///a%20b/x.db?mode=ro"),
        ("C:/Data/x.db", "file:///C:/Data/x.db?mode=ro"),
        ("//server/bagian/x.db", "file:////server/bagian/x.db?mode=ro"),
    ],
)
def test_how_sqlite_is_told_a_place(place: str, uri: str) -> None:
    """A drive gets a slash before its letter; a shared folder stays four slashes, as SQLite takes no other computer's name."""

    class Place:
        def absolute(self) -> Place:
            return self

        def as_posix(self) -> str:
            return place

    assert read_only_uri(Place()) == uri  # type: ignore[arg-type]
