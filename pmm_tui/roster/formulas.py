"""Which cells of a workbook hold a formula that was saved without its result: a reader sees nothing in them."""

from __future__ import annotations

import re
from io import BytesIO

from pmm_tui.roster.hidden_rows import sheet_parts

NOT_STORED = "#RUMUS?"
"""Stands for the result of such a formula on its way through the reader."""

_MANY = 20_000  # cells that are remembered: a list of teachers has no more
_UNSOLVED = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^<>]*\br\s*=\s*["']([A-Z]{1,3})([1-9]\d{0,6})["'])[^<>]*>\s*"""
    rb"""<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v(?:\s[^<>]*)?>\s*</(?:\w+:)?v>)?\s*"""
    rb"""</(?:\w+:)?c>"""
)


def without_result(workbook: BytesIO) -> dict[str, dict[int, list[int]]]:
    """The places (columns from 0) by row number and the sheet's name, of an archive that `guarded_xlsx` has let through."""
    found: dict[str, dict[int, list[int]]] = {}
    for name, content in sheet_parts(workbook):
        if not re.search(rb"<(?:\w+:)?f[\s>/]", content):
            continue
        cells: dict[int, list[int]] = {}
        for count, match in enumerate(_UNSOLVED.finditer(content)):
            if count >= _MANY:
                break
            cells.setdefault(int(match[2]), []).append(_column(match[1]))
        if cells:
            found[name] = cells
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
