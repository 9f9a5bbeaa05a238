"""What the command line hands to the screens: plain values, and the few things that only it can do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store

if TYPE_CHECKING:
    from pmm_tui.roster.model import BarisBanding


class Tampilan(Struct, frozen=True, kw_only=True):
    """How the screen looks; `warna` is false under NO_COLOR.

    `hemat` is the look for the thinnest lines; with `selisih` only changed cells are written to the terminal.
    """

    tema: str = "gelap"
    ascii: bool = False
    warna: bool = True
    hemat: bool = False
    selisih: bool = True
    mouse: bool = False


class HasilKirim(Struct, frozen=True, kw_only=True):
    """How a run of sending ended: a sentence, whether nothing is in the way, and seconds until a retry makes sense."""

    kalimat: str
    beres: bool
    tunggu: float | None = None


class HasilTarik(Struct, frozen=True, kw_only=True):
    """How fetching reference data ended."""

    kalimat: str
    beres: bool


class Pengaturan(Struct, frozen=True, kw_only=True):
    """What the first-run wizard asks for; `token` is empty when the stored one stays."""

    url: str = ""
    token: str = ""
    npsn: str = ""
    nama: str = ""
    jenjang: str = ""
    kepala: str = ""
    kepala_nip: str = ""
    plt: bool = False


class Layanan(Protocol):
    """What the screens ask of the outside; `kirim` and `tarik` import the network only when they are called."""

    store: Store
    latihan: bool
    """Whether this is the practice mode, which the title says."""

    def acuan(self) -> InForce:
        """Read the reference data in force anew."""

    def ganti_periode(self, periode: str) -> None:
        """Work on another period from now on."""

    def periode(self) -> tuple[tuple[Periode, str], ...]:
        """All periods that can be worked on, each with its scheme's label."""

    def sekarang(self) -> datetime:
        """The time, aware."""

    def hari_ini(self) -> date:
        """The day."""

    def server(self) -> str:
        """Where plans are sent to, for people; empty when no server is set."""

    async def jaga(self) -> str:
        """Check the records and make today's copy; a sentence when something is damaged. Raises StorageError."""

    def perlu_tarik(self) -> bool:
        """Whether a server is set and its reference data are missing or old."""

    async def kirim(self, berhenti: Callable[[], bool], maju: Callable[[int, int], None], paksa: bool) -> HasilKirim:
        """Send what waits. `maju(selesai, dari)` is called as answers come; `paksa`: the operator pressed it."""

    async def tarik(self) -> HasilTarik:
        """Fetch reference data from the server."""

    def pengaturan(self) -> Pengaturan:
        """The settings in force, without the token."""

    async def uji(self, pengaturan: Pengaturan) -> HasilTarik:
        """Try a connection with these settings, and say in words what is wrong."""

    def simpan(self, pengaturan: Pengaturan) -> None:
        """Write the configuration, and the token to its own file; raises PmmError."""

    def simpan_darurat(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        """Write a plan to a file of its own when the database cannot take it; raises PmmError."""

    def baca_guru(self, path: Path) -> tuple[tuple[BarisBanding, ...], str]:
        """Read a roster file against what is stored, and say how it was read; runs outside the loop. Raises InputError."""

    def laporan_galat(self, error: BaseException) -> Path | None:
        """Write a report without values or locals; its path, or None when that fails too."""


PetaTombol = Mapping[str, str]
