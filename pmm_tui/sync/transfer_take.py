"""Takes what a transfer file brought back into the records, by the rules and functions of the network.

Lines are found by the digest of their bytes; a result settles only the line that it names, and only one that is still open. What is
known here already, or is about lines of other records, changes nothing. Everything here runs in the database's thread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from pmm_tui.skp.wire import Change
from pmm_tui.store import Store, carried
from pmm_tui.store.decision_entry import DecisionEntry, Sealed
from pmm_tui.store.outbox_entry import Conflict, Deferred, OutboxEntry, Outcome, Rejected, Sent
from pmm_tui.sync import receipts, told_back
from pmm_tui.sync.standing import take_standing
from pmm_tui.sync.transfer_file import SUBMITTED, Item, Parcel

_OPEN = ("queued", "unknown")


class Taken(Struct, frozen=True, kw_only=True):
    """What a file brings: outcomes by outbox id, and how plans stand.

    `again` counts answers that are known here already, `foreign` lines that do not stand here, `unanswered` those without an
    answer, `doubtful` answers that are not about the line beside them.
    """

    plans: dict[int, Outcome] = {}
    decisions: dict[int, Outcome] = {}
    news: tuple[tuple[int, Change], ...] = ()
    again: int = 0
    foreign: int = 0
    unanswered: int = 0
    doubtful: int = 0

    @property
    def decided(self) -> int:
        """Of how many plans it tells a decision."""
        return sum(news.status != SUBMITTED for _, news in self.news)

    @property
    def anything(self) -> bool:
        """Whether it brings what is not known here yet."""
        return bool(self.plans or self.decisions or self.news)

    def count(self, kind: type[Sent | Rejected | Conflict], *, of: str = "plans") -> int:
        """How many of the `plans` or `decisions` ended that way."""
        outcomes = self.plans if of == "plans" else self.decisions
        return sum(isinstance(outcome, kind) for outcome in outcomes.values())


def look(store: Store, parcel: Parcel) -> Taken:
    """What taking the file in would change; changes nothing."""
    database = store.database
    plans = carried.envelopes_of(database, (item.sha256 for item in parcel.plans))
    decisions = carried.decisions_of(database, (item.sha256 for item in parcel.decisions))
    found, found_decisions = _outcomes(parcel.plans, plans), _outcomes(parcel.decisions, decisions)
    told = [(plans[item.sha256], item.news) for item in parcel.plans if item.news is not None and item.sha256 in plans]
    both = (*parcel.plans, *parcel.decisions)
    return Taken(
        plans=found.outcomes,
        decisions=found_decisions.outcomes,
        news=tuple((entry.pegawai_id, news) for entry, news in told if _is_news(store, entry, news)),
        again=found.again + found_decisions.again,
        foreign=sum(item.sha256 not in plans and item.sha256 not in decisions for item in both),
        unanswered=sum(item.waits for item in both),
        doubtful=found.doubtful + found_decisions.doubtful,
    )


def take(store: Store, parcel: Parcel) -> Taken:
    """Take it in, all of it or nothing; what the file brought is returned."""
    with store.database.transaction():
        taken = look(store, parcel)
        store.outbox.mark_sending(taken.plans)
        told_back.record(store, taken.plans)
        store.decisions.mark_sending(taken.decisions)
        told_back.record_decisions(store, taken.decisions)
        for pegawai_id, news in taken.news:
            take_standing(store, pegawai_id, news)
    return taken


class _Found(Struct, frozen=True):
    outcomes: dict[int, Outcome]
    again: int
    doubtful: int


def _outcomes(items: Iterable[Item], entries: Mapping[str, OutboxEntry] | Mapping[str, DecisionEntry]) -> _Found:
    """What the answers in the file mean for the lines that stand here and are open."""
    answered = [(entries[item.sha256], item) for item in items if item.result is not None and item.sha256 in entries]
    outcomes: dict[int, Outcome] = {}
    again = doubtful = 0
    for entry, item in answered:
        outcome = _judged(item, entry)
        if isinstance(outcome, Deferred):
            doubtful += 1
        elif entry.keadaan in _OPEN and not getattr(entry, "ditahan", 0):
            outcomes[entry.id] = outcome
        else:
            again += 1
    return _Found(dict(sorted(outcomes.items())), again, doubtful)


def _judged(item: Item, entry: Sealed) -> Outcome:
    answers: Sequence[object] = (msgspec.to_builtins(item.result),)
    return receipts.check(answers, [entry])[0][entry.id]


def _is_news(store: Store, entry: OutboxEntry, told: Change) -> bool:
    """Whether the file tells of this very line, and nothing older than what is known: an older file changes nothing back."""
    if (told.periode, told.revisi, told.sha256) != (entry.periode, entry.revisi, entry.sha256):
        return False
    holds = store.held.held(entry.pegawai_id, entry.periode)
    if holds != (entry.revisi, entry.sha256):
        return entry.revisi > holds[0]
    known = store.decisions.plan(entry.pegawai_id, entry.periode)
    if known is None or not known.waktu:
        return True
    if (known.status, known.nomor, known.waktu) == (told.status, told.keputusan, told.waktu):
        return False
    then, now = _time(known.waktu), _time(told.waktu)
    return then is not None and now is not None and now >= then


def _time(text: str) -> datetime | None:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo else None
