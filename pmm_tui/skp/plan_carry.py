"""One plan carried onto another: what of it fits the teacher, period and catalogue there, and what does not and why.

Never carried: data diri, the number and date of an SK, and the teacher's confirmation, which any change takes back.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, structs

from pmm_tui.skp.carried_sections import Destination, NotCarried, carried_section
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import own_sasaran
from pmm_tui.skp.model import DataDiri, Pegawai, Rangkuman, RencanaKinerja, Section, Tugas, TugasTambahan

__all__ = ["PARTS", "Carried", "NotCarried", "bare", "carry", "filled_parts", "has_content", "whose", "without_decrees"]

PARTS = ("rapor_pendidikan", "praktik_pembelajaran", "pengembangan_kompetensi", "tugas_tambahan", "perilaku_kerja")
"""The sections that can be carried, in the order of the form."""


class Carried(Struct, frozen=True):
    """The plan that came of it; the sections that are others than before, those that keep their own content, and what was left."""

    rencana: RencanaKinerja
    changed: tuple[str, ...]
    left: tuple[NotCarried, ...]
    kept: tuple[str, ...] = ()


def carry(
    source: RencanaKinerja,
    onto: RencanaKinerja | None,
    *,
    pegawai: Pegawai,
    katalog: Katalog,
    periode: str,
    jenjang: str = "",
    parts: Iterable[str] = PARTS,
    replace: bool = False,
    own: bool = False,
    named: Katalog | None = None,
) -> Carried:
    """Carry `parts` of a plan onto a teacher's plan of a period (None: never begun), under the catalogue in force there.

    A section that has content is kept unless `replace`; one of which nothing fits is never emptied. `own` tells that the source is
    an earlier plan of the same teacher, whose duties are then theirs. `named` is the catalogue that the source was made under, for
    the words of what stays behind. Raises ShapeError for a period that the catalogue does not have.
    """
    skema = katalog.skema_periode(periode)
    katalog = katalog.for_periode(periode).for_jenis_ptk(pegawai.jenis_ptk)
    before = onto or RencanaKinerja()
    at = Destination(pegawai, before, katalog, (named or katalog).for_jenis_ptk(pegawai.jenis_ptk), skema, jenjang, own)
    wanted, plan = set(parts), before
    changed: list[str] = []
    kept: list[str] = []
    left: list[NotCarried] = []
    for name in PARTS:
        given, stands = getattr(source, name), getattr(before, name)
        if name not in wanted or not has_content(given):
            continue
        if has_content(stands) and not replace:
            if without_decrees(stands) != without_decrees(given):
                kept.append(name)
            continue
        section, behind = carried_section(name, given, at)
        left.extend(behind)
        if has_content(section) and section != stands:
            plan = plan.with_section(section)
            changed.append(name)
    return Carried(plan, tuple(changed), tuple(left), tuple(kept))


def has_content(section: Section) -> bool:
    """Whether anything was entered in a section."""
    return section != type(section)()


def filled_parts(rencana: RencanaKinerja) -> tuple[str, ...]:
    """The sections of a plan that can be carried and say something."""
    return tuple(name for name in PARTS if has_content(getattr(rencana, name)))


def bare(rencana: RencanaKinerja) -> RencanaKinerja:
    """A plan without what is one teacher's alone: no data diri, no SK, no confirmation."""
    duties = without_decrees(rencana.tugas_tambahan)
    assert isinstance(duties, TugasTambahan)
    return structs.replace(rencana, data_diri=DataDiri(), tugas_tambahan=duties, rangkuman=Rangkuman())


def without_decrees(section: Section) -> Section:
    """A section without the numbers and dates of decrees."""
    if not isinstance(section, TugasTambahan):
        return section
    return structs.replace(section, tugas=tuple(Tugas(tugas=one.tugas) for one in section.tugas))


def whose(katalog: Katalog, jenis_ptk: str) -> str:
    """The id of the form that somebody of that Jenis PTK plans by; empty for a teacher's."""
    own = own_sasaran(katalog.for_jenis_ptk(jenis_ptk))
    return own.id if own else ""
