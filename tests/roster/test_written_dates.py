"""Birth dates as people write them (D6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.roster.read import read_roster
from pmm_tui.roster.written_dates import swapped, written_date
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.conftest import TODAY

DATA = Path(__file__).parent / "data"
DAY = date(1979, 8, 12)


@pytest.mark.parametrize(
    "text",
    [
        "1979-08-12", "12/08/1979", "12 Agustus 1979", "12-Aug-1979", "12-Aug-79", "August 12, 1979", "Senin, 12 Agustus 1979",
        "12 Agt 1979", "12 Ags 1979", "Kupang, 12 Agustus 1979", "Kupang, 12-08-1979", "19790812", "12 - 08 - 1979",
        "12  Agustus  1979", "1979-08-12T00:00:00.000Z", "1979-08-12T00:00:00+07:00", "Kota Waringin Timur 12.8.1979",
        "12 AGUSTUS 1979", "12/08/79", "12-08-79", "12-VIII-1979", "12 Agustus '79", "12 Agustus 1979.",
    ],
)  # fmt: skip
def test_one_day_in_many_spellings(text: str) -> None:
    """Months in English and old Indonesian, abbreviations, weekday or place before it, blanks anywhere, nothing between."""
    assert written_date(text) == DAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 Nopember 1988", date(1988, 11, 3)), ("17 Peb 1994", date(1994, 2, 17)), ("3-May-1988", date(1988, 5, 3)),
        ("17-Oct-1990", date(1990, 10, 17)), ("1-Dec-1991", date(1991, 12, 1)), ("5 Nop 1979", date(1979, 11, 5)),
        ("1 Mei 05", date(2005, 5, 1)), ("12 Pebruari 1979", date(1979, 2, 12)),
    ],
)  # fmt: skip
def test_other_months(text: str, day: date) -> None:
    """The words that the lists of schools have."""
    assert written_date(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "kapan", "12", "12/08", "31 Februari 1979", "12 Ju 1979", "12 Ma 1979", "12 Foo 1979", "99999999",
     "1979", "RT 3, 12 Agustus 1979", "12 Agustus 1979 di Kupang", "0" * 4000],
)  # fmt: skip
def test_what_means_no_day_or_two_is_not_guessed(text: str) -> None:
    """A day that is none, a month that could be two, and other digits before it."""
    assert written_date(text) is None


def test_the_other_order() -> None:
    """Where the month was written first."""
    assert swapped(date(1979, 12, 5)) == date(1979, 5, 12)
    assert swapped(date(1979, 12, 13)) is None


@given(st.text(max_size=200))
def test_any_text_is_read_or_not(text: str) -> None:
    """Nothing is raised."""
    written_date(text)


@pytest.mark.process
def test_the_file_of_the_cases_is_read_whole() -> None:
    """R31: seventeen teachers, every one with a birth date."""
    found = read_roster(DATA / "R31-bulan-inggris.csv", bundled(), TODAY)
    unread = [row for row in found.rows if row.pegawai is None or not row.pegawai.tanggal_lahir]
    assert (len(found.rows), unread) == (17, [])
