"""What can still be read of a damaged database: everything but what stands in the damage."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.store.recovery.salvage import salvage
from tests.store.samples import MORNING, PERIODE, rencana, seal, with_teachers

COUNT = 60


@pytest.fixture
def file(path: Path) -> Path:
    """A closed database with teachers, drafts and envelopes."""
    with Store.open(path) as store:
        for one in with_teachers(store, COUNT):
            store.drafts.save(one.id, PERIODE, rencana(f"draf-{one.id:03} " * 60), 1, MORNING)
            seal(store, one, "amplop " * 60)
    return path


def page_of(content: bytes, text: bytes) -> int:
    """Where the page begins on which a text stands."""
    return content.index(text) // 4096 * 4096


def zeroed(file: Path, *texts: bytes) -> set[int]:
    """Zero the pages on which these texts stand; which drafts are left, by their teacher's number."""
    content = bytearray(file.read_bytes())
    for page in {page_of(bytes(content), text) for text in texts}:
        content[page : page + 4096] = bytes(4096)
    file.write_bytes(content)
    return {number for number in range(1, COUNT + 1) if f"draf-{number:03} ".encode() in content}


def numbers(file: Path) -> list[int]:
    """Whose drafts are found."""
    return [row["pegawai_id"] for row in salvage(file).drafts]


def test_a_sound_file_gives_every_row_once(file: Path) -> None:
    """Each table comes whole, in its order, as column and value; the row's own number is no column."""
    found = salvage(file)

    assert [row["id"] for row in found.teachers] == list(range(1, COUNT + 1))
    assert [row["pegawai_id"] for row in found.drafts] == list(range(1, COUNT + 1))
    assert [row["id"] for row in found.envelopes] == list(range(1, COUNT + 1))
    assert found.drafts[0].keys() == {"pegawai_id", "periode", "rencana", "suntingan", "disimpan"}
    assert found.teachers[0]["nama"] == "Guru 01"


def test_one_damaged_page_hides_its_own_rows_alone(file: Path) -> None:
    """The rows before and behind a damaged page are read from both ends."""
    left = zeroed(file, b"draf-030 ")

    assert 0 < COUNT - len(left) < 20
    found = numbers(file)
    assert set(found) == left
    assert len(found) == len(left)


def test_rows_between_two_damaged_pages_are_found_one_by_one(file: Path) -> None:
    """What neither end reaches is asked for row by row, and nothing comes twice."""
    left = zeroed(file, b"draf-010 ", b"draf-050 ")

    assert {30, 1, 60} <= left
    found = numbers(file)
    assert set(found) == left
    assert len(found) == len(left)


def test_another_tables_damage_hides_no_row(file: Path) -> None:
    """A table whose root is gone gives nothing, the others give all."""
    connection = sqlite3.connect(file)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'draf'").fetchone()
    connection.close()
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = bytes(4096)
    file.write_bytes(content)

    found = salvage(file)

    assert (len(found.teachers), len(found.drafts), len(found.envelopes)) == (COUNT, 0, COUNT)


def test_a_table_whose_index_is_damaged_is_read_without_it(file: Path) -> None:
    """The rows are read as they stand: an index that misses some hides none."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("UPDATE sqlite_schema SET rootpage = 9999 WHERE name LIKE 'sqlite_autoindex_%'")
    connection.close()

    assert len(salvage(file).envelopes) == COUNT


@pytest.mark.parametrize("content", [b"", b"<html>" * 2000, bytes(8192)])
def test_what_is_no_database_gives_nothing(tmp_path: Path, content: bytes) -> None:
    """Nothing can be read of it, and that is no error."""
    (tmp_path / "x.db").write_bytes(content)
    found = salvage(tmp_path / "x.db")
    assert (found.teachers, found.drafts, found.envelopes) == ([], [], [])


def test_text_that_is_none_any_longer_is_read_as_far_as_it_goes(file: Path) -> None:
    """One flipped bit in a name hides neither the teacher nor the others."""
    content = file.read_bytes()
    file.write_bytes(content.replace(b"Guru 07", b"Gur\xf5 07"))

    names = [row["nama"] for row in salvage(file).teachers]
    assert len(names) == COUNT
    assert names[6] == "Gur\ufffd 07"
