"""The columns that the roster keeps, the headings they go by, and those that must never be read.

Invariant: what is not in `COLUMNS` never leaves the process that reads the file (UU 27/2022: no more than the plan needs).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "nama": ("Nama", "Nama Lengkap", "Nama Guru", "Nama PTK", "Nama GTK", "Nama Pegawai"),
    "nip": ("NIP", "NIP/NI PPPK", "NI PPPK", "NIPPPK", "NIP Baru"),
    "nuptk": ("NUPTK",),
    "jk": ("JK", "L/P", "Jenis Kelamin"),
    "tanggal_lahir": ("Tanggal Lahir", "Tgl Lahir", "Tgl Lhr", "Tempat Tanggal Lahir", "Tempat Tgl Lahir", "TTL"),
    "status_kepegawaian": ("Status Kepegawaian", "Status Pegawai", "Status Kepeg", "Status Kepegawaian ID Str", "Status"),
    "jenis_ptk": ("Jenis PTK", "Jenis GTK", "Jenis PTK ID Str"),
    "tugas_tambahan": ("Tugas Tambahan",),
    "golongan": (
        "Pangkat Golongan",
        "Pangkat Gol Ruang",
        "Golongan",
        "Golongan Ruang",
        "Pangkat Gol",
        "Pangkat Golongan Terakhir",
        "Gol Ruang",
        "Gol",
    ),
    "gelar_depan": ("Gelar Depan", "Gelar Dpn"),
    "gelar_belakang": ("Gelar Belakang", "Gelar Blk"),
}
"""Field of `Pegawai` (or part of the name) by the headings that it goes by, Dapodik's own first."""

PRIVATE = (
    "NIK", "No KK", "NPWP", "Nama Wajib Pajak", "Bank", "Nomor Rekening Bank", "Rekening Atas Nama", "Nama Ibu Kandung",
    "Alamat Jalan", "Nama Suami/Istri", "NIP Suami/Istri", "Pekerjaan Suami/Istri", "Lintang", "Bujur", "HP", "Telepon", "Email",
)  # fmt: skip
"""Headings that no alias can make a used column."""

NUMBERS = ("nip", "nuptk")
_ALWAYS = ("nama", "gelar_depan", "gelar_belakang")

HeadingMap = Mapping[str, Sequence[str]]
"""Field by the heading keys (see `heading_key`) that stand for it, the preferred first."""


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
    return headings


def _list(value: Any) -> Iterable[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, (list, tuple)) else ()


def recognise(texts: Sequence[str], headings: HeadingMap) -> dict[str, int]:
    """Return the place of each field in a row of heading texts, or nothing when it is no heading row.

    A heading row has the name and at least one of NIP and NUPTK. Of two columns that fit, the preferred heading, then the first.
    """
    places: dict[str, int] = {}
    for number, text in enumerate(texts):
        if text and (key := heading_key(text)):
            places.setdefault(key, number)
    columns = {field: places[key] for field, keys in headings.items() for key in reversed(keys) if key in places}
    return columns if "nama" in columns and any(number in columns for number in NUMBERS) else {}
