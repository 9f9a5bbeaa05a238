"""Which tables of a file are read: the one with the most likely teachers and those that go with it, or those asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.roster.cell_values import Cell
from pmm_tui.roster.headings import NUMBERS
from pmm_tui.roster.model import Table
from pmm_tui.roster.row_kinds import likely_teacher, rank
from pmm_tui.text import quoted

ALL = "semua"
"""Asked for as a sheet: every table with likely teachers, hidden ones too."""

_EXAMPLE_SHEET = re.compile(r"petunjuk|contoh|panduan|instruksi|template|keterangan|referensi|cara[ _]", re.IGNORECASE)
_OLD_SHEET = re.compile(r"\b(lama|arsip|backup|bak|old|pensiun|mutasi|keluar|salinan|copy)\b|\(\d+\)\s*$", re.IGNORECASE)

_FILLED = 3  # cells of a row that are used


class FoundTable(Struct, frozen=True):
    """A table as the child hands it over."""

    heading_row: int
    columns: dict[str, str]
    rows: tuple[tuple[int, dict[str, Cell]], ...] = ()
    skipped: tuple[tuple[int, str], ...] = ()
    sheet: str = ""
    order: int = 0
    hidden: bool = False
    hidden_rows: int = 0
    example: bool = False
    shape: str = ""
    near: dict[str, str] = {}
    places: dict[str, int] = {}
    chosen: dict[str, str] = {}
    unread_columns: tuple[tuple[int, str], ...] = ()

    @property
    def teachers(self) -> int:
        """How many of its rows look like teachers."""
        return sum(likely_teacher(cells) for _, cells in self.rows)

    @property
    def filled(self) -> int:
        """How many of its rows have so much in them that they are to be judged, although no teacher is to be recognised."""
        return sum(len(cells) >= _FILLED for _, cells in self.rows)

    def told(self, reason: str = "") -> Table:
        """The table as it is told of: left out for a reason, or taken."""
        return Table(
            sheet=self.sheet,
            heading_row=self.heading_row,
            teachers=self.teachers,
            taken=not reason,
            hidden=self.hidden,
            reason=reason,
        )


def main_table(tables: Iterable[FoundTable]) -> FoundTable:
    """The one that looks most like the list of teachers; of equals the first."""
    return max(tables, key=lambda table: (*rank(table.rows, hidden=table.hidden, example=bool(_aside(table))), -table.order))


def choose(tables: Iterable[FoundTable], wanted: Sequence[str]) -> list[tuple[FoundTable, str]]:
    """Every table in the file's order, each with why it is left out (empty: it is read).

    `wanted` are names of sheets, or `ALL`; raises InputError for one that has no table.
    """
    tables = sorted(tables, key=lambda table: table.order)
    if wanted:
        return _asked(tables, wanted)
    main = main_table([table for table in tables if table.filled and not table.hidden and not _aside(table)] or tables)
    people = _people(main)
    reasons: dict[int, str] = {main.order: ""}
    read = [main]
    for table in tables:
        if table is not main:
            reasons[table.order] = _why_not(table, people, read)
            if not reasons[table.order]:
                people |= _people(table)
                read.append(table)
    return [(table, reasons[table.order]) for table in tables]


def _asked(tables: Sequence[FoundTable], wanted: Sequence[str]) -> list[tuple[FoundTable, str]]:
    names = {name.strip().casefold() for name in wanted}
    known = {table.sheet.casefold() for table in tables}
    if unknown := [name for name in wanted if name.strip().casefold() not in {*known, ALL}]:
        there = ", ".join(dict.fromkeys(quoted(table.sheet) for table in tables))
        raise InputError(f"tidak punya lembar {quoted(unknown[0])} yang berisi tabel guru; pilih dari {there}.")
    everything = ALL in names and ALL not in known
    return [(t, "" if (everything and t.teachers) or t.sheet.casefold() in names else "tidak dipilih") for t in tables]


def _why_not(table: FoundTable, people: set[Any], read: Iterable[FoundTable]) -> str:
    """Why a table is not read along with the main one, by itself."""
    if not table.teachers and not table.filled:
        return "tidak ada baris yang mirip guru"
    if table.hidden:
        return "tersembunyi di Excel"
    if aside := _aside(table):
        return aside
    own = _people(table)
    if not own:  # nobody in it can be recognised: its rows say why, unless it only tells again who has been read
        own, people = _names(table), {name for other in read for name in _names(other)}
    return "orangnya sudah ada di tabel lain" if 2 * len(own & people) > len(own) else ""


def _aside(table: FoundTable) -> str:
    """Why a table stands beside the real one, by what it is called."""
    if table.example or _EXAMPLE_SHEET.search(table.sheet):
        return "tampaknya contoh atau petunjuk"
    return "tampaknya arsip atau salinan" if _OLD_SHEET.search(table.sheet) else ""


def _people(table: FoundTable) -> set[Any]:
    """What tells the people of a table: a number of each, or the name and birth date."""
    return {_person(cells) for _, cells in table.rows if likely_teacher(cells)}


def _names(table: FoundTable) -> set[Any]:
    return {name.casefold() for _, cells in table.rows if any(map(str.isalpha, name := str(cells.get("nama") or "")))}


def _person(cells: Mapping[str, Cell]) -> Any:
    for field in NUMBERS:
        if len(number := "".join(filter(str.isdigit, str(cells.get(field) or "")))) >= 9:
            return number
    return str(cells.get("nama")).casefold(), str(cells.get("tanggal_lahir"))
