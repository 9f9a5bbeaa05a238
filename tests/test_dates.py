"""Dates and times as an Indonesian reader writes them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pmm_tui.dates import MONTHS, clock, clock_difference, date_and_time, field_date, kept_date, long_date, parse_date, span

DAY = date(2026, 1, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31",
        "2026/01/31",
        "2026-1-31",
        "31/01/2026",
        "31-01-2026",
        "31.01.2026",
        "31-1-2026",
        "31 Januari 2026",
        "31 januari 2026",
        "31 Jan 2026",
        "31-JAN-2026",
        "  31 Januari 2026 ",
    ],
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    """Year first or last, with dashes, strokes, dots or the month's name, in full or its first letters."""
    assert parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31",
        "31-01",
        "31-01-26",
        "26-01-31",
        "2026-13-01",
        "2026-02-30",
        "0000-01-01",
        "31/01/2026 10.00",
        "31 Ja 2026",
        "31 January 2026",
        "Januari 31 2026",
        "-31-01-2026",
        "٣١-٠١-٢٠٢٦",
        "3¹-01-2026",
        "2026-99999999999-01",
        "2026-01-" + "1" * 5000,
        "kemarin",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    """Two-digit years, days that never were, other words and endless digits are no date, and nothing is guessed."""
    assert parse_date(text) is None


@pytest.mark.parametrize("number", range(1, 13))
def test_each_month_has_its_name(number: int) -> None:
    """The twelve Indonesian names are written and read, and three letters tell them apart."""
    day = date(2026, number, 8)
    assert long_date(day) == f"8 {MONTHS[number - 1]} 2026"
    assert parse_date(f"8 {MONTHS[number - 1][:3]} 2026") == day


@given(st.dates(min_value=date(1000, 1, 1)))
@settings(deadline=None)
def test_a_written_date_is_read_back(day: date) -> None:
    """Every day survives being written, as words and as figures."""
    for text in (long_date(day), day.isoformat(), f"{day:%d/%m/%Y}"):
        assert parse_date(text) == day


def test_no_text_makes_the_reader_stumble() -> None:
    """Whatever stands there, what is read is a day whose figures stand there; some of it is read."""
    read: list[date] = []
    figures = st.from_regex(r"[0-3]?[0-9][-/. ]([01]?[0-9]|[A-Za-z]{3,9}|Mei|agus)[-/. ][0-9]{3,5}", fullmatch=True)

    @example("31 Januari 2026")
    @given(st.one_of(st.text(), st.from_regex(r"[0-9]{1,9}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{1,9}", fullmatch=True), figures))
    @settings(deadline=None)
    def any_text(text: str) -> None:
        day = parse_date(text)
        if day is not None:
            assert {day.day, day.year} <= set(map(int, re.findall(r"[0-9]+", text)))
            assert parse_date(day.isoformat()) == day
            read.append(day)

    any_text()
    assert read


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31 jan 2026", date(2026, 1, 31)), ("1-Mei-2026", date(2026, 5, 1)), ("31 ja 2026", None), ("31 xyz 2026", None),
        ("2026-1-2", date(2026, 1, 2)), ("1/2/2026", date(2026, 2, 1)), ("1/2/26", None), ("1/2", None), ("1/2/3/2026", None),
        ("31/02/2026", None), ("0/1/2026", None), ("00001/2/2026", None), ("1/2/02026", None), ("1/2/0000", None),
        ("\u0661/2/2026", None), (" 1.2.2026 ", date(2026, 2, 1)), ("12 Des 2026", date(2026, 12, 12)),
        ("2026-Jan-3", date(2026, 1, 3)),
    ],
)  # fmt: skip
def test_each_form_of_a_date_is_read_or_left(text: str, day: date | None) -> None:
    """Four figures are the year, at either end; a month is its number or the first three letters of its name."""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("15/7/26", "2026-07-15"), ("15-07-26", "2026-07-15"), ("15.7.26 ", "2026-07-15"), ("15 Juli 26", "2026-07-15"),
        ("15-7-2026", "2026-07-15"), ("2026-7-15", "2026-07-15"), ("2026-07-15", "2026-07-15"), ("1926-7-15", "1926-07-15"),
        ("15/7/2", "15/7/2"), ("15/7/126", "15/7/126"), ("31/2/26", "31/2/26"), ("26", "26"), ("/26", "/26"), ("", ""),
        ("15/7/\u0662\u0666", "15/7/\u0662\u0666"), ("kemarin 26", "kemarin 26"), (" kemarin ", " kemarin "),
    ],
)  # fmt: skip
def test_a_typed_date_is_kept_in_one_form(typed: str, kept: str) -> None:
    """A year of two digits is of this century; what is no date is kept as it was typed, so that nothing of it is lost."""
    assert kept_date(typed) == kept
    assert kept_date(kept) == kept


@pytest.mark.parametrize(
    ("kept", "shown"), [("2026-07-05", "05-07-2026"), ("0026-07-05", "05-07-0026"), ("", ""), ("kemarin", "kemarin")]
)
def test_a_kept_date_stands_in_its_field_as_it_is_typed(kept: str, shown: str) -> None:
    """Day, month, year; what is no date stands there as it was typed, and what stands there is kept as the same."""
    assert field_date(kept) == shown
    assert kept_date(shown) == kept


def test_the_hour_is_the_computers_own() -> None:
    """A moment is shown in the local time zone, with the dot that Indonesians write; the zone it came in does not matter."""
    at = datetime(2026, 1, 8, 3, 42, tzinfo=UTC)
    local = at.astimezone()
    assert clock(at) == f"{local.hour:02}.{local.minute:02}"
    assert clock(at.astimezone(timezone(timedelta(hours=9)))) == clock(at)
    assert date_and_time(at) == f"{long_date(local.date())} {clock(at)}"
    assert re.fullmatch(r"\d\d?\.\d\d", clock(at))


@given(st.integers(0, 4_102_444_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)))
@settings(deadline=None)
def test_date_and_hour_are_of_one_zone(at: datetime) -> None:
    """Around midnight the date shown is that of the hour shown."""
    local = at.astimezone()
    assert date_and_time(at) == f"{local.day} {MONTHS[local.month - 1]} {local.year} {local:%H.%M}"


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "0 menit"),
        (timedelta(minutes=12), "12 menit"),
        (timedelta(minutes=119), "119 menit"),
        (timedelta(minutes=120), "2 jam"),
        (timedelta(hours=47), "47 jam"),
        (timedelta(hours=48), "2 hari"),
        (timedelta(days=59), "59 hari"),
        (timedelta(days=60), "sekitar 2 bulan"),
        (timedelta(days=365), "sekitar 1 tahun"),
        (timedelta(days=2890), "sekitar 7 tahun 11 bulan"),
    ],
)
def test_a_length_of_time_is_told_as_people_say_it(length: timedelta, words: str) -> None:
    """Minutes, hours, days, then years and months; which way does not matter."""
    assert span(length.total_seconds()) == span(-length.total_seconds()) == words


def test_which_clock_is_behind() -> None:
    """The computer's own is the subject."""
    assert clock_difference(-259200.0) == "Jam komputer ini 3 hari lebih lambat dari server"
    assert clock_difference(600.0) == "Jam komputer ini 10 menit lebih cepat dari server"
