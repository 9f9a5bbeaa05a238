"""Dates as people write them, and the reading of them by hand that checks the spellings themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

LONG = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des")
OLD_SHORT = ("Jan", "Peb", "Mrt", "Apr", "Mei", "Jun", "Jul", "Ags", "Sept", "Okt", "Nop", "Des")
OLD = ("Januari", "Pebruari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "Nopember", "Desember")
ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
FULL_ENGLISH = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jum'at", "Sabtu", "Minggu")


def _words(names: tuple[str, ...], between: str = " ") -> Callable[[date, Random], str]:
    return lambda day, _: f"{day.day}{between}{names[day.month - 1]}{between}{day.year}"


DATES: dict[str, Callable[[date, Random], Any]] = {
    "cell": lambda day, _: day,
    "iso": lambda day, _: day.isoformat(),
    "slashes": lambda day, _: f"{day:%d/%m/%Y}",
    "short-slashes": lambda day, _: f"{day.day}/{day.month}/{day.year}",
    "dashes": lambda day, _: f"{day:%d-%m-%Y}",
    "dots": lambda day, _: f"{day:%d.%m.%Y}",
    "wide-dashes": lambda day, _: f"{day:%d - %m - %Y}",
    "year-first-slashes": lambda day, _: f"{day:%Y/%m/%d}",
    "long": _words(LONG),
    "long-upper": lambda day, _: f"{day.day} {LONG[day.month - 1].upper()} {day.year}",
    "long-lower": lambda day, _: f"{day.day:02} {LONG[day.month - 1].lower()} {day.year}",
    "long-dashes": _words(LONG, "-"),
    "long-slashes": _words(LONG, "/"),
    "two-blanks": _words(LONG, "  "),
    "glued": lambda day, _: f"{day.day} {LONG[day.month - 1]}{day.year}",
    "short": _words(SHORT),
    "short-dashes": _words(SHORT, "-"),
    "short-dot": lambda day, _: f"{day.day} {SHORT[day.month - 1]}. {day.year}",
    "old": _words(OLD),
    "old-short": _words(OLD_SHORT),
    "english": _words(ENGLISH, "-"),
    "english-full": _words(FULL_ENGLISH),
    "english-first": lambda day, _: f"{FULL_ENGLISH[day.month - 1]} {day.day}, {day.year}",
    "roman": lambda day, _: f"{day.day}-{ROMAN[day.month - 1]}-{day.year}",
    "two-digit-word": lambda day, _: f"{day.day}-{ENGLISH[day.month - 1]}-{day:%y}",
    "two-digit": lambda day, _: f"{day:%d/%m/%y}",
    "two-digit-dashes": lambda day, _: f"{day:%d-%m-%y}",
    "apostrophe-year": lambda day, _: f"{day.day} {LONG[day.month - 1]} '{day:%y}",
    "weekday": lambda day, _: f"{_DAYS[day.weekday()]}, {day.day} {LONG[day.month - 1]} {day.year}",
    "place": lambda day, luck: (
        f"{luck.choice(('Kupang', 'Kab. Agam', 'Bau-Bau', 'Ende'))}, {day.day} {LONG[day.month - 1]} {day.year}"
    ),
    "place-numbers": lambda day, luck: f"{luck.choice(('Kupang', 'Garut'))}, {day:%d-%m-%Y}",
    "tgl": lambda day, _: f"Tgl. {day.day} {LONG[day.month - 1]} {day.year}",
    "run": lambda day, _: f"{day:%Y%m%d}",
    "iso-time": lambda day, _: f"{day.isoformat()}T00:00:00.000Z",
    "iso-clock": lambda day, _: f"{day.isoformat()} 00:00:00",
    "slashes-clock": lambda day, _: f"{day:%d/%m/%Y} 00:00",
    "serial": lambda day, _: (day - date(1899, 12, 30)).days,
    "serial-text": lambda day, _: str((day - date(1899, 12, 30)).days),
    "apostrophe": lambda day, _: f"'{day:%d/%m/%Y}",
    "trailing-dot": lambda day, _: f"{day.day} {LONG[day.month - 1]} {day.year}.",
    "comma": lambda day, _: f"{day.day} {LONG[day.month - 1]}, {day.year}",
    "no-break": lambda day, _: f"{day.day}\xa0{LONG[day.month - 1]}\xa0{day.year}",
}
"""Spellings of a birth date that mean one day only."""

NO_DATES = (
    "31-02-1980", "00-00-0000", "0000-00-00", "32/01/1985", "entah kapan", "12-08", "1979", "17 Agustusan 1980", "13-1985",
    "12 Agustus 2061", "1855-01-01", "lupa", "29/02/1983", "30 Pebruari 1990", "??-08-1979",
)  # fmt: skip
"""What no day can be taken from."""


def by_hand(text: str) -> date | None:
    """Read a written date the way a human does: the word or roman number is the month, four digits the year, else day first."""
    said = text.strip("' .")
    if re.fullmatch(r"\d{8}", said):
        return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    if re.fullmatch(r"\d{5}", said):
        return date.fromordinal(date(1899, 12, 30).toordinal() + int(said))
    said = re.sub(r"[T ]00:00.*$", "", said)
    numbers = re.findall(r"\d+", said)
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", said)]
    tables = (LONG, SHORT, OLD, OLD_SHORT, ENGLISH, FULL_ENGLISH, ROMAN)
    months = [names.index(name) + 1 for names in tables for name in names if name.casefold() in words]
    if len(numbers) == 2 and months:
        day, year = numbers
        month = months[-1]
    elif len(numbers) == 3 and len(numbers[0]) == 4:
        year, month, day = numbers[0], int(numbers[1]), numbers[2]
    elif len(numbers) == 3:
        day, month, year = numbers[0], int(numbers[1]), numbers[2]
    else:
        return None
    whole = int(year) if len(year) == 4 else (2000 if int(year) <= 10 else 1900) + int(year)
    return date(whole, month, int(day))
