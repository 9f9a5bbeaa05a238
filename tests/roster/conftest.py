"""What the importer's tests share: the catalogue, a fixed day, and reading a grid of cells as if it came from a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.model import RosterReading, RosterRow
from pmm_tui.roster.read import assemble
from pmm_tui.roster.table import pick_rows
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled

TODAY = date(2026, 1, 8)
NIP = "198507142010011012"
OTHER_NIP = "198703022011012005"
PPPK_NIP = "199001012022212003"
NUPTK = "4046763664200013"
OTHER_NUPTK = "4046763664200024"


def read_grid(grid: Sequence[Sequence[object]]) -> RosterReading:
    """Read a grid of cells the way the child and the parent do, through the JSON between them; raises InputError."""
    katalog = bundled()
    result = pick_rows(grid, heading_map(katalog.impor_dapodik))
    if result is None:
        raise InputError("tanpa judul")
    document = json.dumps({"kind": "xlsx", "sheet": "Daftar Guru", **result}).encode("ascii")
    return assemble(document, "guru.xlsx", katalog, TODAY)


@pytest.fixture
def katalog() -> Katalog:
    """The catalogue that comes with the program."""
    return bundled()


@pytest.fixture
def one() -> Callable[..., RosterRow]:
    """Read one row, given as cells by heading over a sound teacher."""

    def read(**cell: Any) -> RosterRow:
        content = {
            "Nama": "Budi Santoso", "NIP": NIP, "NUPTK": NUPTK, "JK": "L", "Tanggal Lahir": "1985-07-14",
            "Status Kepegawaian": "PNS", "Jenis PTK": "Guru Mapel", "Tugas Tambahan": None, "Pangkat Golongan": "III/c",
            **{heading.replace("_", " "): value for heading, value in cell.items()},
        }  # fmt: skip
        (row,) = read_grid([tuple(content), tuple(content.values())]).rows
        return row

    return read
