"""Tables in text that is no CSV: web pages saved as .xls, Excel's XML of 2003, and the JSON of Dapodik's web service."""

from __future__ import annotations

import json
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import FETCH_AGAIN, FileKind

_MAX_ROWS = 20_000
_MAX_CELLS = 600_000
_MAX_COLUMNS = 256
_MAX_LETTERS = 12_000_000
_CELLS = {"td": "td", "th": "td", "cell": "td"}
_ROWS = ("tr", "row")
_SILENT = ("script", "style", "head", "title")
_BREAKS = ("br", "p", "div", "li")
_TOO_LARGE = "isinya terlalu besar; salin tabel guru saja ke berkas baru, simpan sebagai .xlsx, lalu impor lagi."


def rows_of_other_text(text: str) -> tuple[FileKind, list[list[str]]] | None:
    """The rows of a web page's tables or of a list in JSON, and which it is; None for anything else. Raises InputError."""
    start = text[:4_000].lstrip().casefold()
    if start.startswith(("{", "[")):
        rows = _json_rows(text)
        return ("json", rows) if rows else None
    if start.startswith("<") and ("<table" in start or "<table" in text.casefold()) and not start.startswith("mime-version:"):
        reader = _TableReader()
        try:
            reader.feed(text)
            reader.close()
        except (AssertionError, ValueError, RecursionError):
            raise InputError(f"berisi halaman web (HTML) yang rusak; {FETCH_AGAIN}") from None
        return ("html", reader.rows) if reader.rows else None
    return None


class _TableReader(HTMLParser):
    """Collects the rows of all tables, each cell as text; a cell over several columns or rows stands in its first."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._open: list[list[str]] = []  # the rows that are open: tables may stand in cells
        self._cell: list[str] | None = None
        self._outer: list[list[str] | None] = []
        self._layout: set[int] = set()
        self._silent = self._cells = self._letters = 0
        self._below: dict[int, int] = {}  # columns that a cell above reaches down into, and for how many rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _SILENT:
            self._silent += 1
        elif tag in _ROWS:
            if self._open and not self._outer:
                self._end_row()
            self._open.append([])
        elif tag in _CELLS:
            self._end_cell()
            if not self._open:
                self._open.append([])
            self._begin_cell({name.rpartition(":")[2]: value or "" for name, value in attrs})
        elif tag == "table":
            self._silent = 0
            if self._cell is None:
                return
            self._open[-1].clear()  # a row that only lays out other tables is none of a list
            self._layout.add(len(self._open))
            self._outer.append(self._cell)
            self._cell = None
        elif tag in _BREAKS and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            self._end_cell()
        elif tag in _ROWS:
            self._end_row()
        elif tag == "table":
            if len(self._open) > len(self._outer):
                self._end_row()
            self._below.clear()
            if self._outer:
                self._cell = self._outer.pop()

    def handle_data(self, data: str) -> None:
        if self._silent or self._cell is None:
            return
        self._letters += len(data)
        if self._letters > _MAX_LETTERS:
            raise InputError(_TOO_LARGE)
        self._cell.append(data)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        row = self._open[-1]
        wanted = _number(attributes.get("index", ""), 0, _MAX_COLUMNS) - 1  # Excel's XML leaves empty cells out
        while len(row) < wanted or (not self._outer and self._below.get(len(row), 0) > 0 and len(row) < _MAX_COLUMNS):
            self._below[len(row)] = self._below.get(len(row), 0) - 1
            row.append("")
        across = _number(attributes.get("colspan", ""), 1, _MAX_COLUMNS) or _number(attributes.get("mergeacross", ""), 0, 255) + 1
        down = _number(attributes.get("rowspan", ""), 1, 1_000)
        self._cells += across
        if self._cells > _MAX_CELLS or len(self.rows) > _MAX_ROWS:
            raise InputError(_TOO_LARGE)
        if down > 1 and not self._outer:
            for at in range(len(row), len(row) + across):
                self._below[at] = down - 1
        self._cell = []
        self._across = across

    def _end_cell(self) -> None:
        if self._cell is None or not self._open:
            return
        row = self._open[-1]
        row.append(" ".join("".join(self._cell).split()))
        row.extend([""] * (self._across - 1))
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._open:
            layout = len(self._open) in self._layout
            self._layout.discard(len(self._open))
            row = self._open.pop()[:_MAX_COLUMNS]
            self.rows.append([] if layout else row)


def _number(text: str, least: int, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 6 else least


def _json_rows(text: str) -> list[list[str]]:
    """The list of objects in a document as rows under one heading row of their keys; empty when there is none."""
    try:
        document = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError:
        raise InputError("berisi JSON yang terpotong atau rusak; simpan ulang jawabannya utuh, lalu impor lagi.") from None
    people = _people(document, 3)
    if not people:
        return []
    keys = list(dict.fromkeys(key for person in people for key, value in person.items() if _scalar(value)))[:_MAX_COLUMNS]
    if len(people) > _MAX_ROWS or len(keys) * len(people) > _MAX_CELLS:
        raise InputError(_TOO_LARGE)
    return [keys, *([_told(person.get(key)) for key in keys] for person in people)]


def _people(document: Any, depth: int) -> list[dict[str, Any]]:
    """The longest list of objects with a name, near the top of a document."""
    if isinstance(document, list):
        people = [item for item in document if isinstance(item, dict)]
        return people if any("nama" in str(key).casefold() for person in people[:5] for key in person) else []
    if not isinstance(document, dict) or depth == 0:
        return []
    found: Iterable[list[dict[str, Any]]] = (_people(value, depth - 1) for value in document.values())
    return max(found, key=len, default=[])


def _scalar(value: Any) -> bool:
    return isinstance(value, (str, bool)) or value is None


def _told(value: Any) -> str:
    return value if isinstance(value, str) else ""
