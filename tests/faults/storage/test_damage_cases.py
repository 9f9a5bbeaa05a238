"""Damage that was once dealt with wrongly, case by case."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import CorruptError
from pmm_tui.store import Store
from pmm_tui.store.file import copies, side_file
from pmm_tui.store.recovery.restore import restore
from tests.faults.storage.storage_kit import PERIODE, SAAT, guru, rencana

_HTML = b"<html><body>Silakan login</body></html>" * 500


@pytest.fixture
def basis(folder: Path) -> Path:
    """A database as a crash left it: three plans were sealed, all of them in SQLite's log only."""
    path, safe = folder / "pmm" / "pmm-tui.db", folder / "safe"
    with Store.open(path) as store:
        store.roster.write(guru(n) for n in range(1, 4))
    with Store.open(path) as store:
        for pegawai in store.roster.all():
            store.outbox.seal(pegawai, PERIODE, rencana(), 1, SAAT)
        shutil.copytree(path.parent, safe)
    shutil.rmtree(path.parent)
    safe.rename(path.parent)
    assert side_file(path).stat().st_size
    return path


def _sealed(path: Path) -> int:
    with Store.open(path) as store:
        assert not store.guard(SAAT.date()).keluhan
        return len(store.outbox.all())


def test_the_log_of_an_emptied_database_is_kept(basis: Path) -> None:
    """Restoring looks at a database without content in a way that leaves the log beside it, and both are set aside."""
    log = side_file(basis).read_bytes()
    basis.write_bytes(b"")
    aside = restore(basis, SAAT).disisihkan
    assert aside is not None
    assert (aside.read_bytes(), side_file(aside).read_bytes()) == (b"", log)
    assert _sealed(basis) == 3


def test_a_log_is_not_written_over_what_is_no_database(basis: Path) -> None:
    """A page of some network in the database's place is refused and kept, although SQLite could read on through the log."""
    log = side_file(basis).read_bytes()
    basis.write_bytes(_HTML)
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(basis)
    assert (basis.read_bytes(), side_file(basis).read_bytes()) == (_HTML, log)
    restore(basis, SAAT)
    assert _sealed(basis) == 3


@pytest.mark.parametrize("damage", ["gone", "first page", "last page"])
def test_a_lost_log_is_told_and_made_good(basis: Path, damage: str) -> None:
    """SQLite opens without a word when its log is gone or damaged; that sealed plans are missing is said, and they come back."""
    log = side_file(basis)
    content = bytearray(log.read_bytes())
    if damage == "gone":
        log.unlink()
    else:
        content[100 if damage == "first page" else -100] ^= 1
        log.write_bytes(content)
    with Store.open(basis) as store:
        assert len(store.outbox.all()) < 3
        found = store.guard(SAAT.date())
    assert (found.baik, found.tertinggal) == (True, True)
    assert "catatan pemulihan" in found.keluhan
    assert restore(basis, SAAT).kiriman == 3
    assert _sealed(basis) == 3


def test_a_format_that_no_sqlite_knows_is_damage(basis: Path) -> None:
    """A flipped bit in the header's number of the format is told as damage, not as a fault of the program."""
    Store.open(basis).close()
    content = bytearray(basis.read_bytes())
    content[47] ^= 0x40
    basis.write_bytes(content)
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(basis)


def _behind_the_index(path: Path, statement: str) -> None:
    """Change teachers' numbers without the index that watches over them."""
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        row = raw.execute("SELECT * FROM sqlite_schema WHERE name = 'pegawai_nip'").fetchone()
        raw.execute("DELETE FROM sqlite_schema WHERE name = 'pegawai_nip'")
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(statement)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)


def test_an_index_that_cannot_be_built_anew_is_damage(basis: Path) -> None:
    """Rows that contradict their index are told as damage, the file stays as it is, and restoring keeps what was sealed."""
    Store.open(basis).close()
    _behind_the_index(basis, "UPDATE pegawai SET nip = (SELECT nip FROM pegawai WHERE id = 1) WHERE id = 2")
    content = basis.read_bytes()
    with Store.open(basis) as store:
        assert not store.database.check(full=True).baik
    assert basis.read_bytes() == content
    assert restore(basis, SAAT).kiriman == 3
    assert _sealed(basis) == 3


@pytest.mark.parametrize("page", range(2, 8))
def test_what_is_damaged_is_not_marked_as_ended_well(basis: Path, page: int) -> None:
    """With another page where the mark of a clean end belongs nothing is written there."""
    Store.open(basis).close()
    pages = [basis.read_bytes()[at : at + 4096] for at in range(0, basis.stat().st_size, 4096)]
    pages[1], pages[page] = pages[page], pages[1]
    basis.write_bytes(b"".join(pages))
    try:
        with Store.open(basis) as store:
            assert not store.database.check().baik
    except CorruptError:
        pass
    assert basis.read_bytes() == b"".join(pages)
    assert restore(basis, SAAT).kiriman == 3  # and none of them under a teacher that the pages' new order has made up


def _emptied(path: Path, index: str) -> None:
    """Let an index say that there are no rows; its page is as sound as any."""
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    content = bytearray(path.read_bytes())
    start = (page - 1) * 4096
    assert content[start] == 10  # a leaf: all of the index
    content[start : start + 4096] = bytes([10, 0, 0, 0, 0, 16, 0, 0]).ljust(4096, b"\0")
    path.write_bytes(content)


def test_a_copy_whose_index_is_damaged_is_put_right_first(basis: Path) -> None:
    """From a copy whose index hides its plans none comes back twice: it is built anew before anything is added."""
    with Store.open(basis) as store:
        assert not store.guard(SAAT.date()).keluhan
    (copy,) = copies(basis)
    _emptied(copy, "sqlite_autoindex_kiriman_1")
    basis.write_bytes(_HTML)
    found = restore(basis, SAAT)
    assert (found.sumber, found.guru, found.kiriman) == (copy, 3, 3)
    assert _sealed(basis) == 3
