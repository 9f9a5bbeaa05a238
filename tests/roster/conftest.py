"""What the importer's tests share: the catalogue, a fixed day, and reading a grid of cells as if it came from a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import peta_judul
from pmm_tui.roster.model import BacaanGuru, BarisGuru
from pmm_tui.roster.read import susun
from pmm_tui.roster.table import pungut
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled

HARI_INI = date(2026, 1, 8)
NIP = "198507142010011012"
NIP_LAIN = "198703022011012005"
NIP_PPPK = "199001012022212003"
NUPTK = "4046763664200013"
NUPTK_LAIN = "4046763664200024"


def baca_kisi(kisi: Sequence[Sequence[object]]) -> BacaanGuru:
    """Read a grid of cells the way the child and the parent do, through the JSON between them; raises InputError."""
    katalog = bundled()
    hasil = pungut(kisi, peta_judul(katalog.impor_dapodik))
    if hasil is None:
        raise InputError("tanpa judul")
    dokumen = json.dumps({"jenis": "xlsx", "lembar": "Daftar Guru", **hasil}).encode("ascii")
    return susun(dokumen, "guru.xlsx", katalog, HARI_INI)


@pytest.fixture
def katalog() -> Katalog:
    """The catalogue that comes with the program."""
    return bundled()


@pytest.fixture
def satu() -> Callable[..., BarisGuru]:
    """Read one row, given as cells by heading over a sound teacher."""

    def baca(**sel: Any) -> BarisGuru:
        isi = {
            "Nama": "Budi Santoso", "NIP": NIP, "NUPTK": NUPTK, "JK": "L", "Tanggal Lahir": "1985-07-14",
            "Status Kepegawaian": "PNS", "Jenis PTK": "Guru Mapel", "Tugas Tambahan": None, "Pangkat Golongan": "III/c",
            **{judul.replace("_", " "): nilai for judul, nilai in sel.items()},
        }  # fmt: skip
        (baris,) = baca_kisi([tuple(isi), tuple(isi.values())]).baris
        return baris

    return baca
