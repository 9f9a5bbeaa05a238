"""What is on its way, in either outbox: a row is marked before its first byte leaves, and after trouble it goes again.

Both outboxes, of plans and of decisions, have the columns `keadaan`, `mungkin_tiba`, `percobaan` and `catatan`, with one meaning.
Everything here runs in the database's thread.
"""

# ruff: noqa: S608  (the statements are put together from names of ours; values are always parameters)

from __future__ import annotations

import sqlite3

import msgspec

from pmm_tui.store.database import Database
from pmm_tui.store.outbox_entry import Deferred


def mark_sending(connection: sqlite3.Connection, table: str, row_id: int, sendable: str) -> bool:
    """Note that a row is on its way; false for one that may not be sent any more. `sendable` is the condition in SQL."""
    statement = f"UPDATE {table} SET keadaan = 'sending', percobaan = percobaan + 1 WHERE id = ? AND {sendable}"
    return bool(connection.execute(statement, (row_id,)).rowcount)


def recover(database: Database, table: str) -> int:
    """Turn what a crash left `sending` into `unknown`; returns how many."""
    if database.connection.execute(f"SELECT 1 FROM {table} WHERE keadaan = 'sending' LIMIT 1").fetchone() is None:
        return 0  # the usual start writes nothing
    with database.transaction() as connection:
        statement = f"UPDATE {table} SET keadaan = 'unknown', mungkin_tiba = 1 WHERE keadaan = 'sending'"
        return connection.execute(statement).rowcount


def give_back(connection: sqlite3.Connection, table: str, row_id: int, outcome: Deferred) -> None:
    """Queue it again if nothing of it ever left, now or in an earlier attempt; else whether it arrived is unknown."""
    if not outcome.untouched:
        connection.execute(f"UPDATE {table} SET mungkin_tiba = 1 WHERE id = ?", (row_id,))
    connection.execute(
        f"UPDATE {table} SET keadaan = iif(mungkin_tiba, 'unknown', 'queued'), catatan = ?, percobaan = percobaan - ? WHERE id = ?",
        (outcome.reason, int(not outcome.tried), row_id),
    )


def put(connection: sqlite3.Connection, table: str, row_id: int, **values: str | int) -> None:
    """Set columns of a row."""
    columns = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE {table} SET {columns} WHERE id = ?", (*values.values(), row_id))


def as_json(value: object) -> str:
    """A value as a column holds it."""
    return msgspec.json.encode(value).decode()
