"""Finding the table in a sheet: headings, used columns, rows that are no teacher."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import KOLOM, PRIBADI, kunci, peta_judul
from pmm_tui.roster.table import MAKS_BARIS, baca_sel, pungut
from pmm_tui.skp.katalog_reader import bundled
from tests.dapodik import HEADINGS, SECRET, TITLES, teachers
from tests.roster.conftest import NIP, NIP_LAIN

PETA = peta_judul(bundled().impor_dapodik)


def ambil(*kisi: tuple[object, ...]) -> dict[str, Any]:
    hasil = pungut(kisi, PETA)
    assert hasil is not None
    return hasil


def test_the_bundled_catalogue_names_all_our_columns() -> None:
    """What the catalogue says is used is what is read, and the degrees."""
    assert set(PETA) == set(KOLOM)


def test_headings_are_found_below_the_titles() -> None:
    """Dapodik's sheet has four lines of titles; the row numbers are Excel's."""
    baris = [tuple(row.get(judul) for judul in HEADINGS) for row in teachers(3)]
    hasil = ambil(*TITLES, HEADINGS, *baris)
    assert hasil["baris_judul"] == 5
    assert [nomor for nomor, _ in hasil["baris"]] == [6, 7, 8]
    assert hasil["kolom"]["golongan"] == "Pangkat Golongan"


def test_blank_rows_above_the_headings_do_not_count_as_tried() -> None:
    """Only rows with something in them use up the search."""
    assert ambil(*[()] * 100, ("Nama", "NIP"), ("Budi", NIP))["baris_judul"] == 101


@pytest.mark.parametrize(
    "judul",
    [("NAMA", "nip"), (" Nama ", "N.I.P"), ("Nama Lengkap", "NIP/NI PPPK"), ("nama_guru", "NUPTK"), ("Nama PTK", "NIPPPK")],
)
def test_headings_go_by_other_spellings(judul: tuple[str, str]) -> None:
    """Case, spaces, dots and the known aliases make no difference."""
    assert len(ambil(judul, ("Budi", NIP))["baris"]) == 1


@pytest.mark.parametrize(
    ("judul", "field"),
    [("Jenis GTK", "jenis_ptk"), ("L/P", "jk"), ("Jenis Kelamin", "jk"), ("Pangkat/Golongan", "golongan"), ("Golongan", "golongan"),
     ("Status", "status_kepegawaian"), ("Status Pegawai", "status_kepegawaian"), ("Tgl. Lahir", "tanggal_lahir")],
)  # fmt: skip
def test_aliases_lead_to_their_field(judul: str, field: str) -> None:
    """The aliases of the facts and of the catalogue are known."""
    assert ambil(("Nama", "NIP", judul), ("Budi", NIP, "isi"))["baris"][0][1][field] == "isi"


@pytest.mark.parametrize("judul", [("Nama",), ("NIP", "NUPTK"), ("Nama", "NIK"), ("Nama Ibu Kandung", "NIP Suami/Istri")])
def test_a_row_without_name_and_number_is_no_heading(judul: tuple[str, ...]) -> None:
    """Both the name and a number have to be there."""
    assert pungut([judul, ("Budi", NIP)], PETA) is None


def test_of_two_columns_the_preferred_heading_wins() -> None:
    """Dapodik's own heading beats an alias, and the first of two equal ones the second."""
    sel = ambil(("Golongan", "Nama", "Pangkat Golongan", "NIP", "Nama"), ("x", "Budi", "III/c", NIP, "Ibu"))["baris"][0][1]
    assert (sel["golongan"], sel["nama"]) == ("III/c", "Budi")


def test_private_columns_never_leave_the_reader() -> None:
    """Nothing of NIK, bank, mother, address or spouse is in the document, nor are their headings."""
    baris = [tuple(row.get(judul) for judul in HEADINGS) for row in teachers(40)]
    dokumen = json.dumps(ambil(*TITLES, HEADINGS, *baris))
    assert SECRET in json.dumps(baris)
    assert SECRET not in dokumen
    assert not [judul for judul in PRIBADI if f'"{judul}"' in dokumen]


def test_no_alias_makes_a_private_column_used() -> None:
    """A catalogue that calls the mother's name the name is not obeyed."""
    peta = peta_judul({"alias": {"Nama": ["Nama Ibu Kandung", "Nama Tendik"]}, "jangan_disimpan": ["Tugas Tambahan"]})
    assert kunci("Nama Ibu Kandung") not in peta["nama"]
    assert kunci("Nama Tendik") in peta["nama"]
    assert peta["tugas_tambahan"] == ()


def test_a_catalogue_without_the_table_still_reads() -> None:
    """A catalogue from a server says nothing about Dapodik; ours is then used."""
    assert peta_judul({})["nip"][0] == "nip"


def test_a_catalogue_can_narrow_the_columns_down() -> None:
    """`dipakai` leaves columns out; the name stays."""
    peta = peta_judul({"dipakai": ["NIP", "NUPTK"]})
    assert set(peta) == {"nama", "nip", "nuptk", "gelar_depan", "gelar_belakang"}


@pytest.mark.parametrize(
    ("baris", "karena"),
    [
        (("No", "Nama", "NIP", "JK"), "judul kolom berulang"),
        (("(1)", "(2)", "(3)", "(4)"), "nomor kolom"),
        ((1, 2, 3, 4), "nomor kolom"),
        (("Jumlah", "40", None, "20"), "baris jumlah"),
        ((None, "TOTAL: 40 guru", None, None), "baris jumlah"),
        (("Sub Jumlah", None, "7", None), "baris jumlah"),
    ],
)
def test_rows_that_are_no_teacher_are_skipped_with_their_reason(baris: tuple[object, ...], karena: str) -> None:
    """Headings again, column numbers and totals are accounted for, but not as teachers."""
    hasil = ambil(("No", "Nama", "NIP", "JK"), ("1", "Budi", NIP, "L"), baris, ("2", "Siti", NIP_LAIN, "P"))
    assert hasil["dilewati"] == [(3, karena)]
    assert [nomor for nomor, _ in hasil["baris"]] == [2, 4]


def test_a_teacher_named_total_is_a_teacher() -> None:
    """A row with a number of a person is nobody's sum."""
    assert len(ambil(("Nama", "NIP"), ("Total Suprapto", NIP), ("Jumlahwati", None))["baris"]) == 2


def test_rows_without_a_used_cell_are_nothing() -> None:
    """Blank rows, and rows with only a running number, are not counted."""
    hasil = ambil(("No", "Nama", "NIP"), (), (2, None, ""), (3, "  ", None), (4, "Budi", NIP))
    assert ([nomor for nomor, _ in hasil["baris"]], hasil["dilewati"]) == ([5], [])


def test_more_rows_than_a_school_has_are_refused() -> None:
    """5,000 are read, one more is not."""
    kisi = [("Nama", "NIP"), *[("Budi", "x")] * MAKS_BARIS]
    assert len(ambil(*kisi)["baris"]) == MAKS_BARIS
    with pytest.raises(InputError, match="5000 baris"):
        ambil(*kisi, ("Budi", "x"))


def test_more_text_than_may_travel_is_refused() -> None:
    """Many long cells stop the reading before they cost memory."""
    with pytest.raises(InputError, match="terlalu panjang"):
        ambil(("Nama", "NIP"), *[("x" * 4_000, "y" * 4_000)] * 1_500)


@pytest.mark.parametrize(
    ("nilai", "sel"),
    [
        ("a\tb", "a b"), ("", None), (" \x00 ", None), (None, None), (5, 5), (5.0, 5), (2.5, 2.5), (1e17, 1e17), (10**17, 1e17),
        (float("nan"), "nan"), (float("inf"), "inf"), (True, "True"), (date(1985, 7, 14), {"tanggal": "1985-07-14"}),
        (datetime.combine(date(1985, 7, 14), time(3)), {"tanggal": "1985-07-14"}), (time(), None),
        (time(3), "03:00:00"), ("\ud800x", "x"),
    ],
)  # fmt: skip
def test_cells_travel_as_json(nilai: object, sel: object) -> None:
    """Every kind of cell becomes something that JSON can hold and the parent can tell apart."""
    assert baca_sel(nilai) == sel
    json.dumps(baca_sel(nilai), allow_nan=False)
