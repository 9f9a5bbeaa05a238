"""Cells of a workbook in which a reader sees nothing: errors, and formulas that were saved without their results."""

from __future__ import annotations

import re
from io import BytesIO

from pmm_tui.roster.hidden_rows import sheet_parts

NOT_STORED = "#RUMUS?"
"""Stands for the result of such a formula on its way through the reader."""

_MANY = 20_000  # cells that are remembered: a list of teachers has no more
_MAX_PLACE = 16_384  # columns that Excel has
_START = rb"""<(?:\w+:)?c\s(?=[^<>]*\br\s*=\s*["']([A-Z]{1,3})([1-9]\d{0,6})["'])"""
_FORMULA = rb"""<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"""
_UNSOLVED = re.compile(
    _START
    + rb"""(?![^<>]*\bt\s*=\s*["']str["'][^<>]*>\s*"""  # `=IF(A2="";"";A2)` ends in a text that is stored, and empty
    + _FORMULA
    + rb"""\s*<(?:\w+:)?v)"""
    + rb"""[^<>]*>\s*"""
    + _FORMULA
    + rb"""\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v(?:\s[^<>]*)?>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_ERROR = re.compile(
    _START + rb"""(?=[^<>]*\bt\s*=\s*["']e["'])[^<>]*>\s*(?:""" + _FORMULA + rb""")?\s*<(?:\w+:)?v(?:\s[^<>]*)?>(#[^<>]{1,20})</"""
)
_HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_HAS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")


def special_cells(workbook: BytesIO) -> dict[str, dict[int, dict[int, str]]]:
    """What stands there, by column from 0, row number and the sheet's name, of an archive that `guarded_xlsx` has let through."""
    found: dict[str, dict[int, dict[int, str]]] = {}
    for name, content in sheet_parts(workbook):
        cells: dict[int, dict[int, str]] = {}
        count = 0
        for needed, pattern in ((_HAS_FORMULA, _UNSOLVED), (_HAS_ERROR, _ERROR)):
            for match in pattern.finditer(content) if needed.search(content) else ():
                count += 1
                if count > _MANY:
                    break
                if (at := _column(match[1])) < _MAX_PLACE:
                    word = match[3].decode("ascii", "replace") if pattern is _ERROR else NOT_STORED
                    cells.setdefault(int(match[2]), {})[at] = word
        if cells:
            found[name] = cells
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
