"""What the columns are called in lists, and the columns that a list has besides; from lists of schools, not from the program."""

from __future__ import annotations

from random import Random
from typing import Any

from tests.roster.fuzz.people import Person

HEADINGS: dict[str, tuple[str, ...]] = {
    "nama": (
        "Nama", "NAMA", "Nama Lengkap", "Nama Guru", "NAMA GURU", "Nama PTK", "Nama GTK", "Nama Pegawai", "Nama *", "nama_lengkap",
        "N a m a", "Nama Guru/Pegawai", "Nama Lengkap (dengan gelar)", "Nama dan Gelar", "Nama Lengkap & Gelar", "NAMA:",
    ),
    "nip": (
        "NIP", "N I P", "N.I.P", "N I P.", "Nip", "NIP Baru", "NIP BARU", "NIP/NI PPPK", "NIP / NIPPPK", "NI PPPK", "NIP *",
        "No. NIP", "Nomor NIP", "NIP\n(18 digit)", "NIP (18 digit)", "NIP / NI PPPK\n(18 digit tanpa spasi)", "nomor_induk_pegawai",
        "Nomor Induk Pegawai", "NIP/NIPPPK", "NIP.",
    ),
    "nuptk": ("NUPTK", "nuptk", "N U P T K", "No. NUPTK", "NUPTK (16 digit)", "NUPTK *", "Nomor NUPTK", "NUPTK:"),
    "jk": (
        "JK", "L/P", "Jenis Kelamin", "JENIS KELAMIN", "L / P", "J K", "JK (L/P)", "Jenis Kelamin (L/P)", "jenis_kelamin",
        "Jns Kelamin", "Kelamin", "J. Kel",
    ),
    "tanggal_lahir": (
        "Tanggal Lahir", "TANGGAL LAHIR", "Tgl Lahir", "Tgl. Lahir", "Tgl Lhr", "Tanggal\nLahir", "tanggal_lahir",
        "Tanggal Lahir (dd/mm/yyyy)", "Tgl.Lahir *", "TglLahir", "Lahir Tanggal", "Tempat, Tanggal Lahir", "TTL",
        "Tempat/Tgl. Lahir",
    ),
    "status_kepegawaian": (
        "Status Kepegawaian", "Status Pegawai", "STATUS KEPEGAWAIAN", "Status Kepeg.", "status_kepegawaian_id_str",
        "Status\nKepegawaian", "Status Guru", "Status Kepeg", "Stts Kepegawaian", "Status Kepegawaian *",
    ),
    "jenis_ptk": (
        "Jenis PTK", "Jenis GTK", "JENIS PTK", "jenis_ptk_id_str", "Jenis  PTK", "Jns PTK", "Jenis PTK *", "Jenis Guru",
    ),
    "tugas_tambahan": ("Tugas Tambahan", "TUGAS TAMBAHAN", "Tugas Tambahan *", "Tgs Tambahan", "Tugas\nTambahan"),
    "golongan": (
        "Pangkat Golongan", "Pangkat/Golongan", "Golongan", "GOL", "Gol.", "Pangkat / Gol", "Pangkat, Gol. Ruang", "Gol/Ruang",
        "Golongan Ruang", "Pangkat/Gol. Ruang", "Pangkat/Golongan Terakhir", "pangkat_golongan_terakhir", "Pangkat dan Golongan",
        "Gol. Terakhir", "Pangkat & Golongan",
    ),
}  # fmt: skip
"""Headings that say which field they are, the plain one first."""

JSON_KEYS = {
    "nama": "nama", "nip": "nip", "nuptk": "nuptk", "jk": "jenis_kelamin", "tanggal_lahir": "tanggal_lahir",
    "status_kepegawaian": "status_kepegawaian_id_str", "jenis_ptk": "jenis_ptk_id_str", "tugas_tambahan": "tugas_tambahan",
    "golongan": "pangkat_golongan_terakhir", "gelar_depan": "gelar_depan", "gelar_belakang": "gelar_belakang",
}  # fmt: skip
"""What the web service of Dapodik calls the fields."""

DEGREE_HEADINGS = {"gelar_depan": ("Gelar Depan", "Gelar Dpn"), "gelar_belakang": ("Gelar Belakang", "Gelar Blk")}

FOREIGN = (
    "Tempat Lahir", "Agama", "Jabatan", "Unit Kerja", "Pendidikan Terakhir", "Masa Kerja", "TMT", "Mapel", "Kelas", "Status SKP",
    "Sertifikasi", "Jam Mengajar", "Peg ID", "NRG", "NPK", "Karpeg", "Kode",
)  # fmt: skip
"""Columns that no field is in."""
PRIVATE = (
    "NIK", "No KK", "NPWP", "HP", "Email", "Alamat Jalan", "Nama Ibu Kandung", "Nama Suami/Istri", "NIP Suami/Istri", "Bank",
    "Nomor Rekening Bank", "Lintang",
)  # fmt: skip
"""Columns that must never be read."""
SECRET = "Rahasia9"
LOOKALIKE = ("Nama Ibu", "Nama Sekolah", "Gol. Darah", "NIP Lama", "Status Pernikahan", "Tanggal Lahir Pasangan", "NIP Atasan")
"""Columns whose headings resemble those of a field and are none."""


def foreign_value(heading: str, person: Person, luck: Random) -> Any:
    """What stands in a column that is not read."""
    if heading in PRIVATE:
        numeric = heading in ("NIK", "No KK", "NPWP", "HP", "NIP Suami/Istri", "Nomor Rekening Bank")
        return str(luck.randint(10**15, 10**16 - 1)) if numeric else f"{SECRET} {heading}"
    return {
        "Tempat Lahir": person.place, "Agama": "Katolik", "Jabatan": "Guru Ahli Muda", "Unit Kerja": "SD NEGERI CONTOH",
        "Pendidikan Terakhir": "S1", "Masa Kerja": luck.randint(1, 30), "TMT": "01-04-2022", "Mapel": "Matematika",
        "Kelas": "VII A",
        "Status SKP": "Belum", "Sertifikasi": "Sudah", "Jam Mengajar": 24, "Peg ID": f"2020533{luck.randint(10**6, 10**7 - 1)}",
        "NRG": f"{luck.randint(10**11, 10**12 - 1)}", "NPK": "-", "Karpeg": "A 123456", "Nama Ibu": "Ibu Contoh",
        "Nama Sekolah": "SD Negeri Contoh", "Gol. Darah": luck.choice("ABO"), "NIP Lama": f"13{luck.randint(10**6, 10**7 - 1)}",
        "Status Pernikahan": "Kawin", "Tanggal Lahir Pasangan": "01/02/1970", "NIP Atasan": "196805051994031009",
    }.get(heading, luck.choice(("", "-", "ada", "1")))  # fmt: skip
