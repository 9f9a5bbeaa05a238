"""Dates and times as an Indonesian reader writes them."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def clock(at: datetime) -> str:
    """`10.42`, in the computer's own time zone."""
    return f"{at.astimezone():%H.%M}"


def long_date(day: date) -> str:
    """`8 Januari 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_and_time(at: datetime) -> str:
    """`8 Januari 2026 10.42`, in the computer's own time zone."""
    return f"{long_date(at.astimezone().date())} {clock(at)}"


def field_date(text: str) -> str:
    """A date that is kept, as it stands in a field: `31-01-2026`, in the order in which it is typed. Anything else as it is."""
    day = parse_date(text)
    return f"{day.day:02}-{day.month:02}-{day.year:04}" if day else text


def kept_date(text: str) -> str:
    """What is kept of a date that was typed: `2026-01-31` where it can be read; a year of two digits is of this century."""
    whole = text.strip()
    long_year = f"{whole[:-2]}20{whole[-2:]}" if whole[-3:-2] in tuple("-/. ") else ""
    day = parse_date(whole) or parse_date(long_year)
    return day.isoformat() if day else text


def span(seconds: float) -> str:
    """A length of time as one says it: `12 menit`, `5 jam`, `3 hari`, `sekitar 7 tahun 11 bulan`."""
    minutes = round(abs(seconds) / 60)
    if minutes < 120:
        return f"{minutes} menit"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} jam"
    days = round(minutes / 60 / 24)
    if days < 60:
        return f"{days} hari"
    years, months = divmod(round(days / 365.2425 * 12), 12)
    parts = (f"{years} tahun" if years else "", f"{months} bulan" if months else "")
    return f"sekitar {' '.join(part for part in parts if part)}"


def clock_difference(ahead: float) -> str:
    """Say by how much this computer's clock is `ahead` of the server's, in seconds; the beginning of a sentence."""
    return f"Jam komputer ini {span(ahead)} lebih {'cepat' if ahead > 0 else 'lambat'} dari server"


def parse_date(text: str) -> date | None:
    """Read `2026-01-31`, `31/01/2026`, `31-01-2026` or `31 Januari 2026`; None for anything else."""
    parts = text.strip().replace("/", "-").replace(".", "-").replace(" ", "-").split("-")
    if len(parts) != 3:
        return None
    if parts[1].isalpha():
        names = [name for name in MONTHS if name.casefold().startswith(parts[1].casefold())]
        if len(parts[1]) < 3 or not names:
            return None
        parts[1] = str(MONTHS.index(names[0]) + 1)
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
