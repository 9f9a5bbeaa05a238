"""What panes and dialogs are handed of a plan, as a value."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import own_sasaran
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.skp.model import Masalah, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.store.outbox_entry import OutboxEntry


class PlanView(Struct, frozen=True, kw_only=True):
    """All that is shown of a plan besides the section that is edited.

    `status` is what the outbox says of this plan, as a sentence; `submitted`: the plan as it stands is sealed or sent; `locked`: it
    is open for reading; `approved`: the head has approved what was sent, and the server refuses changes until it is sent back;
    `returned`: the head has sent it back, with `note`; `decided` is when the head decided; `today` is proposed as a date;
    `rapor_words` say where a rapor of the school's own comes from, empty for the server's. `newest` is the newest envelope of it,
    and `revision` the number that the next one will have.
    """

    pegawai: Pegawai
    sekolah: Sekolah
    katalog: Katalog
    skema: Skema
    periode: Periode
    rapor: Rapor
    rapor_words: str = ""
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

    @property
    def rater(self) -> str:
        """Who rates the plan: the head, of the head's own plan their atasan; empty where that is not known."""
        return _rater(self.katalog, self.sekolah)

    @property
    def rater_post(self) -> str:
        """The post of who rates the plan, where the name is not known."""
        return _post(self.katalog)


def rater_words(katalog: Katalog, sekolah: Sekolah) -> str:
    """Who rates the plans of a catalogue's kind of teacher: the name, or the post where that is not known."""
    return _rater(katalog, sekolah) or _post(katalog)


def _rater(katalog: Katalog, sekolah: Sekolah) -> str:
    if own_sasaran(katalog) is not None:
        return sekolah.atasan.nama
    kepala = sekolah.kepala_sekolah
    return f"{kepala.nama}{' (Plt.)' if kepala.plt else ''}" if kepala.nama else ""


def _post(katalog: Katalog) -> str:
    own = own_sasaran(katalog)
    return own.atasan.lower() if own and own.atasan else "kepala sekolah"
