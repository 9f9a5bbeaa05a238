"""Who needs no plan: kept for each period, taken back, and there again after a copy, a merge and an import."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.store import Database, Store, schema
from pmm_tui.store.recovery.holdings import Lack, holdings, lack
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.recovery.salvage import Wreck, salvage
from tests.store.samples import MORNING, PERIODE, later, numbered_teacher, rencana, seal, with_teachers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pmm-tui.db"


def test_a_mark_is_of_one_teacher_and_period(path: Path) -> None:
    """It survives a start, another period knows nothing of it, and taking it back leaves none."""
    with Store.open(path) as store:
        one, other = with_teachers(store, 2)
        assert store.not_needed.mark([one.id], PERIODE, "honor", MORNING) == (one.id,)
    with Store.open(path) as store:
        assert store.not_needed.all(PERIODE) == {one.id: "honor"}
        assert store.not_needed.all("2025") == {}
        found = store.not_needed.get(one.id, PERIODE)
        assert found is not None
        assert (found.reason, found.at, store.not_needed.get(other.id, PERIODE)) == ("honor", MORNING, None)
        store.not_needed.unmark([one.id, other.id], PERIODE, later(1))
        assert store.not_needed.all(PERIODE) == {}
        assert store.not_needed.get(one.id, PERIODE) is None
        with pytest.raises(ValueError, match="reason"):
            store.not_needed.mark([one.id], PERIODE, "", MORNING)


def test_what_waits_to_be_sent_is_not_marked(path: Path) -> None:
    """Whatever the plan has been told to be, it would go; one that is settled can be marked, in any period another."""
    with Store.open(path) as store:
        one, other = with_teachers(store, 2)
        entry = seal(store, one)
        assert store.not_needed.mark([one.id, other.id], PERIODE, "mutasi", MORNING) == (other.id,)
        assert store.not_needed.mark([one.id], "2025", "mutasi", MORNING) == (one.id,)
        store.outbox.mark_sending([entry.id])
        assert store.not_needed.mark([one.id], PERIODE, "mutasi", MORNING) == ()
        store.outbox.recover()  # unknown: it may have arrived
        assert store.not_needed.mark([one.id], PERIODE, "mutasi", MORNING) == ()


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_an_old_database_gets_the_tables(path: Path, steps: int) -> None:
    """From each schema that was released; what was in it stays, and it is whole afterwards."""
    Database(path, steps=schema.STEPS[:steps]).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO pegawai VALUES (7, 'Ani', '', '', '', '', '', '', '', '', '', '')")
        raw.execute("INSERT INTO draf VALUES (7, ?, ?, 3, ?)", (PERIODE, b"{}", "2026-01-08T00:00:00+00:00"))
    with Store.open(path) as store:
        assert store.database.check(full=True).good
        assert [(p.id, p.nama) for p in store.roster.all()] == [(7, "Ani")]
        assert store.not_needed.all(PERIODE) == {}
        assert store.by_hand.values() == {}
        store.not_needed.mark([7], PERIODE, "pensiun", MORNING)
        assert store.not_needed.all(PERIODE) == {7: "pensiun"}
        draft = store.drafts.get(7, PERIODE)
        assert draft is not None
        assert draft.edit == 3


def test_changing_the_roster_keeps_marks(path: Path) -> None:
    """An import or a fetch that writes the teacher anew does not touch the school's own word."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        store.not_needed.mark([one.id], PERIODE, "honor", MORNING)
        store.roster.write([structs.replace(one, golongan="III/d", id_server="x1"), numbered_teacher(9)])
        assert store.not_needed.all(PERIODE) == {one.id: "honor"}


def copied(path: Path, to: Path) -> None:
    with Store.open(path) as store:
        store.database.backup(to)


def test_the_later_word_counts_when_copies_are_put_together(path: Path, tmp_path: Path) -> None:
    """A mark of the damaged file comes back, one taken back there stays away, and an older word replaces none."""
    with Store.open(path) as store:
        one, two, three = with_teachers(store, 3)
        store.not_needed.mark([two.id, three.id], PERIODE, "honor", MORNING)
        store.database.backup(tmp_path / "base.db")
        store.not_needed.mark([one.id], PERIODE, "mutasi", later(5))
        store.not_needed.unmark([two.id], PERIODE, later(6))
    copied(path, tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        base.not_needed.mark([three.id], PERIODE, "pensiun", later(9))
        wreck = salvage(tmp_path / "wreck.db")
        assert len(wreck.not_needed) == 3
        wreck.not_needed.append({"pegawai_id": one.id, "periode": "2025", "alasan": "honor", "ditandai": "kemarin"})
        wreck.not_needed.append({"pegawai_id": 99, "periode": "2025", "alasan": "honor", "ditandai": "2026-01-01T00:00:00+00:00"})
        base.database.call(lambda: merge(base.database, wreck, ()))
        assert base.not_needed.all(PERIODE) == {one.id: "mutasi", three.id: "pensiun"}
        assert base.not_needed.all("2025") == {}


def test_a_wreck_without_the_tables_has_no_marks(tmp_path: Path) -> None:
    """A damaged database of an earlier version is read for the rest."""
    old = tmp_path / "old.db"
    Database(old, steps=schema.STEPS[:2]).close()
    with closing(sqlite3.connect(old)) as raw, raw:
        raw.execute("INSERT INTO pegawai VALUES (7, 'Ani', '', '', '', '', '', '', '', '', '', '')")
    wreck = salvage(old)
    assert (len(wreck.teachers), wreck.not_needed, wreck.typed) == (1, [], [])
    with closing(sqlite3.connect(old)) as raw:
        assert holdings(raw).words == {}


def test_marks_come_back_with_a_restore(path: Path) -> None:
    """From a copy, and from what the damaged file still says."""
    with Store.open(path) as store:
        one, two = with_teachers(store, 2)
        store.not_needed.mark([one.id], PERIODE, "honor", MORNING)
        store.guard(MORNING.date())
        store.not_needed.mark([two.id], PERIODE, "mutasi", later(1))
    with path.open("r+b") as file:  # the page of the schema, so that no check passes
        file.seek(16)
        file.write(b"\xff\xff")
    found = restore(path, later(60))
    assert found.teachers == 2
    with Store.open(path) as store:
        assert store.not_needed.all(PERIODE)[one.id] == "honor"


def test_an_older_copy_is_asked_about_for_a_mark_alone(path: Path, tmp_path: Path) -> None:
    """What only the present data have is told before they are replaced, marks too."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        store.drafts.save(one.id, PERIODE, rencana(1), 1, MORNING)
        store.database.backup(tmp_path / "usb.db")
        store.not_needed.mark([one.id], PERIODE, "honor", MORNING)
    asked: list[Lack] = []

    def agreed(newer: Lack) -> bool:
        asked.append(newer)
        return True

    restore(path, later(60), tmp_path / "usb.db", agreed)
    assert asked == [Lack(words=1)]
    assert str(asked[0]) == "1 tanda dan isian sendiri"


def test_a_mark_makes_a_database_hold_more(path: Path) -> None:
    """It counts for which copy is taken, and an earlier word about the same is the lesser one."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        before = store.database.call(lambda: holdings(store.database.connection))
        store.not_needed.mark([one.id], PERIODE, "honor", MORNING)
        marked = store.database.call(lambda: holdings(store.database.connection))
        store.not_needed.unmark([one.id], PERIODE, later(1))
        back = store.database.call(lambda: holdings(store.database.connection))
    assert marked.size == before.size + 1
    assert lack(before, marked) == Lack(words=1)
    assert lack(marked, back) == Lack(words=1)
    assert not lack(back, marked)
    assert Wreck().not_needed == []
