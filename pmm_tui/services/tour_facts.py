"""What the tour of the practice mode looks at: where the operator is, and what there is of plans, copies and files."""

from __future__ import annotations

from msgspec import Struct

from pmm_tui.services.printed import has_printed
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store

SENT_BACK = "dikembalikan"
"""What the server says of a plan that the head has sent back."""


class Place(Struct, frozen=True):
    """Where the operator is: a screen's place, the section and the teacher (0: nobody) of a plan that is open.

    `sought`: the list shows only whom somebody has searched.
    """

    place: str = "daftar"
    section: str = ""
    teacher: int = 0
    sought: bool = False


class Facts(Struct, frozen=True, kw_only=True):
    """What is there: all plans, for how many teachers copies stand, whether a file was printed.

    `submitted` are the teachers whose plan went away from here last, `returned` those whose plan the head ever sent back.
    `actions` are the ids of what the program can do.
    """

    lines: tuple[PlanLine, ...]
    at: Place = Place()
    actions: frozenset[str] = frozenset()
    submitted: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    copied: int = 0
    printed: bool = False

    def line(self, pegawai_id: int) -> PlanLine | None:
        """The line of one teacher."""
        return next((line for line in self.lines if line.pegawai.id == pegawai_id), None)


def facts_of(store: Store, lines: tuple[PlanLine, ...], periode: str, at: Place, actions: frozenset[str]) -> Facts:
    """Look at what is there; raises StorageError."""
    entries = store.outbox.all(periode)
    newest = {entry.pegawai_id: entry for entry in sorted(entries, key=lambda one: one.revisi) if entry.keadaan != "superseded"}
    return Facts(
        lines=lines,
        at=at,
        actions=actions,
        submitted=frozenset(of for of, entry in newest.items() if not entry.asal and entry.status_server != SENT_BACK),
        returned=frozenset(entry.pegawai_id for entry in entries if entry.status_server == SENT_BACK),
        copied=len(store.steps.touched(periode, ("salin", "templat", "bawa"))),
        printed=has_printed(store),
    )


def is_filled(line: PlanLine) -> bool:
    """Whether a plan of this computer needs nothing but the teacher's word."""
    missing = {masalah.kode for masalah in line.blocking}
    return line.state is State.COMPLETE or (line.state is State.DRAFT and missing == {"belum-dikonfirmasi"})
