"""Sends what waits, plans and then decisions: whose server is it, may it be tried again yet, and what a run came to."""

from __future__ import annotations

import logging
import random as chance
from collections.abc import Callable
from datetime import datetime

import msgspec

from pmm_tui.dates import clock
from pmm_tui.errors import ConfigError
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.sync import acquaintance, batching
from pmm_tui.sync.adopt import fetch_unseen
from pmm_tui.sync.delivery import ALL, Delivery, Desk, decision_desk, plan_desk
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Conflict, Deferred, Outcome, Progress, Rejected, SendReport, Sent, Stop
from pmm_tui.sync.roster_merge import disputed, told_roster

_FORBIDDEN = 403
_log = logging.getLogger("pmm_tui.sync")


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
    """One run: first the plans that wait, then the decisions."""

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
        self._plans: dict[int, Outcome] = {}
        self._decisions: dict[int, Outcome] = {}
        self._sentences: tuple[str, ...] = ()
        self._disputed: frozenset[int] = frozenset()  # teachers whose number is somebody else's on the server

    async def through(
        self, client_factory: Callable[[], Client], forced: bool, insist: bool, npsn: str, ended: Callable[[str], bool]
    ) -> SendReport:
        ask, outbox, decisions = self._store.database.ask, self._store.outbox, self._store.decisions
        await ask(outbox.recover)
        await ask(decisions.recover)
        waits = bool(await ask(outbox.due, 1) or await ask(decisions.due, 1))
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
            outcomes = (*self._plans.values(), *self._decisions.values())
            after = batching.backoff(stop, outcomes, before, self._now(), self._random)
            await ask(batching.keep, self._store, client, self._limits, after)
            if not stop and any(isinstance(outcome, Conflict) for outcome in outcomes):
                news, sentences, _ = await fetch_unseen(self._store, client, self._now)
                self._sentences += (*news, *sentences)
        return await self._summary(stop)

    async def _meet(self, client: Client, npsn: str, ended: Callable[[str], bool]) -> Stop | None:
        """Make sure that it is our school's server; what was sent elsewhere goes too."""
        met = await acquaintance.meet(self._store, client, npsn, ended)
        if isinstance(met, Stop):
            return met
        self._sentences += met
        due = await self._store.database.ask(self._store.outbox.due, ALL)
        everybody = await self._store.database.ask(_disputed, self._store)
        disputed = {entry.pegawai_id: everybody[entry.pegawai_id] for entry in due if entry.pegawai_id in everybody}
        self._sentences += tuple(disputed.values())
        self._disputed = frozenset(disputed)
        return None

    async def _send_all(self, client: Client) -> Stop | None:
        """Send both; a token that may not submit plans may still decide on them."""
        plans = await self._deliver(plan_desk(self._store, client, self._disputed), self._plans)
        if plans and plans.status != _FORBIDDEN:
            return plans
        if not await self._store.database.ask(self._store.decisions.due, 1):
            return plans
        return await self._deliver(decision_desk(self._store, client), self._decisions) or plans

    async def _deliver(self, desk: Desk, outcomes: dict[int, Outcome]) -> Stop | None:
        delivery = Delivery(desk, self._store.database, self._is_cancelled, self._on_progress, self._limits, outcomes)
        stop = await delivery.through()
        self._limits = delivery.limits
        return stop

    async def _summary(self, stop: Stop | None) -> SendReport:
        waiting = await _waiting(self._store)
        decisions = await self._store.database.ask(self._store.decisions.waiting)
        if stop and stop.kind != "tunda" and (waiting or decisions):
            what = " dan ".join(f"{count} {word}" for count, word in ((waiting, "rencana"), (decisions, "keputusan")) if count)
            stop = msgspec.structs.replace(stop, reason=f"{stop.reason} {what} aman di komputer ini.")
        kinds = [type(outcome) for outcome in self._plans.values()]
        decided = [type(outcome) for outcome in self._decisions.values()]
        _log.info("sending ended (%s), %d wait, %d decisions", stop.kind if stop else "done", waiting, decisions)
        return SendReport(
            sent=kinds.count(Sent),
            rejected=kinds.count(Rejected),
            conflict=kinds.count(Conflict),
            deferred=kinds.count(Deferred),
            waiting=waiting,
            decided=decided.count(Sent),
            undecided=len(decided) - decided.count(Sent) - decided.count(Deferred),
            decisions_deferred=decided.count(Deferred),
            decisions_waiting=decisions,
            sentences=self._sentences,
            stop=stop,
        )


def _disputed(store: Store) -> dict[int, str]:
    """In the database's thread."""
    return disputed(store.roster.all(), told_roster(store.reference.get("pegawai")))


async def _waiting(store: Store) -> int:
    counts = await store.database.ask(store.outbox.counts)
    return sum(counts[state] for state in OPEN_STATES)
