"""What is known of the newest envelope of each plan, without any of its content: for lists that tell more than a state."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.store.database import Database
from pmm_tui.store.outbox_entry import State
from pmm_tui.store.outbox_views import REPLACED

_TOLD = f"""
SELECT k.pegawai_id, k.revisi, k.keadaan, k.tanda_terima, k.waktu_server, k.status_server, k.catatan
FROM kiriman AS k WHERE k.periode = ? AND k.keadaan <> 'superseded' AND NOT {REPLACED}
"""  # noqa: S608  (put together from words of ours)
_REPLACED_BY_SENT = """
SELECT k.id FROM kiriman AS k
WHERE k.periode = ? AND k.keadaan = 'sent' AND EXISTS (SELECT 1 FROM kiriman AS newer WHERE newer.pegawai_id = k.pegawai_id
    AND newer.periode = k.periode AND (newer.revisi, newer.id) > (k.revisi, k.id) AND newer.keadaan = 'sent')
"""


class Told(Struct, frozen=True):
    """A plan's newest envelope and the server's words about it; see `OutboxEntry`."""

    revisi: int
    keadaan: State
    tanda_terima: str
    waktu_server: str
    status_server: str
    catatan: str


def told(database: Database, periode: str) -> dict[int, Told]:
    """What is known of the newest envelope of each plan of a period, by the teacher's id; one statement."""
    return database.call(_read, database, periode)


def _read(database: Database, periode: str) -> dict[int, Told]:
    with database.readable():
        return {pegawai_id: Told(*rest) for pegawai_id, *rest in database.connection.execute(_TOLD, (periode,))}


def replaced(database: Database, periode: str) -> frozenset[int]:
    """The ids of a period's envelopes that were sent and in whose place a newer revision was sent since."""
    rows = database.call(lambda: database.connection.execute(_REPLACED_BY_SENT, (periode,)).fetchall())
    return frozenset(row_id for (row_id,) in rows)


def last_receipt(database: Database, pegawai_id: int, periode: str) -> tuple[int, str, str] | None:
    """Revision, receipt and the server's time of the newest envelope of a plan that has a receipt."""
    return database.call(_last_receipt, database, pegawai_id, periode)


def _last_receipt(database: Database, pegawai_id: int, periode: str) -> tuple[int, str, str] | None:
    found: tuple[int, str, str] | None = database.connection.execute(
        "SELECT revisi, tanda_terima, waktu_server FROM kiriman WHERE pegawai_id = ? AND periode = ? AND tanda_terima <> ''"
        " ORDER BY revisi DESC, id DESC LIMIT 1",
        (pegawai_id, periode),
    ).fetchone()
    return found
