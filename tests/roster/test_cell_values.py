"""One cell at a time: golongan, dates, sex and degrees as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest

from pmm_tui.roster.cell_values import birth_date
from pmm_tui.roster.model import RosterRow
from tests.roster.conftest import PPPK_NIP

Single = Callable[..., RosterRow]


def pegawai(row: RosterRow) -> Any:
    assert row.pegawai is not None, row.reasons
    return row.pegawai


@pytest.mark.parametrize(
    ("writing", "code"),
    [
        ("III/c", "III/c"), ("iii/C", "III/c"), ("3C", "III/c"), ("3/c", "III/c"), ("III c", "III/c"), ("III-c", "III/c"),
        ("III.c", "III/c"), ("Gol. III/c", "III/c"), ("Penata, III/c", "III/c"), ("Penata (III/c)", "III/c"),
        ("Penata Muda Tk. I, III/b", "III/b"), ("Penata Tingkat I", "III/d"), ("Penata Tk. I", "III/d"), ("Pembina", "IV/a"),
        ("IV/e", "IV/e"), ("II/d", "II/d"),
    ],
)  # fmt: skip
def test_golongan_of_civil_servants_is_normalised(one: Single, writing: str, code: str) -> None:
    """However it is written, the catalogue's code comes out, and no warning."""
    row = one(Pangkat_Golongan=writing)
    assert pegawai(row).golongan == code
    assert row.warnings == ()


@pytest.mark.parametrize(
    ("writing", "code"),
    [
        ("IX", "IX"),
        ("ix", "IX"),
        ("Gol. IX", "IX"),
        ("Golongan IX", "IX"),
        (9, "IX"),
        ("9.0", "IX"),
        ("9", "IX"),
        ("XVII", "XVII"),
        ("17", "XVII"),
        ("p3k gol. ruang: 7", "VII"),
    ],
)
def test_golongan_of_pppk_is_normalised(one: Single, writing: object, code: str) -> None:
    """PPPK classes are Roman numbers without a letter."""
    row = one(Status_Kepegawaian="PPPK", NIP=PPPK_NIP, JK="P", Tanggal_Lahir="1990-01-01", Pangkat_Golongan=writing)
    assert pegawai(row).golongan == code
    assert row.warnings == ()


@pytest.mark.parametrize("writing", ["III/f", "V/a", "XVIII", "12a", "III/cd", "XIIII", "Penata Agung"])
def test_a_golongan_that_does_not_exist_is_not_bent_into_one(one: Single, writing: str) -> None:
    """It is kept as written, with a warning."""
    row = one(Pangkat_Golongan=writing)
    assert pegawai(row).golongan == writing
    assert [note.column for note in row.warnings] == ["Pangkat Golongan"]


def test_a_civil_servant_with_a_class_of_pppk_warns(one: Single) -> None:
    """A PNS whose ruang is missing looks like a PPPK class."""
    assert "milik PPPK" in one(Pangkat_Golongan="III").warnings[0].message


@pytest.mark.parametrize(
    "value",
    ["1985-07-14", "14/07/1985", "14-07-1985", "14.07.1985", "14 Juli 1985", "14-Jul-1985",
     "1985-07-14 00:00:00", "1985-07-14T00:00:00Z", "'1985-07-14", date(1985, 7, 14),
     datetime.combine(date(1985, 7, 14), time(12)), 31242, 31242.0, 31242.5, "31242", "31242.0"],
)  # fmt: skip
def test_a_birth_date_is_read_in_every_form(one: Single, value: object) -> None:
    """ISO, day first, Excel's dates and its serial numbers are one day."""
    row = one(Tanggal_Lahir=value)
    assert pegawai(row).tanggal_lahir == "1985-07-14"
    assert row.warnings == ()


@pytest.mark.parametrize(
    "value", ["14/14/1985", "1985-02-30", "kemarin", "14/7/185", 19851407.5, "2031-01-01", date(1850, 1, 1), True]
)
def test_a_birth_date_that_is_none_is_left_out_with_a_warning(one: Single, value: object) -> None:
    """Impossible dates are never guessed at."""
    row = one(Tanggal_Lahir=value)
    assert pegawai(row).tanggal_lahir == ""
    assert [note.column for note in row.warnings] == ["Tanggal Lahir"]


@pytest.mark.parametrize(
    ("value", "jk"),
    [
        ("L", "L"),
        ("p", "P"),
        ("Laki-laki", "L"),
        ("Perempuan", "P"),
        ("Pria", "L"),
        ("WANITA", "P"),
        ("Laki - Laki", "L"),
        ("-", ""),
    ],
)
def test_sex_is_read_in_the_words_that_people_use(one: Single, value: str, jk: str) -> None:
    """L and P, and the words for them."""
    assert pegawai(one(JK=value, NIP=None)).jk == jk


def test_an_unknown_sex_is_left_out_with_a_warning(one: Single) -> None:
    """Nothing is guessed from it."""
    row = one(JK="X")
    assert pegawai(row).jk == ""
    assert row.warnings[0].column == "JK"


@pytest.mark.parametrize(
    ("nama", "front", "back", "complete"),
    [
        ("Budi", "Drs.", "M.Pd.", "Drs. Budi, M.Pd."), ("Budi, M.Pd.", None, "M.Pd", "Budi, M.Pd."),
        ("Drs. Budi", "Drs.", None, "Drs. Budi"), ("Budi", None, "S.Pd., M.Pd.", "Budi, S.Pd., M.Pd."),
        ("Budi S.Pd", "-", "S.Pd.", "Budi S.Pd"), ("Ir Budi", "Ir.", None, "Ir Budi"),
    ],
)  # fmt: skip
def test_degrees_of_their_own_columns_join_the_name_once(
    one: Single, nama: str, front: str | None, back: str | None, complete: str
) -> None:
    """A degree that the name already has is not repeated."""
    assert pegawai(one(Nama=nama, Gelar_Depan=front, Gelar_Belakang=back)).nama == complete


@pytest.mark.parametrize("today", [date(1980, 1, 1), date(2019, 1, 1)])
def test_a_clock_that_cannot_be_empties_no_birth_date(today: date) -> None:
    """A computer whose clock fell back before this version was made; a day that no clock makes right is still none."""
    assert birth_date("14/07/1985", today) == ("1985-07-14", "")
    assert birth_date("2003-02-01", today) == ("2003-02-01", "")
    assert birth_date("2099-01-01", today)[0] == ""
