"""Importing a roster file: what each row would do, and then doing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.model import ComparedRow, RosterReading, Table
from pmm_tui.skp.katalog import Katalog
from pmm_tui.store import Store


class RosterRead(NamedTuple):
    """A preview as the screen shows it: the rows, how the file was read, and what of it was not."""

    rows: tuple[ComparedRow, ...]
    sentence: str
    notes: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


class Preview(Struct, frozen=True):
    """A roster file as it was read, and its rows against what is stored; nothing is written yet."""

    reading: RosterReading
    rows: tuple[ComparedRow, ...]


def preview(store: Store, path: Path, katalog: Katalog, today: date, sheets: Sequence[str] = ()) -> Preview:
    """Read a roster file, or those of its sheets, against what is stored; raises InputError, StorageError."""
    from pmm_tui.roster.read import read_roster  # lazy: with the first file, not with the screen that asks for one

    reading = read_roster(path, katalog, today, sheets)
    return Preview(reading, compare(reading, store.roster.all(), katalog))


def take(store: Store, rows: Iterable[ComparedRow]) -> int:
    """Write what is new and what changed, in the file's order and in one transaction; returns how many. Raises StorageError."""
    teachers = to_write(sorted(rows, key=lambda row: (row.at, row.row)))
    store.roster.write(teachers)
    return len(teachers)
