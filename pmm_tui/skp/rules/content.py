"""The rules about the four steps that are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from pmm_tui.dates import baca_tanggal, tanggal
from pmm_tui.skp.model import RHK, TARGET_MAKS, Masalah
from pmm_tui.skp.rangkuman import total_poin
from pmm_tui.skp.rules.case import Kasus
from pmm_tui.text import quoted

RHK_MAKS = 50
"""Most RHK of Pengembangan Kompetensi in one plan; the scheme's points are reached long before."""
TEKS_MAKS = 300
"""Longest typed text of one field, in characters."""


# ---- praktik pembelajaran


def _indikator(k: Kasus) -> Iterator[Masalah]:
    chosen = k.rencana.praktik_pembelajaran.indikator
    at = "/praktik_pembelajaran/indikator"
    for number, item_id in enumerate(chosen):
        if k.katalog.cari_indikator(item_id) is None:
            yield Masalah("indikator-asing", f"Indikator {quoted(item_id)} tidak ada di katalog.", f"{at}/{number}")
        elif item_id in chosen[:number]:
            yield Masalah("indikator-ganda", "Indikator yang sama dipilih dua kali.", f"{at}/{number}")
    if len(chosen) < k.skema.indikator_min:
        banyak = "satu" if k.skema.indikator_min == 1 else str(k.skema.indikator_min)
        yield Masalah("indikator-kurang", f"Pilih {banyak} indikator Praktik Pembelajaran.", at)
    elif len(chosen) > k.skema.indikator_maks:
        yield Masalah("indikator-lebih", f"Indikator paling banyak {k.skema.indikator_maks}.", at)


# ---- pengembangan kompetensi


def _rhk_ada(k: Kasus) -> Iterator[Masalah]:
    rhk = k.rencana.pengembangan_kompetensi.rhk
    if not rhk:
        pesan = "Tambahkan paling sedikit satu RHK Pengembangan Kompetensi."
        yield Masalah("rhk-kosong", pesan, "/pengembangan_kompetensi/rhk")
    elif len(rhk) > RHK_MAKS:
        pesan = f"RHK Pengembangan Kompetensi paling banyak {RHK_MAKS}, ini {len(rhk)}."
        yield Masalah("rhk-lebih", pesan, "/pengembangan_kompetensi/rhk")


def _rhk_satu(k: Kasus) -> Iterator[Masalah]:
    seen: set[str] = set()
    for number, rhk in enumerate(k.rencana.pengembangan_kompetensi.rhk):
        at = f"/pengembangan_kompetensi/rhk/{number}"
        yield from _rhk_katalog(k, rhk, at) if rhk.kompetensi else _rhk_bebas(k, rhk, at)
        if not 1 <= rhk.target <= TARGET_MAKS:
            pesan = f"Target kuantitas RHK {number + 1} harus 1 sampai {TARGET_MAKS}, ini {rhk.target}."
            yield Masalah("target-luar", pesan, f"{at}/target")
        kunci = rhk_kunci(rhk)
        if kunci in seen:
            yield Masalah("rhk-ganda", f"RHK {number + 1} sama dengan RHK lain; hapus salah satu.", at)
        seen.add(kunci)


def rhk_kunci(rhk: RHK) -> str:
    """What makes two RHK the same: the catalogue's id, or the typed sentence, case and spacing aside."""
    return rhk.kompetensi or "bebas " + " ".join(rhk.uraian.casefold().split())


def _rhk_katalog(k: Kasus, rhk: RHK, at: str) -> Iterator[Masalah]:
    kompetensi = k.katalog.cari_kompetensi(rhk.kompetensi)
    if kompetensi is None:
        yield Masalah("rhk-asing", f"RHK {quoted(rhk.kompetensi)} tidak ada di katalog.", at)
    elif not kompetensi.aktif:
        yield Masalah("rhk-nonaktif", f"RHK {quoted(kompetensi.peran)} tidak ditawarkan lagi.", at)


def _rhk_bebas(k: Kasus, rhk: RHK, at: str) -> Iterator[Masalah]:
    if not k.katalog.kompetensi_umum.izinkan_rhk_bebas:
        yield Masalah("rhk-bebas", "RHK di luar katalog tidak diperkenankan.", at)
    if not rhk.uraian.strip():
        yield Masalah("uraian-kosong", "Uraian RHK di luar katalog belum diisi.", f"{at}/uraian")
    if max(len(rhk.uraian), len(rhk.satuan), len(rhk.bukti)) > TEKS_MAKS:
        yield Masalah("uraian-panjang", f"Uraian RHK paling panjang {TEKS_MAKS} huruf.", f"{at}/uraian")
    if k.skema.poin_dipakai and not 1 <= rhk.poin <= k.skema.poin_maks:
        pesan = f"Poin RHK di luar katalog harus 1 sampai {k.skema.poin_maks}, ini {rhk.poin}."
        yield Masalah("poin-luar", pesan, f"{at}/poin")


def _poin(k: Kasus) -> Iterator[Masalah]:
    if not k.skema.poin_dipakai or not k.rencana.pengembangan_kompetensi.rhk:
        return
    total = total_poin(k.rencana, k.katalog)
    at = "/pengembangan_kompetensi/rhk"
    if total < k.skema.poin_min:
        pesan = f"Poin baru {total}, paling sedikit {k.skema.poin_min}; tambah RHK atau target."
        yield Masalah("poin-kurang", pesan, at, halang=k.skema.poin_kurang == "tolak")
    elif total > k.skema.poin_maks:
        pesan = f"Poin {total}, dianjurkan paling banyak {k.skema.poin_maks}."
        yield Masalah("poin-lebih", pesan, at, halang=k.skema.poin_lebih == "tolak")


# ---- tugas tambahan


def _tugas_dinyatakan(k: Kasus) -> Iterator[Masalah]:
    bagian = k.rencana.tugas_tambahan
    if bagian.tidak_ada and bagian.tugas:
        pesan = "Tugas tambahan dipilih, padahal dinyatakan tidak ada."
        yield Masalah("tugas-bertentangan", pesan, "/tugas_tambahan/tidak_ada")
    elif not bagian.tidak_ada and not bagian.tugas:
        pesan = "Pilih tugas tambahan, atau nyatakan tidak ada."
        yield Masalah("tugas-belum", pesan, "/tugas_tambahan/tidak_ada")
    if bagian.tidak_ada and k.skema.tugas_tambahan_wajib:
        yield Masalah("tugas-wajib", "Skema ini mewajibkan tugas tambahan.", "/tugas_tambahan/tidak_ada")
    if len(bagian.tugas) > 1 and not k.katalog.tugas_tambahan_umum.boleh_lebih_dari_satu:
        yield Masalah("tugas-lebih", "Tugas tambahan paling banyak satu.", "/tugas_tambahan/tugas")


def _tugas_satu(k: Kasus) -> Iterator[Masalah]:
    seen: set[str] = set()
    offered = {t.id for t in k.katalog.tugas_jenjang(k.jenjang)}
    for number, tugas in enumerate(k.rencana.tugas_tambahan.tugas):
        at = f"/tugas_tambahan/tugas/{number}"
        known = k.katalog.cari_tugas(tugas.tugas)
        if known is None:
            pesan = f"Tugas tambahan {quoted(tugas.tugas)} tidak ada di katalog."
            yield Masalah("tugas-asing", pesan, at)
        elif known.id not in offered:
            yield Masalah("tugas-jenjang", f"{known.label} tidak ada di jenjang {quoted(k.jenjang, 20)}.", at)
        if tugas.tugas in seen:
            yield Masalah("tugas-ganda", "Tugas tambahan yang sama dipilih dua kali.", at)
        seen.add(tugas.tugas)
        yield from _sk(k, tugas.nomor_sk, tugas.tanggal_sk, at)


def _sk(k: Kasus, nomor: str, tertanggal: str, at: str) -> Iterator[Masalah]:
    if len(nomor) > TEKS_MAKS:
        yield Masalah("sk-panjang", f"Nomor SK paling panjang {TEKS_MAKS} huruf.", f"{at}/nomor_sk")
    if not tertanggal:
        return
    hari = baca_tanggal(tertanggal)
    if hari is None:
        pesan = f"Tanggal SK {quoted(tertanggal, 20)} bukan tanggal; tulis misalnya 15-07-2026."
        yield Masalah("sk-tanggal", pesan, f"{at}/tanggal_sk")
    elif hari > k.periode.selesai:
        pesan = f"Tanggal SK {tanggal(hari)} sesudah akhir periode."
        yield Masalah("sk-tanggal-lewat", pesan, f"{at}/tanggal_sk", halang=False)


# ---- perilaku kerja


def _perilaku_asing(k: Kasus) -> Iterator[Masalah]:
    chosen = k.rencana.perilaku_kerja.indikator
    for number, pilihan in enumerate(chosen):
        at = f"/perilaku_kerja/indikator/{number}"
        if k.katalog.cari_perilaku(pilihan) is None:
            yield Masalah("perilaku-asing", f"Indikator {quoted(pilihan, 60)} tidak ada di katalog.", at)
        elif pilihan in chosen[:number]:
            yield Masalah("perilaku-ganda", "Indikator perilaku yang sama dipilih dua kali.", at)


def _perilaku_nilai(k: Kasus) -> Iterator[Masalah]:
    chosen = set(k.rencana.perilaku_kerja.indikator)
    terisi = 0
    for perilaku in k.katalog.perilaku:
        banyak = sum(f"{perilaku.id}/{butir.id}" in chosen for butir in perilaku.indikator)
        terisi += banyak > 0
        at = f"/perilaku_kerja/{perilaku.id}"
        if banyak > k.skema.perilaku_per_nilai_maks:
            pesan = f"{perilaku.label}: indikator paling banyak {k.skema.perilaku_per_nilai_maks}."
            yield Masalah("perilaku-lebih", pesan, at)
        wajib = k.skema.perilaku_nilai_min >= len(k.katalog.perilaku) or banyak > 0
        if wajib and banyak < k.skema.perilaku_per_nilai_min:
            pesan = f"{perilaku.label}: pilih {k.skema.perilaku_per_nilai_min} indikator."
            yield Masalah("perilaku-kurang", pesan, at)
    if terisi < k.skema.perilaku_nilai_min < len(k.katalog.perilaku):
        pesan = f"Pilih indikator dari paling sedikit {k.skema.perilaku_nilai_min} nilai, ini {terisi}."
        yield Masalah("perilaku-nilai-kurang", pesan, "/perilaku_kerja")


ATURAN = (
    _indikator, _rhk_ada, _rhk_satu, _poin, _tugas_dinyatakan, _tugas_satu, _perilaku_asing, _perilaku_nilai,
)  # fmt: skip
