"""What differs between two plans, field by field, and a plan put together from both."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from pmm_tui.dates import long_date, parse_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    Rangkuman,
    RaporPendidikan,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.rangkuman import pangkat_golongan, rhk_sentence, satuan_rhk

Place: TypeAlias = tuple[str, str]
"""A section, and in it a field: a member's name, a kompetensi or its sentence, a tugas, a nilai."""

SECTION_LABELS = {
    "data_diri": "Data Diri",
    "rapor_pendidikan": "Rapor Pendidikan",
    "praktik_pembelajaran": "Praktik Pembelajaran",
    "pengembangan_kompetensi": "Pengembangan Kompetensi",
    "tugas_tambahan": "Tugas Tambahan",
    "perilaku_kerja": "Perilaku Kerja",
    "rangkuman": "Rangkuman",
}
"""The official name of each section, in the order of the form."""
_MEMBERS = {
    "golongan": "Golongan",
    "jenjang_jabatan": "Jenjang jabatan",
    "sesuai": "Data sudah sesuai",
    "dimengerti": "Saya mengerti",
    "indikator": "Indikator",
    "tidak_ada": "Tidak ada tugas tambahan",
    "konfirmasi": "Sudah dikonfirmasi guru",
}
_NONE = "tidak ada"


class FieldDifference(Struct, frozen=True, kw_only=True):
    """One field that two plans have otherwise: where, what section and field are called, and what each says, as a short text."""

    place: Place
    heading: str
    label: str
    mine: str
    theirs: str

    @property
    def section(self) -> str:
        """The section's key."""
        return self.place[0]


def differences(mine: RencanaKinerja, theirs: RencanaKinerja, katalog: Katalog, periode: str = "") -> tuple[FieldDifference, ...]:
    """What differs, in the order of the form; sections are named as the scheme of the period names them."""
    skema = katalog.skema_periode(periode) if katalog.find_periode(periode) else None
    ours, others = _fields(mine), _fields(theirs)
    places = [*ours, *(place for place in others if place not in ours)]
    places.sort(key=lambda place: list(SECTION_LABELS).index(place[0]))
    return tuple(
        FieldDifference(
            place=place,
            heading=skema.step_label(place[0], SECTION_LABELS[place[0]]) if skema else SECTION_LABELS[place[0]],
            label=_label(place, ours, others, katalog),
            mine=_text(ours, place, katalog),
            theirs=_text(others, place, katalog),
        )
        for place in places
        if ours.get(place) != others.get(place)
    )


def combined(mine: RencanaKinerja, theirs: RencanaKinerja, from_theirs: Collection[Place]) -> RencanaKinerja:
    """My plan with these fields as the other has them.

    What is neither of the two as a whole nobody has confirmed yet.
    """
    ours, others = _fields(mine), _fields(theirs)
    fields = {place: value for place, value in ours.items() if place not in from_theirs}
    fields |= {place: others[place] for place in others if place in from_theirs}
    order = [*ours, *(place for place in others if place not in ours)]
    fields = {place: fields[place] for place in order if place in fields}
    plan = _plan(fields, mine)
    return next((one for one in (mine, theirs) if _content(one) == _content(plan)), plan)


def _content(rencana: RencanaKinerja) -> dict[Place, Any]:
    fields = _fields(rencana)
    fields.pop(("rangkuman", "konfirmasi"), None)
    return fields


def _fields(rencana: RencanaKinerja) -> dict[Place, Any]:
    """All that a plan says, by place; a field that says nothing is not there."""
    r = rencana
    fields: dict[Place, Any] = {
        ("data_diri", "golongan"): r.data_diri.golongan,
        ("data_diri", "jenjang_jabatan"): r.data_diri.jenjang_jabatan,
        ("data_diri", "sesuai"): r.data_diri.sesuai,
        ("rapor_pendidikan", "dimengerti"): r.rapor_pendidikan.dimengerti,
        ("praktik_pembelajaran", "indikator"): r.praktik_pembelajaran.indikator,
    }
    for rhk in r.pengembangan_kompetensi.rhk:
        fields["pengembangan_kompetensi", free_name(fields, "pengembangan_kompetensi", rhk.kompetensi or rhk.uraian)] = rhk
    fields["tugas_tambahan", "tidak_ada"] = r.tugas_tambahan.tidak_ada
    for tugas in r.tugas_tambahan.tugas:
        fields["tugas_tambahan", free_name(fields, "tugas_tambahan", tugas.tugas)] = tugas
    for choice in r.perilaku_kerja.indikator:
        place = ("perilaku_kerja", choice.partition("/")[0])
        fields[place] = (*fields.get(place, ()), choice)
    fields["rangkuman", "konfirmasi"] = r.rangkuman if r.rangkuman != Rangkuman() else None
    return {place: value for place, value in fields.items() if value}


def free_name(fields: Collection[Place], section: str, name: str) -> str:
    """The name of a field of a section, numbered where others of the same name stand before it."""
    names = [name, *(f"{name} ({count})" for count in range(2, 1000))]
    return next(one for one in names if (section, one) not in fields)


def _plan(fields: Mapping[Place, Any], mine: RencanaKinerja) -> RencanaKinerja:
    def every(section: str, kind: type) -> tuple[Any, ...]:
        return tuple(value for (at, _), value in fields.items() if at == section and isinstance(value, kind))

    data_diri = {name: value for (at, name), value in fields.items() if at == "data_diri"}
    tugas = every("tugas_tambahan", Tugas)
    return RencanaKinerja(
        data_diri=DataDiri(**data_diri),
        rapor_pendidikan=RaporPendidikan(dimengerti=bool(fields.get(("rapor_pendidikan", "dimengerti")))),
        praktik_pembelajaran=PraktikPembelajaran(indikator=fields.get(("praktik_pembelajaran", "indikator"), ())),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=every("pengembangan_kompetensi", RHK)),
        tugas_tambahan=TugasTambahan(tidak_ada=bool(fields.get(("tugas_tambahan", "tidak_ada"))) and not tugas, tugas=tugas),
        perilaku_kerja=PerilakuKerja(indikator=tuple(choice for one in every("perilaku_kerja", tuple) for choice in one)),
    )


def _label(place: Place, ours: Mapping[Place, Any], others: Mapping[Place, Any], katalog: Katalog) -> str:
    section, name = place
    value = ours.get(place) or others.get(place)
    if isinstance(value, RHK):
        return rhk_sentence(value, katalog)
    if isinstance(value, Tugas):
        known = katalog.find_tugas(value.tugas)
        return known.label if known else value.tugas
    if section == "perilaku_kerja":
        return next((p.label for p in katalog.perilaku if p.id == name), name)
    return _MEMBERS.get(name, name)


def _text(fields: Mapping[Place, Any], place: Place, katalog: Katalog) -> str:
    value = fields.get(place)
    match value:
        case None:
            return _NONE if place[1] not in ("sesuai", "dimengerti", "tidak_ada", "konfirmasi") else "belum"
        case RHK():
            return f"{value.target} {satuan_rhk(value, katalog)}".strip()
        case Tugas():
            at = parse_date(value.tanggal_sk)
            parts = (f"SK {value.nomor_sk}" if value.nomor_sk else "", long_date(at) if at else value.tanggal_sk)
            return ", ".join(part for part in parts if part) or "ada"
        case Rangkuman() | True:
            return "ya"
        case tuple():
            return "; ".join(_choice(one, place[0], katalog) for one in value)
        case _ if place[1] == "golongan":
            return pangkat_golongan(str(value), katalog)
        case _:
            level = katalog.find_jenjang(str(value))
            return level.label if level else str(value)


def _choice(item_id: str, section: str, katalog: Katalog) -> str:
    if section == "perilaku_kerja":
        found = katalog.find_perilaku(item_id)
        return found[1].label if found else item_id
    known = katalog.find_indikator(item_id)
    return known.label if known else item_id
