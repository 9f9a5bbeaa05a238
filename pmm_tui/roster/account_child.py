"""The child that reads a list of belajar.id accounts.

Invariant: a column that looks like a password's is dropped before its rows are looked at, and of a cell with an account no more
than the address leaves this process; what stands in no known column never does.
"""

from __future__ import annotations

import re
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.child import deliver
from pmm_tui.roster.headings import heading_key
from pmm_tui.roster.plain_rows import Rows, sheets_of
from pmm_tui.roster.sandbox import confine
from pmm_tui.skp.account import address_in, state_of

_HEAD_ROWS = 20  # among which the headings stand
_SECRET = re.compile(r"sandi|password|passwd|passcode|aksesmasuk|kodeakses|kodemasuk|pwd|kunci|rahasia|secret")
_SECRET_ALONE = ("pin", "pass", "pw")
COLUMNS = {
    "nama": (
        "nama", "namalengkap", "namaptk", "namagtk", "namaguru", "namapengguna", "namapegawai", "namapendidik", "name", "fullname",
    ),
    "nuptk": ("nuptk",),
    "nip": ("nip", "nipnipppk"),
    "tanggal_lahir": ("tanggallahir", "tgllahir", "tgllhr", "dateofbirth"),
    "akun": (
        "userid", "iduser", "akun", "email", "username", "user", "akunpembelajaran", "akunbelajarid", "akunbelajar", "belajarid",
        "alamatemail", "emailaddress", "emailbelajarid", "alamatakun", "emailpembelajaran", "loginid", "namaakun",
    ),
    "keadaan": ("status", "statusakun", "keadaan", "keaktifan", "statusaktivasi", "aktivasi", "statusaktif"),
}  # fmt: skip
"""What is read, by the headings that it goes by, the preferred first."""


def read(data: bytes) -> dict[str, Any]:
    """The first table with names and accounts: its rows by column, and the headings of the columns that were dropped unread."""
    for name, rows in sheets_of(data):
        for at, row in enumerate(rows[:_HEAD_ROWS]):
            places, dropped = places_of(row)
            if "nama" in places and "akun" in places:
                picked = list(_pick(rows, at, places))
                return {"sheet": name, "heading_row": at + 1, "dropped": dropped, "rows": picked}
    raise InputError(
        "tidak ada judul Nama dan User ID (atau Akun, Email); unduh ulang akun PTK dari pd.data.kemdikbud.go.id, lalu impor lagi."
    )


def is_secret(heading: str) -> bool:
    """Whether a column with that heading may hold passwords."""
    key = heading_key(heading)
    return bool(_SECRET.search(key)) or key in _SECRET_ALONE


def places_of(row: list[str]) -> tuple[dict[str, int], list[str]]:
    """Which column is which, and the headings of those that are dropped because they look like a password's."""
    keys: dict[str, int] = {}
    dropped = []
    for at, text in enumerate(row):
        if is_secret(text):
            dropped.append(text)
        elif key := heading_key(text):
            keys.setdefault(key, at)
    places = {field: keys[key] for field, known in COLUMNS.items() for key in reversed(known) if key in keys}
    return places, dropped


def _pick(rows: Rows, head: int, places: dict[str, int]) -> Any:
    for at, row in enumerate(rows[head + 1 :], head + 2):
        cells = {field: row[place] for field, place in places.items() if place < len(row) and row[place]}
        if "nama" not in cells and "akun" not in cells:
            continue
        cells["akun"] = address_in(cells.get("akun", ""))
        if (state := state_of(cells.get("keadaan", ""))) is not None:
            cells["keadaan"] = state.word
        else:
            cells.pop("keadaan", None)
        if address_in(cells.get("nama", "")) or len(cells.get("nama", "")) > _LONGEST_NAME:
            cells["nama"] = ""
        yield at, {field: text for field, text in cells.items() if text}


_LONGEST_NAME = 120


def main() -> None:
    """Read standard input within the limits and write the document."""
    confine()
    deliver(read)


if __name__ == "__main__":
    main()
