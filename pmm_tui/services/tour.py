"""The tour of the practice mode: steps that are done by doing them on the practice school, in any order that makes sense.

Nothing here acts or waits: a step is behind one when what it asks for is there, however it came to be there.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct, structs

from pmm_tui.errors import PmmError
from pmm_tui.services.tour_facts import Facts, is_filled
from pmm_tui.services.tour_hint import hint
from pmm_tui.services.tour_words import ENDED, TRIED, StepId
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store

MEMO = "tur"
"""The name of the memo."""
COPIES = 5
"""For how many teachers plans are copied, in as many steps as one likes."""

TITLES: dict[StepId, str] = {
    "cari": "Cari guru",
    "isi": "Isi satu rencana",
    "salin": "Salin ke lima guru",
    "cetak": "Cetak lembarnya",
    "ajukan": "Ajukan",
    "perbaiki": "Perbaiki",
}
"""The steps in their order, and what each is called."""
NEEDS: dict[StepId, str] = {"salin": "salin"}
"""The action without which there is no such step."""


class TourMemo(Struct, frozen=True, kw_only=True, rename={"state": "keadaan", "done": "sudah", "skipped": "dilewati"}):
    """What is remembered of the tour: how it stands, and the steps done and skipped."""

    state: Literal["", "ditawarkan", "jalan", "ditutup", "selesai"] = ""
    done: tuple[StepId, ...] = ()
    skipped: tuple[StepId, ...] = ()


class Told(Struct, frozen=True):
    """What the tour says now: the step (None: it is over), its number of how many, and a sentence with holes for keys.

    `count` is how much of the step is done, where it is one to be done several times.
    """

    step: StepId | None
    number: int
    of: int
    sentence: str
    count: str = ""

    @property
    def title(self) -> str:
        """What the step is called, and how much of it is done."""
        return TITLES[self.step] + (f" ({self.count})" if self.count else "") if self.step else "Selesai"


# ---- what is remembered


def read_memo(store: Store) -> TourMemo:
    """What is remembered; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(store.reference.memo(MEMO) or "{}", type=TourMemo)
    except (msgspec.DecodeError, PmmError):
        return TourMemo()


def keep_memo(store: Store, memo: TourMemo) -> None:
    """Remember it; nobody waits for it to be written."""
    with suppress(PmmError):
        store.database.submit(store.reference.set_memo, MEMO, msgspec.json.encode(memo).decode())


# ---- how far it is


def begin(memo: TourMemo) -> TourMemo:
    """Begin, or go on where it was closed; after its end it begins anew, and what is there already is passed over."""
    if memo.state == "selesai":
        memo = structs.replace(memo, done=())
    return structs.replace(memo, state="jalan", skipped=())


def advance(memo: TourMemo, facts: Facts) -> TourMemo:
    """Take notice of what is there; the tour is over when no step is left."""
    done = tuple(step for step in TITLES if step in memo.done or _met(step, facts))
    memo = structs.replace(memo, done=done)
    return structs.replace(memo, state="selesai") if memo.state == "jalan" and _current(memo, facts) is None else memo


def skip(memo: TourMemo, facts: Facts) -> TourMemo:
    """Pass over the step at hand, undone."""
    step = _current(memo, facts)
    return advance(structs.replace(memo, skipped=(*memo.skipped, step)), facts) if step else memo


def tell(memo: TourMemo, facts: Facts) -> Told:
    """Say what to do next, or what has been done when the tour is over."""
    steps = _steps(facts)
    step = None if memo.state == "selesai" else _current(memo, facts)
    if step is None:
        tried = ", ".join(TRIED[one] for one in memo.done) or "belum ada"
        return Told(None, len(steps), len(steps), ENDED.replace("{dicoba}", tried))
    count = f"{facts.copied} dari {COPIES}" if step == "salin" and facts.copied else ""
    return Told(step, steps.index(step) + 1, len(steps), hint(step, facts), count)


def _steps(facts: Facts) -> list[StepId]:
    return [step for step in TITLES if step not in NEEDS or NEEDS[step] in facts.actions]


def _current(memo: TourMemo, facts: Facts) -> StepId | None:
    for step in _steps(facts):
        nothing_to_mend = step == "perbaiki" and not facts.returned
        if step not in memo.done and step not in memo.skipped and not nothing_to_mend:
            return step
    return None


def _met(step: StepId, facts: Facts) -> bool:
    if step == "cari":
        return facts.at.place == "rencana" or any(line.state in (State.DRAFT, State.COMPLETE) for line in facts.lines)
    if step == "isi":
        return bool(facts.submitted) or any(is_filled(line) for line in facts.lines)
    if step == "salin":
        return facts.copied >= COPIES
    if step == "cetak":
        return facts.printed
    if step == "ajukan":
        return bool(facts.submitted - facts.returned)
    return bool(facts.submitted & facts.returned)
