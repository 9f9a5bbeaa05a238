"""Which teachers were written of: whoever writes is noticed, in this connection alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.touched import Touched
from tests.services.conftest import NOW, PERIODE

PLAN = RencanaKinerja()


def test_what_was_written_is_told_once(tmp_path: Path) -> None:
    """At first everything; then the teachers whose plans were written; everything where the roster was."""
    with Store.open(tmp_path / "a.db") as store:
        store.roster.write([Pegawai(nama="Ani", nip="198507142010012001"), Pegawai(nama="Budi", nip="199003032015031002")])
        ani, budi = store.roster.all()
        touched = Touched(store.database)
        assert [touched.take(), touched.take()] == [None, set()]
        store.drafts.save(ani.id, PERIODE, PLAN, 1, NOW)
        store.outbox.seal(budi, PERIODE, PLAN, 1, NOW)
        store.reference.set_memo("apa", "saja")
        assert [touched.take(), touched.take()] == [{ani.id, budi.id}, set()]
        store.roster.write([structs.replace(ani, nama="Ani Lestari")])
        assert [touched.take(), touched.take()] == [None, set()]


def test_each_who_watches_is_told(tmp_path: Path) -> None:
    """One that takes does not take it from another."""
    with Store.open(tmp_path / "a.db") as store:
        store.roster.write([Pegawai(nama="Ani")])
        (ani,) = store.roster.all()
        one, other = Touched(store.database), Touched(store.database)
        assert (one.take(), other.take()) == (None, None)
        store.drafts.save(ani.id, PERIODE, PLAN, 1, NOW)
        assert (one.take(), other.take()) == ({ani.id}, {ani.id})


def test_what_was_rolled_back_is_only_looked_at(tmp_path: Path) -> None:
    """A write that failed leaves the records as they were; the look costs nothing else."""
    with Store.open(tmp_path / "a.db") as store:
        store.roster.write([Pegawai(nama="Ani")])
        (ani,) = store.roster.all()
        touched = Touched(store.database)
        touched.take()

        def fails() -> None:
            with store.database.transaction():
                store.drafts.save(ani.id, PERIODE, PLAN, 1, NOW)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.database.call(fails)
        assert store.drafts.all(PERIODE) == {}
        assert touched.take() == {ani.id}


def test_nothing_of_it_is_in_the_file(tmp_path: Path) -> None:
    """Another program, and a copy, see the schema as it is without."""
    path = tmp_path / "a.db"
    with Store.open(path) as store:
        store.roster.write([Pegawai(nama="Ani")])
        Touched(store.database).take()
        store.roster.write([Pegawai(nama="Budi")])
        store.database.backup(tmp_path / "b.db")
    for file in (path, tmp_path / "b.db"):
        with closing(sqlite3.connect(file)) as connection:
            assert not [name for (name,) in connection.execute("SELECT name FROM sqlite_schema") if "disentuh" in name]
            connection.execute("UPDATE pegawai SET nama = 'Citra'")
