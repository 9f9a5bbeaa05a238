"""What goes by a file instead of by the network, and what such a file is about: envelopes and decisions by their digests.

Everything here runs in the database's thread.
"""

from __future__ import annotations

from collections.abc import Iterable

from pmm_tui.store import decision_views, outbox_views
from pmm_tui.store.database import Database
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.outbox_entry import OutboxEntry

_AT_ONCE = 500  # parameters of one statement
_NEWEST_SENT = """
SELECT k.pegawai_id, k.sha256 FROM kiriman AS k WHERE k.periode = ? AND k.keadaan = 'sent' AND k.status_server <> 'disetujui'
    AND NOT EXISTS (SELECT 1 FROM kiriman AS newer WHERE newer.pegawai_id = k.pegawai_id AND newer.periode = k.periode
        AND newer.keadaan = 'sent' AND (newer.revisi, newer.id) > (k.revisi, k.id))
ORDER BY k.id
"""


def awaiting_word(database: Database, periode: str) -> tuple[tuple[int, str], ...]:
    """Teacher and digest of the plans of a period that were sent and that the head has not approved, as far as is known here."""
    with database.readable():
        return tuple(database.connection.execute(_NEWEST_SENT, (periode,)).fetchall())


def envelopes_of(database: Database, digests: Iterable[str]) -> dict[str, OutboxEntry]:
    """The envelopes with these digests that stand here, by digest."""
    found: dict[str, OutboxEntry] = {}
    for some in _lots(digests):
        marks = ", ".join("?" * len(some))
        found |= {entry.sha256: entry for entry in outbox_views.envelopes(database, f"WHERE sha256 IN ({marks})", some)}
    return found


def decisions_of(database: Database, digests: Iterable[str]) -> dict[str, DecisionEntry]:
    """The decisions with these digests that stand here, by digest."""
    found: dict[str, DecisionEntry] = {}
    for some in _lots(digests):
        marks = ", ".join("?" * len(some))
        found |= {entry.sha256: entry for entry in decision_views.decisions(database, f"WHERE sha256 IN ({marks})", some)}
    return found


def _lots(digests: Iterable[str]) -> Iterable[tuple[str, ...]]:
    every = tuple(dict.fromkeys(digests))
    return (every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE))
