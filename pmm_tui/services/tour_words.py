"""What the tour says, by the step and by where one is; `{cetak}` stands for the key of that action, `{program}` for its name.

`""` is for every place that is not named. Each sentence has room in two lines of 80 columns.
"""

from __future__ import annotations

from typing import Literal

StepId = Literal["cari", "isi", "salin", "cetak", "ajukan", "perbaiki"]

_TO_LIST = "{kembali} kembali ke daftar guru."
_TO_SUMMARY = "{bagian_berikut} sampai 5 Rangkuman."
_TO_PRINT = "Agar guru membaca rencananya: {cetak}, pilih Lembar baca dan paraf, lalu {buat_berkas}."

HINTS: dict[StepId, dict[str, str]] = {
    "cari": {
        "daftar": "Ketik beberapa huruf namanya, misalnya {cari_contoh}, lalu Enter: rencananya terbuka.",
        "": _TO_LIST,
    },
    "isi": {
        "daftar": "Enter pada seorang guru membuka rencananya; misalnya ketik {cari_contoh}, Enter.",
        "data_diri": 'Baca; Enter pada Data sudah sesuai, lalu panah ke "Ya, lanjut", Enter.',
        "rapor_pendidikan": "Ini capaian sekolah menurut Rapor Pendidikan. Enter pada Saya mengerti.",
        "praktik_pembelajaran": "Enter pada satu indikator memilihnya dan membuka bagian 2.",
        "pengembangan_kompetensi": "{tambah}, Enter pada satu RHK. Targetnya angka, sudah terisi; Enter, lalu {bagian_berikut}.",
        "tugas_tambahan": "Tidak ada SK? Enter pada Tidak ada tugas tambahan. Ada: pilih, isi SK, {bagian_berikut}.",
        "perilaku_kerja": "Tujuh nilai, satu indikator untuk tiap nilai: Enter tujuh kali.",
        "rangkuman": "Belum beres semua: Enter pada baris masalah membawa ke isian yang kurang.",
        "orang lain": "Rencana ini sudah diajukan. {kembali} ke daftar, lalu buka guru yang belum.",
        "": "{kembali} kembali; lalu isi rencana seorang guru.",
    },
    "salin": {
        "daftar": "Spasi menandai lima guru, lalu {salin}: pilih sumbernya, lihat siapa mendapat apa.",
        "daftar, dicari": "Esc mengosongkan pencarian, agar semua guru tampak untuk ditandai.",
        "rencana": "{kembali} ke daftar guru: di sana isi rencana ini disalin ke lima guru lain.",
        "salin": "Lihat siapa mendapat apa dan apa yang ditinggal, lalu {jalankan_salin} menyalin.",
        "": "Lihat siapa mendapat apa, dan apa yang ditinggal; tombolnya di baris bawah.",
    },
    "cetak": {
        "daftar": _TO_PRINT,
        "rencana": _TO_PRINT,
        "cetak": "Panah ke Lembar baca dan paraf, Enter; lalu {buat_berkas} membuat berkasnya.",
        "": _TO_LIST,
    },
    "ajukan": {
        "daftar": "Cari {terisi}, Enter; di Rangkuman tandai konfirmasi guru, lalu {ajukan}.",
        "daftar, meninjau": "Cari {terisi}, Enter; atau {tinjau} meninjau yang bertanda, {ajukan_bertanda} mengajukan.",
        "daftar, banyak": "Tandai yang terisi (Spasi): {konfirmasi_bertanda} mencatat konfirmasinya, {ajukan_bertanda} mengajukan.",
        "tinjau": "End ke akhirnya; lalu {sudah_konfirmasi} bila guru setuju, dan {ajukan} mengajukan.",
        "konfirmasi:rangkuman": "Anggap guru setuju: ke Sudah dikonfirmasi guru, Spasi; lalu {ajukan}, panah ke Ajukan, Enter.",
        "konfirmasi:": "Tinggal konfirmasi guru: " + _TO_SUMMARY,
        "lengkap": "Lengkap. {ajukan}, lalu di pertanyaannya panah ke Ajukan dan Enter.",
        "orang lain": "Bukan yang ini. {kembali} ke daftar, lalu buka {terisi}.",
        "": "{kembali} kembali; lalu ajukan rencana {terisi}.",
    },
    "perbaiki": {
        "daftar": "Kepala sekolah mengembalikan rencana {kembali_milik}: ketik {cari_kembali_milik}, Enter.",
        "orang lain": "{kembali} ke daftar: kepala sekolah mengembalikan rencana {kembali_milik}.",
        "dikembalikan:rangkuman": "Catatan kepala sekolah ada di atas. {bagian_sebelum} tiga kali ke 2 Kompetensi, ubah targetnya.",
        "dikembalikan:pengembangan_kompetensi": "Panah atas ke Target kuantitas, tulis angka lain, Enter; lalu {bagian_berikut}.",
        "dikembalikan:": "Targetnya ada di 2 Kompetensi: {bagian_berikut} maju, {bagian_sebelum} mundur.",
        "diperbaiki:rangkuman": "Guru setuju lagi: ke Sudah dikonfirmasi guru, Spasi; lalu {ajukan}, panah ke Ajukan, Enter.",
        "diperbaiki:": "Sudah diubah: {bagian_berikut} sampai 5 Rangkuman, untuk konfirmasi guru lagi.",
        "": "{kembali} kembali; kepala sekolah mengembalikan rencana {kembali_milik}.",
    },
}

ENDED = (
    "Sudah dicoba: {dicoba}. Semua khayalan; tidak ada yang keluar dari sini. "
    "Sungguhan: {keluar}, lalu ketik {program}. Bantuan: {bantuan}."
)
"""The last words."""
AGAIN = "Semua langkahnya sudah pernah dikerjakan di sini. Dari awal lagi: {keluar}, lalu {program} latihan --ulang --tur."
"""The last words where it was begun and nothing was left to do."""
TRIED: dict[StepId, str] = {
    "cari": "mencari",
    "isi": "mengisi",
    "salin": "menyalin",
    "cetak": "mencetak",
    "ajukan": "mengajukan",
    "perbaiki": "memperbaiki",
}
"""What the last words call the steps that were done."""
