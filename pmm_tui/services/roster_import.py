"""Importing a roster file: what each row would do, and then doing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from pmm_tui.errors import InputError, UsageError
from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.headings import heading_key
from pmm_tui.roster.model import ComparedRow, RosterReading, Table
from pmm_tui.skp.katalog import Katalog
from pmm_tui.store import Store
from pmm_tui.store.times import from_text, to_text
from pmm_tui.text import quoted

if TYPE_CHECKING:
    from pmm_tui.roster.dapodik_web import WebHead, WebProposals

IMPORTED = "guru_diimpor"
"""The memo of when a list of teachers was imported last."""


class RosterRead(NamedTuple):
    """A preview as the screen shows it: the rows, how the file was read, what of it was not, and the reading itself.

    Of Dapodik's web service also what it proposes, and the head where it is another than the one in force.
    """

    rows: tuple[ComparedRow, ...]
    sentence: str
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    reading: RosterReading | None = None
    proposals: WebProposals | None = None
    head: WebHead | None = None


class Preview(Struct, frozen=True):
    """A roster file as it was read, and its rows against what is stored; nothing is written yet."""

    reading: RosterReading
    rows: tuple[ComparedRow, ...]


def preview(
    store: Store,
    path: Path,
    katalog: Katalog,
    today: date,
    sheets: Sequence[str] = (),
    columns: Mapping[str, str] | None = None,
) -> Preview:
    """Read a roster file, or those of its sheets, against what is stored; raises InputError, UsageError, StorageError.

    `columns` is what the operator says that a heading means, on top of what was said for files with the same headings.
    """
    from pmm_tui.roster.column_choice import FORGET, MEMO, remembered  # lazy, both: with the first file, not with the screen
    from pmm_tui.roster.read import read_roster

    columns = columns or {}
    reading = read_roster(path, katalog, today, sheets, remembered(store.reference.memo(MEMO), columns))
    there = {heading_key(heading) for heading in reading.chosen}
    for heading, field in columns.items():
        if field != FORGET and heading_key(heading) not in there:
            raise UsageError(f"Judul {quoted(heading)} tidak ada pada tabel yang dibaca; periksa tulisannya.")
    return Preview(reading, compare(reading, store.roster.all(), katalog, store.by_hand.values()))


def keep_columns(store: Store, reading: RosterReading, columns: Mapping[str, str]) -> None:
    """Remember for the next file with these headings what the operator said of its columns; raises StorageError."""
    if not columns:
        return
    from pmm_tui.roster.column_choice import MEMO, kept

    store.reference.set_memo(MEMO, kept(store.reference.memo(MEMO), reading.shapes, columns))


def write_refused(path: Path, reading: RosterReading, rows: Sequence[ComparedRow]) -> int:
    """Write the refused rows with their reasons as a new workbook; returns how many, and writes none for none.

    Raises InputError where a file stands already, StorageError.
    """
    from pmm_tui.private_file import write_once  # lazy, both: only when asked for
    from pmm_tui.roster.refused import refused_workbook

    content, count = refused_workbook(reading, rows)
    if count:
        try:
            write_once(path, content)
        except FileExistsError:
            raise InputError(f"{path}: berkas itu sudah ada dan tidak ditimpa; pilih nama lain.") from None
    return count


def free_name(path: Path) -> Path:
    """Where the refused rows of a file go: beside it, under a name that no file has."""
    from pmm_tui.private_file import there  # lazy: only when asked for

    names = (path.with_name(f"{path.stem}-ditolak{f'-{n}' if n > 1 else ''}.xlsx") for n in range(1, 100))
    return next((name for name in names if not there(name)), path.with_name(f"{path.stem}-ditolak.xlsx"))


def take(store: Store, rows: Iterable[ComparedRow], now: datetime | None = None) -> int:
    """Write what is new and what changed, in the file's order and in one transaction; returns how many. Raises StorageError.

    `now` is kept as the time of the last import: what was ticked off before and is still wrong is told then.
    """
    teachers = to_write(sorted(rows, key=lambda row: (row.at, row.row)))
    store.roster.write(teachers)
    if now is not None:
        store.reference.set_memo(IMPORTED, to_text(now))
    return len(teachers)


def imported_at(store: Store) -> datetime | None:
    """When a list was imported last, or the server's was fetched anew; None for never."""
    memo, fetched = store.reference.memo(IMPORTED), store.reference.get("pegawai")
    times = ([from_text(memo)] if memo else []) + ([fetched.fetched_at] if fetched else [])
    return max(times, default=None)
