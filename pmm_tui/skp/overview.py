"""The list of teachers with how each plan stands: one computation for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import Masalah, Pegawai, RencanaKinerja
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.plan_state import Keadaan, Terkirim, keadaan_rencana


class Tersimpan(Protocol):
    """What has to be known of a stored draft."""

    @property
    def rencana(self) -> RencanaKinerja:
        """The plan."""

    @property
    def suntingan(self) -> int:
        """The number of its last edit."""


class Ikhtisar(Struct, frozen=True):
    """One line of the list."""

    pegawai: Pegawai
    keadaan: Keadaan
    masalah: tuple[Masalah, ...]

    @property
    def blocking(self) -> tuple[Masalah, ...]:
        """The problems that stop the plan from being sent."""
        return tuple(m for m in self.masalah if m.halang)

    @property
    def halangan(self) -> int:
        """How many problems stop the plan from being sent."""
        return len(self.blocking)


def plan_line(
    pegawai: Pegawai,
    rencana: RencanaKinerja | None,
    suntingan: int,
    kiriman: Terkirim | None,
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    hari_ini: date | None = None,
) -> Ikhtisar:
    """Return the line of one teacher.

    `rencana` and `suntingan` are the draft's (None and 0: never begun), `kiriman` is the newest envelope. A plan that was never
    begun lists only what is wrong with the teacher's own data: that can be mended in Dapodik before the filling.
    """
    masalah = periksa(rencana or RencanaKinerja(), pegawai, periode, katalog, jenjang=jenjang, hari_ini=hari_ini)
    if rencana is None:
        masalah = tuple(m for m in masalah if m.bagian == "data_diri" and m.kode != "belum-sesuai")
    return Ikhtisar(pegawai, keadaan_rencana(rencana, suntingan, masalah, kiriman), masalah)


def ikhtisar(
    semua: Iterable[Pegawai],
    draf: Mapping[int, Tersimpan],
    kiriman: Mapping[int, Terkirim],
    periode: str,
    katalog: Katalog,
    *,
    jenjang: str = "",
    hari_ini: date | None = None,
) -> tuple[Ikhtisar, ...]:
    """Return a line for each teacher, in the order given.

    `draf` and `kiriman` (the newest envelope) are by the teacher's local id.
    """
    lines = []
    for pegawai in semua:
        d = draf.get(pegawai.id)
        rencana, suntingan = (d.rencana, d.suntingan) if d else (None, 0)
        sealed = kiriman.get(pegawai.id)
        lines.append(plan_line(pegawai, rencana, suntingan, sealed, periode, katalog, jenjang=jenjang, hari_ini=hari_ini))
    return tuple(lines)
