"""Which cells of a workbook a reader sees nothing in: formulas that were saved without their result, and errors of Excel."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import islice

from pmm_tui.roster.hidden_rows import sheet_parts

NOT_STORED = "#RUMUS?"
"""Stands for the result of such a formula on its way through the reader; an error stands for itself."""

_MANY = 20_000  # cells that are remembered: a list of teachers has no more
_CELL = rb"""<(?:\w+:)?c\s(?=[^<>]*\br\s*=\s*["']([A-Z]{1,3})([1-9]\d{0,6})["'])"""
_FORMULA = rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
_UNSOLVED = re.compile(
    _CELL
    + rb"""(?![^<>]*\bt\s*=\s*["']str["'][^<>]*>\s*%b\s*<(?:\w+:)?v)[^<>]*>\s*%b\s*""" % (_FORMULA, _FORMULA)
    + rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v(?:\s[^<>]*)?>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
"""A text that is empty was stored: that is how `=IF(A2="";"";A2)` ends in an unused row."""
_ERROR = re.compile(
    _CELL + rb"""(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*>\s*(?:%b)?\s*<(?:\w+:)?v(?:\s[^<>]*)?>(#[^<>]{2,20})<""" % _FORMULA
)

Marks = dict[int, dict[int, str]]
"""What stands in a cell in truth, by row number and column (from 0)."""


def marks(workbook: BytesIO) -> dict[str, Marks]:
    """The cells by the sheet's name, of an archive that `guarded_xlsx` has let through."""
    found: dict[str, Marks] = {}
    for name, content in sheet_parts(workbook):
        cells: Marks = {}
        for match in islice(_ERROR.finditer(content), _MANY):
            cells.setdefault(int(match[2]), {})[_column(match[1])] = match[3].decode("utf-8", "replace")
        if re.search(rb"<(?:\w+:)?f[\s>/]", content):
            for match in islice(_UNSOLVED.finditer(content), _MANY):
                cells.setdefault(int(match[2]), {})[_column(match[1])] = NOT_STORED
        if cells:
            found[name] = cells
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
