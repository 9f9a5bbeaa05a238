"""The whole table of bad input, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults.masukan import kasus_acak, kasus_berkas, kasus_katalog, kasus_keadaan, kasus_konfigurasi
from tests.faults.masukan.kasus import Kasus

SUMBER: dict[str, Callable[[], Iterator[Kasus]]] = {
    "berkas": kasus_berkas.semua,
    "katalog": kasus_katalog.semua,
    "konfigurasi": kasus_konfigurasi.semua,
    "keadaan": kasus_keadaan.semua,
    "acak": kasus_acak.semua,
}


def tabel(*nama: str) -> dict[str, Kasus]:
    """The cases of these parts, or of all."""
    found: dict[str, Kasus] = {}
    for sumber in nama or SUMBER:
        for kasus in SUMBER[sumber]():
            assert kasus.nama not in found, kasus.nama
            found[kasus.nama] = kasus
    return found
