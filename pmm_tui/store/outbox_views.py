"""Reads of the outbox: whole envelopes, and what the screens see of thousands of them without reading any of their content.

Everything here runs in the database's thread.
"""

# ruff: noqa: S608  (the statements are put together from words of ours; values are always parameters)

from __future__ import annotations

import sqlite3

from pmm_tui.store.database import Database
from pmm_tui.store.outbox_entry import COLUMNS, STATES, OutboxEntry, Standing, State, from_row

DECIDED = """
(k.keadaan = 'sent' AND EXISTS (SELECT 1 FROM milik_server AS m JOIN dipegang AS d USING (pegawai_id, periode, revisi, sha256)
    WHERE m.pegawai_id = k.pegawai_id AND m.periode = k.periode AND m.dilihat = 1 AND m.revisi > k.revisi))
"""
"""What was sent from here, and the server holds another in its place that was looked at: ours is no longer there."""
REPLACED = """
EXISTS (SELECT 1 FROM kiriman AS newer WHERE newer.pegawai_id = k.pegawai_id AND newer.periode = k.periode
    AND (newer.revisi, newer.id) > (k.revisi, k.id) AND newer.keadaan <> 'superseded')
"""
"""Of an envelope `k`: a newer one of its plan stands."""
_ORDER = f"""
SELECT k.id FROM kiriman AS k
WHERE k.periode = ? AND k.keadaan <> 'superseded' AND (k.keadaan NOT IN ('rejected', 'conflict') OR NOT {REPLACED})
ORDER BY CASE k.keadaan WHEN 'rejected' THEN 0 WHEN 'conflict' THEN 1 WHEN 'sending' THEN 2 WHEN 'unknown' THEN 3
    WHEN 'queued' THEN 4 ELSE 5 END, k.id DESC
"""
_STANDING = f"""
SELECT k.pegawai_id, k.keadaan, k.suntingan, k.status_server, iif(d.suntingan <> k.suntingan, k.line, x'')
FROM kiriman AS k
LEFT JOIN draf AS d ON d.pegawai_id = k.pegawai_id AND d.periode = k.periode
WHERE k.periode = ? AND k.keadaan <> 'superseded' AND NOT {REPLACED} AND NOT {DECIDED}
"""
_NEEDING = f"SELECT count(*) FROM kiriman AS k WHERE k.keadaan IN ('rejected', 'conflict') AND NOT {REPLACED}"

_WAITING = "SELECT count(*) FROM kiriman WHERE keadaan IN ('queued', 'sending', 'unknown') AND ditahan = 0"


def envelopes(database: Database, rest: str, values: tuple[object, ...]) -> tuple[OutboxEntry, ...]:
    """The envelopes that `rest`, what follows the table in a SELECT, picks."""
    with database.readable():
        return tuple(map(from_row, database.connection.execute(f"SELECT {COLUMNS} FROM kiriman AS k {rest}", values)))


def order(connection: sqlite3.Connection, periode: str) -> tuple[int, ...]:
    """The ids of a period's envelopes, those that need somebody first, the newest first among equals.

    Left out are those that were superseded, and a refused one or one in conflict that something newer has replaced.
    """
    return tuple(row_id for (row_id,) in connection.execute(_ORDER, (periode,)))


def standing(connection: sqlite3.Connection, periode: str) -> dict[int, Standing]:
    """How the newest envelope of each plan stands, by the teacher's id."""
    return {pegawai_id: Standing(*rest) for pegawai_id, *rest in connection.execute(_STANDING, (periode,))}


def needing(connection: sqlite3.Connection) -> int:
    """How many plans need somebody: their newest envelope was refused or is in conflict."""
    return int(connection.execute(_NEEDING).fetchone()[0])


def waiting(connection: sqlite3.Connection) -> int:
    """How many envelopes are to be sent; an index has them, however many were sent before."""
    return int(connection.execute(_WAITING).fetchone()[0])


def counts(connection: sqlite3.Connection) -> dict[State, int]:
    """How many envelopes are in each state; every state is there. Those that wait for the operator's word are not counted."""
    rows = connection.execute("SELECT keadaan, count(*) FROM kiriman WHERE ditahan = 0 GROUP BY keadaan")
    return dict.fromkeys(STATES, 0) | dict(rows.fetchall())
