"""Is the database sound? Pages and indexes by SQLite, sealed envelopes by their digest."""

from __future__ import annotations

import re
import sqlite3

from msgspec import Struct

from pmm_tui.skp.wire import digest
from pmm_tui.store import schema

_INDEX_ONLY = r"missing from index|wrong # of entries in index|non-unique entry in index|out of order"


class CheckReport(Struct, frozen=True, kw_only=True):
    """What a check found.

    `full` tells whether the indexes were compared too. `damaged` is what SQLite says of the file, in its words; `reindexed`
    that damaged indexes were built anew and are right now; `damaged_envelopes` the outbox ids whose bytes are not those sealed;
    `behind_log` that the last plan that was sealed is in the recovery log only, as after a loss of SQLite's own log.
    """

    full: bool
    damaged: tuple[str, ...] = ()
    reindexed: bool = False
    damaged_envelopes: tuple[int, ...] = ()
    behind_log: bool = False

    @property
    def good(self) -> bool:
        """Whether nothing is damaged."""
        return not (self.damaged or self.damaged_envelopes)

    @property
    def complaint(self) -> str:
        """What `pulihkan` can put right, as the beginning of a sentence; empty when there is nothing."""
        if not self.good:
            return "Sebagian data rusak"
        return "Rencana yang terakhir disegel hanya ada di catatan pemulihan" if self.behind_log else ""


def sqlite_version() -> str:
    """The version of SQLite that Python brings."""
    return sqlite3.sqlite_version


def examine(connection: sqlite3.Connection, steps: schema.Steps, *, full: bool) -> CheckReport:
    """Check the open database, which `steps` made; damaged indexes are built anew.

    Damage is reported, never raised.
    """
    try:
        damage = _pages(connection, full)
        rebuilt = False
        if damage and all(re.search(_INDEX_ONLY, text) for text in damage):
            rebuilt = _rebuilt(connection, full)
            damage = () if rebuilt else damage
        if schema.statements(connection) != schema.expected(steps):
            damage = (*damage, "the schema is not the one that was made")
        return CheckReport(full=full, damaged=damage, reindexed=rebuilt, damaged_envelopes=damaged_envelopes(connection))
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise
        return CheckReport(full=full, damaged=(str(error),))


def damaged_envelopes(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The ids of envelopes that no longer have the digest they were sealed with: a bit that flipped inside a text."""
    rows = connection.execute("SELECT id, sha256, line FROM kiriman")
    return tuple(row_id for row_id, sha256, line in rows if not isinstance(line, bytes) or digest(line) != sha256)


def _rebuilt(connection: sqlite3.Connection, full: bool) -> bool:
    """Build the indexes anew; where that does not put everything right the file stays as it is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("REINDEX")
        sound = not _pages(connection, full)
    except sqlite3.IntegrityError:  # rows that no index can hold together
        sound = False
    except BaseException:
        connection.rollback()
        raise
    connection.execute("COMMIT" if sound else "ROLLBACK")
    return sound


def _pages(connection: sqlite3.Connection, full: bool) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA {'integrity' if full else 'quick'}_check(100)").fetchall()
    return tuple(text for (text,) in rows if text != "ok")
