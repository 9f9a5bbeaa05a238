"""The guard of XLSX files: inflates and counts what a workbook would cost before calamine builds any of it.

Calamine keeps a sheet as one dense grid and each shared string once per cell that shows it, so 4 kB can cost gigabytes. What passes
here is bounded: calamine gets a new archive that holds just the parts which were counted, so no other reading of the ZIP exists.
"""

from __future__ import annotations

import re
import zlib
from array import array
from io import BytesIO
from pyexpat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import FETCH_AGAIN, LOCKED, SAVE_AGAIN

MAX_INFLATED = 32_000_000
"""Bytes of all the parts that are read, inflated."""

_MAX_PARTS = 1_000  # entries of the archive
_MAX_SMALL = 4_000_000  # bytes of one part that is neither a sheet nor the shared strings
_RATIO = 100  # inflated to packed; real sheets reach 30
_MAX_ELEMENTS = 1_500_000  # XML elements of all parts; 5,000 teachers in 51 columns have 770,000
_MAX_DEPTH = 64  # levels of XML
_MAX_DENSE_CELLS = 1_500_000  # cells of the rectangle around what is filled
_MAX_SHEET_ROWS = 10_000  # the last filled row: room for blank rows between 5,000 teachers
_MAX_SHEET_COLUMNS = 16_384  # Excel has no more
_MAX_LETTERS = 12_000_000  # characters of all cells of a sheet that show shared strings
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MAX_TAG = re.compile(rb"<[^<>]{50000}")  # a tag whose attributes would cost a hundred times its bytes
_EMPTY_VALUE = re.compile(rb"<(\w+:)?v(?:\s*/>|>\s*</(?:\w+:)?v>)")
_ROW = re.compile(r"[1-9][0-9]{0,6}")

_NEEDED = re.compile(r"\[content_types\]\.xml|_rels/\.rels|xl/[^/]+\.xml|xl/_rels/[^/]+\.rels|xl/worksheets/[^/]+\.xml")
_UNNEEDED = ("xl/calcchain.xml", "xl/metadata.xml")
_TOO_LARGE = "isinya terlalu besar; salin tabel guru saja ke berkas baru, simpan sebagai .xlsx, lalu impor lagi."
_DAMAGED = f"rusak atau terpotong; {FETCH_AGAIN}"
_NOT_XLSX = (
    ("xl/workbook.bin", f"berformat Excel biner (.xlsb); {SAVE_AGAIN}"),
    ("content.xml", f"berformat OpenDocument, bukan Excel; {SAVE_AGAIN}"),
    ("word/", "berisi dokumen Word, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx)."),
    ("ppt/", "berisi berkas PowerPoint, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx)."),
)


def guarded_xlsx(data: bytes) -> BytesIO:
    """Return a workbook of only the needed parts of `data`, each inflated, counted and found sound.

    Raises InputError for archives that are no XLSX, damaged, locked, or would cost too much; its sentence starts after the file's
    name.
    """
    if data.count(b"PK\x01\x02") > _MAX_PARTS:  # before zipfile makes an object of each
        raise InputError(f"berisi lebih dari {_MAX_PARTS} bagian; {SAVE_AGAIN}")
    guarded = BytesIO()
    try:
        with ZipFile(BytesIO(data)) as origin, ZipFile(guarded, "w", ZIP_STORED) as target:
            _copy(origin, target)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, OverflowError, LookupError):
        raise InputError(_DAMAGED) from None
    guarded.seek(0)
    return guarded


def _copy(origin: ZipFile, target: ZipFile) -> None:
    parts = _parts(origin)
    remaining, counter = MAX_INFLATED, CostCounter()
    for name in sorted(parts, key=lambda name: name.startswith("xl/worksheets/")):  # the shared strings are counted before
        large = name.startswith("xl/worksheets/") or name == "xl/sharedstrings.xml"
        content = _inflate(origin, parts[name], remaining if large else min(remaining, _MAX_SMALL))
        remaining -= len(content)
        if name.startswith("xl/worksheets/"):  # a cell of a shared string with no number: empty, as Excel has it
            content = _EMPTY_VALUE.sub(b"", content)
        counter.count(name, content)
        target.writestr(ZipInfo(parts[name].filename.replace("\\", "/")), content)


def _parts(origin: ZipFile) -> dict[str, ZipInfo]:
    parts: dict[str, ZipInfo] = {}
    for info in origin.infolist():
        name = info.filename.replace("\\", "/").casefold()
        if name in parts:
            raise InputError(_DAMAGED)
        parts[name] = info
    if "xl/workbook.xml" not in parts:
        for start, sentence in _NOT_XLSX:
            if any(name.startswith(start) for name in parts):
                raise InputError(sentence)
        raise InputError("adalah arsip ZIP, bukan lembar kerja; buka arsipnya, lalu impor berkas Excel di dalamnya.")
    return {name: info for name, info in parts.items() if _NEEDED.fullmatch(name) and name not in _UNNEEDED}


def _inflate(origin: ZipFile, info: ZipInfo, limit: int) -> bytes:
    if info.flag_bits & 0x1:
        raise InputError(LOCKED)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # the others inflate without bound
        raise InputError(_DAMAGED)
    with origin.open(info) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit or len(content) > _RATIO * max(info.compress_size, 10_000):
        raise InputError(_TOO_LARGE)
    return content


class CostCounter:
    """Counts the elements of all parts, and the cells and text of each sheet; raises InputError at the first excess."""

    def __init__(self) -> None:
        self._elements = self._depth = 0
        self._lengths = array("L")  # characters of each shared string
        self._row = self._column = self._max_rows = self._max_columns = self._letters = 0
        self._index: list[str] | None = None  # the pieces of the shared string's number that is being read
        self._shared = False

    def count(self, name: str, content: bytes) -> None:
        """Read one part, whose lower-case name in the archive is `name`."""
        if b"\0" in content or _MAX_TAG.search(content):
            raise InputError(_DAMAGED)
        self._parser = ParserCreate()
        self._parser.buffer_text = True
        self._parser.XmlDeclHandler = self._recognise_encoding
        self._parser.StartDoctypeDeclHandler = self._refuse_dtd
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._depth = self._row = self._column = self._max_rows = self._max_columns = self._letters = 0
        self._entered = self._rest
        if name.startswith("xl/worksheets/"):
            self._entered = self._sheet
        elif name == "xl/sharedstrings.xml":
            self._entered = self._shared_text
        try:
            self._parser.Parse(content, True)
        except (ExpatError, ValueError):
            raise InputError(_DAMAGED) from None
        finally:
            del self._parser  # a parser and its handlers hold each other

    def _recognise_encoding(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").casefold() not in ("utf-8", "utf8", "us-ascii"):  # another could hide tags from `_MAX_TAG`
            raise InputError(_DAMAGED)

    def _refuse_dtd(self, *_: object) -> None:
        raise InputError(f"berisi entitas XML yang tidak ada di berkas Dapodik dan bisa berbahaya; {SAVE_AGAIN}")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > _MAX_ELEMENTS:
            raise InputError(_TOO_LARGE)
        if self._depth > _MAX_DEPTH:
            raise InputError(_DAMAGED)
        self._entered(name.rpartition(":")[2], attributes)

    def _close(self, name: str) -> None:
        self._depth -= 1
        if self._parser.CharacterDataHandler is not None and name.endswith(("t", "v")):
            self._parser.CharacterDataHandler = None
            if self._index is not None:
                self._add_shared()

    def _rest(self, name: str, attributes: dict[str, str]) -> None:
        pass

    def _shared_text(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._lengths.append(0)
        elif name == "t" and self._lengths:
            self._parser.CharacterDataHandler = self._add_length

    def _add_length(self, text: str) -> None:
        self._lengths[-1] += len(text)

    def _sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._column = 0
            self._row = self._row_number(attributes.get("r"))
        elif name == "c":
            self._column = self._column_number(attributes.get("r"))
            self._shared = attributes.get("t") == "s"
        elif name == "v":
            self._filled()
            if self._shared:
                self._index = []
                self._parser.CharacterDataHandler = self._index.append
        elif name == "is":
            self._filled()

    def _row_number(self, r: str | None) -> int:
        if r is None:
            return self._row + 1
        if not _ROW.fullmatch(r):
            raise InputError(_DAMAGED)
        return int(r)

    def _column_number(self, r: str | None) -> int:
        if r is None:
            return self._column + 1
        match = _CELL.fullmatch(r)
        if match is None or int(match[2]) != self._row:
            raise InputError(_DAMAGED)
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return column

    def _filled(self) -> None:
        """A cell with something in it: the grid grows to it."""
        self._max_rows = max(self._max_rows, self._row)
        self._max_columns = max(self._max_columns, self._column)
        cells = self._max_rows * self._max_columns
        if self._max_rows > _MAX_SHEET_ROWS or self._max_columns > _MAX_SHEET_COLUMNS or cells > _MAX_DENSE_CELLS:
            raise InputError(
                f"isinya sampai baris {self._max_rows} dan kolom ke-{self._max_columns}, terlalu luas untuk daftar guru; "
                "hapus baris dan kolom yang tidak dipakai atau salin tabelnya saja ke berkas baru, lalu impor lagi."
            )

    def _add_shared(self) -> None:
        number, self._index = "".join(self._index or ()).strip(), None
        if not number.isascii() or not number.isdigit() or len(number) > 8 or int(number) >= len(self._lengths):
            raise InputError(_DAMAGED)
        self._letters += self._lengths[int(number)]
        if self._letters > _MAX_LETTERS:
            raise InputError(_TOO_LARGE)
