"""Templates in the store: names are one whatever their case, no teacher's word is in them, and they come back with a restore."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError, InputError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import DataDiri, PraktikPembelajaran, Rangkuman, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.recovery.holdings import Holdings, Lack, holdings, lack, of_wreck
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.recovery.salvage import salvage
from pmm_tui.store.steps import DraftChange
from pmm_tui.store.templates import MAX_NAME
from tests.skp.sample_plan import complete_plan
from tests.store.samples import MORNING, PERIODE, later, numbered_teacher, with_teachers

PLAN = complete_plan(bundled(), PERIODE)
OTHER = RencanaKinerja(praktik_pembelajaran=PraktikPembelajaran(indikator=("a",)))


def names(store: Store) -> list[str]:
    return [one.name for one in store.templates.all()]


def save(store: Store, name: str, plan: RencanaKinerja = PLAN, *, at: float = 0, replace: bool = False) -> None:
    store.templates.save(name, PERIODE, "", plan, later(at), replace=replace)


def test_a_template_keeps_nothing_of_the_teacher(store: Store) -> None:
    """On the disk neither: no data diri, SK or confirmation."""
    save(store, "Guru kelas")
    found = store.templates.get("guru  KELAS")
    assert found is not None
    assert (found.name, found.periode, found.sasaran, found.at) == ("Guru kelas", PERIODE, "", MORNING)
    assert (found.rencana.data_diri, found.rencana.rangkuman) == (DataDiri(), Rangkuman())
    assert found.rencana.tugas_tambahan == TugasTambahan(tugas=(Tugas(tugas="wali-kelas"),))
    assert found.rencana.perilaku_kerja == PLAN.perilaku_kerja
    raw = store.database.call(lambda: store.database.connection.execute("SELECT rencana FROM templat").fetchone()[0])
    for word in (b"421/7", b"2024-01-05", b"sesuai", b"dikonfirmasi"):
        assert word not in raw


def test_one_name_is_one_whatever_its_case(store: Store) -> None:
    """A taken name is refused unless it is to be replaced; then the name is as it was written last."""
    save(store, "Guru Ädil")
    with pytest.raises(InputError, match="sudah ada"):
        save(store, "  guru   äDIL ")
    save(store, "guru ädil", OTHER, replace=True)
    assert names(store) == ["guru ädil"]
    assert store.templates.all()[0].rencana == OTHER


@pytest.mark.parametrize("name", ["", "  ", "\x1b\x07", "x" * (MAX_NAME + 1)])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    """Empty after cleaning, or too long."""
    with pytest.raises(InputError, match="Nama templat"):
        save(store, name)
    assert names(store) == []


def test_a_name_is_cleaned(store: Store) -> None:
    """Nothing in it steers a terminal."""
    save(store, "a\x1b[31mb\u202e\nc")
    assert store.templates.all()[0].name.isprintable()
    save(store, "x" * MAX_NAME)
    assert len(names(store)) == 2


def test_a_removed_one_is_gone_and_its_name_is_free(store: Store) -> None:
    """Once: the second time there is none."""
    save(store, "b")
    save(store, "A")
    assert names(store) == ["A", "b"]
    assert store.templates.remove("B", later(1))
    assert not store.templates.remove("b", later(2))
    assert (names(store), store.templates.get("b")) == (["A"], None)
    save(store, "B", at=3)
    assert names(store) == ["A", "B"]


def test_a_damaged_one_is_left_out_and_says_so(store: Store) -> None:
    """The others are still there, and it can be removed."""
    save(store, "baik")
    save(store, "rusak")
    store.database.call(lambda: store.database.connection.execute("UPDATE templat SET rencana = x'7b' WHERE kunci = 'rusak'"))
    assert names(store) == ["baik"]
    with pytest.raises(CorruptError, match="hapus lalu simpan lagi"):
        store.templates.get("rusak")
    assert store.templates.remove("rusak", later(1))


def test_a_database_without_the_table_has_none(tmp_path: Path) -> None:
    """As beside a window of an older program, and of a damaged one."""
    old = tmp_path / "old.db"
    steps = next(n for n, step in enumerate(schema.STEPS) if any("CREATE TABLE templat" in statement for statement in step))
    with Store(Database(old, steps=schema.STEPS[:steps])) as store:
        assert (store.templates.all(), store.templates.get("x")) == ((), None)
    assert salvage(old).templates == []
    with closing(sqlite3.connect(old)) as raw:
        assert holdings(raw).words == {}


def test_the_later_word_counts_when_copies_are_put_together(path: Path, tmp_path: Path) -> None:
    """Also that a template was removed; what is damaged replaces nothing, and what does not fit is left out."""
    with Store.open(path) as store:
        for name in ("lama", "baru", "hapus", "rusak"):
            save(store, name)
        store.database.backup(tmp_path / "base.db")
        save(store, "BARU", OTHER, at=5, replace=True)
        save(store, "tambahan", OTHER, at=5)
        store.templates.remove("hapus", later(5))
        save(store, "rusak", OTHER, at=5, replace=True)
        store.database.backup(tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        save(base, "lama", OTHER, at=9, replace=True)
        wreck = salvage(tmp_path / "wreck.db")
        for row in wreck.templates:
            if row["kunci"] == "rusak":
                row["rencana"] = b"{"
        wreck.templates += [dict(wreck.templates[0]) | {"ditandai": "kemarin"}, {"nama": "x"}]
        base.database.call(lambda: merge(base.database, wreck, ()))
        found = {one.name: one.rencana == OTHER for one in base.templates.all()}
        assert found == {"BARU": True, "lama": True, "rusak": False, "tambahan": True}
        assert base.templates.get("hapus") is None


def test_templates_make_a_database_hold_more(path: Path, tmp_path: Path) -> None:
    """They count for which copy is taken, whole or damaged, and a removal is a word too."""
    with Store.open(path) as store:

        def now() -> Holdings:
            return store.database.call(lambda: holdings(store.database.connection))

        before = now()
        save(store, "satu")
        saved = now()
        store.templates.remove("satu", later(9))
        removed = now()
        store.database.backup(tmp_path / "copy.db")
    assert (lack(before, saved), lack(saved, removed)) == (Lack(words=1), Lack(words=1))
    assert not lack(removed, saved)
    assert of_wreck(salvage(tmp_path / "copy.db")).words == removed.words


def test_they_come_back_with_a_restore(path: Path) -> None:
    """From a copy, and from what the damaged file still says."""
    with Store.open(path) as store:
        save(store, "Guru kelas")
        store.guard(MORNING.date())
    with path.open("r+b") as file:  # the page of the schema, so that no check passes
        file.seek(16)
        file.write(b"\xff\xff")
    restore(path, later(60))
    with Store.open(path) as store:
        assert names(store) == ["Guru kelas"]


def test_a_teacher_of_a_step_that_was_undone_can_be_taken_back(store: Store) -> None:
    """Undoing an addition by hand is held up by a plan, not by the memory of one."""
    with_teachers(store, 1)
    added = store.by_hand.write(None, numbered_teacher(4), ("nama",), MORNING)
    step = store.steps.do("salin", "x", PERIODE, [DraftChange(added.id, 0, OTHER)], MORNING)
    with pytest.raises(InputError, match="sudah punya rencana"):
        store.by_hand.undo()
    store.steps.undo(step.id, later(1))
    store.by_hand.undo()
    assert len(store.roster.all()) == 1


def test_who_was_worked_on_last(store: Store) -> None:
    """The draft saved last that says something, one teacher aside; not one that only came from the server."""
    one, two, three = (teacher.id for teacher in with_teachers(store, 3))
    assert store.drafts.last(PERIODE) is None
    store.drafts.save(one, PERIODE, PLAN, 1, later(1))
    store.drafts.save(two, PERIODE, PLAN, 1, later(2))
    store.drafts.save(three, PERIODE, RencanaKinerja(), 1, later(3))
    assert [store.drafts.last(PERIODE, besides) for besides in (0, two, one)] == [two, one, two]
    assert (store.drafts.last("2025"), store.drafts.edits(PERIODE)) == (None, {one: 1, two: 1, three: 1})
