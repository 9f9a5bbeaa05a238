"""What one outcome does to its envelope, to the newer ones that build on it, and to what the server is known to hold.

Everything here runs inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from pmm_tui.store.in_transit import as_json, give_back, put
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.store.outbox_sealing import held

NOT_TOLD = "Belum ada di server ini; dikirim lagi dengan isi yang sama."
"""What is noted of an envelope that was sent and that the server no longer tells of."""


def settle(connection: sqlite3.Connection, row_id: int, outcome: Outcome) -> None:
    """Note how an attempt ended; nothing happens unless the envelope is being sent."""
    row = connection.execute(
        "SELECT pegawai_id, periode, revisi, sha256 FROM kiriman WHERE id = ? AND keadaan = 'sending'", (row_id,)
    ).fetchone()
    if row is None:
        return
    pegawai_id, periode, revision, sha256 = row
    match outcome:
        case Sent():
            put(
                connection,
                "kiriman",
                row_id,
                keadaan="sent",
                tanda_terima=outcome.receipt,
                waktu_server=outcome.at,
                status_server=outcome.status,
                catatan="",
                ditahan=0,
            )
            raise_held(connection, pegawai_id, periode, revision, sha256)
        case Rejected():
            put(connection, "kiriman", row_id, keadaan="rejected", masalah=as_json(outcome.masalah), catatan="")
            _supersede_newer(connection, pegawai_id, periode, revision)
        case Conflict():
            put(connection, "kiriman", row_id, keadaan="conflict", dipegang=as_json(outcome.held), catatan="")
            _supersede_newer(connection, pegawai_id, periode, revision)
            holds = (outcome.held.revisi, outcome.held.sha256) if outcome.held else (0, "")
            put_held(connection, pegawai_id, periode, *holds)
        case Deferred():
            give_back(connection, "kiriman", row_id, outcome)


def raise_held(connection: sqlite3.Connection, pegawai_id: int, periode: str, revision: int, sha256: str) -> None:
    """Note that the server holds a revision, unless a newer one is known: a receipt or a change may be older news.

    Only a conflict, the server's word on this very request, can lower it: a server that came back from an old backup.
    """
    if revision >= held(connection, pegawai_id, periode)[0]:
        put_held(connection, pegawai_id, periode, revision, sha256)


def tell(connection: sqlite3.Connection, here: tuple[int, str, int, str], status: str, note: str, when: str) -> None:
    """Note beside a revision (teacher, period, revision, digest) how it stands by the server's word."""
    connection.execute(
        "UPDATE kiriman SET status_server = ?, catatan = iif(? = '' AND keadaan <> 'sent', catatan, ?),"
        " waktu_server = iif(waktu_server = '', ?, waktu_server)"
        " WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ?",
        (status, note, note, when, *here),
    )
    connection.execute(  # back at a server that has it after all: its receipt comes with the next sending
        "UPDATE kiriman SET keadaan = 'unknown', mungkin_tiba = 1 WHERE keadaan = 'conflict'"
        " AND pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ?",
        here,
    )
    connection.execute(
        "UPDATE milik_server SET status = ?, catatan = ? WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ?",
        (status, note, *here),
    )


def settle_told(
    connection: sqlite3.Connection, told: Mapping[tuple[int, str], tuple[int, str]], ended: Callable[[str], bool]
) -> tuple[int, int, frozenset[str]]:
    """What is `sent` here and not told by the server becomes unknown; see `Outbox.settle_told`."""
    sent = connection.execute("SELECT id, pegawai_id, periode, revisi, sha256, asal FROM kiriman WHERE keadaan = 'sent'").fetchall()
    again = held_back = 0
    periods: set[str] = set()
    for row_id, pegawai_id, periode, revision, sha256, origin in sent:
        holds = told.get((pegawai_id, periode), (0, ""))
        if revision < holds[0] or (revision, sha256) == holds:
            continue
        if revision == holds[0] and origin and _taken(connection, pegawai_id, periode, holds):
            continue
        hold = ended(periode) and not _follows(connection, pegawai_id, periode, revision)
        connection.execute(
            "UPDATE kiriman SET keadaan = 'unknown', mungkin_tiba = 1, ditahan = ?, tanda_terima = '', waktu_server = '',"
            " status_server = '', catatan = ? WHERE id = ?",
            (hold, NOT_TOLD, row_id),
        )
        periods |= {periode} if hold else set()
        again, held_back = again + (not hold), held_back + hold
    for pegawai_id, periode in connection.execute("SELECT pegawai_id, periode FROM dipegang").fetchall():
        put_held(connection, pegawai_id, periode, *told.get((pegawai_id, periode), (0, "")))
    return again, held_back, frozenset(periods)


def _taken(connection: sqlite3.Connection, pegawai_id: int, periode: str, holds: tuple[int, str]) -> bool:
    """Whether what the server holds was taken in here, be it in other bytes than the server's own."""
    taken = "SELECT 1 FROM milik_server WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ? AND dilihat = 1"
    return connection.execute(taken, (pegawai_id, periode, *holds)).fetchone() is not None


def _follows(connection: sqlite3.Connection, pegawai_id: int, periode: str, revision: int) -> bool:
    """Whether a newer envelope of the plan waits to be sent: whoever asked for that one asked for those before it."""
    newer = (
        "SELECT 1 FROM kiriman WHERE pegawai_id = ? AND periode = ? AND revisi > ? AND keadaan IN ('queued', 'sending', 'unknown')"
    )
    return connection.execute(f"{newer} AND ditahan = 0", (pegawai_id, periode, revision)).fetchone() is not None


def put_held(connection: sqlite3.Connection, pegawai_id: int, periode: str, revision: int, sha256: str) -> None:
    """Note what the server holds; 0 and empty for nothing."""
    connection.execute("INSERT OR REPLACE INTO dipegang VALUES (?, ?, ?, ?)", (pegawai_id, periode, revision, sha256))


def _supersede_newer(connection: sqlite3.Connection, pegawai_id: int, periode: str, revision: int) -> None:
    """Set aside what builds on an envelope that the server will never hold; the draft still has the content."""
    connection.execute(
        "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE pegawai_id = ? AND periode = ? AND revisi > ?"
        " AND keadaan = 'queued'",
        (f"Tidak dikirim karena revisi {revision} tidak diterima server; isinya masih ada di draf.", pegawai_id, periode, revision),
    )
