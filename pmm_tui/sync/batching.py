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

Size = Annotated[int, msgspec.Meta(ge=1)]
_LIMITS = "kirim/batas"
_NO_GZIP = "kirim/tanpa-gzip"
SENT_TO = "kirim/server"
"""The memo of the address that was last sent to."""
_WAIT = "kirim/tunda"


class Backoff(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"failures": "gagal", "until": "sampai", "reason": "karena", "mandatory": "wajib", "noted_at": "dicatat"},
):
    """When the next automatic attempt may be: after `failures` in a row not before `until`.

    `mandatory` marks a wait that our own server asked for (Retry-After), which the operator's "send now" skips only when it is said
    twice. `noted_at` is
    when this was decided: a clock that shows an earlier time has been set back, and then nothing is waited for.
    """

    failures: int = 0
    until: datetime | None = None
    reason: str = ""
    mandatory: bool = False
    noted_at: datetime | None = None

    def remaining(self, now: datetime, *, forced: bool = False, insist: bool = False) -> float:
        """Seconds still to wait, 0 for none; `forced` skips our own wait but not the server's, `insist` skips both."""
        if self.until is None or insist or (forced and not self.mandatory) or (self.noted_at and now < self.noted_at):
            return 0.0
        return max(0.0, (self.until - now).total_seconds())


def recall(store: Store, client: Client, limits: Limits) -> tuple[Limits, Backoff]:
    """Begin where the last run with this server left off: the size of a batch, the wait, and whether the server inflates."""
    if store.reference.memo(_NO_GZIP) == client.settings.url:
        client.gzip = False
    backoff = kept_backoff(store) if store.reference.memo(SENT_TO) == client.settings.url else Backoff()
    try:
        envelopes, size = msgspec.json.decode(store.reference.memo(_LIMITS) or "", type=tuple[Size, Size])
    except msgspec.DecodeError:
        return limits, backoff
    return msgspec.structs.replace(
        limits, envelopes=min(envelopes, limits.max_envelopes), bytes=min(size, limits.max_bytes)
    ), backoff


def keep(store: Store, client: Client, limits: Limits, backoff: Backoff) -> None:
    """Hand on what changed."""
    memos = {_LIMITS: msgspec.json.encode((limits.envelopes, limits.bytes)).decode(), SENT_TO: client.settings.url}
    if not client.gzip:
        memos[_NO_GZIP] = client.settings.url
    with store.database.transaction():
        for key, value in memos.items():
            if store.reference.memo(key) != value:
                store.reference.set_memo(key, value)
        if backoff != kept_backoff(store):
            store.reference.set_memo(_WAIT, msgspec.json.encode(backoff).decode())


def kept_backoff(store: Store) -> Backoff:
    """When the next automatic attempt may be, as the last run left it; nothing is waited for where that is damaged."""
    try:
        return msgspec.json.decode(store.reference.memo(_WAIT) or "{}", type=Backoff)
    except msgspec.DecodeError:
        return Backoff()


def backoff(stop: Stop | None, outcomes: Iterable[Outcome], before: Backoff, now: datetime, random: Callable[[], float]) -> Backoff:
    """When the next automatic attempt may be, after a run that was ended by `stop` or came to its end.

    A server's Retry-After counts before our own full jitter and gets up to a fifth on top, so that those it sent away do not all
    come back at once. Only our own server's binds the operator.
    """
    outcomes = tuple(outcomes)
    deferred = [outcome.reason for outcome in outcomes if isinstance(outcome, Deferred)]
    if stop and stop.kind == "batal":
        return before
    if not stop and not deferred:
        return Backoff()
    failures = 1 if len(deferred) < len(outcomes) else before.failures + 1
    wish = stop.retry_after if stop else None
    wait = next_delay(failures, random) if wish is None else wish * (1 + 0.2 * random())
    return Backoff(
        failures=failures,
        until=now + timedelta(seconds=wait),
        reason=stop.reason if stop else deferred[0],
        mandatory=stop is not None and stop.binding,
        noted_at=now,
    )
