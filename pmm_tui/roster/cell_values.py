"""Reading one cell: NIP, date, golongan and so on, with a complaint where it cannot be read.

Each reader returns the value and a complaint, a sentence; either may be empty. Numbers of persons are never guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct

from pmm_tui.dates import baca_tanggal
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.nip import digits, nip_faults, nuptk_fault
from pmm_tui.text import shorten


class Tanggal(Struct, frozen=True):
    """A cell that the sheet has as a date, `YYYY-MM-DD`."""

    tanggal: str


Sel: TypeAlias = str | int | float | Tanggal | None

_KOSONG = frozenset(("", "-", "--", "–", "—", "0", "null", "#n/a"))
_RUMUS_TEKS = re.compile(r'="(.*)"', re.DOTALL)  # how people force text in a CSV for Excel
_ANGKA_RUSAK = re.compile(r"\d([.,]\d+)?e\+?\d+|\d{9,}[.,]0+", re.IGNORECASE)
_JAM = re.compile(r"[T ]\d\d?[:.]\d\d([:.]\d\d)?(\.\d+)?Z?\Z")
_SERIAL = re.compile(r"[0-9]{5}([.,][0-9]+)?")
_HARI_NOL = date(1899, 12, 30)  # Excel's serial 0, its false 29 February 1900 taken in
_TAHUN_AWAL = 1900
_RUANG = re.compile(r"(?<![A-Za-z0-9])(IV|I{1,3}|[1-4])\s*[/.\-–]?\s*([a-e])(?![A-Za-z0-9])", re.IGNORECASE)
_KELAS = re.compile(r"(?:pppk|p3k)?\s*(?:gol(?:ongan)?\b\.?)?\s*(?:ruang)?\s*[:.]?\s*([IVX]{1,5}|1[0-7]|[1-9])", re.IGNORECASE)
_ROMAWI = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
_LAKI = ("l", "laki", "lakilaki", "pria", "lk", "male", "m")
_PEREMPUAN = ("p", "perempuan", "wanita", "pr", "female", "f", "w")


def teks(sel: Sel) -> str:
    """The text of a cell, numbers and dates as they would be written; what stands for nothing is empty."""
    if isinstance(sel, Tanggal):
        return sel.tanggal
    isi = "" if sel is None else str(sel)
    if match := _RUMUS_TEKS.fullmatch(isi):
        isi = match[1].strip()
    return "" if isi.casefold() in _KOSONG else isi


def nip(sel: Sel, hari_ini: date) -> tuple[str, str]:
    """Read a NIP; with a complaint the value is empty and the row is to be refused."""
    nomor, keluhan = _nomor(sel, "NIP")
    if nomor and not keluhan:
        if len(nomor) == 18 and nomor.endswith("000"):
            keluhan = _hilang("NIP berakhir 000, tanda angka aslinya hilang di Excel")
        elif faults := nip_faults(nomor, hari_ini):
            keluhan = f"NIP {'; '.join(faults)}."
    return ("", keluhan) if keluhan else (nomor, "")


def nuptk(sel: Sel) -> tuple[str, str, bool]:
    """Read a NUPTK; the third value tells whether the complaint refuses the row, or the number is just left out."""
    nomor, keluhan = _nomor(sel, "NUPTK")
    if keluhan:
        return "", keluhan, True
    if nomor and (fault := nuptk_fault(nomor)):
        return "", f"NUPTK {fault}; dikosongkan.", False
    return nomor, "", False


def _nomor(sel: Sel, nama: str) -> tuple[str, str]:
    if isinstance(sel, Tanggal):
        return "", f"{nama} tersimpan sebagai tanggal; format kolomnya sebagai Teks, lalu ketik ulang nomornya."
    isi = teks(sel)
    if isinstance(sel, (int, float)) and isi:
        if abs(sel) >= 10**15:
            return "", _hilang(f"{nama} tersimpan sebagai angka")
        return "", f"{nama} tersimpan sebagai angka {shorten(isi, 20)}; format kolomnya sebagai Teks, lalu ketik ulang nomornya."
    if _ANGKA_RUSAK.fullmatch(isi.strip("'’` ")):
        return "", _hilang(f"{nama} tertulis {shorten(isi, 24)}")
    nomor = digits(isi)
    return ("" if nomor in _KOSONG else nomor), ""


def _hilang(sebab: str) -> str:
    return (
        f"{sebab}, jadi angka ke-16 dan seterusnya tidak dapat dipercaya; unduh ulang dari Dapodik tanpa menyimpannya di Excel, "
        "atau format kolomnya sebagai Teks lalu ketik ulang nomornya."
    )


def tanggal_lahir(sel: Sel, hari_ini: date) -> tuple[str, str]:
    """Read a birth date as `YYYY-MM-DD`: dates, `1985-07-14`, `14/07/1985`, `14 Juli 1985`, Excel's serial numbers."""
    isi = teks(sel)
    if not isi:
        return "", ""
    hari = _serial(isi) or baca_tanggal(_JAM.sub("", isi.lstrip("'’`")))
    if hari is None:
        return "", f'Tanggal lahir "{shorten(isi, 24)}" tidak terbaca; tulis seperti 1985-07-14 atau 14/07/1985. Dikosongkan.'
    if hari.year < _TAHUN_AWAL or hari > hari_ini:
        return "", f"Tanggal lahir {hari.isoformat()} tidak mungkin; dikosongkan."
    return hari.isoformat(), ""


def _serial(isi: str) -> date | None:
    return _HARI_NOL + timedelta(days=int(isi[:5])) if _SERIAL.fullmatch(isi) else None


def jk(sel: Sel) -> tuple[str, str]:
    """Read L or P in the words that people use."""
    isi = teks(sel)
    kata = "".join(filter(str.isalpha, isi.casefold()))
    if kata in _LAKI:
        return "L", ""
    if kata in _PEREMPUAN:
        return "P", ""
    return "", f'Jenis kelamin "{shorten(isi, 20)}" tidak dikenal; tulis L atau P. Dikosongkan.' if isi else ""


def golongan(sel: Sel, katalog: Katalog) -> tuple[str, str]:
    """Read `III/c`, `3C`, `Penata, III/c`, `IX`, `Gol. IX` or a pangkat as the catalogue's code; the unknown stays as it is."""
    isi = teks(sel).removesuffix(".0")
    if not isi:
        return "", ""
    for kode in _kode_golongan(isi, katalog):
        if known := katalog.cari_golongan(kode):
            return known.kode, ""
    return isi, f'Golongan "{shorten(isi, 30)}" tidak dikenal; dipakai apa adanya.'


def _kode_golongan(isi: str, katalog: Katalog) -> list[str]:
    kode = [isi]
    if match := _RUANG.search(isi):
        angka = match[1].upper()
        kode.append(f"{_ROMAWI[int(angka)] if angka.isdigit() else angka}/{match[2].lower()}")
    if match := _KELAS.fullmatch(isi):
        kode.append(_ROMAWI[int(match[1])] if match[1].isdigit() else match[1])
    pangkat = _kata_pangkat(isi)
    kode += [golongan.kode for golongan in katalog.golongan.pns if golongan.pangkat and _kata_pangkat(golongan.pangkat) == pangkat]
    return kode


def _kata_pangkat(isi: str) -> str:
    return re.sub(r"\btk\b\.?", "tingkat", isi.casefold()).replace(" ", "").replace(".", "")


def nama(sel: Sel, depan: Sel, belakang: Sel) -> str:
    """The name with the degrees from their own columns added, those that it has already aside."""
    lengkap = teks(sel)
    if (gelar := teks(depan)) and not _punya(lengkap, gelar):
        lengkap = f"{gelar} {lengkap}"
    if (gelar := teks(belakang)) and not _punya(lengkap, gelar):
        lengkap = f"{lengkap}, {gelar}"
    return lengkap


def _punya(nama: str, gelar: str) -> bool:
    kata = {bagian for bagian in map(_huruf, re.split(r"[\s,]+", nama)) if bagian}
    return all(_huruf(bagian) in kata for bagian in re.split(r"[\s,]+", gelar) if _huruf(bagian))


def _huruf(isi: str) -> str:
    return "".join(filter(str.isalpha, isi.casefold()))


def kunci_nama(nama: str) -> str:
    """What two spellings of one name share: case, spaces, marks and degrees (before a dot or after a comma) aside."""
    inti = re.sub(r"^(\s*[A-Za-z]{1,5}\.(?=\s))+", "", nama.partition(",")[0])
    return "".join(filter(str.isalnum, inti.casefold())) or "".join(filter(str.isalnum, nama.casefold())) or nama
