"""What reading a roster file and comparing it with the stored teachers yields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec
from msgspec import Struct

from pmm_tui.roster.file_kind import FileKind
from pmm_tui.skp.model import Pegawai
from pmm_tui.text import quoted

Question = Literal["", "orang", "keluar", "tanpa_nomor"]
"""What a row is asked about: whether two are one person, whether somebody still teaches, whether to add one without a number."""
RowOutcome = Literal["baru", "diperbarui", "sama", "ditolak", "perlu_diputuskan", "dilewati"]


_TABLE_KEYS = {
    "sheet": "lembar", "heading_row": "baris_judul", "teachers": "guru", "taken": "dibaca", "hidden": "tersembunyi",
    "reason": "karena",
}  # fmt: skip


_UNREAD_KEYS = {"sheet": "lembar", "column": "kolom", "row": "baris", "heading": "isi_judul", "reason": "sebab"}


class Remark(Struct, frozen=True, rename={"column": "kolom", "message": "pesan"}):
    """A remark on one row: the column's heading as the file has it, and a sentence."""

    column: str
    message: str


class Doubt(Struct, frozen=True):
    """A value that could not be taken for what its column holds: as the file has it, and the warning that says so."""

    field: str
    value: str
    warning: Remark


class RosterRow(Struct, frozen=True, kw_only=True):
    """A row under the headings: a teacher, or refused.

    `row` is the number that Excel shows, `sheet` the sheet's name where more than one was read. `pegawai` is None exactly when
    `reasons` says why; `name` is for showing either way. The warnings of `doubts` are among `warnings`. `left` is the word by which
    the row says that somebody has left; `cells` are the used cells as the file has them; `offered` is the teacher of a row that is
    refused only for want of a number and a birth date.
    """

    row: int
    name: str
    pegawai: Pegawai | None = None
    reasons: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    sheet: str = ""
    left: str = ""
    cells: Mapping[str, Any] = {}
    offered: Pegawai | None = None

    @property
    def place(self) -> str:
        """Where the row is, in words: `baris 7`, with the sheet where there are several."""
        return row_words(self.sheet, self.row)


class SkippedRow(Struct, frozen=True, rename={"row": "baris", "reason": "karena"}):
    """A row that is no teacher: headings again, column numbers, a totals row."""

    row: int
    reason: str
    sheet: str = msgspec.field(default="", name="lembar")


class Table(Struct, frozen=True, kw_only=True, rename=_TABLE_KEYS):
    """A table with the headings of a roster: where it is, how many likely teachers it has, and whether it was read.

    `reason` says why one was left out. `sheet` is empty for CSV.
    """

    sheet: str
    heading_row: int
    teachers: int
    taken: bool
    hidden: bool = False
    reason: str = ""


class Unread(Struct, frozen=True, kw_only=True, omit_defaults=True, rename=_UNREAD_KEYS):
    """What of a file was left unread and why: a column (its letter and heading), a row, a table or a sheet."""

    sheet: str = ""
    column: str = ""
    row: int = 0
    heading: str = ""
    reason: str


class RosterReading(Struct, frozen=True, kw_only=True):
    """A roster file as read.

    `file_name` is its name without the folder. `encoding` and `delimiter` are named for CSV, `sheet` for sheets. `columns` gives
    the file's heading of each field that was found. Every row with something in a used column is in `rows` or in `skipped`, once.
    `tables` are all that were found, `unread` the names of sheets that could not be looked at, `hidden_rows` how many rows are
    hidden in the sheets that were read. `left_unread` names once what was left unread, `sense` says how columns were understood,
    `shapes` is what files with these headings share, `chosen` what the operator has said of columns. `partial` are fields of which
    the source knows a part only: what it says of them is added to what is stored, never put in its place.
    """

    file_name: str
    kind: FileKind
    heading_row: int
    columns: dict[str, str]
    rows: tuple[RosterRow, ...]
    skipped: tuple[SkippedRow, ...] = ()
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    tables: tuple[Table, ...] = ()
    unread: tuple[str, ...] = ()
    hidden_rows: int = 0
    left_unread: tuple[Unread, ...] = ()
    sense: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    chosen: dict[str, str] = {}
    partial: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """How the file was read, in words: `CSV UTF-8, pemisah titik koma, judul di baris 1`."""
        if self.kind == "dapodik":
            return f"Web Service Dapodik, {len(self.rows) + len(self.skipped)} guru menurut abjad mulai baris 2"
        if self.kind in ("html", "json"):
            what = "halaman web (HTML)" if self.kind == "html" else "JSON"
            return f"{what}, judul di baris {self.heading_row}" if self.kind == "html" else f"{what}, guru pertama di baris 2"
        if self.kind == "csv":
            return f"CSV {self.encoding}, pemisah {self.delimiter}, judul di baris {self.heading_row}"
        taken = [table for table in self.tables if table.taken]
        if len(taken) < 2:
            return f'{self.kind.upper()}, lembar "{self.sheet}", judul di baris {self.heading_row}'
        places = ", ".join(f'lembar "{table.sheet}" (judul di baris {table.heading_row})' for table in taken)
        return f"{self.kind.upper()}, {places}"

    @property
    def left_out(self) -> tuple[Table, ...]:
        """The tables with likely teachers that were not read."""
        return tuple(table for table in self.tables if not table.taken and table.teachers)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the operator has to know of how the file was read: what was left out, and what was hidden."""
        found = [table_words(table) for table in self.left_out]
        found += self.sense
        if columns := [unread for unread in self.left_unread if unread.column]:
            told = ", ".join(f"{unread.column} {quoted(unread.heading)}" for unread in columns[:8])
            more = f" dan {len(columns) - 8} lagi" if len(columns) > 8 else ""
            found.append(f"Kolom yang tidak dibaca: {told}{more}.")
        if told_rows := [unread for unread in self.left_unread if unread.row]:
            told = ", ".join(f"{row_words(unread.sheet, unread.row)} ({unread.reason})" for unread in told_rows[:5])
            more = f" dan {len(told_rows) - 5} lagi" if len(told_rows) > 5 else ""
            found.append(f"Baris yang dilewati: {told}{more}.")
        if taken := [f'lembar "{table.sheet}" ({table.teachers} guru)' for table in self.tables if table.taken and table.hidden]:
            found.append(f"Dibaca walau tersembunyi di Excel: {', '.join(taken)}.")
        if self.hidden_rows:
            found.append(f"{self.hidden_rows} baris tersembunyi di Excel ikut dibaca.")
        if self.unread:
            names = ", ".join(f'"{name}"' for name in self.unread[:5])
            found.append(f"Tidak sempat diperiksa: {len(self.unread)} lembar ({names}); salin tabel gurunya ke berkas sendiri.")
        return tuple(found)


def row_words(sheet: str, row: int) -> str:
    """A row's place in words, with the sheet where there are several."""
    return f'lembar "{sheet}" baris {row}' if sheet else f"baris {row}"


def outcome_words(outcome: str) -> str:
    """An outcome as it is shown: `perlu diputuskan`."""
    return outcome.replace("_", " ")


def table_words(table: Table) -> str:
    """A table that was left out, in one sentence."""
    place = f'lembar "{table.sheet}"' if table.sheet else "tabel"
    row = f" (judul di baris {table.heading_row})" if table.heading_row else ""
    return f"Tidak dibaca: {place}{row}, {table.teachers} baris mirip guru: {table.reason}."


class FieldChange(Struct, frozen=True, rename={"column": "kolom", "origin": "dari", "becomes": "menjadi"}):
    """One field that an import changes; `field` is that of `Pegawai`, `column` what to call it."""

    field: str
    column: str
    origin: str
    becomes: str


class ComparedRow(Struct, frozen=True, kw_only=True):
    """What importing a row does.

    `pegawai` is the teacher to write, with the stored id and what the file leaves empty kept; None when `ditolak`. `old` is the
    stored teacher; None when `baru` or `ditolak`. `field_changes` is empty but for `diperbarui` and `perlu_diputuskan`, whose
    `pegawai` is what would be written if both were one person. `unkept` is `pegawai` with those values too that were kept as
    stored; None when there are none. `late` rows are written after the others: they take a number that one of
    those gives up; `at` counts the rows of the file, all its sheets together. `question` is what has to be decided, `offered` whom
    a refused row adds when the operator says so.
    """

    row: int
    outcome: RowOutcome
    name: str
    pegawai: Pegawai | None = None
    old: Pegawai | None = None
    field_changes: tuple[FieldChange, ...] = ()
    reasons: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    sheet: str = ""
    unkept: Pegawai | None = None
    kept: tuple[Remark, ...] = ()
    late: bool = False
    at: int = 0
    question: Question = ""
    offered: Pegawai | None = None

    @property
    def place(self) -> str:
        """Where the row is, in words."""
        return row_words(self.sheet, self.row)
