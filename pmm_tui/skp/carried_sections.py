"""What of one section of a plan fits another teacher, period and catalogue, and what stays behind and why."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, structs

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.model import (
    MAX_TARGET,
    RHK,
    Pegawai,
    PengembanganKompetensi,
    PerilakuKerja,
    PraktikPembelajaran,
    RencanaKinerja,
    Section,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.rangkuman import names_duty, proposed_tugas, rhk_sentence
from pmm_tui.skp.rules.content import MAX_RHK, rhk_key


class NotCarried(Struct, frozen=True):
    """What stays behind of a section, and why, both in words for people."""

    section: str
    what: str
    why: str


class Destination(Struct, frozen=True):
    """Where a plan is carried to: `katalog` is the one of that teacher, `named` knows what the source's ids were called.

    `own` tells that the source is an earlier plan of the same teacher.
    """

    pegawai: Pegawai
    before: RencanaKinerja
    katalog: Katalog
    named: Katalog
    skema: Skema
    jenjang: str
    own: bool


_Part = tuple[Section, tuple[NotCarried, ...]]


def carried_section(name: str, section: Section, at: Destination) -> _Part:
    """A section as it can stand there, empty where nothing of it fits, and what stays behind."""
    return _MAPPED[name](section, at) if name in _MAPPED else (section, ())


def _praktik(section: PraktikPembelajaran, at: Destination) -> _Part:
    name = "praktik_pembelajaran"
    order = [one.id for one in at.katalog.indikator]
    fits = tuple(sorted(set(section.indikator).intersection(order), key=order.index))
    left = [
        NotCarried(name, _indikator_label(item_id, at), "tidak ada di katalog periode ini")
        for item_id in dict.fromkeys(section.indikator)
        if item_id not in fits
    ]
    if len(fits) > at.skema.indikator_maks:
        labels = "; ".join(_indikator_label(item_id, at) for item_id in fits)
        left.append(NotCarried(name, labels, f"periode ini paling banyak {at.skema.indikator_maks} indikator; pilih lagi"))
        fits = ()
    return PraktikPembelajaran(indikator=fits), tuple(left)


def _indikator_label(item_id: str, at: Destination) -> str:
    known = at.katalog.find_indikator(item_id) or at.named.find_indikator(item_id)
    return known.label if known else item_id


def _kompetensi(section: PengembanganKompetensi, at: Destination) -> _Part:
    name = "pengembangan_kompetensi"
    taken: dict[str, RHK] = {}
    left: list[NotCarried] = []
    for rhk in section.rhk:
        named = at.katalog if rhk.kompetensi and at.katalog.find_kompetensi(rhk.kompetensi) else at.named
        what = rhk_sentence(rhk, named) or "RHK tanpa uraian"
        if why := _why_not_rhk(rhk, at, taken):
            left.append(NotCarried(name, what, why))
            continue
        target = min(max(rhk.target, 1), MAX_TARGET)
        if target != rhk.target:
            left.append(NotCarried(name, f"Target {rhk.target}: {what}", f"di luar 1 sampai {MAX_TARGET}; ditulis {target}"))
        poin = rhk.poin
        if not rhk.kompetensi and at.skema.poin_dipakai and not 1 <= poin <= at.skema.poin_maks:
            left.append(NotCarried(name, f"Poin: {what}", "periode ini memakai poin; isi poinnya"))
            poin = 0
        taken[rhk_key(rhk)] = structs.replace(rhk, target=target, poin=poin)
    return PengembanganKompetensi(rhk=tuple(taken.values())), tuple(left)


def _why_not_rhk(rhk: RHK, at: Destination, taken: dict[str, RHK]) -> str:
    """Why an RHK cannot be carried; empty when it can."""
    if rhk_key(rhk) in taken:
        return "sama dengan RHK lain di sumbernya"
    if len(taken) >= MAX_RHK:
        return f"RHK paling banyak {MAX_RHK}"
    if not rhk.kompetensi:
        return "" if at.katalog.kompetensi_umum.izinkan_rhk_bebas else "RHK di luar katalog tidak diperkenankan di periode ini"
    known = at.katalog.find_kompetensi(rhk.kompetensi)
    if known is None:
        return "tidak ada di katalog periode ini"
    return "" if known.aktif else "tidak ditawarkan lagi"


def _tugas(section: TugasTambahan, at: Destination) -> _Part:
    """Duties that are the teacher's own stay as they are, with their SK; of the source's only those that fit come to them."""
    name, stands = "tugas_tambahan", at.before.tugas_tambahan
    if not asks_duties(at.katalog):
        return TugasTambahan(), (NotCarried(name, "Tugas tambahan", "rencana kepala sekolah tidak memuatnya"),)
    if section.tidak_ada:
        if not names_duty(at.pegawai) and not stands.tugas:
            return TugasTambahan(tidak_ada=True), ()
        column = at.pegawai.tugas_tambahan
        why = f"Dapodik mencatat: {column}" if names_duty(at.pegawai) else "guru ini punya tugas tambahan di rencananya"
        return TugasTambahan(), (NotCarried(name, "Tidak ada tugas tambahan", why),)
    offered = {one.id for one in at.katalog.tugas_jenjang(at.jenjang)}
    fits = {*proposed_tugas(at.pegawai, at.katalog, at.jenjang), *(one.tugas for one in stands.tugas)}
    duties = {one.tugas: one for one in stands.tugas}
    left = []
    for item_id in dict.fromkeys(one.tugas for one in section.tugas):
        known = at.katalog.find_tugas(item_id)
        if known is None:
            why = "tidak ada di katalog periode ini"
        elif item_id not in offered:
            why = f"tidak ada di jenjang {at.jenjang}"
        elif not at.own and item_id not in fits:
            why = "tidak tercatat sebagai tugas guru ini"
        else:
            duties.setdefault(item_id, Tugas(tugas=item_id))
            continue
        named = known or at.named.find_tugas(item_id)
        left.append(NotCarried(name, named.label if named else item_id, why))
    return TugasTambahan(tugas=tuple(duties.values())), tuple(left)


def _perilaku(section: PerilakuKerja, at: Destination) -> _Part:
    name, most = "perilaku_kerja", at.skema.perilaku_per_nilai_maks
    chosen, fits = set(section.indikator), []
    left = [
        NotCarried(name, _perilaku_label(choice, at.named), "tidak ada di katalog periode ini")
        for choice in dict.fromkeys(section.indikator)
        if at.katalog.find_perilaku(choice) is None
    ]
    for perilaku in at.katalog.perilaku:
        of_value = [choice for item in perilaku.indikator if (choice := f"{perilaku.id}/{item.id}") in chosen]
        if len(of_value) > most:
            left.append(NotCarried(name, perilaku.label, f"periode ini paling banyak {most} indikator; pilih lagi"))
        else:
            fits.extend(of_value)
    return PerilakuKerja(indikator=tuple(fits)), tuple(left)


def _perilaku_label(choice: str, named: Katalog) -> str:
    known = named.find_perilaku(choice)
    return f"{known[0].label}: {known[1].label}" if known else choice


_MAPPED: dict[str, Callable[..., _Part]] = {
    "praktik_pembelajaran": _praktik,
    "pengembangan_kompetensi": _kompetensi,
    "tugas_tambahan": _tugas,
    "perilaku_kerja": _perilaku,
}
