"""Every screen by its name: the keys that lead there over the school of the pictures, and words that stand on it."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True, kw_only=True):
    """How one comes to a screen. `shows` stands on it at 80x24, `first_run` begins with the wizard, `empty` without teachers.

    `roles`: at the computer of whose token has them.
    """

    keys: str
    shows: str
    first_run: bool = False
    empty: bool = False
    roles: tuple[str, ...] = ()


READY, RETURNED, FAULTY = "down*8 enter", "down*4 enter", "down*2 enter"
"""A plan that is whole, which opens at its Rangkuman; one that the head sent back; one with a problem in Kompetensi."""
CONFLICT = "down*9 enter ctrl+o"
HEAD, BOTH = ("kepala_sekolah",), ("kepala_sekolah", "operator")
TO_LA_ODE = "'la ode' enter"
PLACES = {
    "roster": Place(keys="down*4", shows="►  Cut Meutia Zahra"),
    "roster-marked": Place(keys="space down space f2*3", shows="2 bertanda"),
    "roster-search": Place(keys="'siti'", shows="▐siti"),
    "roster-none": Place(keys="'xyz'", shows="Tidak ada guru yang cocok"),
    "roster-empty": Place(keys="", shows="Belum ada guru", empty=True),
    "roster-filters": Place(keys="alt+r", shows="PPPK Paruh Waktu"),
    "choose": Place(keys="f6", shows="Ganti periode"),
    "schools": Place(keys="alt+h", shows="Tambah sekolah"),
    "needless": Place(keys="down*5 alt+t", shows="Tidak perlu rencana"),
    "bulk": Place(keys="asterisk alt+j", shows="Ajukan 3 rencana"),
    "copy-sources": Place(keys="asterisk alt+s", shows="guru terakhir"),
    "copy": Place(keys="asterisk alt+s enter", shows="F9 menyalin ke"),
    "copy-replace": Place(keys="asterisk alt+s enter f7", shows="yang terisi DIGANTI"),
    "copy-parts": Place(keys="asterisk alt+s enter f6", shows="Bagian yang disalin"),
    "copy-help": Place(keys="asterisk alt+s enter f1", shows="Bantuan · Salin"),
    "template-save": Place(keys="ctrl+a 'simpan sebagai' enter", shows="Nama templat"),
    "teacher": Place(keys="alt+g", shows="NUPTK"),
    "palette": Place(keys="ctrl+a", shows="─ Aksi ─"),
    "palette-search": Place(keys="ctrl+a 'kirim'", shows="▐kirim"),
    "help": Place(keys="f1", shows="Bantuan · Daftar Guru"),
    "import": Place(keys="f4", shows="Impor guru"),
    "import-dapodik": Place(keys="f4 f4", shows="Pengaturan > Web Service"),
    "import-preview": Place(keys="f4 ctrl+home 'guru.xlsx' down enter", shows="Wulandari"),
    "outbox": Place(keys="f8", shows="≠ bentrok"),
    "outbox-refused": Place(keys="f8 down", shows="Nomor SK tidak dikenal"),
    "outbox-help": Place(keys="f8 f1", shows="Bantuan · Kotak Kirim"),
    "outbox-to-file": Place(keys="f8 f6", shows="Sekali lagi"),
    "outbox-from-file": Place(keys="f8 f7", shows="Buka berkas"),
    "data-diri": Place(keys=f"{READY} f7*6", shows="Data sudah sesuai"),
    "rapor": Place(keys=f"{READY} f7*5", shows="Saya mengerti"),
    "praktik": Place(keys=f"{READY} f7*4", shows="(•) Penerapan Disiplin Positif"),
    "kompetensi": Place(keys=f"{READY} f7*3", shows="Target"),
    "kompetensi-problem": Place(keys=FAULTY, shows="Target"),
    "kompetensi-choose": Place(keys=f"{FAULTY} f4", shows="─ Pilih Rencana Hasil Kerja ─"),
    "tugas": Place(keys=f"{READY} f7*2", shows="421.3/15/2026"),
    "perilaku": Place(keys=f"{READY} f7", shows="Perilaku"),
    "rangkuman": Place(keys=READY, shows="Rangkuman"),
    "rangkuman-problems": Place(keys=f"{FAULTY} f6*3", shows="Rangkuman"),
    "plan-help": Place(keys=f"{READY} f1", shows="Bantuan"),
    "submit": Place(keys=f"{READY} f9", shows="► Batal    Ajukan"),
    "returned": Place(keys=RETURNED, shows="Target RHK 2"),
    "sent": Place(keys="down enter", shows="Rangkuman"),
    "approved": Place(keys="enter", shows="Rangkuman"),
    "conflict": Place(keys="down*9 enter", shows="Lihat bedanya"),
    "differences": Place(keys=CONFLICT, shows="Lihat bedanya"),
    "differences-end": Place(keys=f"{CONFLICT} space down end", shows="Lihat bedanya"),
    "differences-settled": Place(keys=f"{CONFLICT} f6", shows="Isi server diambil"),
    "rapor-type": Place(keys="ctrl+a 'ketik capaian' enter", shows="Batal"),
    "sync": Place(keys="ctrl+a 'sinkron' enter 'unit kerja'", shows="▐unit kerja"),
    "print": Place(keys="space space alt+c", shows="Buat 2 berkas"),
    "print-list": Place(keys="alt+c down*4 enter", shows="(•) Daftar guru dan keadaannya"),
    "prasyarat": Place(keys="alt+p", shows="perlu diperbaiki"),
    "prasyarat-filtered": Place(keys="alt+p f2*2", shows="hal"),
    "prasyarat-step": Place(keys="alt+p down f3", shows="Tutup"),
    "prasyarat-help": Place(keys="alt+p f1", shows="Bantuan · Pra-perencanaan"),
    "print-help": Place(keys="alt+c f1", shows="Bantuan · Cetak dan ekspor"),
    "settings": Place(keys="f7", shows="Alamat server"),
    "desk": Place(keys="down*3", shows="baru, rev 2", roles=HEAD),
    "desk-marked": Place(keys="space space", shows="2 bertanda", roles=HEAD),
    "desk-all": Place(keys="f2*4 down*4", shows="← dikembalikan", roles=HEAD),
    "desk-help": Place(keys="f1", shows="Bantuan · Meja Kepala Sekolah", roles=HEAD),
    "desk-page": Place(keys=TO_LA_ODE, shows="di revisi 1: 3 pelatihan", roles=HEAD),
    "desk-page-end": Place(keys=f"{TO_LA_ODE} end", shows="Sudah dibuka", roles=HEAD),
    "desk-approve": Place(keys=f"{TO_LA_ODE} end f9", shows="─ Setujui? ─", roles=HEAD),
    "desk-approve-several": Place(keys="asterisk f9", shows="Tidak ikut (", roles=HEAD),
    "desk-return": Place(keys=f"{TO_LA_ODE} end f7 '4'", shows="4 [x] Target", roles=HEAD),
    "desk-expectations": Place(keys="f4 'Ikut KKG tiap bulan'", shows="▐Ikut KKG tiap bulan", roles=HEAD),
    "desk-outbox": Place(keys="f8", shows="≠ bentrok", roles=HEAD),
    "review": Place(keys="alt+d", shows="1 dari"),
    "review-end": Place(keys="alt+d end", shows="Konfirmasi guru"),
    "review-confirm": Place(keys="down*8 space up alt+d end alt+k", shows="Tandai"),
    "review-problem": Place(keys="down*2 space alt+d", shows="Belum dapat dikonfirmasi"),
    "confirm-several": Place(keys="asterisk alt+k", shows="Catat konfirmasi guru"),
    "role": Place(keys="", shows="Sebagai Atasan", roles=BOTH),
    "first-run": Place(keys="", shows="Selamat datang", first_run=True, empty=True),
}
