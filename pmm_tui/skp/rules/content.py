"""The rules about the four steps that are filled in."""

from __future__ import annotations

from collections.abc import Iterator

from pmm_tui.dates import long_date, parse_date
from pmm_tui.skp.katalog_sasaran import asks_duties
from pmm_tui.skp.model import MAX_TARGET, RHK, Masalah
from pmm_tui.skp.rangkuman import counted_hours, total_poin
from pmm_tui.skp.rules.case import Case
from pmm_tui.text import quoted

MAX_RHK = 50
"""Most RHK of Pengembangan Kompetensi in one plan; the scheme's points are reached long before."""
MAX_TEXT = 300
"""Longest typed text of one field, in characters."""
OLDEST_SK = 10
"""Years before the period from which on the year of an SK is likelier mistyped."""


# ---- praktik pembelajaran


def _indikator(k: Case) -> Iterator[Masalah]:
    chosen = k.rencana.praktik_pembelajaran.indikator
    at = "/praktik_pembelajaran/indikator"
    own = {indikator.id for indikator in k.katalog.indikator}
    for number, item_id in enumerate(chosen):
        if k.katalog.find_indikator(item_id) is None:
            yield Masalah("indikator-asing", f"Indikator {quoted(item_id)} tidak ada di katalog.", f"{at}/{number}")
        elif item_id in chosen[:number]:
            yield Masalah("indikator-ganda", "Indikator yang sama dipilih dua kali.", f"{at}/{number}")
        elif item_id not in own:
            rapor = k.katalog.rapor
            message = f"Indikator ini milik guru; di rencana ini pilih dari {rapor.dimensi} {rapor.dimensi_label}."
            yield Masalah("indikator-guru", message, f"{at}/{number}", halang=False)
    if len(chosen) < k.skema.indikator_min:
        count = "satu" if k.skema.indikator_min == 1 else str(k.skema.indikator_min)
        step = k.skema.step_label("praktik_pembelajaran", "Praktik Pembelajaran")
        yield Masalah("indikator-kurang", f"Pilih {count} indikator {step}.", at)
    elif len(chosen) > k.skema.indikator_maks:
        yield Masalah("indikator-lebih", f"Indikator paling banyak {k.skema.indikator_maks}.", at)


# ---- pengembangan kompetensi


def _rhk_present(k: Case) -> Iterator[Masalah]:
    rhk = k.rencana.pengembangan_kompetensi.rhk
    if not rhk:
        message = "Tambahkan paling sedikit satu RHK Pengembangan Kompetensi."
        yield Masalah("rhk-kosong", message, "/pengembangan_kompetensi/rhk")
    elif len(rhk) > MAX_RHK:
        message = f"RHK Pengembangan Kompetensi paling banyak {MAX_RHK}, ini {len(rhk)}."
        yield Masalah("rhk-lebih", message, "/pengembangan_kompetensi/rhk")


def _each_rhk(k: Case) -> Iterator[Masalah]:
    seen: set[str] = set()
    for number, rhk in enumerate(k.rencana.pengembangan_kompetensi.rhk):
        at = f"/pengembangan_kompetensi/rhk/{number}"
        yield from _rhk_katalog(k, rhk, at) if rhk.kompetensi else _free_rhk(k, rhk, at)
        if not 1 <= rhk.target <= MAX_TARGET:
            message = f"Target kuantitas RHK {number + 1} {_out_of(MAX_TARGET, rhk.target)}"
            yield Masalah("target-luar", message, f"{at}/target")
        key = rhk_key(rhk)
        if key in seen:
            yield Masalah("rhk-ganda", f"RHK {number + 1} sama dengan RHK lain; hapus salah satu.", at)
        seen.add(key)


def rhk_key(rhk: RHK) -> str:
    """What makes two RHK the same: the catalogue's id, or the typed sentence, case and spacing aside."""
    return rhk.kompetensi or "bebas " + " ".join(rhk.uraian.casefold().split())


def _rhk_katalog(k: Case, rhk: RHK, at: str) -> Iterator[Masalah]:
    kompetensi = k.katalog.find_kompetensi(rhk.kompetensi)
    if kompetensi is None:
        yield Masalah("rhk-asing", f"RHK {quoted(rhk.kompetensi)} tidak ada di katalog.", at)
    elif not kompetensi.aktif:
        yield Masalah("rhk-nonaktif", f"RHK {quoted(kompetensi.peran)} tidak ditawarkan lagi.", at)


def _free_rhk(k: Case, rhk: RHK, at: str) -> Iterator[Masalah]:
    if not k.katalog.kompetensi_umum.izinkan_rhk_bebas:
        yield Masalah("rhk-bebas", "RHK di luar katalog tidak diperkenankan.", at)
    if not rhk.uraian.strip():
        yield Masalah("uraian-kosong", "Uraian RHK di luar katalog belum diisi.", f"{at}/uraian")
    if max(len(rhk.uraian), len(rhk.satuan), len(rhk.bukti)) > MAX_TEXT:
        yield Masalah("uraian-panjang", f"Uraian RHK paling panjang {MAX_TEXT} huruf.", f"{at}/uraian")
    if k.skema.poin_dipakai and not 1 <= rhk.poin <= k.skema.poin_maks:
        message = f"Poin RHK di luar katalog {_out_of(k.skema.poin_maks, rhk.poin)}"
        yield Masalah("poin-luar", message, f"{at}/poin")


def _out_of(most: int, value: int) -> str:
    """What is wrong with a number; 0 is what an empty field counts as."""
    return f"harus 1 sampai {most}, ini {value}." if value else f"belum diisi; tulis 1 sampai {most}."


def _poin(k: Case) -> Iterator[Masalah]:
    if not k.skema.poin_dipakai or not k.rencana.pengembangan_kompetensi.rhk:
        return
    total = total_poin(k.rencana, k.katalog)
    at = "/pengembangan_kompetensi/rhk"
    if total < k.skema.poin_min:
        refuses = k.skema.poin_kurang == "tolak"
        least = f"{'' if refuses else 'dianjurkan '}paling sedikit {k.skema.poin_min}"
        yield Masalah("poin-kurang", f"Poin baru {total}, {least}; tambah RHK atau target.", at, halang=refuses)
    elif total > k.skema.poin_maks:
        message = f"Poin {total}, dianjurkan paling banyak {k.skema.poin_maks}."
        yield Masalah("poin-lebih", message, at, halang=k.skema.poin_lebih == "tolak")


# ---- tugas tambahan


def _tugas_declared(k: Case) -> Iterator[Masalah]:
    section = k.rencana.tugas_tambahan
    if not asks_duties(k.katalog):
        if section.tugas:
            message = "Rencana kepala sekolah tidak memuat tugas tambahan; hapus pilihannya."
            yield Masalah("tugas-guru", message, "/tugas_tambahan/tugas", halang=False)
        return
    if section.tidak_ada and section.tugas:
        message = "Tugas tambahan dipilih, padahal dinyatakan tidak ada."
        yield Masalah("tugas-bertentangan", message, "/tugas_tambahan/tidak_ada")
    elif not section.tidak_ada and not section.tugas:
        message = "Pilih tugas tambahan, atau nyatakan tidak ada."
        yield Masalah("tugas-belum", message, "/tugas_tambahan/tidak_ada")
    if section.tidak_ada and k.skema.tugas_tambahan_wajib:
        yield Masalah("tugas-wajib", "Skema ini mewajibkan tugas tambahan.", "/tugas_tambahan/tidak_ada")
    if len(section.tugas) > 1 and not k.katalog.tugas_tambahan_umum.boleh_lebih_dari_satu:
        yield Masalah("tugas-lebih", "Tugas tambahan paling banyak satu.", "/tugas_tambahan/tugas")


def _each_tugas(k: Case) -> Iterator[Masalah]:
    seen: set[str] = set()
    offered = {t.id for t in k.katalog.tugas_jenjang(k.jenjang)}
    for number, tugas in enumerate(k.rencana.tugas_tambahan.tugas):
        at = f"/tugas_tambahan/tugas/{number}"
        known = k.katalog.find_tugas(tugas.tugas)
        if known is None:
            message = f"Tugas tambahan {quoted(tugas.tugas)} tidak ada di katalog."
            yield Masalah("tugas-asing", message, at)
        elif known.id not in offered and asks_duties(k.katalog):
            yield Masalah("tugas-jenjang", f"{known.label} tidak ada di jenjang {quoted(k.jenjang, 20)}.", at)
        if tugas.tugas in seen:
            yield Masalah("tugas-ganda", "Tugas tambahan yang sama dipilih dua kali.", at)
        seen.add(tugas.tugas)
        yield from _sk(k, tugas.nomor_sk, tugas.tanggal_sk, at)


def _hours(k: Case) -> Iterator[Masalah]:
    hours, most = counted_hours(k.rencana, k.katalog), k.katalog.tugas_tambahan_umum.jp_lain_maks
    if 0 < most < hours:
        message = f"Tugas tambahan lain berjumlah {hours} JP; yang dihitung paling banyak {most} JP per minggu."
        yield Masalah("jp-lebih", message, "/tugas_tambahan/tugas", halang=False)


def _sk(k: Case, number: str, dated: str, at: str) -> Iterator[Masalah]:
    if len(number) > MAX_TEXT:
        yield Masalah("sk-panjang", f"Nomor SK paling panjang {MAX_TEXT} huruf.", f"{at}/nomor_sk")
    if not dated:
        return
    day = parse_date(dated)
    if day is None:
        message = f"Tanggal SK {quoted(dated, 20)} bukan tanggal; tulis misalnya 15-07-2026."
        yield Masalah("sk-tanggal", message, f"{at}/tanggal_sk")
    elif day > k.periode.selesai:
        message = f"Tanggal SK {long_date(day)} sesudah akhir periode."
        yield Masalah("sk-tanggal-lewat", message, f"{at}/tanggal_sk", halang=False)
    elif day.year < k.periode.mulai.year - OLDEST_SK:
        message = f"Tanggal SK {long_date(day)} lebih dari {OLDEST_SK} tahun sebelum periode; periksa tahunnya."
        yield Masalah("sk-tanggal-lama", message, f"{at}/tanggal_sk", halang=False)


# ---- perilaku kerja


def _perilaku_unknown(k: Case) -> Iterator[Masalah]:
    chosen = k.rencana.perilaku_kerja.indikator
    for number, choice in enumerate(chosen):
        at = f"/perilaku_kerja/indikator/{number}"
        if k.katalog.find_perilaku(choice) is None:
            yield Masalah("perilaku-asing", f"Indikator {quoted(choice, 60)} tidak ada di katalog.", at)
        elif choice in chosen[:number]:
            yield Masalah("perilaku-ganda", "Indikator perilaku yang sama dipilih dua kali.", at)


def _perilaku_per_value(k: Case) -> Iterator[Masalah]:
    chosen = set(k.rencana.perilaku_kerja.indikator)
    filled = 0
    for perilaku in k.katalog.perilaku:
        count = sum(f"{perilaku.id}/{item.id}" in chosen for item in perilaku.indikator)
        filled += count > 0
        at = f"/perilaku_kerja/{perilaku.id}"
        if count > k.skema.perilaku_per_nilai_maks:
            message = f"{perilaku.label}: indikator paling banyak {k.skema.perilaku_per_nilai_maks}."
            yield Masalah("perilaku-lebih", message, at)
        mandatory = k.skema.perilaku_nilai_min >= len(k.katalog.perilaku) or count > 0
        if mandatory and count < k.skema.perilaku_per_nilai_min:
            message = f"{perilaku.label}: pilih {k.skema.perilaku_per_nilai_min} indikator."
            yield Masalah("perilaku-kurang", message, at)
    if filled < k.skema.perilaku_nilai_min < len(k.katalog.perilaku):
        message = f"Pilih indikator dari paling sedikit {k.skema.perilaku_nilai_min} nilai, ini {filled}."
        yield Masalah("perilaku-nilai-kurang", message, "/perilaku_kerja")


RULES = (
    _indikator, _rhk_present, _each_rhk, _poin, _tugas_declared, _each_tugas, _hours, _perilaku_unknown, _perilaku_per_value,
)  # fmt: skip
