"""What was learnt of the server since the last fetch has to be told by the next: a server that does not came back from a backup.

Its cursor and ETag cannot show that where the backup is as old as our last fetch: both are then the server's own.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

import msgspec

from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Outcome, Sent
from pmm_tui.sync import freshness

_KEY = "tarik/belum-disebut"
_DECIDED = "tarik/keputusan-belum-disebut"
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


def record_decisions(store: Store, outcomes: Mapping[int, Outcome]) -> None:
    """Note how attempts to deliver decisions ended, and on which plans some arrived. In the database's thread."""
    with store.database.transaction():
        store.decisions.record_all(outcomes)
        sent = {row_id for row_id, outcome in outcomes.items() if isinstance(outcome, Sent)}
        decided = {(entry.pegawai_id, entry.periode) for entry in store.decisions.all() if entry.id in sent}
        if decided:
            _keep(store, sorted({*_noted(store, _DECIDED), *decided}), _DECIDED)
            freshness.forget(store)


def is_missing(store: Store, digests: Container[str], plans: Container[_Plan]) -> bool:
    """Whether what the server held of one of them is not among the digests that it told, or a plan that was decided on not among
    the `plans`. In the database's thread.
    """
    held = [store.held.held(*plan) for plan in _noted(store)]
    missing = any(revision and sha256 not in digests for revision, sha256 in held)
    return missing or any(plan not in plans for plan in _noted(store, _DECIDED))


def clear(store: Store) -> None:
    """Forget them: they were told, or compared with all that the server holds. In the database's thread."""
    for key in (_KEY, _DECIDED):
        if _noted(store, key):
            _keep(store, [], key)


def _noted(store: Store, key: str = _KEY) -> list[_Plan]:
    try:
        return msgspec.json.decode(store.reference.memo(key) or "[]", type=list[_Plan])
    except msgspec.DecodeError:
        return []


def _keep(store: Store, plans: list[_Plan], key: str = _KEY) -> None:
    store.reference.set_memo(key, msgspec.json.encode(plans).decode())
