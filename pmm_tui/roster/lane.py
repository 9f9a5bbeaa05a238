"""One table of a sheet: from the cells of its columns to the fields of a teacher, two things in one cell taken apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from pmm_tui.roster.aside_words import left, post_kind, title_left
from pmm_tui.roster.heading_match import Columns
from pmm_tui.roster.heading_rows import Head
from pmm_tui.roster.headings import ASIDE, COLUMNS, NUMBERS
from pmm_tui.roster.nothing_words import NO_NUMBER_WORDS, NOTHING_WORDS
from pmm_tui.roster.row_kinds import person_number
from pmm_tui.text import shorten

_LONG = 400  # letters: a name with a number has fewer, and the patterns below are for such
_SHORT = ("none", "n/a", "n.a", "blm", "null", "gtt", "ptt")
_WORDS = "|".join(re.escape(word) for word in (*NOTHING_WORDS, *NO_NUMBER_WORDS) if len(word) > 4 or word in _SHORT)
LEFT = "berhenti"
"""The field of a row that holds the word by which it says that somebody has left."""

_NUMBER_IN_NAME = re.compile(
    r"[\s(,;/|=-]*(?:\b(?:(?:No\.? )?NIP(?: ?(?:PPPK|P3K))?|NI ?(?:PPPK|P3K)|NUPTK|NRP)\b[\s.:/-]*)?"
    r"(['`]?\"?\d(?:[\s./-]{0,2}\d){8,24})(?:[\s(]{1,3}(?:c?pns|pppk|p3k)\b)?[\s\");]*\Z",
    re.IGNORECASE,
)
_NOTHING_BEHIND = re.compile(
    rf"[\s(,;/|-]+(?:(?:NIP|NUPTK)\b[\s.:/-]*)?(?:{_WORDS}|\.{{2,}}|…|[?–—]{{1,3}}|--|'-|0|x)"
    r"[\s).]*\Z",
    re.IGNORECASE,
)
"""What stands for no number behind a name; not what could be somebody's name."""
_NUMBER_FIRST = re.compile(
    r"\s*(?:(?:NIP|NI ?PPPK|NUPTK)[\s.:]*)?('?\d(?:[\s.-]{0,2}\d){8,24})[\s/,;|-]+(?=[^\W\d_])", re.IGNORECASE
)
_LABEL_ALONE = re.compile(r"[\s(,;/|-]*\b(?:NIP(?:PPPK)?|NI ?PPPK|NUPTK)\b[\s.:/-]*\)?\s*\Z", re.IGNORECASE)
_DEGREE = re.compile(
    r"\s*(?:[SMADB]\.? ?[A-Z][A-Za-z]{0,4}\.?(?: ?[A-Z][A-Za-z]{0,3}\.?){0,2}|Gr\.?|Ph\.? ?D\.?|Lc\.?|Dr[as]?\.?)\s*"
)
_UNMARKED = ("", "0", "0.0", "-", "x", "X")
_RUNS = re.compile(r"\d(?:[\s.]?\d){15,17}(?!\d)")
_NO_DIGITS = re.compile(r"\D*")
_ONLY_NUMBER = re.compile(r"\s*(?:(?:NIP(?:PPPK)?|NI ?PPPK|NUPTK)\b[\s.:/-]*)?[\d\s.'-]*\Z", re.IGNORECASE)


class Lane:
    """The columns of one table and what has been read of it."""

    def __init__(self, columns: Columns, head: Head) -> None:
        self.columns = columns
        self.gone = title_left(head.above)
        self._width = len(head.texts)
        told = {field: shorten(head.texts[at], 60) for field, at in columns.places.items()}
        self._plain = {field: at for field, at in columns.places.items() if field in COLUMNS}
        self._aside = {field: at for field, at in columns.places.items() if field in ASIDE}
        if "jenis_ptk" in self._plain:
            self._aside.pop("jabatan", None)
        self._both = "nama_nip" in self._aside
        second = [(head.second, "judul kolom, baris kedua")] if head.second else []
        self.table: dict[str, Any] = {"heading_row": head.number, "columns": told, "rows": [], "skipped": second}
        self.table |= {"shape": head.shape, "places": columns.places}
        if columns.near:
            self.table["near"] = {field: shorten(text, 60) for field, text in columns.near.items()}
        if columns.chosen:
            self.table["chosen"] = {shorten(text, 60): field for text, field in columns.chosen.items()}
        if columns.unread:
            self.table["unread_columns"] = [(at, shorten(text, 60)) for at, text in columns.unread.items()]

    def cells(self, row: Sequence[object], read: Callable[[object], Any]) -> dict[str, Any]:
        """The cells of a row by field."""
        if len(row) > self._width:
            row = self._without_loose_degrees(row)
        found = {field: cell for field, at in self._plain.items() if at < len(row) and (cell := read(row[at])) is not None}
        for field, places in self.columns.more.items():
            others = [cell for at in places if at < len(row) and (cell := read(row[at])) is not None]
            if others and not _fits(field, found.get(field)):
                best = next((cell for cell in others if _fits(field, cell)), None)
                if best is not None or field not in found:
                    found[field] = others[0] if best is None else best
        if self._aside:
            self._take_apart(
                {f: cell for f, at in self._aside.items() if at < len(row) and (cell := read(row[at])) is not None}, found
            )
        name = found.get("nama")
        if isinstance(name, str) and "nip" not in found and not _NO_DIGITS.fullmatch(name) and _both_in(name):
            _split_name(name, found)
        if self.gone and found:
            found[LEFT] = self.gone
        return found

    def _without_loose_degrees(self, row: Sequence[object]) -> Sequence[object]:
        """A row that is too long because a name was written with a comma and no quotation marks, with name and degrees as one."""
        at = self._plain.get("nama", self._width)
        more = len(row) - self._width
        degrees = row[at + 1 : at + 1 + more]
        if at >= self._width or "gelar_depan" in self._plain or "gelar_belakang" in self._plain:  # where degrees have columns
            return row
        if not all(isinstance(cell, str) and _DEGREE.fullmatch(cell) for cell in degrees):
            return row
        return [*row[:at], ",".join(map(str, row[at : at + 1 + more])), *row[at + 1 + more :]]

    def goes_on(self, number: int, cells: dict[str, Any]) -> bool:
        """Take a row that has a number under a name in the same column for the end of the row above it."""
        if not self._both or not self.table["rows"] or "nama" in cells or not any(person_number(cells.get(n)) for n in NUMBERS):
            return False
        at, before = self.table["rows"][-1]
        if at != number - 1 or "nip" in before or len(before) < 2:  # a name alone is who has signed below the list
            return False
        rank = " ".join(str(row["golongan"]) for row in (before, cells) if "golongan" in row)
        before.update({field: cell for field, cell in cells.items() if field not in before}, **({"golongan": rank} if rank else {}))
        return True

    def _take_apart(self, aside: dict[str, Any], found: dict[str, Any]) -> None:
        both = aside.get("nama_nip")
        if isinstance(both, str):
            _split_name(both, found)
        elif both is not None:
            found.setdefault("nip", both)
        either = aside.get("nip_nuptk")
        if either is not None:
            numbers = _RUNS.findall(either) if isinstance(either, str) else []
            for number in numbers if len(numbers) > 1 else [either]:
                found.setdefault("nuptk" if sum(map(str.isdigit, str(number))) == 16 else "nip", number)
        if (other := aside.get("nip_lain")) is not None and _fits("nip", other):
            found.setdefault("nip", other)
        remark = aside.get("keterangan")
        word = left(remark) if isinstance(remark, str) else ""
        if not word and "keluar" in aside:
            gone = aside["keluar"]
            word = (left(gone) or ("Keluar" if any(map(str.isalnum, gone)) else "")) if isinstance(gone, str) else "Keluar"
        if word and found:
            found[LEFT] = word
        post = aside.get("jabatan")
        if isinstance(post, str) and found and (kind := post_kind(post)):
            found["jenis_ptk"] = kind
        marked = [sex for sex in ("L", "P") if str(aside.get(f"jk_{sex.casefold()}", "")).strip() not in _UNMARKED]
        if len(marked) == 1 and found and "jk_l" in self._aside:
            found["jk"] = marked[0]


def _both_in(text: str) -> bool:
    """Whether a cell headed as a name holds a person's whole number too."""
    return sum(map(str.isdigit, text)) in (16, 18) and any(map(str.isalpha, text))


def _fits(field: str, cell: object) -> bool:
    return cell is not None and (field != "nip" or sum(map(str.isdigit, str(cell))) == 18)


def _split_name(text: str, found: dict[str, Any]) -> None:
    """Put a name and the number that stands behind it, or before it, where each belongs."""
    number = ""
    if len(text) > _LONG:
        found["nama"] = text
        return
    if match := _NUMBER_IN_NAME.search(text):
        number, text = match[1], text[: match.start()]
    elif match := _NUMBER_FIRST.match(text):
        number, text = match[1], text[match.end() :]
    elif _ONLY_NUMBER.match(text):
        text = ""
    else:
        text = _NOTHING_BEHIND.sub("", _LABEL_ALONE.sub("", text))
    text = _LABEL_ALONE.sub("", text).strip(" ,;/|-")
    if text:
        found["nama"] = text
    elif number:
        found.pop("nama", None)
    if number:
        field = "nuptk" if sum(map(str.isdigit, number)) == 16 else "nip"
        found.setdefault(field, number)
