"""Values that somebody typed: they are known, one step can be taken back, and a merge of copies keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.errors import InputError
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.salvage import salvage
from tests.store.samples import MORNING, PERIODE, later, numbered_teacher, rencana, with_teachers

NEW = Pegawai(nama="Wayan Tirta", tanggal_lahir="1990-02-01")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "pmm-tui.db"


def test_an_added_teacher_can_be_taken_back_once(path: Path) -> None:
    """Also after a start; with the marks of what was typed and of who needs no plan."""
    with Store.open(path) as store:
        added = store.by_hand.write(None, NEW, ("nama", "tanggal_lahir", "id_server"), MORNING)
        assert store.roster.get(added.id) == added
        assert store.by_hand.values() == {added.id: {"nama": "Wayan Tirta", "tanggal_lahir": "1990-02-01"}}
        store.not_needed.mark([added.id], PERIODE, "honor", MORNING)
    with Store.open(path) as store:
        assert store.by_hand.undo().after == added
        assert (store.roster.all(), store.by_hand.values(), store.not_needed.all(PERIODE)) == ((), {}, {})
        with pytest.raises(InputError, match="Tidak ada tambahan"):
            store.by_hand.undo()


def test_a_teacher_with_a_plan_is_not_taken_back(path: Path) -> None:
    """Nobody's work goes with an undo; all of it is as it was, and the undo is still there."""
    with Store.open(path) as store:
        added = store.by_hand.write(None, NEW, ("nama",), MORNING)
        store.drafts.save(added.id, PERIODE, rencana(1), 1, MORNING)
        with pytest.raises(InputError, match="sudah punya rencana"):
            store.by_hand.undo()
        assert store.by_hand.values() == {added.id: {"nama": "Wayan Tirta"}}
        assert store.roster.get(added.id) == added
        assert store.by_hand.last() is not None


def test_a_change_is_taken_back_with_what_was_typed_before(path: Path) -> None:
    """The values and the marks of before; only the last change."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        first = store.by_hand.write(one, structs.replace(one, golongan="III/c"), ("golongan",), MORNING)
        second = store.by_hand.write(first, structs.replace(first, golongan="III/d", jk="L"), ("golongan", "jk"), later(1))
        assert store.by_hand.values() == {one.id: {"golongan": "III/d", "jk": "L"}}
        assert store.by_hand.undo().before == first
        assert store.roster.get(one.id) == first != second
        assert store.by_hand.values() == {one.id: {"golongan": "III/c"}}


def test_nothing_is_written_over_what_changed_meanwhile(path: Path) -> None:
    """Neither a change that was typed beside a fetch, nor an undo after one."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        fetched = structs.replace(one, jk="P")
        store.roster.write([fetched])
        with pytest.raises(InputError, match="baru saja berubah"):
            store.by_hand.write(one, structs.replace(one, golongan="III/c"), ("golongan",), MORNING)
        assert store.roster.get(one.id) == fetched
        store.by_hand.write(fetched, structs.replace(fetched, golongan="III/c"), ("golongan",), MORNING)
        store.roster.write([structs.replace(fetched, golongan="III/d")])
        with pytest.raises(InputError, match="sudah berubah sesudah diketik"):
            store.by_hand.undo()
        assert store.by_hand.values() == {one.id: {"golongan": "III/c"}}


def test_a_number_of_somebody_else_leaves_nothing_behind(path: Path) -> None:
    """Neither the teacher nor a word of what was typed."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        with pytest.raises(InputError, match="sudah dipakai Guru 01"):
            store.by_hand.write(None, structs.replace(NEW, nip=one.nip), ("nama", "nip"), MORNING)
        assert len(store.roster.all()) == 1
        assert (store.by_hand.values(), store.by_hand.last()) == ({}, None)


def test_what_was_typed_later_comes_back_from_a_damaged_file(path: Path, tmp_path: Path) -> None:
    """The value itself too, where it still counted; one that a list has replaced since brings only its mark."""
    with Store.open(path) as store:
        one, two = with_teachers(store, 2)
        store.database.backup(tmp_path / "base.db")
        store.by_hand.write(one, structs.replace(one, golongan="III/d"), ("golongan",), later(1))
        changed = store.by_hand.write(two, structs.replace(two, golongan="III/a"), ("golongan",), later(2))
        store.roster.write([structs.replace(changed, golongan="III/b"), numbered_teacher(7)])
        store.database.backup(tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        base.database.call(lambda: merge(base.database, salvage(tmp_path / "wreck.db"), ()))
        assert {p.nama: p.golongan for p in base.roster.all()} == {"Guru 01": "III/d", "Guru 02": "", "Guru 07": ""}
        assert base.by_hand.values() == {one.id: {"golongan": "III/d"}, two.id: {"golongan": "III/a"}}
