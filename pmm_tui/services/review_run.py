"""One run through several plans: what was seen, said and submitted on the way, and what of it can be taken back."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_review import ReviewSheet, record
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.store import Store

_MOVED = "Rencana itu sudah diubah atau diajukan sesudahnya; keputusannya tidak ditarik."


class Decision(Struct, frozen=True):
    """What was decided of one plan: its content before, and the edit that the decision made."""

    pegawai_id: int
    before: RencanaKinerja
    edit: int
    words: str


class ReviewRun:
    """Counts teachers, each once; the newest decision is the first to be taken back."""

    def __init__(self) -> None:
        self.seen: set[int] = set()
        self.right: set[int] = set()
        self.confirmed: set[int] = set()
        self.submitted: set[int] = set()
        self.skipped: set[int] = set()
        self._decisions: list[Decision] = []

    def note(self, decision: Decision) -> None:
        """Remember what was decided."""
        self._decisions.append(decision)

    @property
    def last(self) -> Decision | None:
        """The newest decision that was not taken back."""
        return self._decisions[-1] if self._decisions else None

    def take_back(self, store: Store, in_force: InForce, sheet: ReviewSheet, at: datetime) -> Decision:
        """Make the plan of `sheet`, which is the newest decision's, what it was before; returns the decision.

        Raises InputError where the plan was edited or submitted since: then the decision is forgotten here; StorageError.
        """
        decision = self._decisions[-1]
        if sheet.edit != decision.edit or sheet.line.state.is_submitted:
            self._decisions.pop()
            raise InputError(_MOVED)
        edit = record(store, in_force, sheet, decision.before, at)
        self._decisions.pop()
        self._decisions = [  # an earlier one that this was made upon stands again, under a newer number
            structs.replace(one, edit=edit) if (one.pegawai_id, one.edit) == (decision.pegawai_id, decision.edit - 1) else one
            for one in self._decisions
        ]
        return decision

    def sentence(self) -> str:
        """What was done: `12 rencana dilihat, 10 dinyatakan sesuai, 8 dikonfirmasi, 3 diajukan, 2 dilewati`."""
        told = (
            (self.right, "dinyatakan sesuai"),
            (self.confirmed, "dikonfirmasi"),
            (self.submitted, "diajukan"),
            (self.skipped - self.submitted, "dilewati"),
        )
        return ", ".join([f"{len(self.seen)} rencana dilihat", *(f"{len(ids)} {word}" for ids, word in told if ids)])
