"""What was ticked off in the store: kept by teacher and code, also for the whole school, merged by the later word, brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.recovery.holdings import Lack, holdings, lack, of_wreck
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.recovery.salvage import salvage
from pmm_tui.store.ticks import Tick
from tests.store.samples import MORNING, later, numbered_teacher, with_teachers

SCHOOL = 0


def test_a_tick_is_of_a_teacher_or_of_the_school_and_is_taken_back(store: Store) -> None:
    """Of one code there is one tick for each; the later sign is the one that is kept."""
    one, two = with_teachers(store, 2)
    store.ticks.write({(one.id, "nip-beda"): "a", (two.id, "nip-beda"): "b", (SCHOOL, "unor"): "c"}, MORNING)
    store.ticks.write({(one.id, "nip-beda"): "d", (SCHOOL, "unor"): "e"}, later(5))
    assert store.ticks.all() == {
        (one.id, "nip-beda"): Tick("d", later(5)),
        (two.id, "nip-beda"): Tick("b", MORNING),
        (SCHOOL, "unor"): Tick("e", later(5)),
    }
    store.ticks.write({(SCHOOL, "unor"): "e", (two.id, "nip-beda"): "b"}, later(6), ticked=False)
    assert list(store.ticks.all()) == [(one.id, "nip-beda")]


def test_all_are_ticked_or_none(store: Store) -> None:
    """A teacher who is gone meanwhile leaves nothing of the call behind."""
    (one,) = with_teachers(store, 1)
    with pytest.raises(InputError, match="tidak ada lagi di daftar"):
        store.ticks.write({(one.id, "nip-beda"): "a", (99, "nip-beda"): "b"}, MORNING)
    assert store.ticks.all() == {}


def test_a_teacher_that_is_taken_back_takes_the_ticks_along(store: Store) -> None:
    """Undoing an addition by hand is not held up by a tick; the school's stay."""
    added = store.by_hand.write(None, numbered_teacher(4), ("nama",), MORNING)
    store.ticks.write({(added.id, "nip-beda"): "a", (SCHOOL, "unor"): "c"}, MORNING)
    store.by_hand.undo()
    assert (store.roster.all(), list(store.ticks.all())) == ((), [(SCHOOL, "unor")])


def test_a_database_without_the_table_is_read_for_the_rest(tmp_path: Path) -> None:
    """As beside a window of an older program, and of a damaged one."""
    old = tmp_path / "old.db"
    steps = next(n for n, step in enumerate(schema.STEPS) if any("CREATE TABLE centang" in statement for statement in step))
    with Store(Database(old, steps=schema.STEPS[:steps])) as store:
        assert store.ticks.all() == {}
    assert salvage(old).ticks == []


def test_the_later_word_counts_when_copies_are_put_together(path: Path, tmp_path: Path) -> None:
    """A later tick and a later taking back come, an earlier one replaces nothing, and what does not fit is left out."""
    with Store.open(path) as store:
        one, two, three = with_teachers(store, 3)
        store.ticks.write({(one.id, "a"): "1", (two.id, "a"): "1", (SCHOOL, "unor"): "1"}, MORNING)
        store.database.backup(tmp_path / "base.db")
        store.ticks.write({(one.id, "a"): "1"}, later(5), ticked=False)
        store.ticks.write({(two.id, "a"): "2", (three.id, "a"): "3", (SCHOOL, "unor"): "2", (SCHOOL, "tim"): "1"}, later(5))
        store.database.backup(tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        base.ticks.write({(two.id, "a"): "9"}, later(9))
        wreck = salvage(tmp_path / "wreck.db")
        broken = dict(wreck.ticks[0]) | {"pegawai_id": one.id, "dicentang": 1, "ditandai": "kemarin"}
        wreck.ticks += [broken, dict(wreck.ticks[0]) | {"pegawai_id": 99}]
        base.database.call(lambda: merge(base.database, wreck, ()))
        assert {key: tick.sign for key, tick in base.ticks.all().items()} == {
            (two.id, "a"): "9",
            (three.id, "a"): "3",
            (SCHOOL, "unor"): "2",
            (SCHOOL, "tim"): "1",
        }


def test_ticks_make_a_database_hold_more(path: Path, tmp_path: Path) -> None:
    """They count for which copy is taken, whole or damaged."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        before = store.database.call(lambda: holdings(store.database.connection))
        store.ticks.write({(one.id, "a"): "1", (SCHOOL, "unor"): "1"}, MORNING)
        ticked = store.database.call(lambda: holdings(store.database.connection))
        store.database.backup(tmp_path / "copy.db")
    assert lack(before, ticked) == Lack(words=2)
    assert of_wreck(salvage(tmp_path / "copy.db")).words == ticked.words


def test_they_come_back_with_a_restore(path: Path) -> None:
    """From a copy, and from what the damaged file still says."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        store.ticks.write({(one.id, "a"): "1", (SCHOOL, "unor"): "1"}, MORNING)
        store.guard(MORNING.date())
        store.ticks.write({(one.id, "b"): "1"}, later(5))
    with path.open("r+b") as file:  # the page of the schema, so that no check passes
        file.seek(16)
        file.write(b"\xff\xff")
    restore(path, later(60))
    with Store.open(path) as store:
        assert set(store.ticks.all()) == {(one.id, "a"), (SCHOOL, "unor")}
