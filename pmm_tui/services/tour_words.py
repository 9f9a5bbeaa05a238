"""What the tour says, by the step and by where one is; `{cetak}` stands for the key of that action.

`""` is for every place that is not named. Each sentence has room in two lines of 80 columns.
"""

from __future__ import annotations

_TO_LIST = "{kembali} kembali ke daftar guru."

HINTS: dict[str, dict[str, str]] = {
    "cari": {
        "daftar": "Ketik beberapa huruf namanya, misalnya {cari_contoh}, lalu Enter: rencananya terbuka.",
        "": _TO_LIST,
    },
    "isi": {
        "daftar": "Enter pada seorang guru membuka rencananya; misalnya ketik {cari_contoh}, lalu Enter.",
        "data_diri": "Baca, lalu Enter pada Data sudah sesuai. Di pertanyaannya: panah ke Ya, lanjut, lalu Enter.",
        "rapor_pendidikan": "Ini capaian sekolah menurut Rapor Pendidikan. Enter pada Saya mengerti.",
        "praktik_pembelajaran": "Enter pada satu indikator memilihnya dan membuka bagian 2. Yang direkomendasikan ada di atas.",
        "pengembangan_kompetensi": "{tambah}, Enter pada satu RHK, tulis targetnya, Enter; lalu {bagian_berikut} ke bagian 3.",
        "tugas_tambahan": "Tidak punya SK? Enter pada Tidak ada tugas tambahan. Punya: pilih, isi nomornya, {bagian_berikut}.",
        "perilaku_kerja": "Tujuh nilai, masing-masing satu indikator: tekan Enter tujuh kali, lalu Rangkuman terbuka.",
        "rangkuman": "Belum beres semua: Enter pada baris masalah membawa ke isian yang kurang.",
        "orang lain": "Rencana ini sudah diajukan. {kembali} ke daftar, lalu buka guru yang belum.",
        "": "{kembali} kembali; lalu isi rencana seorang guru.",
    },
    "salin": {
        "daftar": "Isi yang sama untuk beberapa guru: Spasi menandai lima guru, lalu {salin}. Data diri dan konfirmasi tidak ikut.",
        "rencana": "Rencana ini dapat disalin ke guru lain. {kembali} ke daftar dahulu.",
        "": "Baca dahulu siapa mendapat apa; baris bawah menyebut tombolnya. {kembali} kembali.",
    },
    "cetak": {
        "daftar": "Agar guru membaca rencananya: {cetak}, pilih Lembar baca dan paraf, lalu {buat_berkas}.",
        "rencana": "Agar guru membaca rencananya: {cetak}, pilih Lembar baca dan paraf, lalu {buat_berkas}.",
        "cetak": "Panah ke Lembar baca dan paraf, Enter; lalu {buat_berkas} membuat berkasnya di folder yang tertulis.",
        "": _TO_LIST,
    },
    "ajukan": {
        "daftar": "Buka rencana yang tadi diisi ({terisi}) dengan Enter; di Rangkuman tandai konfirmasi guru, lalu {ajukan}.",
        "daftar+tinjau": "Enter pada {terisi}, lalu ajukan. Beberapa: tandai, {tinjau} meninjau, {ajukan_bertanda} mengajukan.",
        "konfirmasi:rangkuman": "Anggap guru setuju: Spasi pada Sudah dikonfirmasi guru, {ajukan}, panah ke Ajukan, Enter.",
        "konfirmasi:": "Tinggal konfirmasi guru: {bagian_berikut} sampai 5 Rangkuman.",
        "konfirmasi:pengembangan_kompetensi": "Tinggal konfirmasi guru: {bagian_berikut} sampai 5 Rangkuman.",
        "lengkap": "Lengkap. {ajukan}, lalu di pertanyaannya panah ke Ajukan dan Enter.",
        "orang lain": "Bukan yang ini: {kembali} ke daftar, lalu buka rencana yang tadi diisi ({terisi}).",
        "": "{kembali} kembali; lalu ajukan rencana yang tadi diisi ({terisi}).",
    },
    "perbaiki": {
        "daftar": "Kepala sekolah mengembalikan rencana {kembali_milik}: ketik {cari_kembali_milik}, lalu Enter.",
        "orang lain": "{kembali} ke daftar: kepala sekolah mengembalikan rencana {kembali_milik}.",
        "dikembalikan:rangkuman": "Catatannya ada di atas. {bagian_sebelum} tiga kali ke 2 Kompetensi, lalu ubah targetnya.",
        "dikembalikan:pengembangan_kompetensi": "Panah atas ke Target kuantitas, tulis angka lain, Enter; lalu {bagian_berikut}.",
        "dikembalikan:": "Targetnya ada di 2 Kompetensi: {bagian_berikut} maju, {bagian_sebelum} mundur.",
        "diperbaiki:rangkuman": "Guru membaca lagi, lalu Spasi pada Sudah dikonfirmasi guru, {ajukan}, panah ke Ajukan, Enter.",
        "diperbaiki:pengembangan_kompetensi": "Sudah diubah. {bagian_berikut} sampai 5 Rangkuman, lalu minta konfirmasi guru lagi.",
        "diperbaiki:": "{bagian_berikut} sampai 5 Rangkuman.",
        "": "{kembali} kembali; kepala sekolah mengembalikan rencana {kembali_milik}.",
    },
    "selesai": {
        "": (
            "Yang sudah dicoba: {dicoba}. Semua guru di sini khayalan; tidak ada yang terkirim ke luar komputer ini. "
            "Mulai sungguhan: {keluar}, lalu ketik pmm-tui. Bantuan di tiap layar: {bantuan}."
        )
    },
}
