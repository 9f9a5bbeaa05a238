"""What panes and dialogs are handed of a plan, as a value."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.skp.model import Masalah, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.store.outbox_entry import OutboxEntry


class PlanView(Struct, frozen=True, kw_only=True):
    """All that is shown of a plan besides the section that is edited.

    `status` is what the outbox says of this plan, as a sentence; `submitted`: the plan as it stands is sealed or sent; `locked`: it
    is open for reading; `approved`: the head has approved what was sent, and the server refuses changes until it is sent back;
    `returned`: the head has sent it back, with `note`; `decided` is when the head decided; `today` is proposed as a date. `newest` is
    the newest envelope of it, and `revision` the number that the next one will have.
    """

    pegawai: Pegawai
    sekolah: Sekolah
    katalog: Katalog
    skema: Skema
    periode: Periode
    rapor: Rapor
    rencana: RencanaKinerja
    masalah: tuple[Masalah, ...] = ()
    status: str = ""
    submitted: bool = False
    locked: bool = False
    approved: bool = False
    returned: bool = False
    note: str = ""
    today: date
    server: str = ""
    decided: str = ""
    newest: OutboxEntry | None = None
    revision: int = 1
