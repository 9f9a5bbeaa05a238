"""Reading CSV: which encoding and delimiter, then the rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import FETCH_AGAIN, FileKind, refuse_other_text
from pmm_tui.roster.heading_match import Remembered
from pmm_tui.roster.heading_rows import HEADING_ROWS, find_head
from pmm_tui.roster.headings import HeadingMap
from pmm_tui.roster.table import MAX_COLUMNS, fullest_row, pick_rows
from pmm_tui.roster.unknown_headings import NO_HEADINGS, UnknownHeadingsError

DELIMITERS = {";": "titik koma", ",": "koma", "\t": "tab"}
"""The delimiters that are tried, and their names."""

_BOM = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 dengan BOM"),
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16", "UTF-16 BE"),
)
_MAX_LINE = 1_000_000  # characters of one line: the reader would hold all its cells at once
_LINE = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
_SEP = re.compile(r"sep=([;,\t|])\Z", re.IGNORECASE)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f]")


def decode_text(data: bytes) -> tuple[str, str]:
    """Decode a text file; return the text and the name of its encoding.

    A BOM decides; else NUL in every other byte means UTF-16, valid UTF-8 is taken as UTF-8, and the rest as cp1252, which Excel in
    Indonesia writes. Raises InputError for bytes that are no text.
    """
    for bom, codec, name in _BOM:
        if data.startswith(bom):
            return _decode(data, codec, name), name
    if name := _bare_utf16(data[:4_000]):
        return _decode(data, "utf-16-le" if name.endswith("LE") else "utf-16-be", name), name
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    if b"\r" in data and b"\n" not in data:  # lines as only an old Mac ends them
        return data.decode("mac_roman"), "MacRoman"
    try:
        return data.decode("cp1252"), "cp1252 (Windows)"
    except UnicodeDecodeError:
        raise InputError(f"bukan lembar kerja dan bukan teks CSV; {FETCH_AGAIN}") from None


def _decode(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(
            f"bukan teks {name} yang utuh (byte ke-{error.start + 1}); simpan ulang sebagai CSV UTF-8 atau .xlsx, lalu impor lagi."
        ) from None


def _bare_utf16(start: bytes) -> str:
    even, odd = start[::2].count(0), start[1::2].count(0)
    bound = len(start) // 2 * 0.3
    if max(even, odd) <= bound or min(even, odd) > bound:
        return ""
    return "UTF-16 LE" if odd > even else "UTF-16 BE"


def read_csv(data: bytes, headings: HeadingMap, remembered: Remembered | None = None) -> dict[str, Any]:
    """Read a delimited text file; returns what `pick_rows` returns and `encoding`, `delimiter`.

    Row numbers are Excel's: a quoted line break starts no row, and a `sep=;` line at the top is none. Raises InputError.
    """
    text, encoding = decode_text(data)
    if text.lstrip()[:1] in ("<", "[", "{") and (rows := _other_rows(text)):
        return {**picked_or_refused(lambda: rows[1], headings, remembered), "kind": rows[0], "encoding": encoding, "delimiter": ""}
    refuse_other_text(text)
    if "\0" in text or len(_CONTROL.findall(text, 0, 4_000)) > 100:
        raise InputError("berisi byte NUL atau kode kendali, bukan CSV; unduh ulang dari Dapodik atau simpan ulang sebagai .xlsx.")
    start, delimiter = _sep(text)
    delimiter = delimiter or _choose_delimiter(text, start, headings, remembered)
    found = delimiter or _likely_delimiter(text)
    picked = picked_or_refused(lambda: _rows(text, start, found), headings, remembered)
    return {**picked, "encoding": encoding, "delimiter": DELIMITERS.get(found, found)}


def _other_rows(text: str) -> tuple[FileKind, list[list[str]]] | None:
    from pmm_tui.roster.foreign_text import rows_of_other_text  # lazy: few lists are such

    return rows_of_other_text(text)


def picked_or_refused(
    rows: Callable[[], Iterable[Sequence[object]]], headings: HeadingMap, remembered: Remembered | None
) -> dict[str, Any]:
    """What `pick_rows` returns; raises UnknownHeadingsError where no row is a heading row."""
    picked = pick_rows(rows(), headings, remembered)
    if picked is None:
        raise UnknownHeadingsError(NO_HEADINGS.format(f"{HEADING_ROWS} baris pertama"), fullest_row(rows(), headings))
    return picked


def _sep(text: str) -> tuple[int, str]:
    """Where the table starts, and the delimiter that Excel's own first line `sep=;` names."""
    first_line = _LINE.match(text)
    if first_line and (match := _SEP.match(first_line[0].rstrip("\r\n"))):
        return first_line.end(), match[1]
    return 0, ""


def _likely_delimiter(text: str) -> str:
    return max(DELIMITERS, key=text[:20_000].count)


def _choose_delimiter(text: str, start: int, headings: HeadingMap, remembered: Remembered | None) -> str:
    """The delimiter that makes the most headings; empty when none makes a heading row."""
    best, most = "", 0
    for delimiter in DELIMITERS:
        with suppress(InputError):  # said when the table is read, not while guessing
            rows = enumerate(islice(_rows(text, start, delimiter), 2 * HEADING_ROWS), 1)
            head, _, _ = find_head(rows, headings, MAX_COLUMNS, remembered)
            if head and (count := sum(len(lane.places) for lane in head.lanes)) > most:
                best, most = delimiter, count
    return best


def _rows(text: str, start: int, delimiter: str) -> Iterator[list[str]]:
    number = 1
    try:
        for row in csv.reader(_lines(text, start), delimiter=delimiter, strict=True):
            yield row
            number += 1
    except csv.Error as error:
        reason = "satu sel terlalu panjang" if "field limit" in str(error) else 'tanda kutip (") tidak ditutup dengan benar'
        raise InputError(
            f"baris {number}: {reason}; perbaiki di Excel dan simpan ulang sebagai CSV UTF-8 atau .xlsx, lalu impor lagi."
        ) from None


def _lines(text: str, start: int) -> Iterable[str]:
    for match in _LINE.finditer(text, start):
        if match.end() - match.start() > _MAX_LINE:
            raise InputError("punya baris lebih dari sejuta karakter; simpan ulang Daftar Guru sebagai .xlsx, lalu impor lagi.")
        yield match[0]
