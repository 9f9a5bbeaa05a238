"""What was learnt of the server since the last fetch has to be told by the next: a server that does not came back from a backup.

Its cursor and ETag cannot show that where the backup is as old as our last fetch: both are then the server's own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

import msgspec

from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Outcome
from pmm_tui.sync import freshness

_KEY = "tarik/belum-disebut"
_Plan = tuple[int, str]


def record(store: Store, outcomes: Mapping[int, Outcome]) -> None:
    """Note how attempts ended, and of which plans the server holds something else than was told. In the database's thread."""
    with store.database.transaction():
        plans = {(entry.pegawai_id, entry.periode) for entry in store.outbox.some(outcomes).values()}
        before = {plan: store.held.held(*plan) for plan in plans}
        store.outbox.record_all(outcomes)
        if learnt := [plan for plan in sorted(plans) if store.held.held(*plan) != before[plan]]:
            _keep(store, sorted({*_noted(store), *learnt}))
            freshness.forget(store)


def is_missing(store: Store, digests: Container[str]) -> bool:
    """Whether what the server held of one of them is not among the digests that it told. In the database's thread."""
    held = [store.held.held(*plan) for plan in _noted(store)]
    return any(revision and sha256 not in digests for revision, sha256 in held)


def clear(store: Store) -> None:
    """Forget them: they were told, or compared with all that the server holds. In the database's thread."""
    if _noted(store):
        _keep(store, [])


def _noted(store: Store) -> list[_Plan]:
    try:
        return msgspec.json.decode(store.reference.memo(_KEY) or "[]", type=list[_Plan])
    except msgspec.DecodeError:
        return []


def _keep(store: Store, plans: list[_Plan]) -> None:
    store.reference.set_memo(_KEY, msgspec.json.encode(plans).decode())
