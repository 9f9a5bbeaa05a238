"""All sheets and all tables of a workbook are looked at; what is left out is said (D3)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster import sheets
from pmm_tui.roster.compare import compare
from pmm_tui.roster.model import RosterReading
from pmm_tui.roster.read import read_roster
from pmm_tui.roster.summary import summary
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import write_book
from tests.roster.biff import workbook
from tests.roster.conftest import TODAY, read_grid

pytestmark = pytest.mark.process

DATA = Path(__file__).parent / "data"
KATALOG = bundled()
HEAD = ("No", "Nama", "NIP", "NUPTK", "Tanggal Lahir")


def table(first: int, count: int, head: Sequence[str] = HEAD) -> list[tuple[Any, ...]]:
    """A heading and so many teachers, each another one."""
    people = [
        {
            "No": n,
            "Nama": f"Guru Nomor {chr(65 + n)}",
            "NIP": None,
            "NUPTK": f"40467636642{n:05}",
            "Tanggal Lahir": f"19{70 + n}-01-02",
        }
        for n in range(first, first + count)
    ]
    return [tuple(head), *(tuple(person.get(heading) for heading in head) for person in people)]


def read(path: Path, *wanted: str) -> RosterReading:
    return read_roster(path, KATALOG, TODAY, wanted)


def names(reading: RosterReading) -> list[str]:
    return [row.name[-1] for row in reading.rows]


def test_the_sheet_with_the_teachers_is_read_not_the_example() -> None:
    """X16: the sheet `Petunjuk` with an example table is first, the teachers stand in `Data`: said which, and what was not."""
    found = read(DATA / "X16-petunjuk-dengan-contoh.xlsx")
    assert (found.sheet, len(found.rows)) == ("Data", 5)
    assert found.notes == (
        'Tidak dibaca: lembar "Petunjuk" (judul di baris 3), 1 baris mirip guru: tampaknya contoh atau petunjuk.',
    )
    told = summary(found, compare(found, []))
    assert [(t["lembar"], t["guru"], t["dibaca"]) for t in told["tabel"]] == [("Petunjuk", 1, False), ("Data", 5, True)]
    assert told["catatan"] == list(found.notes)
    json.dumps(told)


def test_sheets_that_belong_together_are_read_together() -> None:
    """X28: TENDIK first, GURU second: all four, each row with its sheet, and both sheets named."""
    found = read(DATA / "X28-tendik-dulu.xlsx")
    assert [(row.sheet, row.row) for row in found.rows] == [("TENDIK", 4), ("GURU", 4), ("GURU", 5), ("GURU", 6)]
    assert all(f'lembar "{name}"' in found.origin for name in ("TENDIK", "GURU"))
    assert found.notes == ()


def test_the_operator_chooses(tmp_path: Path) -> None:
    """By name, case aside; several; all; and one that is not there is said with those that are."""
    path = DATA / "X28-tendik-dulu.xlsx"
    only = read(path, "guru")
    assert ([row.sheet for row in only.rows], only.sheet) == (["", "", ""], "GURU")
    assert only.notes == ('Tidak dibaca: lembar "TENDIK" (judul di baris 3), 1 baris mirip guru: tidak dipilih.',)
    assert len(read(path, "GURU", "Tendik").rows) == len(read(path, "semua").rows) == 4
    with pytest.raises(InputError, match=r'"Guru Baru".*"TENDIK", "GURU"'):
        read(path, "Guru Baru")


def test_hidden_sheets_and_rows_are_said(tmp_path: Path) -> None:
    """A hidden sheet is left out and said; hidden rows are read and said; a sheet asked for is read though hidden."""
    book = {"Rahasia": table(0, 3), "Guru": table(5, 4)}
    path = write_book(tmp_path / "a.xlsx", book, hidden=("Rahasia",), hidden_rows={"Guru": (3, 4, 99), "Rahasia": (2,)})
    found = read(path)
    assert names(found) == ["F", "G", "H", "I"]
    assert found.hidden_rows == 2
    assert found.notes == (
        'Tidak dibaca: lembar "Rahasia" (judul di baris 1), 3 baris mirip guru: tersembunyi di Excel.',
        "2 baris tersembunyi di Excel ikut dibaca.",
    )
    both = read(path, "semua")
    assert (len(both.rows), both.hidden_rows) == (7, 3)
    assert 'Dibaca walau tersembunyi di Excel: lembar "Rahasia" (3 guru).' in both.notes


def test_teachers_that_are_only_in_a_hidden_sheet_are_read(tmp_path: Path) -> None:
    """Nothing else in the file looks like a teacher: the sheet is read, and said to be hidden."""
    path = write_book(tmp_path / "a.xlsx", {"Kosong": [("Nama", "NIP")], "Data": table(0, 2)}, hidden=("Data",))
    found = read(path)
    assert (found.sheet, names(found)) == ("Data", ["A", "B"])
    assert "Dibaca walau tersembunyi" in found.notes[0]


def test_a_second_table_further_down_has_its_own_columns(tmp_path: Path) -> None:
    """Below the teachers stands another table with its columns in another order: its cells are not read by the first one's."""
    other = table(3, 2, ("Nama", "Tanggal Lahir", "No", "NUPTK"))
    grid = [*table(0, 3), (), ("TENAGA KEPENDIDIKAN",), *other]
    found = read(write_book(tmp_path / "a.xlsx", {"Data": grid}))
    assert [(row.row, row.name[-1], row.pegawai and row.pegawai.nuptk) for row in found.rows] == [
        (2, "A", "4046763664200000"), (3, "B", "4046763664200001"), (4, "C", "4046763664200002"),
        (8, "D", "4046763664200003"), (9, "E", "4046763664200004"),
    ]  # fmt: skip
    assert [(t.heading_row, t.teachers, t.taken) for t in found.tables] == [(1, 3, True), (7, 2, True)]
    assert names(read_grid(grid)) == ["A", "B", "C", "D", "E"]


def test_a_table_that_says_it_is_an_example_is_left_out(tmp_path: Path) -> None:
    """Above it stands `Contoh pengisian`; below it the real one. In a CSV too."""
    grid = [("Contoh pengisian:",), *table(0, 1), (), *table(3, 2, ("Nama", "NUPTK", "Tanggal Lahir"))]
    found = read(write_book(tmp_path / "a.xlsx", {"Sheet1": grid}))
    assert (names(found), found.heading_row) == (["D", "E"], 5)
    assert [table.teachers for table in found.left_out] == [1]
    (tmp_path / "a.csv").write_text("\n".join(";".join("" if cell is None else str(cell) for cell in row) for row in grid), "utf-8")
    assert names(read(tmp_path / "a.csv")) == ["D", "E"]


@pytest.mark.parametrize(
    ("sheet", "first", "reason"),
    [
        ("Guru lama", 10, "tampaknya arsip atau salinan"),
        ("Guru (2)", 10, "tampaknya arsip atau salinan"),
        ("Absen", 0, "orangnya sudah ada di tabel lain"),
        ("Contoh", 10, "tampaknya contoh atau petunjuk"),
    ],
)
def test_what_is_left_out_is_counted_with_its_reason(tmp_path: Path, sheet: str, first: int, reason: str) -> None:
    """Copies, attendance lists of the same people and examples double nobody, and are said."""
    count = 3 if sheet == "Absen" else 6
    found = read(write_book(tmp_path / "a.xlsx", {sheet: table(first, count), "Guru": table(0, 4)}))
    assert names(found) == ["A", "B", "C", "D"]
    assert [(t.sheet, t.teachers, t.reason) for t in found.left_out] == [(sheet, count, reason)]


def test_one_person_in_two_sheets_is_one(tmp_path: Path) -> None:
    """The head stands in both: the second row says nothing new, and the first one's place names the sheet."""
    found = read(write_book(tmp_path / "a.xlsx", {"GURU": table(0, 4), "TENDIK": table(3, 3)}))
    assert all(row.pegawai for row in found.rows)
    (again,) = found.skipped
    assert (again.sheet, again.row, again.reason) == ("TENDIK", 2, 'guru yang sama dengan lembar "GURU" baris 5')


def test_a_sheet_with_numbers_but_unknown_headings_is_said(tmp_path: Path) -> None:
    """What holds NIPs and cannot be read is not passed over in silence."""
    strange = [("Pegawai", "Nomor Induk"), ("Siti", "198703022011012005"), ("Budi", "19850714 201001 1 012")]
    found = read(write_book(tmp_path / "a.xlsx", {"Guru": table(0, 2), "DUK": strange}))
    assert found.notes == ('Tidak dibaca: lembar "DUK", 2 baris mirip guru: judul kolomnya tidak dikenal.',)


def test_what_there_is_no_time_for_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first sheet with teachers no more is begun than there is room for; sheets that are too large stop no other."""
    path = write_book(tmp_path / "a.xlsx", {"Guru": table(0, 2), "B": table(3, 2), "C": []})
    monkeypatch.setattr(sheets, "_MAX_CELLS", 1)
    document = sheets.read_workbook(path.read_bytes(), "xlsx", {"nama": ("nama",), "nuptk": ("nuptk",)})
    assert (document["sheet"], document["unread"]) == ("Guru", ["B", "C"])
    monkeypatch.undo()
    monkeypatch.setattr("pmm_tui.roster.table.MAX_ROWS", 2)
    large = write_book(tmp_path / "b.xlsx", {"Besar": table(0, 3), "Guru": table(3, 2)})
    document = sheets.read_workbook(large.read_bytes(), "xlsx", {"nama": ("nama",), "nuptk": ("nuptk",)})
    assert (document["sheet"], document["unread"]) == ("Guru", ["Besar"])


def test_an_old_workbook_is_looked_through_too(tmp_path: Path) -> None:
    """XLS has sheets as XLSX has; its hidden rows cannot be told."""
    (tmp_path / "a.xls").write_bytes(workbook(table(0, 2)))
    found = read(tmp_path / "a.xls")
    assert (names(found), found.hidden_rows, found.notes) == (["A", "B"], 0, ())


def test_place_date_and_signature_below_the_table_are_no_teachers() -> None:
    """R18: they are passed over, with where they stand; a number without a name there is still refused."""
    found = read(DATA / "R18-tanda-tangan.xlsx")
    assert [(row.name, bool(row.pegawai)) for row in found.rows] == [("Sri Lestarining Wahyuni", True)]
    assert [(s.row, s.reason) for s in found.skipped] == [(row, "tulisan di bawah tabel") for row in (5, 6, 8, 9)]
    grid = [*table(0, 2), (None, None, "196805051994031009")]
    assert [row.pegawai is None for row in read_grid(grid).rows] == [False, False, True]
    between = [*table(0, 1), (None, None, "bukan nomor"), *table(1, 1)[1:]]
    assert [row.pegawai is None for row in read_grid(between).rows] == [False, True, False]
