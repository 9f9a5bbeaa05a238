"""From rows of cells to the rows of the roster: finds the headings, keeps the used columns, drops what is no teacher.

Runs in the process that reads the file, for sheets and text alike, so that a private column never leaves it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.heading_match import Columns, Remembered, match
from pmm_tui.roster.heading_rows import Head, find_head, lanes, texts_of
from pmm_tui.roster.headings import HeadingMap, heading_key
from pmm_tui.roster.lane import Lane
from pmm_tui.roster.row_kinds import person_number, why_no_teacher, without_what_is_below
from pmm_tui.text import clean

MAX_ROWS = 5_000
"""Teachers in one file: far more than any school has."""
MAX_COLUMNS = 256
"""Columns that are looked at; Dapodik has 51."""
MAX_CELL = 4_000
"""Characters of one cell; a longer one arrives one character too long, so that its row can be refused."""
_MAX_ANSWER = 8_000_000  # characters that may leave the child for one file
_EXAMPLE = re.compile(
    r"\b(petunjuk|panduan|tata cara|cara (meng)?isi|contoh (pengisian|isian|data|di bawah|berikut)|sesuai contoh)\b", re.IGNORECASE
)
_SURE = 3  # headings that make a row inside a table the head of another one; two could be chance

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


def pick_rows(
    rows: Iterable[Sequence[object]], headings: HeadingMap, remembered: Remembered | None = None
) -> dict[str, Any] | None:
    """Pick the teachers' rows out of a sheet whose first row is row 1; None when it has no headings.

    Returns `heading_row`, `columns` (heading as written, by field), `rows` (row number and cells by field), `skipped` (row
    number and reason of rows that are no teacher), `shape` and what of the headings was not read, of the first table; `further` has
    the tables beside and below it in the same shape, and `example` is true where the words above a table say that it is one. Raises
    InputError for more than `MAX_ROWS` rows or too much text.
    """
    head, numbered, _ = find_head(enumerate(rows, 1), headings, MAX_COLUMNS, remembered)
    if head is None:
        return None
    reader = _Tables(headings, head, remembered)
    for number, row in numbered:
        reader.read(number, row[:MAX_COLUMNS])
    reader.end()
    first, *further = reader.tables
    return {**first, "further": further} if further else first


def fullest_row(rows: Iterable[Sequence[object]], headings: HeadingMap) -> list[str]:
    """The texts of the row without headings that looks most like one, for the operator to say what its columns are."""
    _, _, texts = find_head(enumerate(rows, 1), headings, MAX_COLUMNS)
    return [text for text in texts if text]


class _Tables:
    """Reads the rows under the first headings; other headings further down begin another table."""

    def __init__(self, headings: HeadingMap, head: Head, remembered: Remembered | None) -> None:
        self.tables: list[dict[str, Any]] = []
        self._headings, self._remembered = headings, remembered
        self._names = set(headings["nama"])
        self._initials = {key[:1] for key in self._names}
        self._size = self._count = 0
        self._lanes: list[Lane] = []
        self._words: dict[int, tuple[str, int]] = {}
        self._begin(head)

    def _begin(self, head: Head) -> None:
        self.end()
        self._words = {}
        self._lanes = [Lane(columns, head) for columns in head.lanes]
        self._last_text = ""
        for lane in self._lanes:
            if _EXAMPLE.search(head.above):
                lane.table["example"] = True
            self.tables.append(lane.table)

    def end(self) -> None:
        """Settle what the whole table tells: what stands below it."""
        for lane in self._lanes:
            without_what_is_below(lane.table, self._words)

    def read(self, number: int, row: Sequence[object]) -> None:
        if self._may_be_headings(row) and self._moved(number, row):
            return
        for lane in self._lanes:
            cells = lane.cells(row, read_cell)
            if len(cells) < 3:
                words = " ".join(filter(None, texts_of(row)))
                self._last_text = words or self._last_text
                if words:
                    self._words[number] = (words[:400], sum(value not in (None, "") for value in row))
            if not cells or lane.goes_on(number, cells):
                continue
            if reason := why_no_teacher(cells, row, self._headings):
                lane.table["skipped"].append((number, reason))
            else:
                lane.table["rows"].append((number, cells))
            self._count += 1
            self._size += sum(len(cell) if isinstance(cell, str) else 20 for cell in cells.values())
        if self._count > MAX_ROWS or self._size > _MAX_ANSWER:
            raise InputError(
                f"isinya lebih dari {MAX_ROWS} baris atau terlalu panjang (sampai baris {number}); "
                "salin baris guru sekolah ini saja ke berkas baru, lalu impor lagi."
            )

    def _moved(self, number: int, row: Sequence[object]) -> bool:
        """Begin another table where a row has headings in other places than those in force."""
        texts = texts_of(row)
        columns = match(texts, self._headings, self._remembered)
        known = self._lanes[0].columns.places
        moved = len(columns.places) >= _SURE and any(known.get(field) != at for field, at in columns.places.items())
        if not moved or any(map(person_number, texts)) or self._same_lanes(columns):
            return False
        self._lanes[0].table["skipped"].append((number, "judul tabel berikutnya"))
        self._begin(Head(number, lanes(texts, self._headings, self._remembered), tuple(texts), self._last_text))
        return True

    def _same_lanes(self, columns: Columns) -> bool:
        """Whether these are the headings of tables that stand side by side, once more."""
        return len(self._lanes) > 1 and all(self._lanes[0].columns.places.get(f) == at for f, at in columns.places.items())

    def _may_be_headings(self, row: Sequence[object]) -> bool:
        """Whether one of the cells is a heading of the name: asked of every row, so the cheap question comes first."""
        for value in row:
            if not isinstance(value, str) or len(value) > 60 or value.lstrip()[:1].casefold() not in self._initials:
                continue
            if heading_key(value) in self._names:
                return True
        return False
