"""What the help says of each place besides its keys: the place's name, keys that are no actions, signs, and one example."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.widgets.look import Look

_NAMES = {
    "daftar": "Daftar Guru",
    "rencana": "Rencana guru",
    "data_diri": "Data Diri",
    "rapor_pendidikan": "Rapor Pendidikan",
    "praktik_pembelajaran": "1 Praktik Pembelajaran",
    "pengembangan_kompetensi": "2 Pengembangan Kompetensi",
    "tugas_tambahan": "3 Tugas Tambahan",
    "perilaku_kerja": "4 Perilaku Kerja",
    "rangkuman": "5 Rangkuman",
    "kotak": "Kotak Kirim",
    "prasyarat": "Pra-perencanaan",
    "impor": "Impor guru",
    "atur": "Pengaturan",
    "beda": "Lihat bedanya",
    "cetak": "Cetak dan ekspor",
    "kepala": "Meja Kepala Sekolah",
    "telaah": "Baca rencana",
    "tinjau": "Tinjau rencana",
    "salin": "Salin",
}
_FORM = (("Enter", "pilih lalu ke baris berikutnya"), ("Spasi", "pilih atau batalkan, tetap di sini"))
_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "daftar": (("Enter", "buka rencana guru di bawah kursor"), ("huruf", "cari nama, NIP atau NUPTK")),
    "rencana": _FORM,
    "kotak": (("Enter", "buka rencananya, di bidang yang ditolak server"),),
    "prasyarat": (("Enter", "buka yang dapat diperbaiki di sini, atau langkahnya"), ("huruf", "cari nama atau hal")),
    "impor": (("Enter", "baca berkas ini; di pratinjau simpan, atau putuskan barisnya"),),
    "atur": (*_FORM, ("Kiri, Kanan", "pilihan sebelum dan sesudahnya")),
    "beda": (("Enter", "ke baris berikutnya"), ("Spasi", "ganti pilihan baris ini")),
    "cetak": (("Enter", "pilih lalu ke pertanyaan berikutnya"), ("Spasi", "pilih, tetap di sini")),
    "kepala": (("Enter", "baca rencana di bawah kursor"), ("huruf", "cari nama, NIP atau NUPTK")),
    "salin": (("Panah", "guru lain; rinciannya di bawah"),),
    "telaah": (("PgDn, Spasi", "lanjut membaca"), ("End", "ke akhir; sesudah itu rencana dapat diputuskan")),
    "tinjau": (("Enter, Spasi", "lanjut membaca sampai akhirnya tampil"), ("End", "ke akhir; sesudah itu dapat diputuskan")),
}
MOVEMENT = (
    ("Panah, Tab", "pindah baris"),
    ("PgUp, PgDn", "selayar ke atas, ke bawah"),
    ("Home, End", "ke awal, ke akhir"),
    ("Ctrl+Home", "ke baris pertama"),
    ("Ctrl+End", "ke baris terakhir"),
    ("Ctrl+U", "kosongkan isian, pencarian"),
)
"""The keys that move, which are the same everywhere."""
_EXAMPLES = {
    "daftar": 'Ketik "cut", Enter; isi, lalu {ajukan} mengajukan. Esc kembali ke sini.',
    "data_diri": "Baca, betulkan yang keliru, Enter pada Data sudah sesuai, turun ke Ya, lanjut, Enter.",
    "rapor_pendidikan": "Baca capaiannya, lalu Enter pada Saya mengerti.",
    "praktik_pembelajaran": "Enter pada indikator yang dianjurkan memilihnya dan membuka bagian 2.",
    "pengembangan_kompetensi": "{tambah}, ketik beberapa huruf RHK, Enter, tulis targetnya, Enter; {bagian_berikut} ke bagian 3.",
    "tugas_tambahan": "Spasi pada tugas menurut SK, isi nomor SK-nya; {bagian_berikut} ke bagian 4.",
    "perilaku_kerja": "Tujuh kali Enter memilih yang dianjurkan untuk tiap nilai.",
    "rangkuman": "Baca, minta guru membaca; Spasi pada Sudah dikonfirmasi guru, lalu {ajukan}, turun ke Ya, ajukan, Enter.",
    "kotak": "{kirim} mengirim yang antre. Yang ditolak: Enter, perbaiki bidangnya, {ajukan}.",
    "prasyarat": "Turun ke satu hal, baca langkahnya di bawah; sesudah beres di sistemnya, Spasi mencentang.",
    "impor": "Enter pada berkas terbaru, periksa tiap baris, {simpan_impor} menyimpan.",
    "atur": "Tempel alamat dan token, lalu {simpan_atur}: sambungan diuji dahulu, baru disimpan.",
    "kepala": "Enter membuka, End ke akhirnya, {setujui} lalu Kanan dan Enter menyetujui; rencana berikutnya terbuka.",
    "telaah": "Baca sampai akhir, lalu {setujui}, Kanan, Enter. {kembalikan}, 1, Tab ke Kembalikan, Enter mengembalikan.",
    "tinjau": "End, lalu Enter: data diri dan Rapor sesuai, berikutnya. Dengan konfirmasi: End, Spasi, Enter. {ajukan} mengajukan.",
    "beda": "Spasi pada baris yang isinya di server lebih benar, lalu {pakai_pilihan}.",
    "salin": "Di daftar {tandai_semua}, {salin}, pilih templat, Enter; lihat siapa menjadi apa, lalu {jalankan_salin}.",
    "cetak": "Tandai guru di daftar dengan Spasi, {cetak}; pilih dokumennya, lalu {buat_berkas}. {buka_folder} membuka foldernya.",
}
_HOLE = re.compile(r"\{(\w+)\}")


def title_of(topic: str) -> str:
    """Return the name of a place or of a pane."""
    return _NAMES.get(topic, topic.capitalize())


def keys_at(place: str) -> tuple[tuple[str, str], ...]:
    """Return the keys of a place that are no actions."""
    return _KEYS.get(place, ())


def example_of(topic: str, keymap: Mapping[str, str]) -> str:
    """Return the example of a place or a pane, with the keys that are in force."""
    return _HOLE.sub(lambda found: keys_of(found[1], keymap)[0], _EXAMPLES.get(topic, ""))


def legend_of(place: str, look: Look) -> tuple[tuple[str, ...], ...]:
    """Return the signs of a place whose screen tells none of its own; the thrifty look shows none there."""
    signs = look.signs
    if look.thrifty or place not in ("rencana", "atur", "cetak"):
        return ()
    choices = ((signs.radio[True], "dipilih, satu saja"), (signs.tick[True], "dicentang, boleh beberapa"))
    if place != "rencana":
        return choices
    return (
        ("", "Tanda bagian"),
        (signs.ok, "beres", "good"),
        (signs.problem, "ada masalah", "error"),
        ("", "Tanda di isian"),
        *choices,
        (signs.proposed, "dianjurkan menurut Rapor", "warning"),
        (signs.problem, "yang menghalangi pengajuan", "error"),
        ("-", "peringatan; boleh diajukan", "warning"),
    )
