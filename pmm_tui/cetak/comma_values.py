"""Lists as CSV for the Excel of Indonesian computers: semicolons, UTF-8 with its mark, no cell that would be reckoned with."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from pmm_tui.cetak.document import Document, flat_rows
from pmm_tui.text import clean

_FORMULA = re.compile(r"^\s*[=+\-@\t\r|%]")
_LONG_NUMBER = re.compile(r"^\d{12,}$|^0\d+$")


def comma_values(documents: Sequence[Document]) -> bytes:
    """The tables of the documents; of several, each row begins with its document's title."""
    made = StringIO()
    writer = csv.writer(made, delimiter=";", lineterminator="\r\n")
    several = len(documents) > 1
    for number, document in enumerate(documents):
        heading, rows = flat_rows(document)
        before = (document.title,) if several else ()
        if number == 0:
            writer.writerow([*(("Dokumen",) if several else ()), *heading])
        writer.writerows([harmless(cell) for cell in (*before, *row)] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes as text: an apostrophe before what it would reckon with, or cut to fifteen digits."""
    cell = clean(cell)
    return f"'{cell}" if _FORMULA.match(cell) or _LONG_NUMBER.match(cell) else cell
