"""The refused rows as a workbook: mended there, it is imported again."""

from __future__ import annotations

from collections.abc import Sequence

from pmm_tui.roster.cell_values import Cell, DateCell
from pmm_tui.roster.formulas import NOT_STORED
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.lane import LEFT
from pmm_tui.roster.model import ComparedRow, RosterReading
from pmm_tui.roster.xlsx_writer import text_workbook

ROW, REASON = "Baris Asal", "Alasan Ditolak"
_ALWAYS = ("nama", "nip", "nuptk", "tanggal_lahir")
_EXACT = 10**15  # from here on a number in a cell has lost digits


def refused_workbook(reading: RosterReading, rows: Sequence[ComparedRow]) -> tuple[bytes, int]:
    """The workbook of the rows that are `ditolak`, as the file has them, with the reasons; and how many they are.

    Only the columns that are read at all are in it. What a cell has lost is not made to look whole: such a row is refused again.
    """
    refused = [row for row in rows if row.outcome == "ditolak"]
    cells = [reading.rows[row.at].cells for row in refused]
    fields = [field for field in COLUMNS if field in _ALWAYS or any(field in row for row in cells)]
    remark = any(LEFT in row for row in cells)
    heading = [*(COLUMNS[field][0] for field in fields), *(["Keterangan"] if remark else []), ROW, REASON]
    lines = [
        [
            *(_text(content.get(field)) for field in fields),
            *([_text(content.get(LEFT))] if remark else []),
            row.place,
            " ".join(f"{reason.column}: {reason.message}" for reason in row.reasons),
        ]
        for row, content in zip(refused, cells, strict=True)
    ]
    return text_workbook("Ditolak", heading, lines), len(refused)


def _text(cell: Cell) -> str:
    if isinstance(cell, DateCell):
        return cell.day
    if isinstance(cell, (int, float)) and abs(cell) >= _EXACT:
        return f"{cell:.14E}"
    content = "" if cell is None else str(cell)
    return "" if content == NOT_STORED else content
