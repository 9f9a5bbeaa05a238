"""A list of belajar.id accounts as the operator downloads it: names with addresses, never a password."""

from __future__ import annotations

from pathlib import Path

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.roster.other_file import read_other
from pmm_tui.text import clean, shorten

_WAY_ON = "unduh ulang akun PTK dari pd.data.kemdikbud.go.id, lalu impor lagi."


class AccountRow(Struct, frozen=True):
    """A row: its number in Excel, whom it names, the account (empty: none that can be one), and the word of its state."""

    row: int
    name: str = ""
    nuptk: str = ""
    nip: str = ""
    born: str = ""
    address: str = ""
    state: str = ""


class AccountFile(Struct, frozen=True, kw_only=True):
    """What a file says; `dropped` are the headings of the columns that look like passwords and were never read."""

    name: str
    heading_row: int
    rows: tuple[AccountRow, ...]
    dropped: tuple[str, ...] = ()


class _Answer(Struct, frozen=True):
    heading_row: int
    rows: tuple[tuple[int, dict[str, str]], ...]
    dropped: tuple[str, ...] = ()


def read_account_file(path: Path) -> AccountFile:
    """Read a download within the limits of `read_roster`; raises InputError for a file that cannot be used."""
    name = shorten(clean(path.name), 80) or "Berkas"
    document = read_other("account_child", path, _WAY_ON)
    try:
        answer = msgspec.convert(document, _Answer)
    except msgspec.ValidationError:
        raise InputError(f"{name}: susunannya tidak dikenal; {_WAY_ON}") from None
    rows = tuple(
        AccountRow(
            number,
            cells.get("nama", ""),
            cells.get("nuptk", ""),
            cells.get("nip", ""),
            cells.get("tanggal_lahir", ""),
            cells.get("akun", ""),
            cells.get("keadaan", ""),
        )
        for number, cells in answer.rows
    )
    if not rows:
        raise InputError(f"{name}: tidak berisi akun di bawah judul di baris {answer.heading_row}; {_WAY_ON}")
    return AccountFile(name=name, heading_row=answer.heading_row, rows=rows, dropped=tuple(shorten(d, 40) for d in answer.dropped))
