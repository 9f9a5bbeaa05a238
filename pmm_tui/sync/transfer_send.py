"""Sends the lines of a transfer file from any computer, with no records of its own: what came of each goes back into the file.

The same batches, the same judgement of answers as for an outbox (`sync/delivery`). After each batch the file is written anew before
the next one leaves; where that was cut, the same bytes go again and get the same receipts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.wire import Change, ChangePage
from pmm_tui.sync.acquaintance import npsn_of
from pmm_tui.sync.delivery import Delivery, Desk, post_decisions
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.receipts import MAX_HELD_REVISION
from pmm_tui.sync.results import (
    Answered,
    Conflict,
    Deferred,
    Document,
    NotModified,
    Outcome,
    Progress,
    Refused,
    Rejected,
    SendReport,
    Sent,
    Stop,
)
from pmm_tui.sync.transfer_file import SUBMITTED, Item, Parcel
from pmm_tui.sync.transfer_lines import Line, decision_lines, plan_lines, result_of

P = ParamSpec("P")
T = TypeVar("T")
Post = Callable[[Sequence[bytes]], Awaitable[Answered | Refused | Stop]]

_FORBIDDEN = 403
_PAGES = 50
_DAMAGED = "Baris ini rusak di berkas; tulis ulang berkasnya di komputer asal."


class Carried(Struct, frozen=True, kw_only=True):
    """What a run came to: the file's content afterwards, the counts, and of how many plans the server told a decision."""

    parcel: Parcel
    report: SendReport
    news: int = 0


async def send_parcel(
    parcel: Parcel,
    client: Client,
    save: Callable[[Parcel], None],
    *,
    is_cancelled: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Progress], None] = lambda _: None,
    limits: Limits | None = None,
) -> Carried:
    """Send what has no answer yet, then ask how the file's plans stand; `save` puts the content into the file.

    Nothing is sent before the server has said that the token is of the file's school. Raises what `save` raises.
    """
    run = _Run(parcel, save, is_cancelled, on_progress, limits or Limits())
    async with client:
        stop = await run.through(client)
    return run.carried(stop)


class _Here:
    """There is no database: the work is done at once."""

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return work(*args, **kwargs)

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> object:
        return work(*args, **kwargs)


class _Box:
    """The lines of one kind, and what came of them; a line is marked by nothing, as it may always go again."""

    def __init__(self, items: Sequence[Item], lines: Sequence[Line], changed: Callable[[], None]) -> None:
        self.items = list(items)
        self.outcomes: dict[int, Outcome] = {}
        self._lines = {line.id: line for line in lines}
        self._changed = changed

    def due(self, limit: int) -> Sequence[Line]:
        """What has no answer yet, in the file's order, at most `limit`."""
        return [line for line in self._lines.values() if self.items[line.id].result is None][:limit]

    def record(self, outcomes: Mapping[int, Outcome]) -> None:
        """Put into the items what settled them."""
        results = {number: result_of(outcome, self._lines[number]) for number, outcome in outcomes.items()}
        for number, result in results.items():
            if result is not None:
                self.items[number] = msgspec.structs.replace(self.items[number], result=result)
        if any(results.values()):
            self._changed()

    def desk(self, client: Client, post: Post) -> Desk:
        """The box as a delivery takes it."""
        return Desk(
            pack=client.pack,
            post=post,
            due=self.due,
            mark_sending=lambda ids: ids,
            record=self.record,
            give_back=lambda _: None,
            damaged=_DAMAGED,
        )


class _Run:
    def __init__(
        self,
        parcel: Parcel,
        save: Callable[[Parcel], None],
        is_cancelled: Callable[[], bool],
        on_progress: Callable[[Progress], None],
        limits: Limits,
    ) -> None:
        self._parcel = parcel
        self._save = save
        self._is_cancelled = is_cancelled
        self._on_progress = on_progress
        self._limits = limits
        self._plans = _Box(parcel.plans, plan_lines(parcel.plans), self._keep)
        self._decisions = _Box(parcel.decisions, decision_lines(parcel.decisions), self._keep)
        self._news = 0
        self._changed = False  # something was told that the file does not have yet

    async def through(self, client: Client) -> Stop | None:
        """Make sure of the school, send plans and then decisions, ask how the plans stand."""
        answer = await client.sekolah()
        if isinstance(answer, Stop):
            return answer
        if stop := self._other_school(npsn_of(answer.value if isinstance(answer, Document) else None)):
            return stop
        stop = await self._deliver(client, self._plans, client.post_batch)
        if stop and stop.status != _FORBIDDEN:
            return stop
        if self._decisions.due(1):  # a token that may not submit plans may still decide on them
            stop = await self._deliver(client, self._decisions, lambda lines: post_decisions(client, lines)) or stop
        return stop or await self._ask_news(client)

    def carried(self, stop: Stop | None) -> Carried:
        """What the run came to."""
        plans = [type(outcome) for outcome in self._plans.outcomes.values()]
        decided = [type(outcome) for outcome in self._decisions.outcomes.values()]
        parcel = self._now()
        waiting, decisions_waiting = parcel.waiting
        report = SendReport(
            sent=plans.count(Sent),
            rejected=plans.count(Rejected),
            conflict=plans.count(Conflict),
            deferred=plans.count(Deferred),
            waiting=waiting,
            decided=decided.count(Sent),
            undecided=decided.count(Rejected) + decided.count(Conflict),
            decisions_deferred=decided.count(Deferred),
            decisions_waiting=decisions_waiting,
            stop=stop,
        )
        return Carried(parcel=parcel, report=report, news=self._news)

    def _other_school(self, theirs: str) -> Stop | None:
        if theirs == self._parcel.npsn:
            return None
        whose = f"milik sekolah NPSN {theirs}" if theirs else "tanpa NPSN menurut server"
        reason = (
            f"Berkas ini milik sekolah NPSN {self._parcel.npsn}, token di komputer ini {whose}; tidak ada yang dikirim."
            " Pakai token sekolah itu (PMM_TUI_TOKEN) atau komputer lain."
        )
        return Stop(reason=reason, kind="akses", untouched=True)

    async def _deliver(self, client: Client, box: _Box, post: Post) -> Stop | None:
        desk = box.desk(client, post)
        delivery = Delivery(desk, _Here(), self._is_cancelled, self._on_progress, self._limits, box.outcomes)
        stop = await delivery.through()
        self._limits = delivery.limits
        return stop

    async def _ask_news(self, client: Client) -> Stop | None:
        """Ask for all changes and keep those about the file's plans, which their digests name."""
        at = {item.sha256: number for number, item in enumerate(self._plans.items)}
        cursor = ""
        for _ in range(_PAGES if at else 0):
            page = await client.changes(cursor)
            if isinstance(page, Stop):
                return page
            if isinstance(page, NotModified):
                break
            try:
                told = decode(page.value, ChangePage, "Perubahan dari server")
            except ShapeError as error:
                return Stop(reason=f"{error.sentence} Bila berulang, hubungi pengelola server.", kind="rusak")
            for change in told.perubahan:
                if change.sha256 in at and 1 <= change.revisi <= MAX_HELD_REVISION:
                    self._tell(at[change.sha256], change)
            if told.cursor == cursor or page.value.get("lagi") is not True:
                break
            cursor = told.cursor
        if self._changed:
            self._keep()
        return None

    def _tell(self, number: int, change: Change) -> None:
        kept, news = self._plans.items[number], msgspec.structs.replace(change, pegawai="", oleh="")
        if kept.news != news:
            self._changed = True
            self._news += change.status != SUBMITTED
            self._plans.items[number] = msgspec.structs.replace(kept, news=news)

    def _keep(self) -> None:
        self._save(self._now())

    def _now(self) -> Parcel:
        plans, decisions = tuple(self._plans.items), tuple(self._decisions.items)
        return msgspec.structs.replace(self._parcel, plans=plans, decisions=decisions)
