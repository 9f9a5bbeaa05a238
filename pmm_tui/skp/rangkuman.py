"""The figures and sentences of a plan that are computed, never stored."""

from __future__ import annotations

import re

from pmm_tui.skp.katalog import Katalog, isi_pola
from pmm_tui.skp.katalog_tables import JenisTugas, Skema
from pmm_tui.skp.model import RHK, Pegawai, Rapor, RencanaKinerja

_WORD = re.compile(r"\w+")


def poin_rhk(rhk: RHK, katalog: Katalog) -> int:
    """Points of one RHK: of one unit, times the target."""
    kompetensi = katalog.cari_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return (kompetensi.poin if kompetensi else rhk.poin) * rhk.target


def total_poin(rencana: RencanaKinerja, katalog: Katalog) -> int:
    """Points of all RHK of Pengembangan Kompetensi."""
    return sum(poin_rhk(rhk, katalog) for rhk in rencana.pengembangan_kompetensi.rhk)


def rentang_poin(skema: Skema) -> str:
    """`32–128`, or nothing in a scheme without points."""
    return f"{skema.poin_min}–{skema.poin_maks}" if skema.poin_dipakai else ""


def kalimat_rhk(rhk: RHK, katalog: Katalog) -> str:
    """The RHK's sentence; an id that the catalogue does not have is shown as it is."""
    if not rhk.kompetensi:
        return rhk.uraian
    kompetensi = katalog.cari_kompetensi(rhk.kompetensi)
    if kompetensi is None:
        return f"{rhk.kompetensi} (tidak ada di katalog)"
    peran, awalan = kompetensi.peran, katalog.kompetensi_umum.rhk_awalan.rstrip()
    return f"{awalan} {peran[:1].lower()}{peran[1:]}" if awalan else peran


def satuan_rhk(rhk: RHK, katalog: Katalog) -> str:
    """The unit that the target counts."""
    kompetensi = katalog.cari_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return kompetensi.satuan if kompetensi else rhk.satuan


def bukti_rhk(rhk: RHK, katalog: Katalog) -> str:
    """The evidence that is asked for."""
    kompetensi = katalog.cari_kompetensi(rhk.kompetensi) if rhk.kompetensi else None
    return kompetensi.bukti if kompetensi else rhk.bukti


def kalimat_praktik(indikator: str, katalog: Katalog) -> str:
    """The RHK sentence of an indicator of Praktik Pembelajaran."""
    known = katalog.cari_indikator(indikator)
    return isi_pola(katalog.praktik.rhk_pola, "indikator", known.label if known else indikator)


def kalimat_tugas(tugas: JenisTugas, katalog: Katalog) -> str:
    """The RHK sentence of a tugas tambahan."""
    return isi_pola(katalog.tugas_tambahan_umum.rhk_pola, "tugas", tugas.label)


def golongan_berlaku(rencana: RencanaKinerja, pegawai: Pegawai) -> str:
    """The plan's own golongan, else the roster's."""
    return rencana.data_diri.golongan or pegawai.golongan


def jenjang_berlaku(rencana: RencanaKinerja, pegawai: Pegawai, katalog: Katalog) -> tuple[str, bool]:
    """The jenjang jabatan (id, empty if unknown), and whether it is only suggested by the golongan."""
    own = rencana.data_diri.jenjang_jabatan or pegawai.jenjang_jabatan
    if own:
        return own, False
    golongan = katalog.cari_golongan(golongan_berlaku(rencana, pegawai))
    return (golongan.jenjang, True) if golongan and golongan.jenjang else ("", False)


def pangkat_golongan(kode: str, katalog: Katalog) -> str:
    """`Penata, III/c`; a PPPK class has no pangkat."""
    golongan = katalog.cari_golongan(kode)
    return f"{golongan.pangkat}, {golongan.kode}" if golongan and golongan.pangkat else kode


def rekomendasi(rapor: Rapor, katalog: Katalog) -> tuple[str, ...]:
    """The recommended indicator ids, in the catalogue's order.

    The server's list where it has one; else those with the lowest capaian, as many as the catalogue says and never the highest
    level.
    """
    named = tuple(i.id for i in katalog.indikator if i.id in rapor.rekomendasi)
    if named:
        return named
    urutan = {c.id: c.urutan for c in katalog.rapor.capaian}
    tertinggi = max(urutan.values(), default=0)
    kurang = [i.id for i in katalog.indikator if urutan.get(rapor.capaian.get(i.id, ""), tertinggi) < tertinggi]
    kurang.sort(key=lambda item_id: urutan[rapor.capaian[item_id]])
    chosen = set(kurang[: katalog.rapor.rekomendasi_banyak])
    return tuple(i.id for i in katalog.indikator if i.id in chosen)


def usul_tugas(pegawai: Pegawai, katalog: Katalog, jenjang: str) -> tuple[str, ...]:
    """The ids of tugas tambahan that Dapodik's column seems to name: a proposal, never taken by itself."""
    said = _kata(pegawai.tugas_tambahan)
    if not said.strip():
        return ()
    proposed = []
    for tugas in katalog.tugas_jenjang(jenjang):
        label = tugas.label.casefold()
        head = _kata(label.split(",")[0].split(" satuan pendidikan")[0].split(" (")[0])
        if head in said or said in _kata(label) or _singkatan(said, tugas.id):
            proposed.append(tugas.id)
    return tuple(proposed)


def _kata(text: str) -> str:
    """Only the words, each between spaces, so that a search finds whole words; a dash alone gives none."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "


def _singkatan(said: str, item_id: str) -> bool:
    return all(f" {word}" in said for word in item_id.split("-")[:2])
