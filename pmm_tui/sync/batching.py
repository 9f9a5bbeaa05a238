"""How much goes at once and when to try again: what a run of the sender hands on to the next, restarts included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Annotated

import msgspec

from pmm_tui.store import Store, Tunda
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Deferred, Outcome, Stop, next_delay

Ukuran = Annotated[int, msgspec.Meta(ge=1)]
_LIMITS = "kirim/batas"
_NO_GZIP = "kirim/tanpa-gzip"
_SERVER = "kirim/server"


def recall(store: Store, client: Client, limits: Limits) -> tuple[Limits, Tunda]:
    """Begin where the last run with this server left off: the size of a batch, the wait, and whether the server inflates."""
    if store.reference.memo(_NO_GZIP) == client.settings.url:
        client.gzip = False
    tunda = store.outbox.backoff() if store.reference.memo(_SERVER) == client.settings.url else Tunda()
    try:
        amplop, size = msgspec.json.decode(store.reference.memo(_LIMITS) or "", type=tuple[Ukuran, Ukuran])
    except msgspec.DecodeError:
        return limits, tunda
    return msgspec.structs.replace(limits, amplop=min(amplop, limits.amplop_maks), bytes=min(size, limits.bytes_maks)), tunda


def keep(store: Store, client: Client, limits: Limits, tunda: Tunda) -> None:
    """Hand on what changed."""
    memos = {_LIMITS: msgspec.json.encode((limits.amplop, limits.bytes)).decode(), _SERVER: client.settings.url}
    if not client.gzip:
        memos[_NO_GZIP] = client.settings.url
    with store.database.transaction():
        for key, value in memos.items():
            if store.reference.memo(key) != value:
                store.reference.set_memo(key, value)
        if tunda != store.outbox.backoff():
            store.outbox.set_backoff(tunda)


def backoff(stop: Stop | None, outcomes: Iterable[Outcome], before: Tunda, now: datetime, random: Callable[[], float]) -> Tunda:
    """When the next automatic attempt may be, after a run that was ended by `stop` or came to its end.

    A server's Retry-After counts before our own full jitter and gets up to a fifth on top, so that those it sent away do not all
    come back at once.
    """
    outcomes = tuple(outcomes)
    deferred = [outcome.karena for outcome in outcomes if isinstance(outcome, Deferred)]
    if stop and stop.kind == "batal":
        return before
    if not stop and not deferred:
        return Tunda()
    gagal = 1 if len(deferred) < len(outcomes) else before.gagal + 1
    wish = stop.retry_after if stop else None
    wait = next_delay(gagal, random) if wish is None else wish * (1 + 0.2 * random())
    return Tunda(
        gagal=gagal,
        sampai=now + timedelta(seconds=wait),
        karena=stop.karena if stop else deferred[0],
        wajib=wish is not None,
        dicatat=now,
    )
