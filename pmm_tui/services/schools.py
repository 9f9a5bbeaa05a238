"""The schools that one computer keeps: what is told of each, and whose a copy of records is."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from msgspec import Struct

from pmm_tui.errors import PmmError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import all_lines
from pmm_tui.services.progress import Progress, progress_of
from pmm_tui.store import Store
from pmm_tui.store.recovery.inspection import duplicate
from pmm_tui.sync.known_school import owner_of


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


def owner_of_copy(path: Path, workshop: Path) -> str:
    """The NPSN of the school whose records lie in a database file that nobody has open; empty where that cannot be known.

    It is looked at in a copy inside the folder `workshop`, which is removed again.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".pmm-tui-periksa-", dir=workshop) as folder:
            copy = Path(folder) / "periksa.db"
            duplicate(path, copy)
            with Store.open(copy) as store:
                return owner_of(store)
    except (PmmError, OSError):
        return ""  # whoever takes the copy says what is wrong with it
