"""The school's own rapor and the belajar.id accounts in the store: kept, merged by the later word, brought back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.store import Database, Store, schema
from pmm_tui.store.accounts import Account
from pmm_tui.store.own_rapor import RaporEntry
from pmm_tui.store.recovery.holdings import Lack, holdings, lack, of_wreck
from pmm_tui.store.recovery.merge import merge
from pmm_tui.store.recovery.restore import restore
from pmm_tui.store.recovery.salvage import salvage
from tests.store.samples import MORNING, PERIODE, later, numbered_teacher, with_teachers

ITEM = "komponen/manajemen-kelas"


def entry(level: str, origin: str = "berkas", at: float = 0, item: str = ITEM) -> RaporEntry:
    """A level said at that many seconds past the morning."""
    file = "RAPOR.xlsx" if origin == "berkas" else ""
    return RaporEntry(item=item, level=level, score="1,5", origin=origin, file=file, at=later(at))  # type: ignore[arg-type]


def account(pegawai_id: int, address: str, state: str = "aktif", at: float = 0) -> Account:
    """An account, looked at on the morning."""
    return Account(pegawai_id=pegawai_id, address=address, state=state, checked_on="2026-01-08", origin="tangan", at=later(at))


def test_a_level_is_kept_by_item_and_origin(store: Store) -> None:
    """The typed word stands behind the download's, so that it counts; taking it back leaves the download's; periods are apart."""
    store.own_rapor.write(PERIODE, [entry("kurang"), entry("baik", "tangan")])
    assert [(e.level, e.origin, e.file, e.score) for e in store.own_rapor.all(PERIODE)] == [
        ("kurang", "berkas", "RAPOR.xlsx", "1,5"),
        ("baik", "tangan", "", "1,5"),
    ]
    store.own_rapor.write(PERIODE, [entry("", "tangan", 5)])
    assert [e.level for e in store.own_rapor.all(PERIODE)] == ["kurang"]
    assert store.own_rapor.all(PERIODE)[0].at == MORNING
    assert store.own_rapor.all("2025") == ()


def test_an_account_is_kept_and_an_address_is_one_persons(store: Store) -> None:
    """Another teacher's address is refused by name and nothing of the call is kept; addresses may change places in one call."""
    one, two, _ = with_teachers(store, 3)
    store.accounts.write([account(one.id, "a@guru.sd.belajar.id"), account(two.id, "b@guru.sd.belajar.id")])
    with pytest.raises(InputError, match=f"sudah tercatat milik {one.nama}"):
        store.accounts.write([account(two.id, "", "tidak-ada"), account(two.id, "a@guru.sd.belajar.id")])
    assert store.accounts.all()[two.id].address == "b@guru.sd.belajar.id"
    store.accounts.write([account(one.id, "b@guru.sd.belajar.id"), account(two.id, "a@guru.sd.belajar.id")])
    assert {row_id: a.address[0] for row_id, a in store.accounts.all().items()} == {one.id: "b", two.id: "a"}
    store.accounts.write([account(one.id, "", "tidak-ada"), account(two.id, "", "tidak-ada")])
    assert {a.address for a in store.accounts.all().values()} == {""}


@pytest.mark.parametrize("steps", range(1, len(schema.STEPS)))
def test_an_old_database_gets_the_tables(path: Path, steps: int) -> None:
    """From each schema that was released; what was in it stays, and it is whole afterwards."""
    Database(path, steps=schema.STEPS[:steps]).close()
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("INSERT INTO pegawai VALUES (7, 'Ani', '', '', '', '', '', '', '', '', '', '')")
    with Store.open(path) as store:
        assert store.database.check(full=True).good
        assert (store.own_rapor.all(PERIODE), store.accounts.all()) == ((), {})
        store.accounts.write([account(7, "")])
        assert list(store.accounts.all()) == [7]


def test_a_database_without_the_tables_is_read_for_the_rest(tmp_path: Path) -> None:
    """As beside a window of an older program, and of a damaged one."""
    old = tmp_path / "old.db"
    steps = next(n for n, step in enumerate(schema.STEPS) if any("rapor_sekolah" in statement for statement in step))
    with Store(Database(old, steps=schema.STEPS[:steps])) as store:
        assert (store.own_rapor.all(PERIODE), store.accounts.all()) == ((), {})
    wreck = salvage(old)
    assert (wreck.accounts, wreck.rapor) == ([], [])
    with closing(sqlite3.connect(old)) as raw:
        assert holdings(raw).words == {}


def test_the_later_word_counts_when_copies_are_put_together(path: Path, tmp_path: Path) -> None:
    """What the damaged file says later comes back, what it says earlier replaces nothing, and what does not fit is left out."""
    with Store.open(path) as store:
        one, two, three = with_teachers(store, 3)
        store.accounts.write([account(one.id, "a@guru.sd.belajar.id"), account(two.id, "b@guru.sd.belajar.id")])
        store.own_rapor.write(PERIODE, [entry("kurang"), entry("sedang", item="komponen/x")])
        store.database.backup(tmp_path / "base.db")
        store.accounts.write([account(one.id, "a@guru.sd.belajar.id", "lupa-sandi", 5), account(three.id, "c@guru.sd.belajar.id")])
        store.own_rapor.write(PERIODE, [entry("baik", at=5), entry("", at=5, item="komponen/x"), entry("baik", "tangan", 5)])
        store.database.backup(tmp_path / "wreck.db")
    with Store.open(tmp_path / "base.db") as base:
        base.accounts.write([account(two.id, "b2@guru.sd.belajar.id", at=9)])
        wreck = salvage(tmp_path / "wreck.db")
        broken = dict(wreck.accounts[0]) | {"pegawai_id": two.id, "ditandai": "kemarin"}
        wreck.accounts += [broken, dict(wreck.accounts[0]) | {"pegawai_id": 99}]
        wreck.rapor.append(dict(wreck.rapor[0]) | {"asal": "server", "butir": "komponen/y"})
        base.database.call(lambda: merge(base.database, wreck, ()))
        found = {row_id: (a.address, a.state) for row_id, a in base.accounts.all().items()}
        assert found == {
            one.id: ("a@guru.sd.belajar.id", "lupa-sandi"),
            two.id: ("b2@guru.sd.belajar.id", "aktif"),
            three.id: ("c@guru.sd.belajar.id", "aktif"),
        }
        assert [(e.item, e.level, e.origin) for e in base.own_rapor.all(PERIODE)] == [
            (ITEM, "baik", "berkas"),
            (ITEM, "baik", "tangan"),
        ]


def test_own_words_make_a_database_hold_more(path: Path, tmp_path: Path) -> None:
    """They count for which copy is taken, whole or damaged, and an earlier word about the same is the lesser one."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)

        def now() -> object:
            return store.database.call(lambda: holdings(store.database.connection))

        before = now()
        store.accounts.write([account(one.id, "a@guru.sd.belajar.id")])
        store.own_rapor.write(PERIODE, [entry("kurang"), entry("baik", "tangan")])
        marked = now()
        store.own_rapor.write(PERIODE, [entry("", "tangan", 9)])
        taken_back = now()
        store.database.backup(tmp_path / "copy.db")
    assert lack(before, marked) == Lack(words=3)  # type: ignore[arg-type]
    assert lack(marked, taken_back) == Lack(words=1)  # type: ignore[arg-type]
    assert not lack(taken_back, marked)  # type: ignore[arg-type]
    assert of_wreck(salvage(tmp_path / "copy.db")).words == taken_back.words  # type: ignore[attr-defined]


def test_they_come_back_with_a_restore(path: Path) -> None:
    """From a copy, and from what the damaged file still says."""
    with Store.open(path) as store:
        (one,) = with_teachers(store, 1)
        store.accounts.write([account(one.id, "a@guru.sd.belajar.id")])
        store.own_rapor.write(PERIODE, [entry("kurang")])
        store.guard(MORNING.date())
    with path.open("r+b") as file:  # the page of the schema, so that no check passes
        file.seek(16)
        file.write(b"\xff\xff")
    restore(path, later(60))
    with Store.open(path) as store:
        assert store.accounts.all()[one.id].address == "a@guru.sd.belajar.id"
        assert [e.level for e in store.own_rapor.all(PERIODE)] == ["kurang"]


def test_a_teacher_that_is_taken_back_takes_the_account_along(store: Store) -> None:
    """Undoing an addition by hand is not held up by the account."""
    added = store.by_hand.write(None, numbered_teacher(4), ("nama",), MORNING)
    store.accounts.write([account(added.id, "a@guru.sd.belajar.id")])
    store.by_hand.undo()
    assert (store.roster.all(), store.accounts.all()) == ((), {})
