"""The whole table of bad input, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.faults.input import config_cases, file_cases, katalog_cases, random_cases, state_cases
from tests.faults.input.cases import Kasus

SUMBER: dict[str, Callable[[], Iterator[Kasus]]] = {
    "berkas": file_cases.semua,
    "katalog": katalog_cases.semua,
    "konfigurasi": config_cases.semua,
    "keadaan": state_cases.semua,
    "acak": random_cases.semua,
}


def tabel(*nama: str) -> dict[str, Kasus]:
    """The cases of these parts, or of all."""
    found: dict[str, Kasus] = {}
    for sumber in nama or SUMBER:
        for kasus in SUMBER[sumber]():
            assert kasus.nama not in found, kasus.nama
            found[kasus.nama] = kasus
    return found
