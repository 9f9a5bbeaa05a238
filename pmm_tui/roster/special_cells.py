"""What calamine gives as empty and is not: cells with an error of Excel, and formulas whose value nobody has stored."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from pmm_tui.roster.hidden_rows import sheet_parts

NO_VALUE = "#RUMUS?"
"""Stands for a formula without a stored value; read like an error of Excel."""

_AT = rb"""(?=[^<>]*\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["'])"""
_FORMULA = rb"<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<>]*</(?:\w+:)?f>)"
_ERROR = re.compile(
    rb"<(?:\w+:)?c" + _AT + rb"""(?=[^<>]*\st\s*=\s*["']e["'])[^<>]*>(?:%b)?\s*<(?:\w+:)?v>([^<>]{1,20})<""" % _FORMULA
)
_BARE_FORMULA = re.compile(rb"<(?:\w+:)?c" + _AT + rb"[^<>]*>%b\s*</(?:\w+:)?c>" % _FORMULA)

Cells = dict[tuple[int, int], str]
"""Text by row and column, both counted from 0."""


def special_cells(workbook: BytesIO) -> dict[str, Cells]:
    """The cells with an error or a formula without value, by the sheet's name, of an archive that was let through."""
    found: dict[str, Cells] = {}
    with ZipFile(workbook) as archive:
        for name, part in sheet_parts(archive):
            cells = {_place(match): match[3].decode("utf-8", "replace") for match in _ERROR.finditer(part)}
            cells |= {_place(match): NO_VALUE for match in _BARE_FORMULA.finditer(part)}
            if cells:
                found[name] = cells
    workbook.seek(0)
    return found


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in match[1]:
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1
