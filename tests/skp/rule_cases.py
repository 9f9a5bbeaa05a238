"""How one rule is tried: changes of a faultless plan that draw its word, and near ones that do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, Masalah, Pegawai, PengembanganKompetensi, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.periksa import periksa
from tests.skp.sample_plan import JENJANG, guru_contoh, hari_dibuka, rencana_lengkap

SEMUA = ("2024-1", "2024-2", "2025", "2026")
"""The periods of the bundled catalogue."""
BERPOIN = ("2024-1", "2024-2")
"""Those whose scheme counts points."""
TANPA_POIN = ("2025", "2026")


class Contoh(Struct, frozen=True, kw_only=True):
    """All that `periksa` gets to see."""

    periode: str
    katalog: Katalog
    rencana: RencanaKinerja
    pegawai: Pegawai
    jenjang: str = JENJANG
    hari_ini: date | None

    def periksa(self) -> tuple[Masalah, ...]:
        """What is wrong with it."""
        return periksa(self.rencana, self.pegawai, self.periode, self.katalog, jenjang=self.jenjang, hari_ini=self.hari_ini)


Ubah: TypeAlias = Callable[[Contoh], Contoh]


class Uji(Struct, frozen=True, kw_only=True):
    """One rule's word: where it points, whether it stops the plan, the changes that draw it, and those that do not.

    `bersama` are the words that those changes cannot help drawing as well; `periode` where the rule exists.
    """

    kode: str
    pointer: str
    salah: tuple[Ubah, ...]
    benar: tuple[Ubah, ...]
    halang: bool = True
    bersama: tuple[str, ...] = ()
    periode: tuple[str, ...] = SEMUA


def contoh(periode: str) -> Contoh:
    """The faultless plan of that period, on the first day of its window."""
    katalog = bundled()
    return Contoh(
        periode=periode,
        katalog=katalog,
        rencana=rencana_lengkap(katalog, periode),
        pegawai=guru_contoh(),
        hari_ini=hari_dibuka(katalog, periode),
    )


def cek(uji: Uji, periode: str) -> None:
    """Assert that the word comes with its place and weight where it should, alone, and not where it should not."""
    awal = contoh(periode)
    for ubah in uji.salah:
        found = ubah(awal).periksa()
        ours = [m for m in found if m.kode == uji.kode]
        if periode not in uji.periode:
            assert not ours
            continue
        assert [(m.pointer, m.halang) for m in ours] == [(uji.pointer, uji.halang)], found
        assert {m.kode for m in found} == {uji.kode, *uji.bersama}
    for ubah in uji.benar:
        assert uji.kode not in {m.kode for m in ubah(awal).periksa()}


# ---- changes


def pegawai(**lain: Any) -> Ubah:
    """With those fields of the teacher."""
    return lambda c: msgspec.structs.replace(c, pegawai=msgspec.structs.replace(c.pegawai, **lain))


def bagian(**lain: Any) -> Ubah:
    """With those sections of the plan."""
    return lambda c: msgspec.structs.replace(c, rencana=msgspec.structs.replace(c.rencana, **lain))


def rhk(*items: RHK) -> Ubah:
    """With those RHK and no others."""
    return bagian(pengembangan_kompetensi=PengembanganKompetensi(rhk=items))


def rhk_lagi(*items: RHK) -> Ubah:
    """With those RHK behind the plan's own two."""
    return lambda c: rhk(*c.rencana.pengembangan_kompetensi.rhk, *items)(c)


def tugas(*items: Tugas, tidak_ada: bool = False) -> Ubah:
    """With those tugas tambahan and no others."""
    return bagian(tugas_tambahan=TugasTambahan(tidak_ada=tidak_ada, tugas=items))


def skema(**lain: Any) -> Ubah:
    """With those rules in every scheme."""

    def change(c: Contoh) -> Contoh:
        schemes = tuple(msgspec.structs.replace(s, **lain) for s in c.katalog.skema)
        return katalog(skema=schemes)(c)

    return change


def katalog(**lain: Any) -> Ubah:
    """With those parts of the catalogue."""
    return lambda c: msgspec.structs.replace(c, katalog=msgspec.structs.replace(c.katalog, **lain))


def keadaan(**lain: Any) -> Ubah:
    """With another kind of school or another day."""
    return lambda c: msgspec.structs.replace(c, **lain)


def lalu(*changes: Ubah) -> Ubah:
    """One change after the other."""

    def change(c: Contoh) -> Contoh:
        for each in changes:
            c = each(c)
        return c

    return change


def tetap(c: Contoh) -> Contoh:
    """No change."""
    return c
