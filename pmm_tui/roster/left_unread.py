"""What of a file was left unread, named once: columns by letter and heading, rows, tables, sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pmm_tui.roster.choose_tables import FoundTable
from pmm_tui.roster.headings import COLUMNS
from pmm_tui.roster.model import SkippedRow, Table, Unread
from pmm_tui.roster.row_kinds import BELOW, GROUP
from pmm_tui.text import quoted

_TOLD = (BELOW, GROUP)
UNKNOWN = "judulnya tidak dikenal"


def near_words(near: Mapping[str, str]) -> Iterator[str]:
    """A sentence on the headings that were taken although they are written wrongly."""
    if near:
        told = ", ".join(f"{quoted(text)} sebagai {COLUMNS[field][0]}" for field, text in near.items() if field in COLUMNS)
        yield f"Judul yang salah tulis dibaca menurut maksudnya: {told}."


def chosen_words(chosen: Mapping[str, str]) -> Iterator[str]:
    """A sentence on the columns that the operator has said something of, now or for an earlier file."""
    if chosen:
        told = (f"{quoted(text)} {f'sebagai {COLUMNS[f][0]}' if f in COLUMNS else 'tidak dibaca'}" for text, f in chosen.items())
        yield f"Kolom menurut pilihan Anda: {', '.join(told)}."


def unread_columns(table: FoundTable, no_status: bool) -> Iterator[Unread]:
    """The columns of a table whose headings nobody knows, or that do not hold what they are called."""
    for at, heading in table.unread_columns:
        yield Unread(sheet=table.sheet, column=column_letters(at), heading=heading, reason=UNKNOWN)
    if no_status:
        heading = table.columns["status_kepegawaian"]
        yield Unread(
            sheet=table.sheet,
            column=column_letters(table.places.get("status_kepegawaian", 0)),
            heading=heading,
            reason="isinya bukan status kepegawaian",
        )


def unread_rows(skipped: Iterable[SkippedRow]) -> Iterator[Unread]:
    """The rows that look like something and are no teacher of their own."""
    for row in skipped:
        if row.reason in _TOLD or row.reason.startswith("guru yang sama"):
            yield Unread(sheet=row.sheet, row=row.row, reason=row.reason)


def unread_tables(tables: Iterable[Table], sheets: Iterable[str]) -> Iterator[Unread]:
    """The tables and sheets that were left out."""
    for table in tables:
        if table.teachers:
            yield Unread(
                sheet=table.sheet, heading=f"judul di baris {table.heading_row}" if table.heading_row else "", reason=table.reason
            )
    for sheet in sheets:
        yield Unread(sheet=sheet, reason="tidak sempat diperiksa")


def column_letters(at: int) -> str:
    """A column as Excel calls it: `A` for 0, `AB` for 27."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
