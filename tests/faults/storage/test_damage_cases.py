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
from tests.faults.storage.storage_kit import MOMENT, PERIODE, rencana, teacher

_HTML = b"<html><body>Silakan login</body></html>" * 500


@pytest.fixture
def database(folder: Path) -> Path:
    """A database as a crash left it: three plans were sealed, all of them in SQLite's log only."""
    path, safe = folder / "pmm" / "pmm-tui.db", folder / "safe"
    with Store.open(path) as store:
        store.roster.write(teacher(n) for n in range(1, 4))
    with Store.open(path) as store:
        for pegawai in store.roster.all():
            store.outbox.seal(pegawai, PERIODE, rencana(), 1, MOMENT)
        shutil.copytree(path.parent, safe)
    shutil.rmtree(path.parent)
    safe.rename(path.parent)
    assert side_file(path).stat().st_size
    return path


def _sealed(path: Path) -> int:
    with Store.open(path) as store:
        assert not store.guard(MOMENT.date()).complaint
        return len(store.outbox.all())


def test_the_log_of_an_emptied_database_is_kept(database: Path) -> None:
    """Restoring looks at a database without content in a way that leaves the log beside it, and both are set aside."""
    log = side_file(database).read_bytes()
    database.write_bytes(b"")
    aside = restore(database, MOMENT).set_aside
    assert aside is not None
    assert (aside.read_bytes(), side_file(aside).read_bytes()) == (b"", log)
    assert _sealed(database) == 3


def test_a_log_is_not_written_over_what_is_no_database(database: Path) -> None:
    """A page of some network in the database's place is refused and kept, although SQLite could read on through the log."""
    log = side_file(database).read_bytes()
    database.write_bytes(_HTML)
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(database)
    assert (database.read_bytes(), side_file(database).read_bytes()) == (_HTML, log)
    restore(database, MOMENT)
    assert _sealed(database) == 3


@pytest.mark.parametrize("damage", ["gone", "first page", "last page"])
def test_a_lost_log_is_told_and_made_good(database: Path, damage: str) -> None:
    """SQLite opens without a word when its log is gone or damaged; that sealed plans are missing is said, and they come back."""
    log = side_file(database)
    content = bytearray(log.read_bytes())
    if damage == "gone":
        log.unlink()
    else:
        content[100 if damage == "first page" else -100] ^= 1
        log.write_bytes(content)
    with Store.open(database) as store:
        assert len(store.outbox.all()) < 3
        found = store.guard(MOMENT.date())
    assert (found.good, found.behind_log) == (True, True)
    assert "catatan pemulihan" in found.complaint
    assert restore(database, MOMENT).envelopes == 3
    assert _sealed(database) == 3


def test_a_format_that_no_sqlite_knows_is_damage(database: Path) -> None:
    """A flipped bit in the header's number of the format is told as damage, not as a fault of the program."""
    Store.open(database).close()
    content = bytearray(database.read_bytes())
    content[47] ^= 0x40
    database.write_bytes(content)
    with pytest.raises(CorruptError, match="pmm-tui pulihkan"):
        Store.open(database)


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


def test_an_index_that_cannot_be_built_anew_is_damage(database: Path) -> None:
    """Rows that contradict their index are told as damage, the file stays as it is, and restoring keeps what was sealed."""
    Store.open(database).close()
    _behind_the_index(database, "UPDATE pegawai SET nip = (SELECT nip FROM pegawai WHERE id = 1) WHERE id = 2")
    content = database.read_bytes()
    with Store.open(database) as store:
        assert not store.database.check(full=True).good
    assert database.read_bytes() == content
    assert restore(database, MOMENT).envelopes == 3
    assert _sealed(database) == 3


@pytest.mark.parametrize("page", range(2, 8))
def test_what_is_damaged_is_not_marked_as_ended_well(database: Path, page: int) -> None:
    """With another page where the mark of a clean end belongs nothing is written there."""
    Store.open(database).close()
    pages = [database.read_bytes()[at : at + 4096] for at in range(0, database.stat().st_size, 4096)]
    pages[1], pages[page] = pages[page], pages[1]
    database.write_bytes(b"".join(pages))
    try:
        with Store.open(database) as store:
            assert not store.database.check().good
    except CorruptError:
        pass
    assert database.read_bytes() == b"".join(pages)
    assert restore(database, MOMENT).envelopes == 3  # and none of them under a teacher that the pages' new order has made up


def _emptied(path: Path, index: str) -> None:
    """Let an index say that there are no rows; its page is as sound as any."""
    with closing(sqlite3.connect(path)) as raw:
        (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
    content = bytearray(path.read_bytes())
    start = (page - 1) * 4096
    assert content[start] == 10  # a leaf: all of the index
    content[start : start + 4096] = bytes([10, 0, 0, 0, 0, 16, 0, 0]).ljust(4096, b"\0")
    path.write_bytes(content)


def test_a_copy_whose_index_is_damaged_is_put_right_first(database: Path) -> None:
    """From a copy whose index hides its plans none comes back twice: it is built anew before anything is added."""
    with Store.open(database) as store:
        assert not store.guard(MOMENT.date()).complaint
    (copy,) = copies(database)
    _emptied(copy, "sqlite_autoindex_kiriman_1")
    database.write_bytes(_HTML)
    found = restore(database, MOMENT)
    assert (found.source, found.teachers, found.envelopes) == (copy, 3, 3)
    assert _sealed(database) == 3
