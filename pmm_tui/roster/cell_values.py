"""Reading one cell: NIP, date, golongan and so on, with a complaint where it cannot be read.

Each reader returns the value and a complaint, a sentence; either may be empty. Numbers of persons are never guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct

from pmm_tui.roster.formulas import NOT_STORED
from pmm_tui.roster.nothing_words import NO_NUMBER_WORDS, NOTHING_WORDS
from pmm_tui.roster.written_dates import written_date
from pmm_tui.skp.column_values import excel_error
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.nip import NOT_BEFORE, digits, is_placeholder, nip_faults, nuptk_fault
from pmm_tui.text import shorten


class DateCell(Struct, frozen=True):
    """A cell that the sheet has as a date, `YYYY-MM-DD`."""

    day: str


Cell: TypeAlias = str | int | float | DateCell | None

_EMPTY = frozenset(("", "-", "--", "–", "—", "0", "null", "#n/a"))
_NOTHING = frozenset(NOTHING_WORDS)
_NO_NUMBER = frozenset((*NOTHING_WORDS, *NO_NUMBER_WORDS))
_AROUND_NOTHING = " .,;:-–—'’`()/…_*\""
_OF_A_NUMBER = re.compile(r"(?:\A|\s)(?:nip|nuptk|ni pppk)(?:\Z|[\s.:])", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(
    r"(?:no(?:mor)?\.? {0,2})?(?:nip(?: ?/? ?(?:ni ?)?(?:pppk|p3k))?|ni ?(?:pppk|p3k)|nuptk)[\s.:=\-]{0,5}(?=\d)", re.IGNORECASE
)
"""What people write before a number: `NIP.`, `NI PPPK`."""
_AFTER_NUMBER = re.compile(r"(?<=\d)[\s(]{1,3}(?:c?pns|pppk|p3k|asn)\)?\Z", re.IGNORECASE)
_QUOTED_NUMBER = re.compile(r"[\s\"“”(]{0,3}([\d\s.\-]{8,40})[\s\"“”),;]{0,3}")
_BETWEEN_GROUPS = re.compile(r"(?<=\d)\s?[/_]\s?(?=\d{1,6}(?:\D|\Z))")
_TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # how people force text in a CSV for Excel
_DAMAGED_DIGITS = re.compile(r"\d([.,]\d+)?e\+?\d+|\d{9,}[.,]0+", re.IGNORECASE)
_CLOCK = re.compile(r"[T ]\d\d?[:.]\d\d([:.]\d\d)?(\.\d+)?Z?\Z")
_SERIAL = re.compile(r"[0-9]{5}([.,][0-9]+)?")
_DAY_ZERO = date(1899, 12, 30)  # Excel's serial 0, its false 29 February 1900 taken in
_FIRST_YEAR = 1900
_YOUNGEST_TEACHER = 15  # years: who is younger is not the one in whose row the date stands
_CLASS_AND_LETTER = re.compile(r"(?<![A-Za-z0-9])(IV|I{1,3}|[1-4])\s*[/.\-–]?\s*([a-e])(?![A-Za-z0-9])", re.IGNORECASE)
_JOB_WORDS = r"(?:ahli (?:pertama|muda|madya|utama)|pppk|p3k)?[\s/,(-]{0,3}"
_CLASS_NUMBER = re.compile(
    rf"{_JOB_WORDS}(?:gol(?:ongan)?\b\.?)?[\s/]{{0,2}}(?:ruang)?[\s:.(]{{0,3}}"
    rf"([IVX]{{1,5}}|1[0-7]|[1-9])\)?[\s/,(-]{{0,3}}{_JOB_WORDS}\)?",
    re.IGNORECASE,
)
_PPPK_CLASS = re.compile(r"(?<![A-Za-z0-9])(VI{2,3}|IX|XI{0,3}|XIV|XV|XVI{0,2})\s*[/.-]\s*[a-e](?![A-Za-z0-9])", re.IGNORECASE)
"""A class of PPPK with a letter behind it, which it has not: `IX/a`."""
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
_MALE = ("l", "laki", "lakilaki", "pria", "lk", "male", "m", "llakilaki", "lakilakil", "llaki")
_FEMALE = ("p", "perempuan", "wanita", "pr", "female", "f", "w", "pperempuan", "perempuanp")


def text(cell: Cell) -> str:
    """The text of a cell, numbers and dates as they would be written; what stands for nothing is empty."""
    if isinstance(cell, DateCell):
        return cell.day
    content = "" if cell is None else str(cell)
    if match := _TEXT_FORMULA.fullmatch(content):
        content = match[1].strip()
    return "" if content.casefold() in _EMPTY else content


def said(cell: Cell) -> str:
    """The text of a cell that is no name: the words for nothing are empty too."""
    content = text(cell)
    return "" if _bare(content) in _NOTHING or not _bare(content) else content


def _bare(content: str) -> str:
    return " ".join(content.casefold().strip(_AROUND_NOTHING).replace("-", " ").split())


def not_meant(cell: Cell, name: str, *, number: bool) -> str:
    """What a cell holds that its writer did not mean as a value, as a sentence: an error of Excel, or digits that only fill it."""
    content = cell.day if isinstance(cell, DateCell) else "" if cell is None else str(cell)
    if content == NOT_STORED:
        return f"{name} berisi rumus yang hasilnya tidak tersimpan; buka berkas ini di Excel atau LibreOffice, simpan sekali."
    if excel_error(content):
        return f"{name} berisi galat Excel {shorten(content.strip(), 20)}; dianggap kosong."
    digit_text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else digits(content)
    if number and len(digit_text) > 1 and is_placeholder(digit_text):
        return f"{name} {shorten(digit_text, 20)} hanya pengisi kolom, bukan nomor; dianggap kosong."
    return ""


def read_nip(cell: Cell, today: date) -> tuple[str, str]:
    """Read a NIP; with a complaint the value is empty and the row is to be refused."""
    number, complaint = _number(cell, "NIP")
    if number and not complaint:
        if len(number) == 18 and number.endswith("000"):
            complaint = _lost_digits("NIP berakhir 000, tanda angka aslinya hilang di Excel")
        elif faults := nip_faults(number, today):
            complaint = f"NIP {'; '.join(faults)}."
    return ("", complaint) if complaint else (number, "")


def read_nuptk(cell: Cell) -> tuple[str, str, bool]:
    """Read a NUPTK; the third value tells whether the complaint refuses the row, or the number is just left out."""
    number, complaint = _number(cell, "NUPTK")
    if complaint:
        return "", complaint, True
    if number and (fault := nuptk_fault(number)):
        return "", f"NUPTK {fault}; dikosongkan.", False
    return number, "", False


def _number(cell: Cell, name: str) -> tuple[str, str]:
    if isinstance(cell, DateCell):
        return "", f"{name} tersimpan sebagai tanggal; format kolomnya sebagai Teks, lalu ketik ulang nomornya."
    content = text(cell)
    if isinstance(cell, (int, float)) and content:
        if abs(cell) >= 10**15:
            return "", _lost_digits(f"{name} tersimpan sebagai angka")
        return (
            "",
            f"{name} tersimpan sebagai angka {shorten(content, 20)}; format kolomnya sebagai Teks, lalu ketik ulang nomornya.",
        )
    if _DAMAGED_DIGITS.fullmatch(content.strip("'’` ")):
        return "", _lost_digits(f"{name} tertulis {shorten(content, 24)}")
    if _bare(_OF_A_NUMBER.sub(" ", content).strip("? ")) in _NO_NUMBER | {""}:
        return "", ""
    content = _BETWEEN_GROUPS.sub("", content.lstrip(" :").rstrip(" *;,"))
    before = _BEFORE_NUMBER.match(content)
    content = _AFTER_NUMBER.sub("", content[before.end() :] if before else content)
    if match := _QUOTED_NUMBER.fullmatch(content):
        content = match[1]
    number = digits(content)
    return ("" if number in _EMPTY else number), ""


def _lost_digits(reason: str) -> str:
    return (
        f"{reason}, jadi angka ke-16 dan seterusnya tidak dapat dipercaya; unduh ulang dari Dapodik tanpa menyimpannya di Excel, "
        "atau format kolomnya sebagai Teks lalu ketik ulang nomornya."
    )


def birth_date(cell: Cell, today: date, order: str = "hari") -> tuple[str, str]:
    """Read a birth date as `YYYY-MM-DD`: dates, `1985-07-14`, `14/07/1985`, `14 Juli 1985`, Excel's serial numbers.

    `order` is how the column's dates in numbers are written: `hari` first, `bulan` first, or `campur`.
    """
    content = said(cell)
    if not content:
        return "", ""
    written = _CLOCK.sub("", content.lstrip("'’`"))
    day = _serial(content) or written_date(written, month_first=order == "bulan" and isinstance(cell, str))
    if order == "campur" and isinstance(cell, str) and (other := written_date(written, month_first=True)) != day:
        if day and other:
            return "", f'Tanggal lahir "{shorten(content, 24)}" dapat berarti dua hari; tulis seperti 1985-07-14. Dikosongkan.'
        day = day or other
    if day is None:
        return "", f'Tanggal lahir "{shorten(content, 24)}" tidak terbaca; tulis seperti 1985-07-14 atau 14/07/1985. Dikosongkan.'
    latest = today if today.year >= NOT_BEFORE else date(NOT_BEFORE, 12, 31)  # a clock that cannot be empties no birth date
    if day.year < _FIRST_YEAR or day.year > latest.year - _YOUNGEST_TEACHER:
        return "", f"Tanggal lahir {day.isoformat()} tidak mungkin; dikosongkan."
    return day.isoformat(), ""


def _serial(content: str) -> date | None:
    return _DAY_ZERO + timedelta(days=int(content[:5])) if _SERIAL.fullmatch(content) else None


def sex(cell: Cell) -> tuple[str, str]:
    """Read L or P in the words that people use."""
    content = said(cell)
    word = "".join(filter(str.isalpha, content.casefold()))
    if word in _MALE:
        return "L", ""
    if word in _FEMALE:
        return "P", ""
    return "", f'Jenis kelamin "{shorten(content, 20)}" tidak dikenal; tulis L atau P. Dikosongkan.' if content else ""


def read_golongan(cell: Cell, katalog: Katalog) -> tuple[str, str]:
    """Read `III/c`, `3C`, `Penata, III/c`, `IX`, `Gol. IX` or a pangkat as the catalogue's code; the unknown stays as it is."""
    content = said(cell).removesuffix(".0")
    if not content:
        return "", ""
    for code in _golongan_codes(content, katalog):
        if known := katalog.find_golongan(code):
            return known.kode, ""
    return content, f'Golongan "{shorten(content, 30)}" tidak dikenal; dipakai apa adanya.'


def _golongan_codes(content: str, katalog: Katalog) -> list[str]:
    codes = [content]
    if match := _CLASS_AND_LETTER.search(content):
        class_number = match[1].upper()
        codes.append(f"{_ROMAN[int(class_number)] if class_number.isdigit() else class_number}/{match[2].lower()}")
    if match := _PPPK_CLASS.search(content):
        codes.append(match[1].upper())
    if match := _CLASS_NUMBER.fullmatch(content):
        codes.append(_ROMAN[int(match[1])] if match[1].isdigit() else match[1])
    pangkat = _pangkat_words(content)
    codes += [known.kode for known in katalog.golongan.pns if known.pangkat and _pangkat_words(known.pangkat) == pangkat]
    return codes


def _pangkat_words(content: str) -> str:
    return re.sub(r"\btk\b\.?", "tingkat", content.casefold()).replace(" ", "").replace(".", "")


def full_name(cell: Cell, front: Cell, back: Cell) -> str:
    """The name with the degrees from their own columns added, those that it has already aside."""
    whole = text(cell)
    if not any(map(str.isalpha, whole)):
        return whole
    if (degree := text(front)) and not _has(whole, degree):
        whole = f"{degree} {whole}"
    if (degree := text(back)) and not _has(whole, degree):
        whole = f"{whole}, {degree}"
    return whole


def _has(name: str, degree: str) -> bool:
    words = {letters for letters in map(_letters, re.split(r"[\s,]+", name)) if letters}
    return all(letters in words for letters in map(_letters, re.split(r"[\s,]+", degree)) if letters)


def _letters(content: str) -> str:
    return "".join(filter(str.isalpha, content.casefold()))
