"""What a rule of `periksa` gets to see."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Periode, Skema
from pmm_tui.skp.model import Pegawai, RencanaKinerja


class Case(Struct, frozen=True):
    """A plan and all that it is judged by; see `periksa` for `jenjang`, `today` and `atasan`."""

    rencana: RencanaKinerja
    pegawai: Pegawai
    katalog: Katalog
    skema: Skema
    periode: Periode
    jenjang: str
    today: date | None
    atasan: str | None = None
