"""The columns that the roster keeps, the headings they go by, and those that must never be read.

Invariant: what is not in `COLUMNS` never leaves the process that reads the file (UU 27/2022: no more than the plan needs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "nama": ("Nama", "Nama Lengkap", "Nama Guru", "Nama PTK", "Nama GTK", "Nama Pegawai", "Nama Pendidik", "Nama Tenaga Pendidik"),
    "nip": (
        "NIP", "NIP Baru", "NIP/NI PPPK", "NI PPPK", "NIPPPK", "NIP/NIPPPK", "NIP PPPK", "Nomor Induk Pegawai",
        "Nomor Induk Pegawai Negeri Sipil", "Nomor Induk PPPK",
    ),
    "nuptk": ("NUPTK", "Nomor Unik Pendidik dan Tenaga Kependidikan"),
    "jk": ("JK", "L/P", "Jenis Kelamin", "Gender", "Sex"),
    "tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir", "Tgl Lhr", "Tempat Tanggal Lahir", "Tempat Tgl Lahir", "TTL", "Date of Birth"),
    "status_kepegawaian": (
        "Status Kepegawaian", "Status Pegawai", "Status Kepeg", "Status Kepegawaian ID Str", "Status ASN", "Jenis Pegawai Nama",
        "Jenis Kepegawaian", "Jenis Pegawai", "Status",
    ),
    "jenis_ptk": ("Jenis PTK", "Jenis GTK", "Jenis PTK ID Str", "Jenis Guru"),
    "tugas_tambahan": ("Tugas Tambahan",),
    "golongan": (
        "Pangkat Golongan", "Pangkat Gol Ruang", "Golongan", "Golongan Ruang", "Pangkat Gol", "Pangkat Golongan Terakhir",
        "Gol Ruang", "Gol", "Gol Akhir Nama", "Pangkat Golongan Ruang", "Pangkat",
    ),
    "gelar_depan": ("Gelar Depan", "Gelar Dpn"),
    "gelar_belakang": ("Gelar Belakang", "Gelar Blk"),
}  # fmt: skip
"""Field of `Pegawai` (or part of the name) by the headings that it goes by, Dapodik's own first."""

ASIDE: dict[str, tuple[str, ...]] = {
    "keterangan": ("Keterangan", "Ket", "Catatan", "Status Keaktifan", "Status Aktif", "Keaktifan", "Status Tugas"),
    "keluar": ("Jenis Keluar", "Alasan Keluar", "Keluar Karena", "Jenis Keluar ID Str", "Tanggal Keluar", "Tgl Keluar"),
    "jabatan": (
        "Jabatan",
        "Tugas Utama",
        "Jabatan Nama",
        "Nama Jabatan",
        "Jabatan PTK",
        "Jabatan PTK ID Str",
        "Jabatan Guru",
        "Jenis Jabatan",
    ),
    "jk_l": ("L",),
    "jk_p": ("P",),
    "nama_nip": (),
    "nip_nuptk": (),
    "nip_lain": (),
}
"""Columns that are read for one thing only: whether somebody has left, is no teacher, or which of two a cell holds.

Of a remark or a post no more leaves the reading process than the word that was looked for.
"""

PRIVATE = (
    "NIK", "No KK", "NPWP", "Nama Wajib Pajak", "Bank", "Nomor Rekening Bank", "Rekening Atas Nama", "Nama Ibu Kandung",
    "Alamat Jalan", "Nama Suami/Istri", "NIP Suami/Istri", "Pekerjaan Suami/Istri", "Lintang", "Bujur", "HP", "Telepon", "Email",
    "Nomor Induk Kependudukan", "Alamat", "No HP", "Nomor HP", "No Telepon", "No Telp", "No WA", "Nomor WA", "Email Address",
    "Password", "Username", "Nama Ibu", "Nama Ayah", "Nama Pasangan", "Agama", "RT", "RW", "Kode Pos", "Nama Dusun", "No Rekening",
)  # fmt: skip
"""Headings that no alias can make a used column."""

KNOWN_UNUSED = (
    "No",
    "Nomor",
    "No Urut",
    "Nomor Urut",
    "Tempat Lahir",
    "Tempat Lhr",
    "Desa/Kelurahan",
    "Kecamatan",
    "SK CPNS",
    "Tanggal CPNS",
    "SK Pengangkatan",
    "TMT Pengangkatan",
    "Lembaga Pengangkatan",
    "Sumber Gaji",
    "Status Perkawinan",
    "Status Pernikahan",
    "TMT PNS",
    "Sudah Lisensi Kepala Sekolah",
    "Pernah Diklat Kepengawasan",
    "Keahlian Braille",
    "Keahlian Bahasa Isyarat",
    "Kewarganegaraan",
    "Karpeg",
    "Karis/Karsu",
    "NUKS",
    "NIP Lama",
    "Baris Asal",
    "Alasan Ditolak",
    "Timestamp",
    "Masa Kerja",
    "TMT Golongan",
    "Pendidikan Terakhir",
    "Bidang Studi Terakhir",
    "Pendidikan",
    "Jurusan",
    "Status Induk",
    "PTK Induk",
    "Tanggal Surat Tugas",
    "Tempat Lahir Nama",
    "Agama ID Str",
    "Unit Kerja",
    "Nama Sekolah",
    "NPSN",
    "Atasan Langsung",
    "NRG",
    "NPK",
    "Status Sertifikasi",
    "Status Inpassing",
    "Thn",
    "Bln",
)
"""Headings that are known, and that a plan needs nothing of: they are not told of as unread."""

NUMBERS = ("nip", "nuptk")
_ALWAYS = ("nama", "gelar_depan", "gelar_belakang")

HeadingMap = Mapping[str, Sequence[str]]
"""Field (also those of `ASIDE`) by the heading keys (see `heading_key`) that stand for it, the preferred first."""


def heading_key(heading: str) -> str:
    """Return what two spellings of one heading share: its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, heading[:80].casefold()))


def heading_map(impor_dapodik: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Build the heading map from a catalogue's `[impor_dapodik]` table, which may be empty.

    `alias` adds headings to ours, `dipakai` narrows the columns down, `jangan_disimpan` adds to `PRIVATE`.
    """
    private = {heading_key(heading) for heading in (*PRIVATE, *_list(impor_dapodik.get("jangan_disimpan")))}
    used = {heading_key(heading) for heading in _list(impor_dapodik.get("dipakai"))}
    alias = impor_dapodik.get("alias")
    added = {heading_key(heading): _list(names) for heading, names in alias.items()} if isinstance(alias, Mapping) else {}
    headings = {}
    for field, known in COLUMNS.items():
        keys = [heading_key(name) for name in known]
        if used and field not in _ALWAYS and used.isdisjoint(keys):
            continue
        keys += [heading_key(name) for key in keys for name in added.get(key, ())]
        headings[field] = tuple(dict.fromkeys(key for key in keys if key and key not in private))
    for field, known in ASIDE.items():
        headings[field] = tuple(key for name in known if (key := heading_key(name)) not in private)
    return headings


def _list(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple)) else ()
