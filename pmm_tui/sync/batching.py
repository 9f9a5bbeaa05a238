"""How much goes at once and when to try again: what a run of the sender hands on to the next, restarts included."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Annotated

import msgspec
from msgspec import Struct

from pmm_tui.store import Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Deferred, Outcome, Stop, next_delay

Ukuran = Annotated[int, msgspec.Meta(ge=1)]
_LIMITS = "kirim/batas"
_NO_GZIP = "kirim/tanpa-gzip"
_SERVER = "kirim/server"
_WAIT = "kirim/tunda"


class Tunda(Struct, frozen=True, kw_only=True):
    """When the next automatic attempt may be: after `gagal` failures in a row not before `sampai`.

    `wajib` marks a wait that the server asked for (Retry-After), which the operator's "send now" does not skip. `dicatat` is when
    this was decided: a clock that shows an earlier time has been set back, and then nothing is waited for.
    """

    gagal: int = 0
    sampai: datetime | None = None
    karena: str = ""
    wajib: bool = False
    dicatat: datetime | None = None

    def remaining(self, now: datetime, *, forced: bool = False) -> float:
        """Seconds still to wait, 0 for none; `forced` skips our own wait but not the server's."""
        if self.sampai is None or (forced and not self.wajib) or (self.dicatat and now < self.dicatat):
            return 0.0
        return max(0.0, (self.sampai - now).total_seconds())


def recall(store: Store, client: Client, limits: Limits) -> tuple[Limits, Tunda]:
    """Begin where the last run with this server left off: the size of a batch, the wait, and whether the server inflates."""
    if store.reference.memo(_NO_GZIP) == client.settings.url:
        client.gzip = False
    tunda = kept_backoff(store) if store.reference.memo(_SERVER) == client.settings.url else Tunda()
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
        if tunda != kept_backoff(store):
            store.reference.set_memo(_WAIT, msgspec.json.encode(tunda).decode())


def kept_backoff(store: Store) -> Tunda:
    """When the next automatic attempt may be, as the last run left it; nothing is waited for where that is damaged."""
    try:
        return msgspec.json.decode(store.reference.memo(_WAIT) or "{}", type=Tunda)
    except msgspec.DecodeError:
        return Tunda()


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
