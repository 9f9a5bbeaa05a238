"""The rows of a file of any kind as short cleaned texts, sheet by sheet. Runs in the process that reads the file."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from itertools import islice

from pmm_tui.errors import InputError
from pmm_tui.roster.child import TOO_HEAVY
from pmm_tui.roster.csv_text import DELIMITERS, decode_text
from pmm_tui.roster.file_kind import FETCH_AGAIN, LOCKED, MAX_FILE, FileKind, kind_of, refuse_other_text
from pmm_tui.roster.foreign_text import rows_of_other_text
from pmm_tui.roster.table import read_cell
from pmm_tui.text import clean

MAX_ROWS = 5_000
"""Rows of a sheet that are looked at; neither a rapor nor a list of accounts comes near."""
MAX_COLUMNS = 64
MAX_SHEETS = 40
MAX_TEXT = 300
"""Characters of a cell that are kept."""
_SAMPLE = 50  # lines by which the delimiter is told

Rows = list[list[str]]


def sheets_of(data: bytes) -> Iterator[tuple[str, Rows]]:
    """Each sheet's name (empty for text) and its rows, counted as Excel counts them; raises InputError."""
    if len(data) > MAX_FILE:
        raise InputError(f"lebih dari {MAX_FILE // 1_000_000} MB; unduh ulang, lalu impor lagi.")
    kind = kind_of(data)
    return _of_text(data) if kind == "csv" else _of_workbook(data, kind)


def _of_text(data: bytes) -> Iterator[tuple[str, Rows]]:
    text, _ = decode_text(data)
    if other := rows_of_other_text(text):
        yield "", _texts(other[1])
        return
    refuse_other_text(text)
    if "\0" in text:
        raise InputError(f"berisi byte NUL, bukan CSV; {FETCH_AGAIN}")
    csv.field_size_limit(1_000_000)
    try:
        yield "", _texts(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error:
        raise InputError(f"bukan CSV yang utuh; {FETCH_AGAIN}") from None


def _delimiter(text: str) -> str:
    """The delimiter that stands in the most lines, and there most often."""
    lines = text.splitlines()[:_SAMPLE]
    return max(DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines)))


def _of_workbook(data: bytes, kind: FileKind) -> Iterator[tuple[str, Rows]]:
    try:
        from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook  # late: text needs no calamine
    except ImportError:
        raise InputError("butuh pembaca Excel (python-calamine) yang belum terpasang; simpan berkas sebagai CSV UTF-8.") from None
    from pmm_tui.roster.xlsx_guard import guarded_xlsx

    content = guarded_xlsx(data) if kind == "xlsx" else BytesIO(data)
    try:
        with load_workbook(content) as workbook:
            names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            for name in names[:MAX_SHEETS]:
                sheet = workbook.get_sheet_by_name(name)
                if sheet.end is not None and sheet.end[0] >= 10 * MAX_ROWS:
                    raise InputError(TOO_HEAVY)
                yield clean(name, limit=60), _texts(sheet.iter_rows())
    except PasswordError:
        raise InputError(LOCKED) from None
    except CalamineError:
        raise InputError(f"rusak atau bukan berkas Excel; {FETCH_AGAIN}") from None


def _texts(rows: Iterable[Sequence[object]]) -> Rows:
    texts = [[_text(value) for value in row[:MAX_COLUMNS]] for row in islice(rows, MAX_ROWS + 1)]
    if len(texts) > MAX_ROWS:
        raise InputError(f"isinya lebih dari {MAX_ROWS} baris; {FETCH_AGAIN}")
    return texts


def _text(value: object) -> str:
    cell = read_cell(value)
    if cell is None or (isinstance(cell, float) and abs(cell) >= 1e15):  # a number of which Excel has lost the last digits
        return ""
    return cell["day"] if isinstance(cell, dict) else clean(str(cell), limit=MAX_TEXT)
