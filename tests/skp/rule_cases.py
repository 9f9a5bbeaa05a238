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
from tests.skp.sample_plan import JENJANG, complete_plan, opening_day, sample_teacher

EVERY = ("2024-1", "2024-2", "2025", "2026", "2027")
"""The periods of the bundled catalogue."""
WITH_POINTS = ("2024-1", "2024-2")
"""Those whose scheme counts points."""
WITHOUT_POINTS = ("2025", "2026", "2027")
WITH_HOURS = ("2026", "2027")
"""Those under Permendikdasmen 11/2025, which counts at most six hours of tugas tambahan lain."""


class Sample(Struct, frozen=True, kw_only=True):
    """All that `periksa` gets to see."""

    periode: str
    katalog: Katalog
    rencana: RencanaKinerja
    pegawai: Pegawai
    jenjang: str = JENJANG
    today: date | None
    atasan: str | None = None

    def periksa(self) -> tuple[Masalah, ...]:
        """What is wrong with it."""
        at, rates = self.today, self.atasan
        return periksa(self.rencana, self.pegawai, self.periode, self.katalog, jenjang=self.jenjang, today=at, atasan=rates)


Change: TypeAlias = Callable[[Sample], Sample]


class RuleCase(Struct, frozen=True, kw_only=True):
    """One rule's word: where it points, whether it stops the plan, the changes that draw it, and those that do not.

    `shared` are the words that those changes cannot help drawing as well; `periode` where the rule exists.
    """

    code: str
    pointer: str
    error: tuple[Change, ...]
    right: tuple[Change, ...]
    blocks: bool = True
    shared: tuple[str, ...] = ()
    periode: tuple[str, ...] = EVERY


def sample(periode: str) -> Sample:
    """The faultless plan of that period, on the first day of its window."""
    katalog = bundled()
    return Sample(
        periode=periode,
        katalog=katalog,
        rencana=complete_plan(katalog, periode),
        pegawai=sample_teacher(),
        today=opening_day(katalog, periode),
    )


def check(case: RuleCase, periode: str) -> None:
    """Assert that the word comes with its place and weight where it should, alone, and not where it should not."""
    start = sample(periode)
    for edit in case.error:
        found = edit(start).periksa()
        ours = [m for m in found if m.kode == case.code]
        if periode not in case.periode:
            assert not ours
            continue
        assert [(m.pointer, m.halang) for m in ours] == [(case.pointer, case.blocks)], found
        assert {m.kode for m in found} == {case.code, *case.shared}
    for edit in case.right:
        assert case.code not in {m.kode for m in edit(start).periksa()}


# ---- changes


def pegawai(**other: Any) -> Change:
    """With those fields of the teacher."""
    return lambda c: msgspec.structs.replace(c, pegawai=msgspec.structs.replace(c.pegawai, **other))


def section(**other: Any) -> Change:
    """With those sections of the plan."""
    return lambda c: msgspec.structs.replace(c, rencana=msgspec.structs.replace(c.rencana, **other))


def rhk(*items: RHK) -> Change:
    """With those RHK and no others."""
    return section(pengembangan_kompetensi=PengembanganKompetensi(rhk=items))


def more_rhk(*items: RHK) -> Change:
    """With those RHK behind the plan's own two."""
    return lambda c: rhk(*c.rencana.pengembangan_kompetensi.rhk, *items)(c)


def tugas(*items: Tugas, tidak_ada: bool = False) -> Change:
    """With those tugas tambahan and no others."""
    return section(tugas_tambahan=TugasTambahan(tidak_ada=tidak_ada, tugas=items))


def skema(**other: Any) -> Change:
    """With those rules in every scheme."""

    def change(c: Sample) -> Sample:
        schemes = tuple(msgspec.structs.replace(s, **other) for s in c.katalog.skema)
        return katalog(skema=schemes)(c)

    return change


def katalog(**other: Any) -> Change:
    """With those parts of the catalogue."""
    return lambda c: msgspec.structs.replace(c, katalog=msgspec.structs.replace(c.katalog, **other))


def state(**other: Any) -> Change:
    """With another kind of school or another day."""
    return lambda c: msgspec.structs.replace(c, **other)


def then(*changes: Change) -> Change:
    """One change after the other."""

    def change(c: Sample) -> Sample:
        for each in changes:
            c = each(c)
        return c

    return change


def fixed(c: Sample) -> Sample:
    """No change."""
    return c
