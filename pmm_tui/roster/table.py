"""From rows of cells to the rows of the roster: finds the headings, keeps the used columns, drops what is no teacher.

Runs in the process that reads the file, for sheets and text alike, so that a private column never leaves it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.headings import NOMOR, Peta, kenali, kunci
from pmm_tui.text import clean, shorten

MAKS_BARIS = 5_000
"""Teachers in one file: far more than any school has."""
MAKS_KOLOM = 256
"""Columns that are looked at; Dapodik has 51."""
MAKS_SEL = 4_000
"""Characters of one cell; a longer one arrives one character too long, so that its row can be refused."""
BARIS_JUDUL = 15
"""Rows with something in them among which the headings are looked for."""

_MAKS_HASIL = 8_000_000  # characters that may leave the child for one file
_JUMLAH = re.compile(r"(sub ?)?(jumlah|total|rekapitulasi)\b", re.IGNORECASE)
_NOMOR_KOLOM = re.compile(r"\(?\d{1,3}\)?")
_ANGKA_NOMOR = 9  # digits from which a NIP or NUPTK cell is a number of a person, not a count

Sel = str | int | float | dict[str, str]
"""A cell as it travels: text, a number stored as one, or `{"tanggal": "1985-07-14"}`."""


def baca_sel(value: object) -> Sel | None:
    """Turn what a reader gives for a cell into what travels, text cleaned; None when there is nothing in it."""
    if isinstance(value, str):
        return clean(value, limit=MAKS_SEL + 1) or None
    if value is None or value == time():  # how calamine gives the number 0 with a date format
        return None
    if isinstance(value, (bool, time)):
        return str(value)
    if isinstance(value, (int, float)):
        return _angka(value)
    if isinstance(value, datetime):
        return {"tanggal": value.date().isoformat()}
    return {"tanggal": value.isoformat()} if isinstance(value, date) else clean(str(value))


def _angka(value: int | float) -> Sel:
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    value = float(value)
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 10**15 else value


def pungut(baris: Iterable[Sequence[object]], peta: Peta) -> dict[str, Any] | None:
    """Pick the teachers' rows out of a table whose first row is row 1; None when it has no headings.

    Returns `baris_judul`, `kolom` (heading as written, by field), `baris` (row number and cells by field) and `dilewati` (row
    number and reason of rows that are no teacher). Raises InputError for more than `MAKS_BARIS` rows or too much text.
    """
    bernomor = enumerate(baris, 1)
    judul = _cari_judul(bernomor, peta)
    if judul is None:
        return None
    nomor_judul, teks_judul, tempat = judul
    hasil: list[tuple[int, dict[str, Sel]]] = []
    dilewati: list[tuple[int, str]] = []
    ukuran = 0
    for nomor, row in bernomor:
        row = row[:MAKS_KOLOM]
        sel = {field: isi for field, at in tempat.items() if at < len(row) and (isi := baca_sel(row[at])) is not None}
        if not sel:
            continue
        if karena := _bukan_guru(sel, row, peta):
            dilewati.append((nomor, karena))
        else:
            hasil.append((nomor, sel))
        ukuran += sum(len(isi) if isinstance(isi, str) else 20 for isi in sel.values())
        if len(hasil) + len(dilewati) > MAKS_BARIS or ukuran > _MAKS_HASIL:
            raise InputError(
                f"isinya lebih dari {MAKS_BARIS} baris atau terlalu panjang (sampai baris {nomor}); "
                "salin baris guru sekolah ini saja ke berkas baru, lalu impor lagi."
            )
    kolom = {field: shorten(teks_judul[at], 60) for field, at in tempat.items()}
    return {"baris_judul": nomor_judul, "kolom": kolom, "baris": hasil, "dilewati": dilewati}


def _cari_judul(bernomor: Iterable[tuple[int, Sequence[object]]], peta: Peta) -> tuple[int, list[str], dict[str, int]] | None:
    berisi = 0
    for nomor, row in bernomor:
        teks = [clean(value, limit=80) if isinstance(value, str) else "" for value in row[:MAKS_KOLOM]]
        if tempat := kenali(teks, peta):
            return nomor, teks, tempat
        berisi += any(teks)
        if berisi >= BARIS_JUDUL:
            break
    return None


def _bukan_guru(sel: dict[str, Sel], row: Sequence[object], peta: Peta) -> str:
    """Why a row under the headings is no teacher, or nothing when it may be one."""
    if _judul_lagi(sel, peta):
        return "judul kolom berulang"
    pertama = next((teks for value in row if isinstance(value, str) and (teks := clean(value, limit=80))), "")
    if _JUMLAH.match(pertama) and not any(_nomor_orang(sel.get(field)) for field in NOMOR):
        return "baris jumlah"
    if len(sel) > 1 and all(_NOMOR_KOLOM.fullmatch(str(isi)) for isi in sel.values()):
        return "nomor kolom"
    return ""


def _judul_lagi(sel: dict[str, Sel], peta: Peta) -> bool:
    cocok = {field for field, isi in sel.items() if isinstance(isi, str) and kunci(isi) in peta[field]}
    return "nama" in cocok and any(nomor in cocok for nomor in NOMOR)


def _nomor_orang(sel: Sel | None) -> bool:
    return sum(map(str.isdigit, str(sel or ""))) >= _ANGKA_NOMOR
