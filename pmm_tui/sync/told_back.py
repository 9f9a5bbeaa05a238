"""What was sent since the last fetch has to be told back by the next: a server that does not came back from a backup.

Its cursor and ETag cannot show that where the backup is as old as our last fetch: both are then the server's own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

import msgspec

from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Outcome, Sent
from pmm_tui.sync import freshness

_KEY = "tarik/belum-disebut"


def record(store: Store, outcomes: Mapping[int, Outcome]) -> None:
    """Note how attempts ended, and which envelopes the next fetch has to tell. In the database's thread."""
    with store.database.transaction():
        store.outbox.record_all(outcomes)
        if sent := [row_id for row_id, outcome in outcomes.items() if isinstance(outcome, Sent)]:
            _keep(store, [*_noted(store), *sent])
            freshness.forget(store)


def is_missing(store: Store, told: Mapping[tuple[int, str], int], digests: Container[str]) -> bool:
    """Whether one of them is not among what was told: neither its digest nor a later revision. In the database's thread."""
    noted = store.outbox.some(_noted(store)).values()
    return any(
        entry.keadaan == "sent" and entry.sha256 not in digests and told.get((entry.pegawai_id, entry.periode), 0) <= entry.revisi
        for entry in noted
    )


def clear(store: Store) -> None:
    """Forget them: they were told, or compared with all that the server holds. In the database's thread."""
    if _noted(store):
        _keep(store, [])


def _noted(store: Store) -> list[int]:
    try:
        return msgspec.json.decode(store.reference.memo(_KEY) or "[]", type=list[int])
    except msgspec.DecodeError:
        return []


def _keep(store: Store, ids: list[int]) -> None:
    store.reference.set_memo(_KEY, msgspec.json.encode(ids).decode())
