"""Sends what the outbox holds: marked before the first byte, one request in flight, oldest first, each result recorded.

What one envelope meets never stops the others; what every request would meet ends the run. Whatever happens in between, a crash or
a cancelled task too, an envelope that may have arrived is `unknown` afterwards and goes out again with the same bytes.
"""

from __future__ import annotations

import logging
import random as chance
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

import msgspec

from pmm_tui.dates import clock
from pmm_tui.errors import ConfigError, StorageError
from pmm_tui.skp.wire import WireMasalah, digest
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.sync import acquaintance, batching, told_back
from pmm_tui.sync.adopt import fetch_unseen
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Conflict, Deferred, Outcome, Progress, Rejected, SendReport, Sent, Stop
from pmm_tui.sync.roster_merge import disputed, told_roster
from pmm_tui.sync.verdict import Verdict, judge, strange_answers

_ALL = 1_000_000
_log = logging.getLogger("pmm_tui.sync")
_INTERRUPTED = "Pengiriman terputus; akan dikirim lagi."
_DAMAGED = WireMasalah(kode="rusak", pesan="Salinan yang akan dikirim rusak di disk; periksa rencananya lalu ajukan lagi.")


async def send_due(
    store: Store,
    client_factory: Callable[[], Client],
    *,
    now: Callable[[], datetime],
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    forced: bool = False,
    insist: bool = False,
    limits: Limits | None = None,
    random: Callable[[], float] = chance.random,
    npsn: str = "",
    ended: Callable[[str], bool] = lambda _: False,
) -> SendReport:
    """Send everything that waits and return what became of it.

    `forced` (the operator asked) skips our own backoff but not a wait that our server asked for, `insist` (asked twice) that too;
    `is_cancelled` is asked between requests. `npsn` is the school of this computer as far as it is known; `ended` tells of a period
    whether it has ended. Raises ConfigError of the client, StorageError.
    """
    if not store.outbox.one_sender.acquire(blocking=False):
        stop = Stop(reason="Pengiriman sedang berjalan.", kind="berjalan", untouched=True)
        return SendReport(waiting=await _waiting(store), stop=stop)
    try:
        run = _Run(store, now, is_cancelled, on_progress, limits or Limits(), random)
        return await run.through(client_factory, forced, insist, npsn, ended)
    finally:
        store.outbox.one_sender.release()


class _Run:
    """One run: what came of it so far, and what is left of a batch that was refused as a whole."""

    def __init__(
        self,
        store: Store,
        now: Callable[[], datetime],
        is_cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
        limits: Limits,
        random: Callable[[], float],
    ) -> None:
        self._store = store
        self._now = now
        self._is_cancelled = is_cancelled
        self._on_progress = on_progress
        self._limits = limits
        self._random = random
        self._halves: list[Sequence[OutboxEntry]] = []
        self._outcomes: dict[int, Outcome] = {}
        self._strange = 0
        self._total = 0
        self._sentences: tuple[str, ...] = ()
        self._disputed: dict[int, str] = {}  # by teacher: whose number is somebody else's on the server
        self._held_back = 0

    async def through(
        self, client_factory: Callable[[], Client], forced: bool, insist: bool, npsn: str, ended: Callable[[str], bool]
    ) -> SendReport:
        ask, outbox = self._store.database.ask, self._store.outbox
        await ask(outbox.recover)
        waits = bool(await ask(outbox.due, 1))
        if not waits and not (forced and await ask(outbox.any_sent)):
            return await self._summary(None)
        try:
            client = client_factory()
        except ConfigError:
            if waits:
                raise
            return await self._summary(None)
        async with client:
            if not waits and await ask(acquaintance.is_known, self._store, client.settings):
                return await self._summary(None)
            self._limits, before = await ask(batching.recall, self._store, client, self._limits)
            if before.until and (wait := before.remaining(self._now(), forced=forced, insist=insist)):
                sentence = f"{before.reason} Dikirim lagi sekitar pukul {clock(before.until)}.".strip()
                return await self._summary(Stop(reason=sentence, kind="tunda", retry_after=wait, untouched=True))
            stop = await self._meet(client, npsn, ended)
            if stop and not stop.status and stop.kind == "akses":  # another school's: no waiting mends that
                return await self._summary(stop)
            stop = stop or await self._send_all(client)
            after = batching.backoff(stop, self._outcomes.values(), before, self._now(), self._random)
            await ask(batching.keep, self._store, client, self._limits, after)
            if not stop and any(isinstance(outcome, Conflict) for outcome in self._outcomes.values()):
                news, sentences, _ = await fetch_unseen(self._store, client, self._now)
                self._sentences += (*news, *sentences)
        return await self._summary(stop)

    async def _meet(self, client: Client, npsn: str, ended: Callable[[str], bool]) -> Stop | None:
        """Make sure that it is our school's server; what was sent elsewhere goes too."""
        met = await acquaintance.meet(self._store, client, npsn, ended)
        if isinstance(met, Stop):
            return met
        self._sentences += met
        due = await self._store.database.ask(self._store.outbox.due, _ALL)
        everybody = await self._store.database.ask(_disputed, self._store)
        self._disputed = {entry.pegawai_id: everybody[entry.pegawai_id] for entry in due if entry.pegawai_id in everybody}
        self._sentences += tuple(self._disputed.values())
        self._held_back = sum(entry.pegawai_id in self._disputed for entry in due)
        self._total = len(due) - self._held_back
        self._report()
        return None

    async def _send_all(self, client: Client) -> Stop | None:
        while not self._is_cancelled():
            group = self._halves.pop() if self._halves else await self._next(client)
            if not group:
                return None
            verdict = await self._deliver(client, group)
            stop = self._learn(verdict, group)
            self._report()
            if stop:
                return stop
        return Stop(reason="Pengiriman dihentikan.", kind="batal", untouched=True)

    async def _next(self, client: Client) -> Sequence[OutboxEntry]:
        """The oldest that were not tried in this run, as many as fit into one batch."""
        deferred = sum(isinstance(outcome, Deferred) for outcome in self._outcomes.values())
        most = self._limits.envelopes + deferred + self._held_back
        due = await self._store.database.ask(self._store.outbox.due, most)
        group = [entry for entry in due if entry.id not in self._outcomes and entry.pegawai_id not in self._disputed]
        group = group[: self._limits.envelopes]
        while len(group) > 1 and (size := len(client.pack([k.line for k in group]))) > self._limits.bytes:
            group = group[: max(1, min(len(group) - 1, len(group) * self._limits.bytes // size))]
        return group

    async def _deliver(self, client: Client, group: Sequence[OutboxEntry]) -> Verdict:
        """Mark, send, record; on the way out by an exception nothing stays `sending`."""
        ask, outbox = self._store.database.ask, self._store.outbox
        ids = [entry.id for entry in group]
        untouched = True
        try:
            taken = set(await ask(outbox.mark_sending, ids))
            sound = [entry for entry in group if entry.id in taken and digest(entry.line) == entry.sha256]
            damaged = taken.difference(entry.id for entry in sound)
            outcomes: dict[int, Outcome] = dict.fromkeys(damaged, Rejected((_DAMAGED,)))
            verdict = Verdict(outcomes=outcomes)
            if sound:
                untouched = False
                verdict = judge(await client.post_batch([entry.line for entry in sound]), sound)
                verdict.outcomes.update(outcomes)
            await ask(told_back.record, self._store, verdict.outcomes)
        except BaseException:
            self._give_back(ids, untouched)
            raise
        _tell(sound, verdict)
        return verdict

    def _give_back(self, ids: Sequence[int], untouched: bool) -> None:
        """Queue the note that these are on their way no longer; not awaited, as the task may be cancelled or the disk full."""
        outcomes = dict.fromkeys(ids, Deferred(_INTERRUPTED, untouched))
        with suppress(StorageError):
            self._store.database.submit(self._store.outbox.record_all, outcomes)

    def _learn(self, verdict: Verdict, group: Sequence[OutboxEntry]) -> Stop | None:
        """Take the verdict in; returns what ends the run."""
        if verdict.slow or verdict.large:
            self._limits = self._limits.halved()
        if verdict.split:
            middle = len(group) // 2
            self._halves += [group[middle:], group[:middle]]
            return None
        self._outcomes |= verdict.outcomes
        if verdict.good:
            self._limits = self._limits.grown()
        self._strange = self._strange + 1 if verdict.strange else 0
        if verdict.strange and (self._strange > 1 or len(group) > 1):
            return strange_answers()
        return verdict.stop

    def _report(self) -> None:
        done = len(self._outcomes)
        self._on_progress(Progress(done, max(done, self._total)))

    async def _summary(self, stop: Stop | None) -> SendReport:
        waiting = await _waiting(self._store)
        if stop and stop.kind != "tunda" and waiting:
            stop = msgspec.structs.replace(stop, reason=f"{stop.reason} {waiting} rencana aman di komputer ini.")
        kinds = [type(outcome) for outcome in self._outcomes.values()]
        _log.info("sending ended (%s), %d wait", stop.kind if stop else "done", waiting)
        return SendReport(
            sent=kinds.count(Sent),
            rejected=kinds.count(Rejected),
            conflict=kinds.count(Conflict),
            deferred=kinds.count(Deferred),
            waiting=waiting,
            sentences=self._sentences,
            stop=stop,
        )


def _tell(sound: Sequence[OutboxEntry], verdict: Verdict) -> None:
    """Log what went out and what came of it."""
    size, kinds = sum(len(entry.line) for entry in sound), [type(outcome) for outcome in verdict.outcomes.values()]
    counts = [kinds.count(kind) for kind in (Sent, Rejected, Conflict, Deferred)]
    _log.info("batch of %d, %d bytes: %d sent, %d rejected, %d in conflict, %d deferred", len(sound), size, *counts)


def _disputed(store: Store) -> dict[int, str]:
    """In the database's thread."""
    return disputed(store.roster.all(), told_roster(store.reference.get("pegawai")))


async def _waiting(store: Store) -> int:
    counts = await store.database.ask(store.outbox.counts)
    return sum(counts[state] for state in OPEN_STATES)
