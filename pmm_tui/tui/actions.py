"""Every action of the program, told once: id, keys, label, help. Bindings, footer, help and configuration read it by `keys`.

Each action has two keys, and none relies on F1, F10 or F11 alone, which many terminals keep for themselves.
"""

from __future__ import annotations

from msgspec import Struct


class Action(Struct, frozen=True):
    """One action. `places` names the screens that have it, `umum` all of them.

    `later` ones came after configurations had been written: their keys give way to a keymap that does not know them.
    """

    id: str
    keys: str
    label: str
    help: str
    places: tuple[str, ...]
    later: bool = False


_OVER_THE_LIST = ("rencana", "kotak", "impor", "bantuan", "atur", "beda", "guru", "cetak", "telaah", "tinjau", "salin", "prasyarat")
_DESK = ("kepala", "telaah")
_LISTS, _PLANS = ("daftar", "kepala"), ("rencana", "telaah", "tinjau")

ACTIONS = (
    Action("bantuan", "f1,ctrl+g", "Bantuan", "Bantuan untuk tempat ini", ("umum",)),
    Action("keluar", "ctrl+q,f12", "Keluar", "Simpan semuanya lalu tutup program", ("umum",)),
    Action("simpan_impor", "f9,ctrl+s", "Simpan", "Simpan guru yang baru dan yang diperbarui", ("impor",)),
    Action("putuskan", "f5,ctrl+e", "Putuskan", "Orang yang sama atau bukan, dan isi siapa yang dipakai", ("impor",), later=True),
    Action("lembar", "f6,ctrl+t", "Lembar", "Pilih lembar dan tabel yang dibaca", ("impor",), later=True),
    Action("kolom", "f7,ctrl+b", "Kolom", "Sebutkan isi kolom yang tidak dikenal", ("impor",), later=True),
    Action("ekspor_tolak", "f8,ctrl+o", "Tulis ditolak", "Tulis baris yang ditolak ke berkas baru", ("impor",), later=True),
    Action("dapodik", "f4,ctrl+n", "Dari Dapodik", "Ambil guru langsung dari aplikasi Dapodik", ("impor",), later=True),
    Action("simpan_guru", "f9,ctrl+s", "Simpan", "Simpan guru ini", ("guru",), later=True),
    Action("simpan_atur", "f9,ctrl+s", "Simpan", "Simpan pengaturan", ("atur",)),
    Action("hemat", "ctrl+p,f11", "Hemat", "Tampilan hemat untuk sambungan lambat, atau kembali", ("umum",)),
    Action("gambar_ulang", "ctrl+l,alt+l", "Gambar ulang", "Gambar ulang layar yang kacau", ("umum",)),
    Action("palet", "ctrl+a,alt+x", "Aksi", "Cari aksi, guru atau pengaturan, lalu jalankan", ("umum",), later=True),
    Action("kembali", "escape,ctrl+w", "Kembali", "Kembali ke layar sebelumnya", _OVER_THE_LIST),
    Action("saring", "f2,ctrl+f", "Saring", "Tampilkan guru menurut status, bergantian", ("daftar",)),
    Action("urutkan", "f3,ctrl+o", "Urutkan", "Urutkan menurut kolom berikutnya", ("daftar",)),
    Action(
        "balik_urutan",
        "shift+f3,alt+o",
        "Balik urutan",
        "Balikkan urutan: dari atas ke bawah atau sebaliknya",
        ("daftar",),
        later=True,
    ),
    Action(
        "saring_lain",
        "shift+f2,alt+r",
        "Saringan lain",
        "Saring menurut kepegawaian, jenis PTK dan masalah",
        ("daftar",),
        later=True,
    ),
    Action("tandai", "space,insert", "Tandai", "Tandai guru ini, atau lepas tandanya", _LISTS, later=True),
    Action("tandai_semua", "asterisk,alt+a", "Tandai semua", "Tandai semua yang tampil, atau tidak satu pun", _LISTS, later=True),
    Action("yang_belum", "alt+u,ctrl+b", "Yang belum", "Ke guru berikutnya yang belum selesai", ("daftar",), later=True),
    Action("pratinjau", "f10,alt+i", "Pratinjau", "Tampilkan atau sembunyikan rencana di sebelah daftar", _LISTS, later=True),
    Action(
        "tidak_perlu",
        "alt+t,shift+f8",
        "Tidak perlu",
        "Guru ini, atau yang bertanda, tidak perlu rencana; atau perlu lagi",
        ("daftar",),
        later=True,
    ),
    Action(
        "ajukan_bertanda",
        "alt+j,shift+f9",
        "Ajukan yang lengkap",
        "Ajukan rencana yang lengkap: yang bertanda, atau ini",
        ("daftar",),
        later=True,
    ),
    Action("salin", "alt+s,shift+f5", "Salin", "Isi seperti guru lain, templat atau periode lalu", ("daftar",), later=True),
    Action("guru_baru", "alt+g,shift+f4", "Tambah guru", "Tambahkan seorang guru dengan tangan", ("daftar",), later=True),
    Action("guru_ubah", "alt+e,shift+f7", "Perbaiki guru", "Perbaiki data guru ini dengan tangan", ("daftar",), later=True),
    Action("urung_guru", "alt+z,shift+f6", "Urungkan", "Urungkan yang terakhir dilakukan di daftar ini", ("daftar",), later=True),
    Action("tinjau", "alt+d,ctrl+d", "Tinjau", "Tinjau satu per satu: yang bertanda, atau yang lengkap", ("daftar",), later=True),
    Action(
        "konfirmasi_bertanda",
        "alt+k,ctrl+y",
        "Catat konfirmasi",
        "Catat konfirmasi guru: yang bertanda, atau ini",
        ("daftar",),
        later=True,
    ),
    Action(
        "data_sesuai", "enter,f5", "Data, Rapor sesuai", "Data diri dan Rapor sesuai, lalu guru berikutnya", ("tinjau",), later=True
    ),
    Action("sudah_konfirmasi", "space,f6", "Dikonfirmasi guru", "Sudah dikonfirmasi guru, atau belum", ("tinjau",), later=True),
    Action("cara_konfirmasi", "alt+k,f7", "Cara konfirmasi", "Cara dan tanggal konfirmasi yang lain", ("tinjau",), later=True),
    Action("ubah_rencana", "f4,ctrl+t", "Ubah", "Buka rencana ini untuk diubah, lalu kembali ke sini", ("tinjau",), later=True),
    Action("prasyarat", "alt+p,shift+f1", "Pra-perencanaan", "Yang harus beres sebelum pengisian", ("daftar",), later=True),
    Action("centang", "space,insert", "Centang", "Centang hal ini, atau lepas centangnya", ("prasyarat",), later=True),
    Action(
        "saring_prasyarat",
        "f2,ctrl+f",
        "Saring",
        "Tampilkan menurut yang perlu diurus, bergantian",
        ("prasyarat",),
        later=True,
    ),
    Action("langkah", "f3,ctrl+o", "Langkah", "Langkah perbaikan dan arti pesan Sinkron-nya", ("prasyarat",), later=True),
    Action("cetak_prasyarat", "alt+c,ctrl+x", "Cetak", "Cetak daftar perbaikan ini", ("prasyarat",), later=True),
    Action("impor", "f4,ctrl+n", "Impor", "Impor guru dari berkas Dapodik (XLSX, XLS, CSV)", ("daftar",)),
    Action("tarik", "f5,ctrl+r", "Tarik data", "Ambil guru, rapor, katalog dan status dari server", (*_LISTS, "kotak", "beda")),
    Action("periode", "f6,ctrl+t", "Ganti periode", "Ganti periode perencanaan", _LISTS),
    Action("atur", "f7,ctrl+e", "Pengaturan", "Server, token dan data sekolah", ("daftar",)),
    Action(
        "sekolah_lain", "alt+h,shift+f10", "Sekolah lain", "Buka sekolah lain di komputer ini, atau tambah satu", _LISTS, later=True
    ),
    Action("kotak", "f8,ctrl+k", "Kotak Kirim", "Lihat yang menunggu, terkirim, ditolak dan bentrok", (*_LISTS, "rencana")),
    Action("kirim", "f9,ctrl+s", "Kirim", "Kirim semua yang menunggu", ("daftar", "kotak")),
    Action("batal_kirim", "ctrl+x,f10", "Batalkan kirim", "Hentikan pengiriman yang sedang berjalan", ("kotak",)),
    Action("ke_berkas", "f6,ctrl+t", "Ke berkas", "Tulis yang menunggu ke berkas di USB", ("kotak",), later=True),
    Action("dari_berkas", "f7,ctrl+b", "Dari berkas", "Terima hasil dari berkas di USB, atau kirim isinya", ("kotak",), later=True),
    Action("ajukan", "f9,ctrl+s", "Ajukan", "Ajukan rencana ini ke kepala sekolah", ("rencana", "tinjau")),
    Action("beda", "ctrl+o,f10", "Lihat bedanya", "Bandingkan isi di sini dengan isi di server", ("rencana",), later=True),
    Action("pakai_server", "f6,ctrl+t", "Milik server", "Pakai milik server untuk semua bidang", ("beda",), later=True),
    Action("pakai_saya", "f7,ctrl+b", "Milik saya", "Pakai milik saya untuk semua bidang", ("beda",), later=True),
    Action("pakai_pilihan", "f8,ctrl+k", "Pakai pilihan ini", "Pakai tiap bidang seperti yang dipilih", ("beda",), later=True),
    Action("bagian_berikut", "f6,ctrl+n", "Berikut", "Ke bagian berikutnya", ("rencana",)),
    Action("bagian_sebelum", "f7,ctrl+b", "Sebelum", "Ke bagian sebelumnya", ("rencana",)),
    Action("urung", "ctrl+z,f2", "Urungkan", "Urungkan perubahan terakhir", ("rencana", "tinjau")),
    Action("ulang", "ctrl+y,f3", "Ulangi", "Ulangi yang diurungkan", ("rencana",)),
    Action("tambah", "f4,ctrl+t", "Tambah", "Tambah RHK (Pengembangan Kompetensi)", ("rencana",)),
    Action("hapus", "f5,ctrl+d", "Hapus", "Hapus RHK di bawah kursor", ("rencana",)),
    Action("guru_berikut", "alt+n,ctrl+pagedown", "Guru berikut", "Ke rencana guru berikutnya di daftar", _PLANS, later=True),
    Action("guru_sebelum", "alt+p,ctrl+pageup", "Guru sebelum", "Ke rencana guru sebelumnya di daftar", _PLANS, later=True),
    Action(
        "cetak",
        "alt+c,ctrl+x",
        "Cetak",
        "Cetak atau ekspor: SKP, paraf, isian, daftar, tanda terima",
        (*_LISTS, *_PLANS),
        later=True,
    ),
    Action("tanda_terima", "alt+c,ctrl+o", "Tanda terima", "Cetak tanda terima", ("kotak",), later=True),
    Action("buat_berkas", "f9,ctrl+s", "Buat berkas", "Buat berkas yang dipilih", ("cetak",), later=True),
    Action("buka_folder", "f4,ctrl+o", "Folder", "Buka folder tempat berkasnya", ("cetak",), later=True),
    Action("henti_cetak", "f10,ctrl+x", "Hentikan", "Hentikan pembuatan berkas yang sedang berjalan", ("cetak",), later=True),
    Action("ulang_isian", "alt+v,shift+f2", "Isian sama", "Isi bidang ini seperti guru terakhir", ("rencana",), later=True),
    Action("ulang_bagian", "alt+g,shift+f3", "Bagian sama", "Isi bagian ini seperti guru terakhir", ("rencana",), later=True),
    Action("ulang_rencana", "alt+s,shift+f5", "Rencana sama", "Isi rencana ini seperti guru terakhir", ("rencana",), later=True),
    Action("jalankan_salin", "f9,ctrl+s", "Salin", "Salin ke guru yang disebut di pratinjau", ("salin",), later=True),
    Action("sumber_salin", "f4,ctrl+n", "Sumber", "Salin dari guru, templat atau periode lain", ("salin",), later=True),
    Action("bagian_salin", "f6,ctrl+t", "Bagian", "Pilih bagian yang disalin", ("salin",), later=True),
    Action("ganti_salin", "f7,ctrl+b", "Yang terisi", "Ganti juga yang sudah terisi, atau biarkan", ("salin",), later=True),
    Action("guru_belum", "alt+u,ctrl+f", "Yang belum", "Ke guru berikutnya yang belum selesai", ("rencana",), later=True),
    Action("baca", "f3,ctrl+o", "Baca", "Baca seluruh rencana ini", ("kepala",), later=True),
    Action("setujui", "f9,ctrl+s", "Setujui", "Setujui rencana ini, atau yang bertanda dan sudah dibuka", _DESK, later=True),
    Action("kembalikan", "f7,ctrl+b", "Kembalikan", "Kembalikan rencana ini dengan alasan", _DESK, later=True),
    Action("buka_kembali", "alt+k,ctrl+d", "Buka kembali", "Buka kembali rencana yang disetujui, dengan alasan", _DESK, later=True),
    Action("urung_putusan", "ctrl+z,alt+z", "Urungkan", "Urungkan keputusan yang belum dikirim", _DESK, later=True),
    Action("ekspektasi", "f4,ctrl+n", "Ekspektasi", "Ekspektasi Khusus Pimpinan untuk rencana ini", _DESK, later=True),
    Action(
        "ekspektasi_umum",
        "alt+g,shift+f4",
        "Ekspektasi sekolah",
        "Ekspektasi Khusus Pimpinan untuk semua guru",
        _DESK,
        later=True,
    ),
    Action("saring_kepala", "f2,ctrl+f", "Saring", "Tampilkan rencana menurut keadaan, bergantian", ("kepala",), later=True),
    Action("kirim_kepala", "alt+r,shift+f9", "Kirim", "Kirim semua keputusan yang menunggu", ("kepala",), later=True),
    Action("tutup_tur", "alt+q,ctrl+f1", "Tur", "Mulai, lanjutkan atau tutup tur latihan", ("latihan",), later=True),
    Action("lewati_tur", "alt+m,ctrl+f2", "Lewati", "Lewati langkah tur latihan ini", ("latihan",), later=True),
    Action("atur_kepala", "ctrl+e,alt+e", "Pengaturan", "Server, token dan data sekolah", ("kepala",), later=True),
)

GUIDED = "latihan"
"""The place of the actions of the tour, which is everywhere in practice, and nowhere else."""
