"""The skeleton of a list: its headings, the shapes of its values and how many there are, and nothing of what stands in it.

Runs in a process of its own as the reader does: a file on standard input, the skeleton or `{"complaint": "…"}` on standard output.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.child import deliver
from pmm_tui.roster.csv_text import DELIMITERS, decode_text
from pmm_tui.roster.file_kind import MAX_FILE, FileKind, kind_of
from pmm_tui.roster.foreign_text import rows_of_other_text
from pmm_tui.roster.sandbox import confine
from pmm_tui.roster.shapes_of_values import is_heading, shape

_MAX_SHEETS, _MAX_ROWS, _MAX_COLUMNS = 20, 5_000, 100
_MAX_SHAPES, _MAX_RUNS, _MAX_HEADS = 12, 60, 40
_SAMPLE = 50  # lines by which the delimiter is told


def skeleton(data: bytes) -> dict[str, Any]:
    """The skeleton of a file of any kind that can be read; raises InputError."""
    if len(data) > MAX_FILE:
        raise InputError(f"lebih dari {MAX_FILE // 1_000_000} MB; salin tabel guru saja ke berkas baru, lalu coba lagi.")
    kind = kind_of(data)
    if kind == "csv":
        return _of_text(data)
    return {"jenis": kind, "lembar": list(_of_workbook(data, kind))}


def _of_text(data: bytes) -> dict[str, Any]:
    text, encoding = decode_text(data)
    if other := rows_of_other_text(text):
        kind, rows = other
        return {"jenis": kind, "lembar": [_sheet("", rows)]}
    delimiter = _delimiter(text)
    csv.field_size_limit(1_000_000)
    try:
        rows = list(islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _MAX_ROWS))
    except csv.Error:
        rows = [line.split(delimiter) for line in text.splitlines()[:_MAX_ROWS]]
    head = {"jenis": "csv", "pengodean": encoding, "pemisah": DELIMITERS.get(delimiter, delimiter)}
    return {**head, "lembar": [_sheet("", rows)]}


def _delimiter(text: str) -> str:
    """The delimiter that stands in the most lines, and there most often."""
    lines = text.splitlines()[:_SAMPLE]
    return max((*DELIMITERS, "|"), key=lambda mark: (sum(mark in line for line in lines), sum(line.count(mark) for line in lines)))


def _of_workbook(data: bytes, kind: FileKind) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook  # late: as the reader

    from pmm_tui.roster.file_kind import FETCH_AGAIN, LOCKED
    from pmm_tui.roster.hidden_rows import hidden_rows
    from pmm_tui.roster.xlsx_guard import guarded_xlsx

    content = guarded_xlsx(data) if kind == "xlsx" else BytesIO(data)
    hidden = hidden_rows(content) if kind == "xlsx" else {}
    try:
        with load_workbook(content) as workbook:
            for about in workbook.sheets_metadata[:_MAX_SHEETS]:
                if about.typ == SheetTypeEnum.WorkSheet:
                    rows = islice(workbook.get_sheet_by_name(about.name).iter_rows(), _MAX_ROWS)
                    found = _sheet(about.name, rows)
                    unseen = {
                        "tersembunyi": about.visible != SheetVisibleEnum.Visible,
                        "baris_tersembunyi": len(hidden.get(about.name, ())),
                    }
                    yield {**found, **unseen}
    except PasswordError:
        raise InputError(LOCKED) from None
    except CalamineError:
        raise InputError(f"rusak atau bukan berkas Excel; {FETCH_AGAIN}") from None


def _sheet(name: str, rows: Iterable[Sequence[object]]) -> dict[str, Any]:
    heads: list[dict[str, Any]] = []
    columns: dict[int, Counter[str]] = {}
    runs: list[list[Any]] = []
    count = width = 0
    for number, row in enumerate(rows, 1):
        cells = list(row[:_MAX_COLUMNS])
        texts = ["" if _empty(cell) else cell if isinstance(cell, str) else " " for cell in cells]
        filled = sum(not _empty(cell) for cell in cells)
        count, width = number, max(width, len(cells))
        head = any(text.strip() for text in texts) and is_heading(texts)
        _add_run(runs, number, filled, head)
        if head and len(heads) < _MAX_HEADS:
            heads.append({"baris": number, "sel": [_shown(cell, heading=True) for cell in cells]})
        elif filled:
            for at, cell in enumerate(cells, 1):
                columns.setdefault(at, Counter())[_shown(cell)] += 1
    values = [{"kolom": at, "nilai": dict(_most(shapes))} for at, shapes in sorted(columns.items())]
    return {
        "nama": shape(name, heading=True),
        "baris": count,
        "kolom": width,
        "judul": heads,
        "bentuk": values,
        "urutan": [{"baris": f"{a}-{b}" if a < b else f"{a}", "sel": cells, "judul": head} for a, b, cells, head in runs],
    }


def _most(shapes: Counter[str]) -> Iterator[tuple[str, int]]:
    yield from shapes.most_common(_MAX_SHAPES)
    if rest := sum(shapes.values()) - sum(number for _, number in shapes.most_common(_MAX_SHAPES)):
        yield "(bentuk lain)", rest


def _add_run(runs: list[list[Any]], number: int, filled: int, head: bool) -> None:
    """Put a row to those before it that are as full; the last run takes what no longer fits."""
    if runs and (runs[-1][2:] == [filled, head] or len(runs) >= _MAX_RUNS):
        runs[-1][1] = number
    else:
        runs.append([number, number, filled, head])


def _empty(cell: object) -> bool:
    return cell is None or cell == ""


def _shown(cell: object, *, heading: bool = False) -> str:
    """The shape of a cell; what is no text says what it is."""
    if _empty(cell):
        return ""
    if isinstance(cell, str):
        return shape(cell, heading=heading)
    if isinstance(cell, bool):
        return "(ya/tidak)"
    if isinstance(cell, int | float):
        return f"(angka) {shape(f'{cell:.10g}' if abs(cell) < 10**9 else f'{cell:.0f}')}"
    return "(tanggal)" if isinstance(cell, date | datetime) else "(waktu)"


def main() -> None:
    """Read standard input within the limits and write the skeleton."""
    confine()
    deliver(skeleton)


if __name__ == "__main__":
    main()
