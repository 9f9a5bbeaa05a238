"""What can still be read of a damaged database."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

_FURTHER = 1000  # row numbers beyond the last one seen that are tried one by one

Row = dict[str, Any]


class Wreck(Struct):
    """The rows that could be read, each as column -> value of whatever type the damage left."""

    teachers: list[Row] = []
    drafts: list[Row] = []
    envelopes: list[Row] = []
    not_needed: list[Row] = []
    typed: list[Row] = []
    decisions: list[Row] = []
    accounts: list[Row] = []
    rapor: list[Row] = []
    templates: list[Row] = []
    ticks: list[Row] = []


def salvage(copy: Path) -> Wreck:
    """Read what can be read of a copy of a database, which this may change; an empty Wreck when nothing can."""
    wreck = Wreck()
    with (
        contextlib.suppress(sqlite3.Error, UnicodeDecodeError),
        contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection,
    ):
        connection.execute("PRAGMA writable_schema = ON")  # read on past a damaged entry of the schema
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
        tables = {
            "pegawai": wreck.teachers,
            "draf": wreck.drafts,
            "kiriman": wreck.envelopes,
            "tidak_perlu": wreck.not_needed,
            "diketik": wreck.typed,
            "keputusan": wreck.decisions,
            "belajar_id": wreck.accounts,
            "rapor_sekolah": wreck.rapor,
            "templat": wreck.templates,
            "centang": wreck.ticks,
        }
        for table, rows in tables.items():
            rows.extend(_rows(connection, f"SELECT rowid AS nomor_baris, * FROM {table} NOT INDEXED"))  # noqa: S608
    return wreck


def _rows(connection: sqlite3.Connection, select: str) -> Iterator[Row]:
    """Read the rows from both ends, then one by one around the damage, so that only damaged rows are lost.

    A table that the database's version does not have yet has none.
    """
    seen: set[int] = set()
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error, OverflowError):
            yield from _new(connection.execute(f"{select} ORDER BY rowid {order}"), seen)
            return
    for number in range(1, max(seen, default=0) + _FURTHER):
        if number not in seen:
            with contextlib.suppress(sqlite3.Error, OverflowError):
                yield from _new(connection.execute(f"{select} WHERE rowid = ?", (number,)), seen)


def _new(cursor: sqlite3.Cursor, seen: set[int]) -> Iterator[Row]:
    for row in cursor:
        number, *values = tuple(row)
        if number not in seen:
            seen.add(number)
            yield dict(zip(row.keys()[1:], values, strict=True))
