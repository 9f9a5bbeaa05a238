"""Dates as people write them into lists: months in other words, the weekday or the place before them, nothing between the parts."""

from __future__ import annotations

import re
from datetime import date

from pmm_tui.dates import MONTHS, parse_date

_WORDS = {
    "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "august": 8, "october": 10, "december": 12,
    "pebruari": 2, "peb": 2, "febuari": 2, "mrt": 3, "juny": 6, "agt": 8, "ags": 8, "agst": 8, "aug": 8, "septembar": 9,
    "sept": 9, "oct": 10, "nopember": 11, "nop": 11, "dec": 12, "dsember": 12,
}  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_NAMED = re.compile(r"(?<!\d)(\d{1,2})[\s.,/-]{0,3}([^\W\d_]{3,9})[\s.,/-]{0,3}['’]?(\d{4}|\d{2})\Z")
_ROMAN_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s?[\s./-]\s?([IVX]{1,4})\s?[\s./-]\s?(\d{4})\Z")
_NAMED_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,9})[\s.]{1,2}(\d{1,2}),?\s{1,2}(\d{4})\Z")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s{0,2}[./-]\s{0,2}(\d{1,2})\s{0,2}[./-]\s{0,2}(\d{4}|'?\d{2})\Z")
_MIDNIGHT = re.compile(r"T\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?\Z")
_BEFORE = re.compile(r"[^\d]{0,60}\Z")  # a weekday or a place: no digits
_BRACKETS = re.compile(r" ?\([^()]{1,30}\)\Z")  # an age, as a rule
_EVER, _NEVER = 1899, 2100
_YOUNGEST = 10  # 79 is 1979, 05 is 2005: who was born in 1911 teaches no more


def written_date(text: str, *, month_first: bool = False) -> date | None:
    """Read what `parse_date` reads, and other spellings that mean one day only; None for anything else.

    Numbers are day, month, year, or with `month_first` as Americans write them; a year of two digits is of 1911 to 2010.
    """
    content = _MIDNIGHT.sub("", _BRACKETS.sub("", " ".join(text.split())[-160:]))[-80:].rstrip(" .,;")
    if (match := _NUMBERS.search(content)) and _BEFORE.match(content[: match.start()]):
        one, two, three = match[1], match[2], match[3].lstrip("'")
        if int(one) > 31 and len(three) == 2:
            return _day(one, int(two), three)
        return _day(three, int(one), two) if month_first else _day(three, int(two), one)
    if (day := parse_date(content)) is not None:
        return day
    if len(content) == 8 and content.isascii() and content.isdigit():
        day = _day(content[:4], int(content[4:6]), content[6:])
        if day and _EVER < day.year < _NEVER:
            return day
        day = _day(content[4:], int(content[2:4]), content[:2])  # `12081979`, which is no day with the year first
        return day if day and _EVER < day.year < _NEVER else None
    if match := _ROMAN_MONTH.search(content):
        month = _ROMAN.index(match[2]) + 1 if match[2] in _ROMAN else 0
        return _day(match[3], month, match[1]) if _BEFORE.match(content[: match.start()]) else None
    if match := _NAMED.search(content):
        return _day(match[3], _month(match[2]), match[1]) if _BEFORE.match(content[: match.start()]) else None
    if match := _NAMED_FIRST.search(content):
        return _day(match[3], _month(match[1]), match[2]) if _BEFORE.match(content[: match.start()]) else None
    return None


def swapped(day: date) -> date | None:
    """The day that is meant where the month was written first; None when there is none."""
    return _day(str(day.year), day.day, str(day.month)) if day.day <= len(MONTHS) else None


def _month(word: str) -> int:
    small = word.casefold()
    if small in _WORDS:
        return _WORDS[small]
    fitting = [at for at, name in enumerate(MONTHS, 1) if name.casefold().startswith(small)]
    return fitting[0] if len(fitting) == 1 else 0


def _day(year: str, month: int, day: str) -> date | None:
    whole = int(year) if len(year) > 2 else int(year) + (2000 if int(year) <= _YOUNGEST else 1900)
    try:
        return date(whole, month, int(day))
    except ValueError:
        return None
