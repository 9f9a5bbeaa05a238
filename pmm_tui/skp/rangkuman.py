"""The figures and sentences of a plan that are computed, never stored."""

from __future__ import annotations

import re

from pmm_tui.dates import long_date, parse_date
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_tables import Skema, TugasKind
from pmm_tui.skp.model import CONFIRMED_BY, RHK, DataDiri, Pegawai, Rangkuman, Rapor, RencanaKinerja

_WORD = re.compile(r"\w+")


def poin_rhk(rhk: RHK, katalog: Katalog) -> int:
    """Points of one RHK: of one unit, times the target."""
    kompetensi = katalog.find_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return (kompetensi.poin if kompetensi else rhk.poin) * rhk.target


def total_poin(rencana: RencanaKinerja, katalog: Katalog) -> int:
    """Points of all RHK of Pengembangan Kompetensi."""
    return sum(poin_rhk(rhk, katalog) for rhk in rencana.pengembangan_kompetensi.rhk)


def points_range(skema: Skema) -> str:
    """`32–128`, or nothing in a scheme without points."""
    return f"{skema.poin_min}–{skema.poin_maks}" if skema.poin_dipakai else ""


def rhk_sentence(rhk: RHK, katalog: Katalog) -> str:
    """The RHK's sentence; an id that the catalogue does not have is shown as it is."""
    if not rhk.kompetensi:
        return rhk.uraian
    kompetensi = katalog.find_kompetensi(rhk.kompetensi)
    if kompetensi is None:
        return f"{rhk.kompetensi} (tidak ada di katalog)"
    role, prefix = kompetensi.peran, katalog.kompetensi_umum.rhk_awalan.rstrip()
    return f"{prefix} {role[:1].lower()}{role[1:]}" if prefix else role


def satuan_rhk(rhk: RHK, katalog: Katalog) -> str:
    """The unit that the target counts."""
    kompetensi = katalog.find_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return kompetensi.satuan if kompetensi else rhk.satuan


def bukti_rhk(rhk: RHK, katalog: Katalog) -> str:
    """The evidence that is asked for."""
    kompetensi = katalog.find_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return kompetensi.bukti if kompetensi else rhk.bukti


def praktik_sentence(indikator: str, katalog: Katalog) -> str:
    """The RHK sentence of an indicator of Praktik Pembelajaran."""
    known = katalog.find_indikator(indikator)
    komponen = katalog.find_komponen(known.komponen) if known else None
    label, praktik = known.label if known else indikator, katalog.praktik
    if komponen and praktik.rhk_komponen:
        return fill_pattern(praktik.rhk_komponen, komponen=komponen.rhk or komponen.label.lower(), indikator=label)
    return fill_pattern(praktik.rhk_pola, indikator=label)


def tugas_sentence(tugas: TugasKind, katalog: Katalog) -> str:
    """The RHK sentence of a tugas tambahan."""
    return fill_pattern(katalog.tugas_tambahan_umum.rhk_pola, tugas=tugas.label)


def counted_hours(rencana: RencanaKinerja, katalog: Katalog) -> int:
    """Hours a week of the chosen tugas tambahan that count together (`kelompok` "lain")."""
    kinds = (katalog.find_tugas(tugas.tugas) for tugas in rencana.tugas_tambahan.tugas)
    return sum(kind.jp for kind in kinds if kind and kind.kelompok == "lain")


def golongan_in_force(rencana: RencanaKinerja, pegawai: Pegawai) -> str:
    """The plan's own golongan, else the roster's."""
    return rencana.data_diri.golongan or pegawai.golongan


def jenjang_in_force(rencana: RencanaKinerja, pegawai: Pegawai, katalog: Katalog) -> tuple[str, bool]:
    """The jenjang jabatan (id, empty if unknown), and whether it is only suggested by the golongan."""
    own = rencana.data_diri.jenjang_jabatan or pegawai.jenjang_jabatan
    if own:
        return own, False
    golongan = katalog.find_golongan(golongan_in_force(rencana, pegawai))
    return (golongan.jenjang, True) if golongan and golongan.jenjang else ("", False)


def declared_data(rencana: RencanaKinerja, pegawai: Pegawai, katalog: Katalog) -> DataDiri:
    """The data diri said to be right: what was only suggested or taken from the roster is written down."""
    jenjang, _ = jenjang_in_force(rencana, pegawai, katalog)
    return DataDiri(golongan=golongan_in_force(rencana, pegawai), jenjang_jabatan=jenjang, sesuai=True)


def pangkat_golongan(code: str, katalog: Katalog) -> str:
    """`Penata, III/c`; a PPPK class has no pangkat."""
    golongan = katalog.find_golongan(code)
    return f"{golongan.pangkat}, {golongan.kode}" if golongan and golongan.pangkat else code


def confirmation_words(rangkuman: Rangkuman) -> str:
    """How and when the teacher has confirmed: `dibaca di layar, 30 November 2026`; empty while they have not."""
    if not rangkuman.dikonfirmasi_guru:
        return ""
    day = parse_date(rangkuman.tanggal)
    parts = (CONFIRMED_BY.get(rangkuman.cara, rangkuman.cara), long_date(day) if day else rangkuman.tanggal)
    return ", ".join(part for part in parts if part) or "cara dan tanggal tidak dicatat"


def recommendations(rapor: Rapor, katalog: Katalog) -> tuple[str, ...]:
    """The recommended indicator ids, in the catalogue's order.

    The server's list where it has one; else those with the lowest capaian, as many as the catalogue says and never the highest
    level.
    """
    named = tuple(i.id for i in katalog.indikator if i.id in rapor.rekomendasi)
    if named:
        return named
    order = {c.id: c.urutan for c in katalog.rapor.capaian}
    highest = max(order.values(), default=0)
    short = [i.id for i in katalog.indikator if order.get(rapor.capaian.get(i.id, ""), highest) < highest]
    short.sort(key=lambda item_id: order[rapor.capaian[item_id]])
    chosen = set(short[: katalog.rapor.rekomendasi_banyak])
    return tuple(i.id for i in katalog.indikator if i.id in chosen)


def proposed_tugas(pegawai: Pegawai, katalog: Katalog, jenjang: str) -> tuple[str, ...]:
    """The ids of tugas tambahan that Dapodik's column seems to name: a proposal, never taken by itself."""
    said = _words(pegawai.tugas_tambahan)
    if not said.strip():
        return ()
    proposed = []
    for tugas in katalog.tugas_jenjang(jenjang):
        if any(_names(said, name.casefold()) for name in (tugas.label, *tugas.alias)) or _abbreviates(said, tugas.id):
            proposed.append(tugas.id)
    return tuple(proposed)


def names_duty(pegawai: Pegawai) -> bool:
    """Whether Dapodik's column says anything of a duty, whether the catalogue knows it or not."""
    return _words(pegawai.tugas_tambahan).strip() not in ("", "tidak ada")


def _names(said: str, label: str) -> bool:
    head = _words(label.split(",")[0].split(" satuan pendidikan")[0].split(" (")[0])
    return head in said or said in _words(label)


def _words(text: str) -> str:
    """Only the words, each between spaces, so that a search finds whole words; a dash alone gives none."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _abbreviates(said: str, item_id: str) -> bool:
    return all(f" {word}" in said for word in item_id.split("-")[:2])


def fill_pattern(pattern: str, **values: str) -> str:
    """Put each value into the hole of its name, such as `{tugas}`; other braces, and those of a value, stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda hole: values.get(hole[1], hole[0]), pattern)
