"""One thing to mend before a plan is entered, about one teacher or the whole school, and whether somebody has ticked it off."""

from __future__ import annotations

import hashlib
from datetime import datetime

from msgspec import Struct

from pmm_tui.skp.mending import Mending, System, mending_of
from pmm_tui.skp.model import Pegawai


class Finding(Struct, frozen=True, kw_only=True):
    """What was found. `pegawai` is None for the whole school, `sign` tells one fault of a code from another.

    `step` is what to do where that is not the code's own. `ticked_at` is when it was ticked off (None: it is open), `again_at` when
    data came anew after that and still had the fault.
    """

    pegawai: Pegawai | None = None
    kode: str
    sentence: str
    sign: str
    blocks: bool = False
    step: str = ""
    ticked_at: datetime | None = None
    again_at: datetime | None = None

    @property
    def mending(self) -> Mending:
        """Where, by whom and how it is mended."""
        return mending_of(self.kode)

    @property
    def system(self) -> System:
        """Where it is mended."""
        return self.mending.system

    @property
    def next_step(self) -> str:
        """The step to take."""
        return self.step or self.mending.step

    @property
    def is_open(self) -> bool:
        """Whether nobody has ticked it off."""
        return self.ticked_at is None

    @property
    def to_mend(self) -> bool:
        """Whether it is open and a fault for certain."""
        return self.is_open and self.mending.certain

    @property
    def kind(self) -> str:
        """Whether it stops, warns, or has to be looked at."""
        if not self.mending.certain:
            return "perlu dicek"
        return "menghalangi" if self.blocks else "peringatan"

    @property
    def who(self) -> str:
        """The teacher's name, or the school."""
        return self.pegawai.nama if self.pegawai else "Sekolah"

    @property
    def key(self) -> tuple[int, str]:
        """The teacher's local id (0: the whole school) and the code: what a tick is about."""
        return (self.pegawai.id if self.pegawai else 0), self.kode


def sign_of(kode: str, *facts: str) -> str:
    """What tells one fault of a code from another, without holding anybody's number."""
    return hashlib.sha256("\x1f".join((kode, *facts)).encode()).hexdigest()[:16]
