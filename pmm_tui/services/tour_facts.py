"""What the tour of the practice mode looks at: where the operator is, and what there is of plans, copies and files."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from pmm_tui.services.printed import has_printed
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store


class Place(Struct, frozen=True):
    """Where the operator is: a screen's place, the section and the teacher (0: nobody) of a plan that is open.

    `sought`: the list shows only whom somebody has searched.
    """

    place: str = "daftar"
    section: str = ""
    teacher: int = 0
    sought: bool = False


class Facts(Struct, frozen=True, kw_only=True):
    """What is there: all plans, whose were `submitted` from here, for how many the newest copy was, whether a file was printed.

    `actions` are the ids of what the program can do.
    """

    lines: tuple[PlanLine, ...]
    at: Place = Place()
    actions: frozenset[str] = frozenset()
    submitted: frozenset[int] = frozenset()
    copied: int = 0
    printed: bool = False

    def line(self, pegawai_id: int) -> PlanLine | None:
        """The line of one teacher."""
        return next((line for line in self.lines if line.pegawai.id == pegawai_id), None)


def facts_of(store: Store, lines: tuple[PlanLine, ...], periode: str, at: Place, actions: frozenset[str]) -> Facts:
    """Look at what is there; raises StorageError."""
    step = store.steps.last(periode)
    return Facts(
        lines=lines,
        at=at,
        actions=actions,
        submitted=frozenset(_submitted(store, lines, periode)),
        copied=step.count if step and step.kind in ("salin", "templat") else 0,
        printed=has_printed(store),
    )


def _submitted(store: Store, lines: Iterable[PlanLine], periode: str) -> Iterable[int]:
    """The teachers whose newest envelope was sealed here."""
    for line in lines:
        if line.state.is_submitted or line.state in (State.TO_FIX, State.CONFLICT, State.CHANGED):
            entry = store.outbox.newest(line.pegawai.id, periode)
            if entry is not None and not entry.asal:
                yield line.pegawai.id


def is_filled(line: PlanLine) -> bool:
    """Whether a plan of this computer needs nothing but the teacher's word."""
    missing = {masalah.kode for masalah in line.blocking}
    return line.state is State.COMPLETE or (line.state is State.DRAFT and missing == {"belum-dikonfirmasi"})
