"""How far the school has come: one count for the progress bar, the head line and the commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from pmm_tui.skp.plan_state import State


class Progress(Struct, frozen=True):
    """How many plans are done, wait to be sent, need the operator, and are left; `not_needed` teachers need none and count nowhere.

    `ready` of the rest are complete and can be submitted.
    """

    done: int = 0
    waiting: int = 0
    needs_you: int = 0
    rest: int = 0
    ready: int = 0
    not_needed: int = 0

    @property
    def total(self) -> int:
        """How many plans are needed."""
        return self.done + self.waiting + self.needs_you + self.rest

    @property
    def words(self) -> str:
        """`10 dari 35 selesai · 2 antre · 4 perlu Anda`; what is none is left out."""
        more = ((self.waiting, "antre"), (self.needs_you, "perlu Anda"))
        return " · ".join((f"{self.done} dari {self.total} selesai", *(f"{count} {word}" for count, word in more if count)))

    def bar(self, cells: int) -> tuple[int, int, int]:
        """How many of the cells of a bar are done, waiting and rest.

        Full only when all is done, empty only when nothing is; whatever is there has a cell as long as there are enough.
        """
        parts = (self.done, self.waiting, self.total - self.done - self.waiting)
        if not self.total or cells < 1:
            return 0, 0, max(cells, 0)
        shares = [max(1, round(part * cells / self.total)) if part else 0 for part in parts]
        while sum(shares) > cells:
            shares[max(range(3), key=shares.__getitem__)] -= 1
        shares[2 if parts[2] else 1 if parts[1] else 0] += cells - sum(shares)
        return shares[0], shares[1], shares[2]


def progress_of(states: Iterable[State]) -> Progress:
    """Count how the plans of the school stand."""
    counted = Counter(states)
    done = sum(count for state, count in counted.items() if state.done)
    needs_you = sum(count for state, count in counted.items() if state.needs_attention)
    waiting, ready, not_needed = counted[State.QUEUED], counted[State.COMPLETE], counted[State.NOT_NEEDED]
    rest = counted.total() - done - needs_you - waiting - not_needed
    return Progress(done, waiting, needs_you, rest, ready, not_needed)
