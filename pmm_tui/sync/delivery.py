"""Delivers one outbox: marked before the first byte, one request in flight, oldest first, each result recorded.

What one line meets never stops the others; what every request would meet ends the run. Whatever happens in between, a crash or a
cancelled task too, a line that may have arrived is `unknown` afterwards and goes out again with the same bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple, ParamSpec, Protocol, TypeVar

import msgspec

from pmm_tui.errors import StorageError
from pmm_tui.skp.wire import WireMasalah, digest
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import Sealed
from pmm_tui.sync import told_back
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Answered, Conflict, Deferred, Outcome, Progress, Refused, Rejected, Sent, Stop
from pmm_tui.sync.verdict import Verdict, judge, strange_answers

P = ParamSpec("P")
T = TypeVar("T")

ALL = 1_000_000
_log = logging.getLogger("pmm_tui.sync")
_INTERRUPTED = "Pengiriman terputus; akan dikirim lagi."
_OLD_SERVER = (404, 405)


class Thread(Protocol):
    """Where the records are kept: the database's thread, or whatever stands for it where there is none."""

    def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """Run `work` there and wait for it."""

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> object:
        """Queue `work` there without waiting."""


class Desk(NamedTuple):
    """One outbox and where it goes; all but `pack` and `post` run in the thread of the records.

    `due` and `mark_sending` are the outbox's, `record` notes outcomes with what was learnt of the server by them, `give_back` those
    of a run that broke off. `held_back` are teachers of whom nothing goes now; `damaged` is said of a line that a disk changed.
    """

    pack: Callable[[Sequence[bytes]], bytes]
    post: Callable[[Sequence[bytes]], Awaitable[Answered | Refused | Stop]]
    due: Callable[[int], Sequence[Sealed]]
    mark_sending: Callable[[Sequence[int]], Sequence[int]]
    record: Callable[[Mapping[int, Outcome]], None]
    give_back: Callable[[Mapping[int, Outcome]], None]
    damaged: str
    held_back: frozenset[int] = frozenset()


def plan_desk(store: Store, client: Client, disputed: frozenset[int]) -> Desk:
    """The outbox of plans; those of teachers whose number is `disputed` stay."""
    box = store.outbox
    return Desk(
        pack=client.pack,
        post=client.post_batch,
        due=box.due,
        mark_sending=box.mark_sending,
        record=lambda outcomes: told_back.record(store, outcomes),
        give_back=box.record_all,
        damaged="Salinan yang akan dikirim rusak di disk; periksa rencananya lalu ajukan lagi.",
        held_back=disputed,
    )


def decision_desk(store: Store, client: Client) -> Desk:
    """The outbox of decisions."""
    box = store.decisions

    return Desk(
        pack=client.pack,
        post=lambda lines: post_decisions(client, lines),
        due=box.due,
        mark_sending=box.mark_sending,
        record=lambda outcomes: told_back.record_decisions(store, outcomes),
        give_back=box.record_all,
        damaged="Keputusan yang akan dikirim rusak di disk; baca rencananya lalu putuskan lagi.",
    )


async def post_decisions(client: Client, lines: Sequence[bytes]) -> Answered | Refused | Stop:
    """Send decisions in one request; a server of before is told as one."""
    answer = await client.post_decisions(lines)
    if isinstance(answer, Stop) and answer.status in _OLD_SERVER:
        reason = "Server ini belum dapat menerima keputusan kepala sekolah; minta pengelolanya memperbarui server."
        return msgspec.structs.replace(answer, reason=reason, kind="gangguan")
    return answer


class Delivery:
    """One way through one outbox. `outcomes` is filled by the outbox's ids; `limits` are those for the next one afterwards."""

    def __init__(
        self,
        desk: Desk,
        thread: Thread,
        is_cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
        limits: Limits,
        outcomes: dict[int, Outcome],
    ) -> None:
        self.limits = limits
        self._desk = desk
        self._thread = thread
        self._is_cancelled = is_cancelled
        self._on_progress = on_progress
        self._outcomes = outcomes
        self._halves: list[Sequence[Sealed]] = []  # what is left of a batch that was refused as a whole
        self._strange = 0
        self._total = 0
        self._held_back = 0

    async def through(self) -> Stop | None:
        """Send all that is due; returns the trouble that ended it early."""
        due = await self._thread.ask(self._desk.due, ALL)
        self._held_back = sum(entry.pegawai_id in self._desk.held_back for entry in due)
        self._total = len(due) - self._held_back
        self._report()
        while not self._is_cancelled():
            group = self._halves.pop() if self._halves else await self._next()
            if not group:
                return None
            verdict = await self._deliver(group)
            stop = self._learn(verdict, group)
            self._report()
            if stop:
                return stop
        return Stop(reason="Pengiriman dihentikan.", kind="batal", untouched=True)

    async def _next(self) -> Sequence[Sealed]:
        """The oldest that were not tried in this run, as many as fit into one batch."""
        deferred = sum(isinstance(outcome, Deferred) for outcome in self._outcomes.values())
        most = self.limits.envelopes + deferred + self._held_back
        due = await self._thread.ask(self._desk.due, most)
        group = [entry for entry in due if entry.id not in self._outcomes and entry.pegawai_id not in self._desk.held_back]
        group = group[: self.limits.envelopes]
        while len(group) > 1 and (size := len(self._desk.pack([k.line for k in group]))) > self.limits.bytes:
            group = group[: max(1, min(len(group) - 1, len(group) * self.limits.bytes // size))]
        return group

    async def _deliver(self, group: Sequence[Sealed]) -> Verdict:
        """Mark, send, record; on the way out by an exception nothing stays `sending`."""
        ask, desk = self._thread.ask, self._desk
        ids = [entry.id for entry in group]
        untouched = True
        try:
            taken = set(await ask(desk.mark_sending, ids))
            sound = [entry for entry in group if entry.id in taken and digest(entry.line) == entry.sha256]
            damaged = taken.difference(entry.id for entry in sound)
            outcomes: dict[int, Outcome] = dict.fromkeys(damaged, Rejected((WireMasalah(kode="rusak", pesan=desk.damaged),)))
            verdict = Verdict(outcomes=outcomes)
            if sound:
                untouched = False
                verdict = judge(await desk.post([entry.line for entry in sound]), sound)
                verdict.outcomes.update(outcomes)
            await ask(desk.record, verdict.outcomes)
        except BaseException:
            self._give_back(ids, untouched)
            raise
        _tell(sound, verdict)
        return verdict

    def _give_back(self, ids: Sequence[int], untouched: bool) -> None:
        """Queue the note that these are on their way no longer; not awaited, as the task may be cancelled or the disk full."""
        outcomes = dict.fromkeys(ids, Deferred(_INTERRUPTED, untouched))
        with suppress(StorageError):
            self._thread.submit(self._desk.give_back, outcomes)

    def _learn(self, verdict: Verdict, group: Sequence[Sealed]) -> Stop | None:
        """Take the verdict in; returns what ends the run."""
        if verdict.slow or verdict.large:
            self.limits = self.limits.halved()
        if verdict.split:
            middle = len(group) // 2
            self._halves += [group[middle:], group[:middle]]
            return None
        self._outcomes |= verdict.outcomes
        if verdict.good:
            self.limits = self.limits.grown()
        self._strange = self._strange + 1 if verdict.strange else 0
        if verdict.strange and (self._strange > 1 or len(group) > 1):
            return strange_answers()
        return verdict.stop

    def _report(self) -> None:
        done = len(self._outcomes)
        self._on_progress(Progress(done, max(done, self._total)))


def _tell(sound: Sequence[Sealed], verdict: Verdict) -> None:
    """Log what went out and what came of it."""
    size, kinds = sum(len(entry.line) for entry in sound), [type(outcome) for outcome in verdict.outcomes.values()]
    counts = [kinds.count(kind) for kind in (Sent, Rejected, Conflict, Deferred)]
    _log.info("batch of %d, %d bytes: %d sent, %d rejected, %d in conflict, %d deferred", len(sound), size, *counts)
