"""What a column tells as a whole that no cell tells alone: how its dates are written, whether it is what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from pmm_tui.dates import MONTHS
from pmm_tui.roster.aside_words import left
from pmm_tui.roster.cell_values import Cell, DateCell, text
from pmm_tui.roster.formulas import NOT_STORED
from pmm_tui.roster.headings import heading_key
from pmm_tui.roster.lane import LEFT
from pmm_tui.roster.other_words import known_status
from pmm_tui.roster.written_dates import swapped
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.nip import digits, parse_nip

DateOrder = Literal["hari", "bulan", "campur"]
"""Which part of a date in numbers comes first: the day, the month, or now this and now that."""

_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})\s{0,2}[./-]\s{0,2}(\d{1,2})\s{0,2}[./-]\s{0,2}(\d{4}|\d{2})\Z")
_SHORT_YEAR = re.compile(r"(?<!\d)(?:\d{1,2}[\s.,/-]{1,3}(?:\d{1,2}|[^\W\d_]{3,9})[\s.,/-]{1,3})'?\d{2}\Z")
_ENOUGH = 2  # numbers that have to agree before they tell how a whole column is written
_FEW = 4  # one wrongly written date in so many does not make a column mixed


class Sense(Struct, frozen=True):
    """What a table's columns tell: the order of its dates, what to say of it, and the column that is not what it is called.

    `turned`: Excel has taken dates of another order than its own for days, so that day and month of its dates changed places.
    """

    order: DateOrder = "hari"
    notes: tuple[str, ...] = ()
    no_status: bool = False
    turned: bool = False


def sense(rows: Sequence[tuple[int, dict[str, Cell]]], columns: Mapping[str, str], katalog: Katalog) -> Sense:
    """Look at all rows of a table; takes the column `Status` out of them where it holds something else."""
    cells = [row for _, row in rows]
    order, said = _date_order(cells)
    notes = [said] if said else []
    short = sum(bool(_SHORT_YEAR.search(cell)) for row in cells if isinstance(cell := row.get("tanggal_lahir"), str))
    if short:
        notes.append(f"Tahun dua angka pada {short} tanggal lahir: 00 sampai 10 dibaca 2000-an, 11 sampai 99 dibaca 1900-an.")
    if unsolved := sum(cell == NOT_STORED for row in cells for cell in row.values()):
        notes.append(
            f"{unsolved} sel berisi rumus tanpa hasil; buka berkas ini di Excel atau LibreOffice, simpan sekali, impor lagi."
        )
    if turned := _turned(cells):
        notes.append("Hari dan bulan pada tanggal yang disimpan Excel tertukar, menurut NIP; dibaca sesuai NIP pada seluruh kolom.")
    return Sense(order, tuple(notes), _no_status(cells, columns, katalog), turned)


def _date_order(cells: Iterable[Mapping[str, Cell]]) -> tuple[DateOrder, str]:
    day_first = month_first = by_nip = against = unsure = 0
    sample = ""
    for row in cells:
        cell = row.get("tanggal_lahir")
        match = _NUMBERS.search(cell) if isinstance(cell, str) else None
        if match is None or int(match[1]) > 31:
            continue
        one, two = int(match[1]), int(match[2])
        if one > 12 or two > 12:
            day_first += one > 12 and two <= 12
            month_first += two > 12 and one <= 12
            sample = sample or (match[0] if two > 12 else "")
        elif one != two:
            unsure += 1
            parts = parse_nip(digits(str(row.get("nip") or "")))
            if parts and parts.born:
                by_nip += (parts.born.month, parts.born.day) == (one, two)
                against += (parts.born.month, parts.born.day) == (two, one)
    if month_first and day_first * _FEW <= month_first:
        return "bulan", f"Tanggal lahir dibaca bulan/hari/tahun pada seluruh kolom, karena ada {sample}."
    if month_first and month_first * _FEW > day_first:
        return (
            "campur",
            f"Tanggal lahir pada kolom ini sebagian hari/bulan, sebagian bulan/hari ({sample}); yang tidak pasti dikosongkan.",
        )
    if not day_first and by_nip >= _ENOUGH and by_nip > _FEW * against:
        return "bulan", f"Tanggal lahir dibaca bulan/hari/tahun pada seluruh kolom, sesuai {by_nip} NIP."
    return "hari", ""


def _turned(cells: Iterable[Mapping[str, Cell]]) -> bool:
    """Whether the numbers say that day and month of every date that is one for Excel changed places."""
    for_it = against = 0
    for row in cells:
        cell = row.get("tanggal_lahir")
        if not isinstance(cell, DateCell):
            continue
        day = date.fromisoformat(cell.day)
        if day.day > len(MONTHS):
            return False
        parts = parse_nip(digits(str(row.get("nip") or "")))
        if parts and parts.born and day.day != day.month:
            for_it += parts.born == swapped(day)
            against += parts.born == day
    return for_it >= _ENOUGH and not against


def _no_status(cells: Sequence[dict[str, Cell]], columns: Mapping[str, str], katalog: Katalog) -> bool:
    """Whether a column that is only called `Status` holds no employment status at all; what it says of leaving is kept."""
    if heading_key(columns.get("status_kepegawaian", "")) != "status" or not katalog.status_kepegawaian:
        return False
    said = [value for row in cells if (value := text(row.get("status_kepegawaian")))]
    if not said or any(katalog.find_status(known_status(value, katalog)) for value in said):
        return False
    for row in cells:
        value = text(row.pop("status_kepegawaian", None))
        if value and (word := left(value)):
            row.setdefault(LEFT, word)
    return True
