"""From rows of cells to the rows of the roster: finds the headings, keeps the used columns, drops what is no teacher.

Runs in the process that reads the file, for sheets and text alike, so that a private column never leaves it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import NUMBERS, HeadingMap, heading_key, recognise
from pmm_tui.text import clean, shorten

MAX_ROWS = 5_000
"""Teachers in one file: far more than any school has."""
MAX_COLUMNS = 256
"""Columns that are looked at; Dapodik has 51."""
MAX_CELL = 4_000
"""Characters of one cell; a longer one arrives one character too long, so that its row can be refused."""
HEADING_ROWS = 15
"""Rows with something in them among which the headings are looked for."""

_MAX_ANSWER = 8_000_000  # characters that may leave the child for one file
_TOTAL_ROW = re.compile(r"(sub ?)?(jumlah|total|rekapitulasi)\b", re.IGNORECASE)
_EXAMPLE = re.compile(
    r"\b(petunjuk|panduan|tata cara|cara (meng)?isi|contoh (pengisian|isian|data|di bawah|berikut)|sesuai contoh)\b", re.IGNORECASE
)
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,3}\)?")
_SURE = 3  # headings that make a row inside a table the head of another one; two could be chance
_NUMERIC_NUMBER = 9  # digits from which a NIP or NUPTK cell is a number of a person, not a count

Cell = str | int | float | dict[str, str]
"""A cell as it travels: text, a number stored as one, or `{"day": "1985-07-14"}`."""


def read_cell(value: object) -> Cell | None:
    """Turn what a reader gives for a cell into what travels, text cleaned; None when there is nothing in it."""
    if isinstance(value, str):
        return clean(value, limit=MAX_CELL + 1) or None
    if value is None or value == time():  # how calamine gives the number 0 with a date format
        return None
    if isinstance(value, (bool, time)):
        return str(value)
    if isinstance(value, (int, float)):
        return _digits(value)
    if isinstance(value, datetime):
        return {"day": value.date().isoformat()}
    return {"day": value.isoformat()} if isinstance(value, date) else clean(str(value))


def _digits(value: int | float) -> Cell:
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    value = float(value)
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 10**15 else value


def pick_rows(rows: Iterable[Sequence[object]], headings: HeadingMap) -> dict[str, Any] | None:
    """Pick the teachers' rows out of a sheet whose first row is row 1; None when it has no headings.

    Returns `heading_row`, `columns` (heading as written, by field), `rows` (row number and cells by field) and `skipped` (row
    number and reason of rows that are no teacher) of the first table; `further` has the tables below it in the same shape, and
    `example` is true where the words above a table say that it is one. Raises InputError for more than `MAX_ROWS` rows or too much
    text.
    """
    numbered = enumerate(rows, 1)
    found = _find_headings(numbered, headings)
    if found is None:
        return None
    reader = _Tables(headings, *found)
    for number, row in numbered:
        reader.read(number, row[:MAX_COLUMNS])
    for table in reader.tables:
        _without_what_is_below(table)
    first, *further = reader.tables
    return {**first, "further": further} if further else first


class _Tables:
    """Reads the rows under the first headings; other headings further down begin another table."""

    def __init__(self, headings: HeadingMap, number: int, texts: list[str], places: dict[str, int], above: str) -> None:
        self.tables: list[dict[str, Any]] = []
        self._headings = headings
        self._names = set(headings["nama"])
        self._initials = {key[:1] for key in self._names}
        self._size = self._count = 0
        self._last_text = ""
        self._begin(number, texts, places, above)

    def _begin(self, number: int, texts: list[str], places: dict[str, int], above: str) -> None:
        self._places = places
        columns = {field: shorten(texts[at], 60) for field, at in places.items()}
        self._table: dict[str, Any] = {"heading_row": number, "columns": columns, "rows": [], "skipped": []}
        if _EXAMPLE.search(above):
            self._table["example"] = True
        self.tables.append(self._table)

    def read(self, number: int, row: Sequence[object]) -> None:
        if self._may_be_headings(row):
            texts = _texts(row)
            places = recognise(texts, self._headings)
            moved = len(places) >= _SURE and any(self._places.get(field) != at for field, at in places.items())
            if moved and not any(map(_person_number, texts)):
                self._table["skipped"].append((number, "judul tabel berikutnya"))
                self._begin(number, texts, places, self._last_text)
                return
        cells = {field: cell for field, at in self._places.items() if at < len(row) and (cell := read_cell(row[at])) is not None}
        if len(cells) < 2:
            self._last_text = " ".join(filter(None, _texts(row))) or self._last_text
        if not cells:
            return
        if reason := _why_no_teacher(cells, row, self._headings):
            self._table["skipped"].append((number, reason))
        else:
            self._table["rows"].append((number, cells))
        self._count += 1
        self._size += sum(len(cell) if isinstance(cell, str) else 20 for cell in cells.values())
        if self._count > MAX_ROWS or self._size > _MAX_ANSWER:
            raise InputError(
                f"isinya lebih dari {MAX_ROWS} baris atau terlalu panjang (sampai baris {number}); "
                "salin baris guru sekolah ini saja ke berkas baru, lalu impor lagi."
            )

    def _may_be_headings(self, row: Sequence[object]) -> bool:
        """Whether one of the cells is a heading of the name: asked of every row, so the cheap question comes first."""
        for value in row:
            if not isinstance(value, str) or len(value) > 60 or value.lstrip()[:1].casefold() not in self._initials:
                continue
            if heading_key(value) in self._names:
                return True
        return False


def _without_what_is_below(table: dict[str, Any]) -> None:
    """Take place, date and signature below the last teacher for what they are: words in the column of a number, and no name."""
    rows: list[tuple[int, dict[str, Cell]]] = table["rows"]
    last = max((number for number, cells in rows if likely_teacher(cells)), default=0)
    if not last:
        return
    below = [(number, cells) for number, cells in rows if number > last and _words_of_a_number(cells)]
    table["rows"] = [row for row in rows if row not in below]
    table["skipped"] = sorted([*table["skipped"], *((number, "tulisan di bawah tabel") for number, _ in below)])


def _words_of_a_number(cells: Mapping[str, Cell]) -> bool:
    """Whether all that a row has is one cell of a number with letters in it: `Kupang, 1 Juli 2026`, `NIP. 1968…`."""
    return len(cells) == 1 and all(field in NUMBERS and any(map(str.isalpha, str(cell))) for field, cell in cells.items())


def _texts(row: Sequence[object]) -> list[str]:
    return [clean(value, limit=80) if isinstance(value, str) else "" for value in row]


def _find_headings(
    numbered: Iterable[tuple[int, Sequence[object]]], headings: HeadingMap
) -> tuple[int, list[str], dict[str, int], str] | None:
    """The row number of the first headings, their texts, the place of each field, and what stands above them."""
    above: list[str] = []
    for number, row in numbered:
        texts = _texts(row[:MAX_COLUMNS])
        if places := recognise(texts, headings):
            return number, texts, places, " ".join(above)
        if any(texts):
            above.append(" ".join(filter(None, texts)))
        if len(above) >= HEADING_ROWS:
            break
    return None


def _why_no_teacher(cells: dict[str, Cell], row: Sequence[object], headings: HeadingMap) -> str:
    """Why a row under the headings is no teacher, or nothing when it may be one."""
    if _headings_again(cells, headings):
        return "judul kolom berulang"
    first_text = next((text for value in row if isinstance(value, str) and (text := clean(value, limit=80))), "")
    if _TOTAL_ROW.match(first_text) and not any(_person_number(cells.get(field)) for field in NUMBERS):
        return "baris jumlah"
    if len(cells) > 1 and all(_COLUMN_NUMBERS.fullmatch(str(cell)) for cell in cells.values()):
        return "nomor kolom"
    return ""


def _headings_again(cells: dict[str, Cell], headings: HeadingMap) -> bool:
    repeated = {field for field, cell in cells.items() if isinstance(cell, str) and heading_key(cell) in headings[field]}
    return "nama" in repeated and any(number in repeated for number in NUMBERS)


def _person_number(cell: Cell | None) -> bool:
    return sum(map(str.isdigit, str(cell or ""))) >= _NUMERIC_NUMBER


def rank(rows: Sequence[tuple[int, Mapping[str, Any]]], *, hidden: bool, example: bool) -> tuple[bool, bool, int, int]:
    """How much a table looks like the list of teachers: seen, no example, with the most likely teachers."""
    count = sum(likely_teacher(cells) for _, cells in rows)
    return (count > 0 and not hidden, count > 0 and not example, count, len(rows))


def likely_teacher(cells: Mapping[str, Any]) -> bool:
    """Whether a row looks like a teacher: a name, and a number of a person or a birth date."""
    named = any(map(str.isalpha, str(cells.get("nama") or "")))
    return named and (bool(cells.get("tanggal_lahir")) or any(_person_number(cells.get(field)) for field in NUMBERS))
