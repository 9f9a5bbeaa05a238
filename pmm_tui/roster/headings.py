"""The columns that the roster keeps, the headings they go by, and those that must never be read.

Invariant: what is not in `KOLOM` never leaves the process that reads the file (UU 27/2022: no more than the plan needs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

KOLOM: dict[str, tuple[str, ...]] = {
    "nama": ("Nama", "Nama Lengkap", "Nama Guru", "Nama PTK", "Nama GTK"),
    "nip": ("NIP", "NIP/NI PPPK", "NI PPPK", "NIPPPK"),
    "nuptk": ("NUPTK",),
    "jk": ("JK", "L/P", "Jenis Kelamin"),
    "tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir"),
    "status_kepegawaian": ("Status Kepegawaian", "Status Pegawai", "Status"),
    "jenis_ptk": ("Jenis PTK", "Jenis GTK"),
    "tugas_tambahan": ("Tugas Tambahan",),
    "golongan": ("Pangkat Golongan", "Pangkat Gol Ruang", "Golongan", "Golongan Ruang", "Pangkat Gol"),
    "gelar_depan": ("Gelar Depan",),
    "gelar_belakang": ("Gelar Belakang",),
}
"""Field of `Pegawai` (or part of the name) by the headings that it goes by, Dapodik's own first."""

PRIBADI = (
    "NIK", "No KK", "NPWP", "Nama Wajib Pajak", "Bank", "Nomor Rekening Bank", "Rekening Atas Nama", "Nama Ibu Kandung",
    "Alamat Jalan", "Nama Suami/Istri", "NIP Suami/Istri", "Pekerjaan Suami/Istri", "Lintang", "Bujur", "HP", "Telepon", "Email",
)  # fmt: skip
"""Headings that no alias can make a used column."""

NOMOR = ("nip", "nuptk")
_SELALU = ("nama", "gelar_depan", "gelar_belakang")

Peta = Mapping[str, Sequence[str]]
"""Field by the heading keys (see `kunci`) that stand for it, the preferred first."""


def kunci(judul: str) -> str:
    """Return what two spellings of one heading share: its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, judul[:80].casefold()))


def peta_judul(impor_dapodik: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Build the heading map from a catalogue's `[impor_dapodik]` table, which may be empty.

    `alias` adds headings to ours, `dipakai` narrows the columns down, `jangan_disimpan` adds to `PRIBADI`.
    """
    pribadi = {kunci(judul) for judul in (*PRIBADI, *_daftar(impor_dapodik.get("jangan_disimpan")))}
    dipakai = {kunci(judul) for judul in _daftar(impor_dapodik.get("dipakai"))}
    alias = impor_dapodik.get("alias")
    tambahan = {kunci(judul): _daftar(nama) for judul, nama in alias.items()} if isinstance(alias, Mapping) else {}
    peta = {}
    for field, judul in KOLOM.items():
        keys = [kunci(nama) for nama in judul]
        if dipakai and field not in _SELALU and dipakai.isdisjoint(keys):
            continue
        keys += [kunci(nama) for key in keys for nama in tambahan.get(key, ())]
        peta[field] = tuple(dict.fromkeys(key for key in keys if key and key not in pribadi))
    return peta


def _daftar(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple)) else ()


def kenali(sel: Sequence[str], peta: Peta) -> dict[str, int]:
    """Return the place of each field in a row of heading texts, or nothing when it is no heading row.

    A heading row has the name and at least one of NIP and NUPTK. Of two columns that fit, the preferred heading, then the first.
    """
    tempat: dict[str, int] = {}
    for number, teks in enumerate(sel):
        if teks and (key := kunci(teks)):
            tempat.setdefault(key, number)
    kolom = {field: tempat[key] for field, keys in peta.items() for key in reversed(keys) if key in tempat}
    return kolom if "nama" in kolom and any(nomor in kolom for nomor in NOMOR) else {}
