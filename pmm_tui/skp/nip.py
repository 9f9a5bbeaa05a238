"""NIP, NUPTK and NPSN: reading them as people write them, checking them, and what a NIP tells."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from msgspec import Struct

from pmm_tui.text import shorten

NOT_BEFORE = 2026
"""The year of this version: a clock that tells an earlier one is wrong, and no number is judged by it."""

_SPACERS = re.compile(r"[\s.\-'’`]+")
_LONG_RUN = re.compile(r"(\d)\1{11}")  # twelve of one digit in a row: 9000000000000000
_BLOCKS = re.compile(r"(\d+?)\1+")
FIRST_PPPK = 21
"""Digits 13 and 14 of a PPPK's number count contracts from 21; a PNS has a month there."""


class NipParts(Struct, frozen=True):
    """What an 18-digit NIP tells. `born` is None when digits 1 to 8 are no date; `jk` is `L`, `P` or empty."""

    born: date | None
    year: int
    month: int
    jk: str
    serial: int

    @property
    def pppk(self) -> bool:
        """Whether the number has the shape of a PPPK's."""
        return self.month >= FIRST_PPPK


def digits(text: str) -> str:
    """Return a number as typed, without the spaces, dots, dashes and leading apostrophe that people put in."""
    return _SPACERS.sub("", text)


def parse_nip(nip: str) -> NipParts | None:
    """Read a NIP of 18 bare digits; None when it is not that."""
    if not (len(nip) == 18 and nip.isascii() and nip.isdigit()):
        return None
    try:
        born = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        born = None
    return NipParts(born, int(nip[8:12]), int(nip[12:14]), {"1": "L", "2": "P"}.get(nip[14], ""), int(nip[15:]))


def is_placeholder(number: str) -> bool:
    """Whether bare digits were only put in to fill the cell: zeros, nines, `1234…`, a block again and again. They name nobody."""
    if not (number.isascii() and number.isdigit()):
        return False
    if not number.strip("0"):
        return True
    if len(number) < 8:
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(number)}
    return (len(steps) == 1 and steps <= {0, 1}) or bool(_LONG_RUN.search(number) or _BLOCKS.fullmatch(number))


def nip_faults(nip: str, today: date) -> list[str]:
    """Return what makes `nip` (bare digits) impossible, each as the end of a sentence; empty when it may be right.

    There is no check digit: a possible number is all that can be told. A year that has not begun is a fault only when it is not the
    coming one, for numbers are given before the appointment (`nip_early`), and never because the clock is slow.
    """
    parts = parse_nip(nip)
    if parts is None:
        return [f"harus 18 angka, ini {len(nip)} karakter"]
    faults = []
    if parts.born is None:
        faults.append("8 angka pertama bukan tanggal lahir yang ada")
    if not (1 <= parts.month <= 12 or parts.month >= FIRST_PPPK):
        faults.append(f"angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21 ke atas (PPPK), ini {parts.month:02}")
    if not parts.jk:
        faults.append("angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)")
    if parts.year > _this_year(today) + 1:
        faults.append(f"tahun pengangkatan {parts.year} belum terjadi")
    elif parts.born and parts.year < parts.born.year + 17:
        faults.append(f"tahun pengangkatan {parts.year} kurang dari 17 tahun sesudah lahir")
    return faults


def nip_early(nip: str, today: date) -> str:
    """Return that a possible `nip` tells of an appointment in the coming year, or an empty string."""
    parts = parse_nip(nip)
    if parts is None or parts.year != _this_year(today) + 1:
        return ""
    return f"tahun pengangkatan {parts.year} belum mulai; periksa NIP ini, atau tanggal komputer ini"


def _this_year(today: date) -> int:
    return max(today.year, NOT_BEFORE)


def nip_doubts(nip: str, birth_date: str, jk: str) -> list[str]:
    """Return where a possible `nip` disagrees with birth date (`YYYY-MM-DD`) and sex: warnings, as old conversions exist."""
    parts = parse_nip(nip)
    if parts is None:
        return []
    doubts = []
    if birth_date and parts.born and parts.born.isoformat() != birth_date:
        said = shorten(" ".join(birth_date.split()), 20)
        doubts.append(f"tanggal lahir menurut NIP {parts.born.isoformat()}, menurut data {said}")
    if jk and parts.jk and parts.jk != jk:
        doubts.append(f"jenis kelamin menurut NIP {parts.jk}, menurut data {jk}")
    return doubts


def nuptk_fault(nuptk: str) -> str:
    """Return what is wrong with a NUPTK (16 bare digits, no check digit), or an empty string."""
    if len(nuptk) == 16 and nuptk.isascii() and nuptk.isdigit():
        return ""
    return f"harus 16 angka, ini {len(nuptk)} karakter"


def npsn_fault(npsn: str) -> str:
    """Return what is wrong with an NPSN (eight characters, a letter only in the first place), or an empty string."""
    return "" if re.fullmatch(r"[0-9A-Z][0-9]{7}", npsn) else "harus 8 angka (huruf hanya di depan), misalnya 20512345"


def grouped(nip: str) -> str:
    """Return a NIP as people read it: `19850714 201001 1 012`; anything else unchanged."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if parse_nip(nip) else nip
