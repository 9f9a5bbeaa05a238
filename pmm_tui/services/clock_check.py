"""Whether this computer's clock can be right, and the day that rules and periods are judged by when it cannot.

An empty battery starts a computer in 1980 or 2019. Nothing may be refused or chosen by such a day: then the day is the later of
this version's release and the server's last answer, both of which are surely past.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from msgspec import Struct

import pmm_tui
from pmm_tui.dates import long_date, span
from pmm_tui.errors import StorageError
from pmm_tui.store import Store
from pmm_tui.sync.server_time import ServerTime

_LAST = "periode/berlaku"
_FAR = timedelta(days=1)
"""Zones of time, and clocks that go a little wrong, are no reason to doubt the day."""
_LONG = timedelta(days=3 * 365)
"""No operator works that long without asking the server once."""
_LIFE = timedelta(days=10 * 365)
"""Nobody uses a version that long: a server that says so is not believed."""


class ClockCheck(Struct, frozen=True):
    """The day to judge by, and a sentence when it is not the computer's own.

    `behind` tells that the clock shows a time that is surely past: then what was in force last is in force still.
    """

    day: date
    sentence: str = ""
    behind: bool = False


def check_clock(now: datetime, answer: ServerTime | None) -> ClockCheck:
    """Judge the clock, which shows `now`, by this version's release and the server's last answer."""
    released = datetime.fromisoformat(pmm_tui.RELEASED).replace(tzinfo=UTC)
    if answer is not None and not released - _FAR <= answer.server <= released + _LIFE:  # that server's own clock cannot be right
        answer = None
    told = answer.server if answer is not None and answer.server > released else None
    sure, day = (told, _day(told)) if told else (released, released.date())
    if now < sure - _FAR:
        known = "jawaban terakhir server" if told else "versi program ini terbit"
        return _wrong(now, day, f"{span((sure - now).total_seconds())} sebelum {known}", behind=True)
    if answer is None:
        return ClockCheck(_day(now))
    if answer.ours - answer.server > _FAR and now >= answer.ours - _FAR:  # as wrong as it was then
        return _wrong(now, day, f"{span((answer.ours - answer.server).total_seconds())} lebih cepat dari server")
    if now - answer.server > _LONG:
        return _wrong(now, day, f"{span((now - answer.server).total_seconds())} sesudah jawaban terakhir server")
    return ClockCheck(_day(now))


def last_in_force(store: Store) -> str:
    """The period that was last in force while the clock could be right; empty for none."""
    return store.reference.memo(_LAST) or ""


def keep_in_force(store: Store, periode: str) -> None:
    """Remember the period for `last_in_force`; where nothing can be written it is not."""
    if not store.database.read_only and last_in_force(store) != periode:
        with suppress(StorageError):  # it will be written when there is room again
            store.reference.set_memo(_LAST, periode)


def _wrong(now: datetime, day: date, why: str, *, behind: bool = False) -> ClockCheck:
    sentence = (
        f"Jam komputer ini keliru: {long_date(_day(now))}, {why};"
        f" betulkan tanggal dan jamnya, sementara itu dipakai {long_date(day)}."
    )
    return ClockCheck(day, sentence, behind)


def _day(at: datetime) -> date:
    """The day by the computer's own time zone."""
    return at.astimezone().date()
