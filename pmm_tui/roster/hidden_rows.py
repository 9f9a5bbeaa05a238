"""Which rows of a workbook's sheets Excel hides: calamine reads them as any other, and the operator does not see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from zipfile import ZipFile

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^<>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^<>]*\shidden\s*=\s*["'](?:1|true)["'])(?:[^<>]*\s)?r\s*=\s*["'](\d{1,7})["']""")


def hidden_rows(workbook: BytesIO) -> dict[str, frozenset[int]]:
    """The numbers of the hidden rows by the sheet's name, of an archive that `guarded_xlsx` has let through."""
    return {
        name: numbers for name, content in sheet_parts(workbook) if (numbers := frozenset(map(int, _HIDDEN_ROW.findall(content))))
    }


def sheet_parts(workbook: BytesIO) -> Iterator[tuple[str, bytes]]:
    """The XML of each sheet with the sheet's name; the archive is rewound."""
    with ZipFile(workbook) as archive:
        names = {name.casefold(): name for name in archive.namelist()}

        def part(name: str) -> bytes:
            return archive.read(names[name.casefold()]) if name.casefold() in names else b""

        targets = {a.get("Id", ""): a.get("Target", "") for a in _tags(_RELATION, part("xl/_rels/workbook.xml.rels"))}
        for sheet in _tags(_SHEET, part("xl/workbook.xml")):
            target = targets.get(next((value for key, value in sheet.items() if key.endswith(":id")), ""), "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield sheet.get("name", ""), part(path)
    workbook.seek(0)


def _tags(pattern: re.Pattern[str], content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8", "replace")
    return [{key: unescape(one or two) for key, one, two in _ATTRIBUTE.findall(tag)} for tag in pattern.findall(text)]
