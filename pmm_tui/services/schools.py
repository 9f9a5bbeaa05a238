"""The schools that one computer keeps: what is told of each."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import all_lines
from pmm_tui.services.progress import Progress, progress_of
from pmm_tui.store import Store


class SchoolLine(Struct, frozen=True, kw_only=True):
    """One school of this computer: `here` is the one that is open, `first` the one that was there before all others.

    `teachers` are counted in all periods, `progress` in the one in force; both None where its records cannot be read now, and then
    `why` says why.
    """

    npsn: str
    name: str = ""
    periode: str = ""
    teachers: int | None = None
    progress: Progress | None = None
    here: bool = False
    first: bool = False
    why: str = ""

    @property
    def words(self) -> str:
        """How far it is: `10 dari 35 selesai · 2 antre`, or why that is not known."""
        if self.progress is None:
            return self.why or "belum ada data"
        return self.progress.words if self.progress.total else "belum ada guru"


def count_school(line: SchoolLine, store: Store, in_force: InForce, today: date) -> SchoolLine:
    """Fill in what a school's records say of it."""
    lines = all_lines(store, in_force, today)
    return SchoolLine(
        npsn=line.npsn,
        name=in_force.sekolah.nama or line.name,
        periode=in_force.periode,
        teachers=len(lines),
        progress=progress_of(one.state for one in lines),
        here=line.here,
        first=line.first,
    )
