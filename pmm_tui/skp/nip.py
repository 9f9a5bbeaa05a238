"""NIP, NUPTK and NPSN: reading them as people write them, checking them, and what a NIP tells."""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct

from pmm_tui.text import shorten

_SPACERS = re.compile(r"[\s.\-'’`]+")
PPPK_DARI = 21
"""Digits 13 and 14 of a PPPK's number count contracts from 21; a PNS has a month there."""


class IsiNIP(Struct, frozen=True):
    """What an 18-digit NIP tells. `lahir` is None when digits 1 to 8 are no date; `jk` is `L`, `P` or empty."""

    lahir: date | None
    tahun: int
    bulan: int
    jk: str
    urut: int

    @property
    def pppk(self) -> bool:
        """Whether the number has the shape of a PPPK's."""
        return self.bulan >= PPPK_DARI


def digits(text: str) -> str:
    """Return a number as typed, without the spaces, dots, dashes and leading apostrophe that people put in."""
    return _SPACERS.sub("", text)


def parse_nip(nip: str) -> IsiNIP | None:
    """Read a NIP of 18 bare digits; None when it is not that."""
    if not (len(nip) == 18 and nip.isascii() and nip.isdigit()):
        return None
    try:
        lahir = date(int(nip[:4]), int(nip[4:6]), int(nip[6:8]))
    except ValueError:
        lahir = None
    return IsiNIP(lahir, int(nip[8:12]), int(nip[12:14]), {"1": "L", "2": "P"}.get(nip[14], ""), int(nip[15:]))


def nip_faults(nip: str, hari_ini: date) -> list[str]:
    """Return what makes `nip` (bare digits) impossible, each as the end of a sentence; empty when it may be right.

    There is no check digit: a possible number is all that can be told.
    """
    isi = parse_nip(nip)
    if isi is None:
        return [f"harus 18 angka, ini {len(nip)} karakter"]
    faults = []
    if isi.lahir is None:
        faults.append("8 angka pertama bukan tanggal lahir yang ada")
    if not (1 <= isi.bulan <= 12 or isi.bulan >= PPPK_DARI):
        faults.append(f"angka ke-13 dan 14 harus bulan 01–12 (PNS) atau 21 ke atas (PPPK), ini {isi.bulan:02}")
    if not isi.jk:
        faults.append("angka ke-15 harus 1 (laki-laki) atau 2 (perempuan)")
    if isi.tahun > hari_ini.year:
        faults.append(f"tahun pengangkatan {isi.tahun} belum terjadi")
    elif isi.lahir and isi.tahun < isi.lahir.year + 17:
        faults.append(f"tahun pengangkatan {isi.tahun} kurang dari 17 tahun sesudah lahir")
    return faults


def nip_doubts(nip: str, tanggal_lahir: str, jk: str) -> list[str]:
    """Return where a possible `nip` disagrees with birth date (`YYYY-MM-DD`) and sex: warnings, as old conversions exist."""
    isi = parse_nip(nip)
    if isi is None:
        return []
    doubts = []
    if tanggal_lahir and isi.lahir and isi.lahir.isoformat() != tanggal_lahir:
        said = shorten(" ".join(tanggal_lahir.split()), 20)
        doubts.append(f"tanggal lahir menurut NIP {isi.lahir.isoformat()}, menurut data {said}")
    if jk and isi.jk and isi.jk != jk:
        doubts.append(f"jenis kelamin menurut NIP {isi.jk}, menurut data {jk}")
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
