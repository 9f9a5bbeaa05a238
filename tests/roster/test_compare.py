"""Comparing a file with the stored teachers: new, changed, same, refused; and that importing twice changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster.compare import compare, count_by_outcome, to_write
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.model import ComparedRow, FieldChange
from pmm_tui.roster.summary import summary
from pmm_tui.roster.table import read_cell
from pmm_tui.skp.model import Pegawai
from tests.dapodik import HEADINGS, TITLES, teachers
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, PPPK_NIP, read_grid

BUDI = Pegawai(
    id=7, nama="Budi Santoso, S.Pd.", nip=NIP, nuptk=NUPTK, tanggal_lahir="1985-07-14", jenjang_jabatan="ahli-muda", id_server="s7"
)
SITI = Pegawai(id=8, nama="Siti", nip=OTHER_NIP, nuptk=OTHER_NUPTK, tanggal_lahir="1987-03-02")


def compare_rows(existing: Iterable[Pegawai], *row: tuple[object, ...]) -> tuple[ComparedRow, ...]:
    return compare(read_grid([("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Pangkat Golongan"), *row]), tuple(existing))


def state(result: Iterable[ComparedRow]) -> list[str]:
    return [row.outcome for row in result]


def write(existing: Iterable[Pegawai], result: Iterable[ComparedRow]) -> list[Pegawai]:
    """Write what an import says as a store would that lets nobody share a number, row by row."""
    stored = {pegawai.id: pegawai for pegawai in existing}
    for pegawai in to_write(result):
        at = pegawai.id or max(stored, default=0) + 1
        assert pegawai.id in (0, *stored)
        stored[at] = msgspec.structs.replace(pegawai, id=at)
        for field in ("nip", "nuptk"):
            numbers = [getattr(one, field) for one in stored.values() if getattr(one, field)]
            assert len(numbers) == len(set(numbers)), (field, pegawai)
    return list(stored.values())


def test_an_empty_roster_makes_every_teacher_new() -> None:
    """New teachers have no id yet."""
    (row,) = compare_rows([], ("Budi", NIP))
    assert (row.outcome, row.old, row.pegawai) == ("baru", None, Pegawai(nama="Budi", nip=NIP))


def test_what_the_file_leaves_empty_stays_as_stored() -> None:
    """Ids, jenjang and every value that the file does not have are kept."""
    (row,) = compare_rows([BUDI], ("Budi Santoso, S.Pd.", NIP))
    assert (row.outcome, row.pegawai, row.field_changes) == ("sama", BUDI, ())


def test_a_change_says_from_what_to_what() -> None:
    """Only the fields that differ are listed, under their column's name."""
    (row,) = compare_rows([BUDI], ("Budi Santosa, S.Pd.", NIP, None, None, "III/c"))
    assert row.outcome == "diperbarui"
    assert row.field_changes == (
        FieldChange("nama", "Nama", "Budi Santoso, S.Pd.", "Budi Santosa, S.Pd."),
        FieldChange("golongan", "Pangkat Golongan", "", "III/c"),
    )
    assert row.pegawai == msgspec.structs.replace(BUDI, nama="Budi Santosa, S.Pd.", golongan="III/c")
    assert row.old == BUDI


def test_matching_goes_by_nip_then_nuptk_then_name_and_birth_date() -> None:
    """The first that fits decides; the others may be new or empty."""
    assert [b.old for b in compare_rows([BUDI, SITI], ("Lain", NIP), ("Siti", None, OTHER_NUPTK))] == [BUDI, SITI]
    (row,) = compare_rows([BUDI, SITI], ("BUDI  SANTOSO", None, None, "14/07/1985"))
    assert row.old == BUDI
    (row,) = compare_rows([BUDI], ("Budi Santoso", None, None, "15/07/1985"))
    assert row.outcome == "baru"


def test_a_corrected_nip_finds_its_teacher_by_name_and_birth_date() -> None:
    """Who was imported with a wrong NIP is updated, not doubled."""
    (row,) = compare_rows([msgspec.structs.replace(BUDI, nip=PPPK_NIP)], ("Drs. Budi Santoso", NIP, OTHER_NUPTK, "1985-07-14"))
    assert (row.outcome, row.pegawai and row.pegawai.id) == ("diperbarui", 7)
    assert FieldChange("nip", "NIP", PPPK_NIP, NIP) in row.field_changes


def test_a_row_that_fits_two_stored_teachers_is_refused() -> None:
    """The NIP of one and the NUPTK of another: both are named, neither is touched."""
    (row,) = compare_rows([BUDI, SITI], ("Budi", NIP, OTHER_NUPTK))
    assert (row.outcome, row.pegawai) == ("ditolak", None)
    assert "Budi Santoso" in row.reasons[0].message
    assert "Siti" in row.reasons[0].message


def test_a_name_that_fits_two_stored_teachers_is_refused() -> None:
    """Two of one name and birth date cannot be told apart without a number."""
    twin = [msgspec.structs.replace(BUDI, id=n, nip="", nuptk="") for n in (1, 2)]
    assert state(compare_rows(twin, ("Budi Santoso", None, None, "1985-07-14"))) == ["ditolak"]


def test_two_rows_for_one_stored_teacher_refuse_the_second() -> None:
    """One row has the NIP, another the NUPTK of the same teacher."""
    result = compare_rows([BUDI], ("Budi", NIP), ("Budi S", None, NUPTK))
    assert state(result) == ["diperbarui", "ditolak"]
    assert "baris 2" in result[1].reasons[0].message


def test_a_number_matches_before_a_name_of_an_earlier_row() -> None:
    """The weaker match waits until all numbers have found their teachers."""
    result = compare_rows([BUDI], ("Budi Santoso", PPPK_NIP, None, "1985-07-14"), ("Budi Santoso", NIP, None, "1985-07-14"))
    assert [(b.outcome, b.old) for b in result] == [("baru", None), ("diperbarui", BUDI)]


def test_a_row_in_conflict_keeps_weaker_matches_off_its_teachers() -> None:
    """Else the other row would take the number away that the conflict is about, and the next import would decide otherwise."""
    existing = [msgspec.structs.replace(BUDI, nuptk=""), SITI]
    row = (("Tono", NIP, OTHER_NUPTK), ("Budi Santoso", PPPK_NIP, None, "1985-07-14"))
    first_run = compare_rows(existing, *row)
    assert state(first_run) == ["ditolak", "baru"]
    assert state(compare_rows(write(existing, first_run), *row)) == ["ditolak", "sama"]


def test_refused_rows_of_the_file_stay_refused() -> None:
    """Their reason is handed on, and they match nobody."""
    (row,) = compare_rows([BUDI], ("Budi", 1.98e17))
    assert (row.outcome, row.reasons[0].column) == ("ditolak", "NIP")


def test_the_summary_is_json_and_counts_every_row() -> None:
    """`impor --json` prints it as it is; no private cell is in it."""
    grid = [*TITLES, HEADINGS, *(tuple(row.get(heading) for heading in HEADINGS) for row in teachers(40)), ("Jumlah", "40")]
    questions = read_grid(grid)
    result = compare(questions, [])
    content = json.loads(json.dumps(summary(questions, result)))
    assert content["jumlah"] == {"baru": 40, "diperbarui": 0, "sama": 0, "ditolak": 0} == dict(count_by_outcome(result))
    assert content["dilewati"] == [{"baris": 46, "karena": "baris jumlah"}]
    assert (len(content["baris"]), content["baris"][0]["baris"], content["baris"][0]["keadaan"]) == (40, 6, "baru")
    assert content["asal"] == 'XLSX, lembar "Daftar Guru", judul di baris 5'


def test_forty_teachers_twice_change_nothing() -> None:
    """The second import of Dapodik's file is all `sama`."""
    grid = [*TITLES, HEADINGS, *(tuple(row.get(heading) for heading in HEADINGS) for row in teachers(40))]
    questions = read_grid(grid)
    stored = write([], compare(questions, []))
    assert count_by_outcome(compare(questions, stored)) == {"baru": 0, "diperbarui": 0, "sama": 40, "ditolak": 0}


# ---------------------------------------------------------------- any grid at all

NAMES = st.sampled_from(["Budi", "BUDI, S.Pd.", "Siti Nur'aini", "Drs. Budi", "Zoë", "Jumlah", "No", "", "-", "Nama", "NIP"])
NIPS = st.sampled_from([NIP, OTHER_NIP, PPPK_NIP, f"'{NIP}", "198507142010011013", "198507142010011000", "12", "", "-", "NIP"])
NUPTK_CELLS = st.sampled_from([NUPTK, OTHER_NUPTK, "4046763664200035", "123", "", "NUPTK"])
DATES = st.sampled_from(["1985-07-14", "14/07/1985", date(1985, 7, 14), 31242, "1987-03-02", "kapan", "", date.min, date.max])
ANYTHING = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(),
    st.just(timedelta(days=3)), st.just("x" * 4_001), NAMES, NIPS, NUPTK_CELLS, DATES,
)  # fmt: skip
COLUMNS = ("No", "Nama", "NIK", "NIP", "NUPTK", "Tanggal Lahir", "JK", "Status Kepegawaian", "Pangkat Golongan", "Gelar Belakang")
LIKELY = st.tuples(
    st.just(1),
    st.sampled_from(["Budi", "BUDI, S.Pd.", "Siti Nur'aini"]),
    st.just("RAHASIA"),
    st.sampled_from([NIP, OTHER_NIP, PPPK_NIP, "198507142010011013", None]),
    st.sampled_from([NUPTK, OTHER_NUPTK, "4046763664200035", None, None]),
    st.sampled_from(["1985-07-14", "1987-03-02", None]),
)
ROW = st.one_of(
    st.lists(ANYTHING, max_size=12),
    st.tuples(st.just(1), NAMES, st.just("RAHASIA"), NIPS, NUPTK_CELLS, DATES, st.sampled_from(["L", "P", ""])),
    *[LIKELY] * 4,
)
STORED = st.lists(
    st.builds(
        Pegawai,
        nama=st.sampled_from(["Budi", "Siti Nur'aini", "Zoë"]),
        nip=st.sampled_from(["", NIP, OTHER_NIP, PPPK_NIP]),
        nuptk=st.sampled_from(["", NUPTK, OTHER_NUPTK]),
        tanggal_lahir=st.sampled_from(["", "1985-07-14", "1987-03-02"]),
    ),
    max_size=5,
)


def unique(pegawai: Iterable[Pegawai]) -> list[Pegawai]:
    """A roster as the store holds it: ids, and no number twice."""
    seen: set[str] = set()
    kept = []
    for one in pegawai:
        numbers = {number for number in (one.nip, one.nuptk) if number}
        if not numbers & seen:
            kept.append(msgspec.structs.replace(one, id=len(kept) + 1))
            seen |= numbers
    return kept


def test_any_grid_is_read_and_importing_it_twice_changes_nothing() -> None:
    """Nothing but InputError is raised, every row is accounted for once, and after writing the accepted rows are all `sama`.

    A good part of the grids is read.
    """
    read: list[str] = []

    @settings(deadline=None, max_examples=250)
    @given(rows=st.lists(ROW, max_size=14), stored=STORED, above=st.lists(st.lists(st.text(max_size=5), max_size=3), max_size=4))
    def any_grid(rows: list[Any], stored: list[Pegawai], above: list[list[str]]) -> None:
        grid = [*above, COLUMNS, *rows]
        try:
            questions = read_grid(grid)
        except InputError:
            return
        read.append(questions.file_name)
        used = [at for at, heading in enumerate(grid[questions.heading_row - 1]) if heading in questions.columns.values()]
        filled = [
            number
            for number, row in enumerate(grid, 1)
            if number > questions.heading_row and any(at < len(row) and read_cell(row[at]) is not None for at in used)
        ]
        assert sorted([b.row for b in questions.rows] + [b.row for b in questions.skipped]) == filled
        assert all((b.pegawai is None) == bool(b.reasons) for b in questions.rows)
        assert "RAHASIA" not in json.dumps(msgspec.to_builtins(questions))

        before = unique(stored)
        first = compare(questions, before)
        assert [b.row for b in first] == [b.row for b in questions.rows]
        second = compare(questions, write(before, first))
        assert state(second) == [b.outcome if b.outcome in ("ditolak", "perlu_diputuskan") else "sama" for b in first]
        json.dumps(summary(questions, first), allow_nan=False)

    any_grid()
    assert len(read) >= 25


@settings(deadline=None, max_examples=50)
@given(table=st.dictionaries(st.sampled_from(["alias", "dipakai", "jangan_disimpan", "x"]), st.recursive(ANYTHING, st.lists)))
def test_any_catalogue_table_gives_a_heading_map(table: dict[str, Any]) -> None:
    """A catalogue's raw table of any shape never breaks the import; the name is always read."""
    assert heading_map(table)["nama"]


def test_times_are_no_dates() -> None:
    """What calamine gives for the serial number 0 in a date column is an empty cell."""
    assert read_cell(time()) is None
