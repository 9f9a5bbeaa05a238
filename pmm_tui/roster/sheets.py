"""Reading XLSX and XLS with calamine. Imported by the child process alone: nothing else pays for calamine."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import FETCH_AGAIN, LOCKED, FileKind
from pmm_tui.roster.formulas import special_cells
from pmm_tui.roster.heading_match import Remembered
from pmm_tui.roster.heading_rows import HEADING_ROWS
from pmm_tui.roster.headings import HeadingMap
from pmm_tui.roster.hidden_rows import hidden_rows
from pmm_tui.roster.row_kinds import rank
from pmm_tui.roster.table import MAX_COLUMNS, fullest_row, pick_rows
from pmm_tui.roster.unknown_headings import NO_HEADINGS, UnknownHeadingsError
from pmm_tui.roster.xlsx_guard import guarded_xlsx
from pmm_tui.text import clean, shorten

_MAX_SHEETS = 40  # sheets that are looked at; the rest is named
_MAX_XLS_ROWS = 10_000
_MAX_CELLS = 2_000_000  # of all sheets after the first with teachers: a teacher's list is never larger
_SECONDS = 2.0  # after which no further sheet is begun: the parent waits four
_NIP = re.compile(r"\D*((?:19|20)\d{2}[01]\d[0-3]\d[\s.-]?(?:19|20)\d{4}[\s.-]?[12][\s.-]?\d{3})\D*")


def read_workbook(data: bytes, kind: FileKind, headings: HeadingMap, remembered: Remembered | None = None) -> dict[str, Any]:
    """Look through all sheets; returns what `pick_rows` returns of one table, its `sheet`, and the other tables as `others`.

    `unread` names the sheets that were not looked at, `unknown` those with numbers of teachers but no headings, and how many.
    Raises InputError; its sentence starts after the file's name.
    """
    content = guarded_xlsx(data) if kind == "xlsx" else BytesIO(data)
    hidden = hidden_rows(content) if kind == "xlsx" else {}
    special = special_cells(content) if kind == "xlsx" else {}
    try:
        with load_workbook(content) as workbook:
            del content
            return _Workbook(workbook, headings, hidden, special, remembered).read()
    except PasswordError:
        raise InputError(LOCKED) from None
    except CalamineError:
        raise InputError(f"rusak atau bukan berkas Excel; {FETCH_AGAIN}") from None


class _Workbook:
    def __init__(
        self,
        workbook: CalamineWorkbook,
        headings: HeadingMap,
        hidden: dict[str, frozenset[int]],
        special: dict[str, dict[int, dict[int, str]]],
        remembered: Remembered | None,
    ) -> None:
        self._workbook, self._headings, self._hidden, self._special = workbook, headings, hidden, special
        self._remembered = remembered
        self._fullest: list[str] = []
        self._tables: list[dict[str, Any]] = []
        self._unread: list[str] = []
        self._unknown: list[tuple[str, int]] = []
        self._trouble: InputError | None = None

    def read(self) -> dict[str, Any]:
        worksheets = [sheet for sheet in self._workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        visible = [sheet.name for sheet in worksheets if sheet.visible == SheetVisibleEnum.Visible]
        hidden = [sheet.name for sheet in worksheets if sheet.visible != SheetVisibleEnum.Visible]
        began, cells = time.monotonic(), 0
        for at, name in enumerate((*visible, *hidden)):
            if at >= _MAX_SHEETS or (self._tables and (cells > _MAX_CELLS or time.monotonic() - began > _SECONDS)):
                self._unread.append(clean(name, limit=60))
                continue
            sheet = self._workbook.get_sheet_by_name(name)
            cells += sheet.total_height * min(sheet.total_width, MAX_COLUMNS)
            self._look(name, sheet, hidden=name in hidden)
        if not self._tables:
            raise self._trouble or _no_headings(visible, self._fullest)
        found = max(self._tables, key=_rank)  # of equals the first
        self._tables.remove(found)
        unknown = [{"sheet": name, "teachers": count} for name, count in self._unknown]
        return {**found, "others": self._tables, "unread": self._unread, "unknown": unknown}

    def _look(self, name: str, sheet: CalamineSheet, *, hidden: bool) -> None:
        """Read one sheet; what is wrong with it matters only when no other has teachers."""
        shown = clean(name, limit=60)
        try:
            picked = pick_rows(self._rows(name, sheet), self._headings, self._remembered)
        except InputError as trouble:
            self._trouble = self._trouble or trouble
            self._unread.append(shown)
            return
        if picked is None:
            self._fullest = max(self._fullest, fullest_row(_rows(sheet), self._headings), key=len)
            if count := _numbered(sheet):
                self._unknown.append((shown, count))
            return
        invisible = self._hidden.get(name, frozenset())
        for table in (picked, *picked.pop("further", ())):
            more = {"sheet": shown, "order": len(self._tables), "hidden": hidden}
            self._tables.append({**table, **more, "hidden_rows": sum(number in invisible for number, _ in table["rows"])})

    def _rows(self, name: str, sheet: CalamineSheet) -> Iterable[list[Any]]:
        """The rows, with a word in each cell that holds an error, or a formula saved without its result."""
        marked = self._special.get(name)
        if not marked:
            return _rows(sheet)
        first = sheet.start[1] if sheet.start else 0
        return (_marked(row, marked.get(number, {}), first) for number, row in enumerate(_rows(sheet), 1))


def _marked(row: list[Any], words: Mapping[int, str], first: int) -> list[Any]:
    """The row, whose first cell is of column `first`."""
    words = {at - first: word for at, word in words.items() if 0 <= at - first < MAX_COLUMNS}
    if not words:
        return row
    row = [*row, *[None] * (max(words) + 1 - len(row))]
    for at, word in words.items():
        row[at] = word if row[at] in (None, "") else row[at]
    return row


def _rank(table: dict[str, Any]) -> tuple[bool, bool, int, int]:
    return rank(table["rows"], hidden=table["hidden"], example=table.get("example", False))


def _no_headings(visible: Sequence[str], texts: Sequence[str]) -> InputError:
    searched = ", ".join(f'"{shorten(clean(sheet), 30)}"' for sheet in visible[:3]) or "yang tampak"
    return UnknownHeadingsError(NO_HEADINGS.format(f"{HEADING_ROWS} baris pertama lembar {searched}"), texts)


def _numbered(sheet: CalamineSheet) -> int:
    """How many rows of a sheet without headings hold a NIP."""
    return sum(any(isinstance(v, str) and _NIP.fullmatch(v) for v in row[:MAX_COLUMNS]) for row in _rows(sheet))


def _rows(sheet: CalamineSheet) -> Iterable[list[Any]]:
    """The rows from the sheet's first, so that they count as Excel counts; columns may start later."""
    if sheet.end is not None and sheet.end[0] >= _MAX_XLS_ROWS:
        raise InputError(
            f"isinya sampai baris {sheet.end[0] + 1}; hapus baris yang tidak dipakai atau salin tabelnya saja ke berkas baru."
        )
    return sheet.iter_rows()
