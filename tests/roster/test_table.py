"""Finding the table in a sheet: headings, used columns, rows that are no teacher."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import ASIDE, COLUMNS, PRIVATE, heading_key, heading_map
from pmm_tui.roster.table import MAX_ROWS, pick_rows, read_cell
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import HEADINGS, SECRET, TITLES, teachers
from tests.roster.conftest import NIP, OTHER_NIP

HEADING_MAP = heading_map(bundled().impor_dapodik)


def take(*grid: tuple[object, ...]) -> dict[str, Any]:
    result = pick_rows(grid, HEADING_MAP)
    assert result is not None
    return result


def test_the_bundled_catalogue_names_all_our_columns() -> None:
    """What the catalogue says is used is what is read, and the degrees."""
    assert set(HEADING_MAP) == {*COLUMNS, *ASIDE}


def test_headings_are_found_below_the_titles() -> None:
    """Dapodik's sheet has four lines of titles; the row numbers are Excel's."""
    row = [tuple(row.get(heading) for heading in HEADINGS) for row in teachers(3)]
    result = take(*TITLES, HEADINGS, *row)
    assert result["heading_row"] == 5
    assert [number for number, _ in result["rows"]] == [6, 7, 8]
    assert result["columns"]["golongan"] == "Pangkat Golongan"


def test_blank_rows_above_the_headings_do_not_count_as_tried() -> None:
    """Only rows with something in them use up the search."""
    assert take(*[()] * 100, ("Nama", "NIP"), ("Budi", NIP))["heading_row"] == 101


@pytest.mark.parametrize(
    "heading",
    [
        ("NAMA", "nip"),
        (" Nama ", "N.I.P"),
        ("Nama Lengkap", "NIP/NI PPPK"),
        ("nama_guru", "NUPTK"),
        ("Nama PTK", "NIPPPK"),
        ("Nama Pegawai", "NIP BARU"),
    ],
)
def test_headings_go_by_other_spellings(heading: tuple[str, str]) -> None:
    """Case, spaces, dots and the known aliases make no difference."""
    assert len(take(heading, ("Budi", NIP))["rows"]) == 1


@pytest.mark.parametrize(
    ("heading", "field"),
    [("Jenis GTK", "jenis_ptk"), ("L/P", "jk"), ("Jenis Kelamin", "jk"), ("Pangkat/Golongan", "golongan"), ("Golongan", "golongan"),
     ("Status", "status_kepegawaian"), ("Status Pegawai", "status_kepegawaian"), ("Tgl. Lahir", "tanggal_lahir"),
     ("Tgl Lhr", "tanggal_lahir"), ("Tempat, Tanggal Lahir", "tanggal_lahir"), ("Status Kepeg.", "status_kepegawaian"),
     ("Gol.", "golongan"),
     ("pangkat_golongan_terakhir", "golongan"), ("jenis_ptk_id_str", "jenis_ptk"), ("Gelar Blk", "gelar_belakang")],
)  # fmt: skip
def test_aliases_lead_to_their_field(heading: str, field: str) -> None:
    """The aliases of the facts and of the catalogue are known."""
    assert take(("Nama", "NIP", heading), ("Budi", NIP, "isi"))["rows"][0][1][field] == "isi"


@pytest.mark.parametrize("heading", [("Nama",), ("NIP", "NUPTK"), ("Nama", "NIK"), ("Nama Ibu Kandung", "NIP Suami/Istri")])
def test_a_row_without_name_and_number_is_no_heading(heading: tuple[str, ...]) -> None:
    """Both the name and a number have to be there."""
    assert pick_rows([heading, ("Budi", NIP)], HEADING_MAP) is None


def test_of_two_columns_the_preferred_heading_wins() -> None:
    """Dapodik's own heading beats an alias, and the first of two equal ones the second."""
    cell = take(("Golongan", "Nama", "Pangkat Golongan", "NIP", "Nama"), ("x", "Budi", "III/c", NIP, "Ibu"))["rows"][0][1]
    assert (cell["golongan"], cell["nama"]) == ("III/c", "Budi")


def test_private_columns_never_leave_the_reader() -> None:
    """Nothing of NIK, bank, mother, address or spouse is in the document, nor are their headings."""
    row = [tuple(row.get(heading) for heading in HEADINGS) for row in teachers(40)]
    document = json.dumps(take(*TITLES, HEADINGS, *row))
    assert SECRET in json.dumps(row)
    assert SECRET not in document
    assert not [heading for heading in PRIVATE if f'"{heading}"' in document]


def test_no_alias_makes_a_private_column_used() -> None:
    """A catalogue that calls the mother's name the name is not obeyed."""
    headings = heading_map({"alias": {"Nama": ["Nama Ibu Kandung", "Nama Tendik"]}, "jangan_disimpan": ["Tugas Tambahan"]})
    assert heading_key("Nama Ibu Kandung") not in headings["nama"]
    assert heading_key("Nama Tendik") in headings["nama"]
    assert headings["tugas_tambahan"] == ()


def test_a_catalogue_without_the_table_still_reads() -> None:
    """A catalogue from a server says nothing about Dapodik; ours is then used."""
    assert heading_map({})["nip"][0] == "nip"


def test_a_catalogue_can_narrow_the_columns_down() -> None:
    """`dipakai` leaves columns out; the name stays."""
    headings = heading_map({"dipakai": ["NIP", "NUPTK"]})
    assert set(headings) == {"nama", "nip", "nuptk", "gelar_depan", "gelar_belakang", *ASIDE}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("No", "Nama", "NIP", "JK"), "judul kolom berulang"),
        (("(1)", "(2)", "(3)", "(4)"), "nomor kolom"),
        ((1, 2, 3, 4), "nomor kolom"),
        (("Jumlah", "40", None, "20"), "baris jumlah"),
        ((None, "TOTAL: 40 guru", None, None), "baris jumlah"),
        (("Sub Jumlah", None, "7", None), "baris jumlah"),
    ],
)
def test_rows_that_are_no_teacher_are_skipped_with_their_reason(row: tuple[object, ...], reason: str) -> None:
    """Headings again, column numbers and totals are accounted for, but not as teachers."""
    result = take(("No", "Nama", "NIP", "JK"), ("1", "Budi", NIP, "L"), row, ("2", "Siti", OTHER_NIP, "P"))
    assert result["skipped"] == [(3, reason)]
    assert [number for number, _ in result["rows"]] == [2, 4]


def test_a_teacher_named_total_is_a_teacher() -> None:
    """A row with a number of a person is nobody's sum."""
    assert len(take(("Nama", "NIP"), ("Total Suprapto", NIP), ("Jumlahwati", None))["rows"]) == 2


def test_rows_without_a_used_cell_are_nothing() -> None:
    """Blank rows, and rows with only a running number, are not counted."""
    result = take(("No", "Nama", "NIP"), (), (2, None, ""), (3, "  ", None), (4, "Budi", NIP))
    assert ([number for number, _ in result["rows"]], result["skipped"]) == ([5], [])


def test_more_rows_than_a_school_has_are_refused() -> None:
    """5,000 are read, one more is not."""
    grid = [("Nama", "NIP"), *[("Budi", "x")] * MAX_ROWS]
    assert len(take(*grid)["rows"]) == MAX_ROWS
    with pytest.raises(InputError, match="5000 baris"):
        take(*grid, ("Budi", "x"))


def test_more_text_than_may_travel_is_refused() -> None:
    """Many long cells stop the reading before they cost memory."""
    with pytest.raises(InputError, match="terlalu panjang"):
        take(("Nama", "NIP"), *[("x" * 4_000, "y" * 4_000)] * 1_500)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("a\tb", "a b"), ("", None), (" \x00 ", None), (None, None), (5, 5), (5.0, 5), (2.5, 2.5), (1e17, 1e17), (10**17, 1e17),
        (float("nan"), "nan"), (float("inf"), "inf"), (True, "True"), (date(1985, 7, 14), {"day": "1985-07-14"}),
        (datetime.combine(date(1985, 7, 14), time(3)), {"day": "1985-07-14"}), (time(), None),
        (time(3), "03:00:00"), ("\ud800x", "x"),
    ],
)  # fmt: skip
def test_cells_travel_as_json(value: object, cell: object) -> None:
    """Every kind of cell becomes something that JSON can hold and the parent can tell apart."""
    assert read_cell(value) == cell
    json.dumps(read_cell(value), allow_nan=False)
