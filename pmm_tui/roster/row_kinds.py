"""What a row under the headings is: a teacher, or headings again, a sum, a group, a signature."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pmm_tui.roster.heading_match import meaning
from pmm_tui.roster.headings import NUMBERS, HeadingMap, heading_key
from pmm_tui.text import clean

_OF_TWO, _MANY_HEADINGS = ("nip_nuptk", "nama_nip"), 2
TOTAL, GROUP, BELOW = "baris jumlah", "baris kelompok", "tulisan di bawah tabel"

_TOTAL_ROW = re.compile(
    r"(sub ?|grand ?)?(jumlah|total|rekapitulasi|rekap)\b|(?:laki[- ]?laki|perempuan|pria|wanita|l|p)\s*[:=]\s*\d", re.IGNORECASE
)
_COLUMN_NUMBERS = re.compile(r"\(?\d{1,3}\)?")
_NUMERIC_NUMBER = 9  # digits from which a NIP or NUPTK cell is a number of a person, not a count
_GROUP_ROW = re.compile(
    r"(?:(?:[IVX]{1,5}|[A-Z]|\d{1,2})\s?[.)]\s*)?(?:daftar|data|kelompok|guru|tenaga|tendik|gtk|ptk|kepala sekolah|wakil|pegawai|"
    r"pendidik|pns|asn|pppk|p3k|cpns|non[ -]|honor\w*|gtt|gty|golongan|gol\b|pangkat|kelas|status|bidang|jurusan|mapel|"
    r"mata pelajaran|unit|jenjang|sd|smp|sma|smk|tk|paud)\b",
    re.IGNORECASE,
)
_A_ROW = 3  # filled cells that make a row below a signature a teacher's all the same
_SIGNATURE = re.compile(
    r"mengetahui|menyetujui|kepala (?:sekolah|dinas|madrasah|uptd?)|pengawas|plt\.|yang membuat|pembuat|dibuat oleh|operator|"
    r"ttd\b|tanda tangan|catatan\s*:|keterangan\s*:|sumber\s*:|dicetak|tanggal cetak|halaman \d|"
    r"(?:^|\s)[^\W\d_][\w .]{2,30},\s*(?:tanggal\s*)?(?:\d{1,2}|\.{2,})\s*[^\W\d_]{3,10}\s*(?:\d{4}|20)|^\s*nip[\s.:]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"(?:nip|ni pppk|nuptk|nrp)\b[\s.:/-]*[\d\s.-]*", re.IGNORECASE)


def why_no_teacher(cells: Mapping[str, Any], row: Sequence[object], headings: HeadingMap) -> str:
    """Why a row under the headings is no teacher, or nothing when it may be one."""
    if _headings_again(cells, headings):
        return "judul kolom berulang"
    numbered = any(person_number(cells.get(field)) for field in NUMBERS)
    if not numbered:
        first_text = next((text for value in row if isinstance(value, str) and (text := clean(value, limit=80))), "")
        if _TOTAL_ROW.match(first_text):
            return TOTAL
    if len(cells) > 1 and all(_COLUMN_NUMBERS.fullmatch(str(cell)) for cell in cells.values()):
        return "nomor kolom"
    if (
        not numbered
        and len(cells) == 1
        and not {*cells} & {*NUMBERS}
        and _GROUP_ROW.match(str(next(iter(cells.values()))))
        and _alone(row)
    ):
        return GROUP
    return ""


def _alone(row: Sequence[object]) -> bool:
    """Whether a row has one filled cell only (merged over the table, as a rule)."""
    return sum(1 for value in row if value not in (None, "") and str(value).strip()) == 1


def _headings_again(cells: Mapping[str, Any], headings: HeadingMap) -> bool:
    if any(person_number(cells.get(field)) for field in NUMBERS):
        return False
    name = cells.get("nama")
    if isinstance(name, str) and len(name) <= 60 and meaning(name, headings)[0] in ("nama", "nama_nip"):
        short = {field: cell for field, cell in cells.items() if isinstance(cell, str) and len(cell) <= 60}
        again = [field for field, cell in short.items() if meaning(cell, headings)[0] in (field, *_OF_TWO)]
        return len(again) > _MANY_HEADINGS or any(number in again for number in NUMBERS)
    repeated = {field for field, cell in cells.items() if isinstance(cell, str) and heading_key(cell) in headings.get(field, ())}
    return "nama" in repeated and any(number in repeated for number in NUMBERS)


def without_what_is_below(table: dict[str, Any], whole: Mapping[int, tuple[str, int]]) -> None:
    """Take place, date and signature below the last teacher for what they are.

    `whole` has the words of the rows with few used cells, and how many cells are filled.
    """
    rows: list[tuple[int, dict[str, Any]]] = table["rows"]
    last = max((number for number, cells in rows if likely_teacher(cells)), default=0)
    if not last:
        return
    signatures = {number for number, (text, _) in whole.items() if number > last and _SIGNATURE.search(text)}
    signed = min(signatures, default=0)
    below = [
        number
        for number, cells in rows
        if number > last
        and (
            _words_of_a_number(cells)
            or number in signatures
            or (signed and number > signed and whole.get(number, ("", 9))[1] < _A_ROW)
        )
    ]
    table["rows"] = [row for row in rows if row[0] not in below]
    kept = [(number, BELOW if signed and number >= signed and why == GROUP else why) for number, why in table["skipped"]]
    table["skipped"] = sorted([*kept, *((number, BELOW) for number in below)])


def _words_of_a_number(cells: Mapping[str, Any]) -> bool:
    """Whether all that a row has is one cell of a number with letters in it: `Kupang, 1 Juli 2026`, `NIP. 1968…`."""
    return len(cells) == 1 and all(field in NUMBERS and any(map(str.isalpha, str(cell))) for field, cell in cells.items())


def person_number(cell: object) -> bool:
    """Whether a cell has so many digits that it can be the number of a person."""
    return cell is not None and sum(map(str.isdigit, str(cell))) >= _NUMERIC_NUMBER


def rank(rows: Sequence[tuple[int, Mapping[str, Any]]], *, hidden: bool, example: bool) -> tuple[bool, bool, int, int]:
    """How much a table looks like the list of teachers: seen, no example, with the most likely teachers."""
    count = sum(likely_teacher(cells) for _, cells in rows)
    return (count > 0 and not hidden, count > 0 and not example, count, len(rows))


def likely_teacher(cells: Mapping[str, Any]) -> bool:
    """Whether a row looks like a teacher: a name, and a number of a person or a birth date."""
    name = str(cells.get("nama") or "")
    if not any(map(str.isalpha, name)) or _NO_NAME.fullmatch(name):
        return False
    return bool(cells.get("tanggal_lahir")) or any(person_number(cells.get(field)) for field in NUMBERS)
