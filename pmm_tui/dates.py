"""Dates and times as an Indonesian reader writes them."""

from __future__ import annotations

from datetime import date, datetime

BULAN = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def jam(saat: datetime) -> str:
    """`10.42`, in the computer's own time zone."""
    return f"{saat.astimezone():%H.%M}"


def tanggal(hari: date) -> str:
    """`8 Januari 2026`."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def tanggal_jam(saat: datetime) -> str:
    """`8 Januari 2026 10.42`, in the computer's own time zone."""
    return f"{tanggal(saat.astimezone().date())} {jam(saat)}"


def baca_tanggal(teks: str) -> date | None:
    """Read `2026-01-31`, `31/01/2026`, `31-01-2026` or `31 Januari 2026`; None for anything else."""
    parts = teks.strip().replace("/", "-").replace(".", "-").replace(" ", "-").split("-")
    if len(parts) != 3:
        return None
    if parts[1].isalpha():
        names = [nama for nama in BULAN if nama.casefold().startswith(parts[1].casefold())]
        if len(parts[1]) < 3 or not names:
            return None
        parts[1] = str(BULAN.index(names[0]) + 1)
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    if len(parts[0]) == 4:
        year, month, day = map(int, parts)
    elif len(parts[2]) == 4:
        day, month, year = map(int, parts)
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
