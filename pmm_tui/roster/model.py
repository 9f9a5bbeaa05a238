"""What reading a roster file and comparing it with the stored teachers yields."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from pmm_tui.roster.file_kind import FileKind
from pmm_tui.skp.model import Pegawai

RowOutcome = Literal["baru", "diperbarui", "sama", "ditolak"]


class Remark(Struct, frozen=True, rename={"column": "kolom", "message": "pesan"}):
    """A remark on one row: the column's heading as the file has it, and a sentence."""

    column: str
    message: str


class RosterRow(Struct, frozen=True, kw_only=True):
    """A row under the headings: a teacher, or refused.

    `row` is the number that Excel shows. `pegawai` is None exactly when `reasons` says why; `name` is for showing either way.
    """

    row: int
    name: str
    pegawai: Pegawai | None = None
    reasons: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()


class SkippedRow(Struct, frozen=True, rename={"row": "baris", "reason": "karena"}):
    """A row that is no teacher: headings again, column numbers, a totals row."""

    row: int
    reason: str


class RosterReading(Struct, frozen=True, kw_only=True):
    """A roster file as read.

    `file_name` is its name without the folder. `encoding` and `delimiter` are named for CSV, `sheet` for sheets. `columns` gives
    the file's heading of each field that was found. Every row with something in a used column is in `rows` or in `skipped`, once.
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

    @property
    def origin(self) -> str:
        """How the file was read, in words: `CSV UTF-8, pemisah titik koma, judul di baris 1`."""
        if self.kind == "csv":
            return f"CSV {self.encoding}, pemisah {self.delimiter}, judul di baris {self.heading_row}"
        return f'{self.kind.upper()}, lembar "{self.sheet}", judul di baris {self.heading_row}'


class FieldChange(Struct, frozen=True, rename={"column": "kolom", "origin": "dari", "becomes": "menjadi"}):
    """One field that an import changes; `field` is that of `Pegawai`, `column` what to call it."""

    field: str
    column: str
    origin: str
    becomes: str


class ComparedRow(Struct, frozen=True, kw_only=True):
    """What importing a row does.

    `pegawai` is the teacher to write, with the stored id and what the file leaves empty kept; None when `ditolak`. `old` is the
    stored teacher; None when `baru` or `ditolak`. `field_changes` is empty but for `diperbarui`.
    """

    row: int
    outcome: RowOutcome
    name: str
    pegawai: Pegawai | None = None
    old: Pegawai | None = None
    field_changes: tuple[FieldChange, ...] = ()
    reasons: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
