"""What can still be read of a damaged database, from a copy of it: the original is never opened."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from pmm_tui.store.file import side_file

_TABLES = ("pegawai", "draf", "kiriman")


class Wreck(Struct):
    """Rows by table, each as column -> value; whatever could be read."""

    pegawai: list[dict[str, Any]] = []
    draf: list[dict[str, Any]] = []
    kiriman: list[dict[str, Any]] = []


def salvage(path: Path) -> Wreck:
    """Read what can be read of the database at `path` and its log; an empty Wreck when nothing can. Raises no error for damage."""
    wreck = Wreck()
    folder = path.with_name(f".{path.name}.baca-{os.urandom(4).hex()}")
    try:
        folder.mkdir(mode=0o700)
        copy = folder / "salinan.db"
        shutil.copyfile(path, copy)
        with contextlib.suppress(OSError):
            shutil.copyfile(side_file(path), side_file(copy))
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")  # read on past a damaged entry of the schema
            connection.row_factory = sqlite3.Row
            connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
            for table in _TABLES:
                getattr(wreck, table).extend(_rows(connection, table))
    except (OSError, sqlite3.Error):
        pass
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return wreck


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table, from both ends: damage in the middle hides neither."""
    seen: set[tuple[Any, ...]] = set()
    for order in ("ASC", "DESC"):
        with contextlib.suppress(sqlite3.Error, OverflowError):
            for row in connection.execute(f"SELECT * FROM {table} NOT INDEXED ORDER BY rowid {order}"):  # noqa: S608  our own names
                values = tuple(row)
                if values not in seen:
                    seen.add(values)
                    yield dict(zip(row.keys(), values, strict=True))
