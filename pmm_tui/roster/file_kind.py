"""What kind of file it is, told by its content, never by its ending."""

from __future__ import annotations

import re
from typing import Literal

from pmm_tui.errors import InputError

FileKind = Literal["xlsx", "xls", "csv", "html", "json", "dapodik"]
"""What a list was read from; `dapodik` is its web service."""

MAX_FILE = 20_000_000
"""Bytes of a file; 5,000 teachers with all of Dapodik's columns need about a tenth."""

SAVE_AGAIN = "buka di Excel atau LibreOffice, simpan sebagai Excel Workbook (.xlsx), lalu impor lagi."
FETCH_AGAIN = "unduh ulang dari Dapodik, atau minta lagi berkas aslinya, lalu impor tanpa menyimpannya di Excel."
"""The way on with a damaged file: what Excel saves of it has lost digits, and cells may be gone."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FOREIGN_FILES = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf\x27\x1c", "arsip 7z"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"SQLite format 3", "basis data SQLite"),
    (b"MZ", "program Windows"),
    (b"\x7fELF", "program Linux"),
    (b"{\\rtf", "dokumen RTF"),
)
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")  # BIFF2 to BIFF4, before 1993
_LOCKED_XLS = re.compile(rb"\x09\x08\x10\0\0\x06\x05\0.{12}\x2f\0", re.DOTALL)  # BIFF8: the globals' BOF, then FILEPASS
LOCKED = "terkunci kata sandi; buka di Excel, hapus kata sandinya, simpan, lalu impor lagi."
_INSIDE_OLE = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", "adalah dokumen Word, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx)."),
    ("PowerPoint Document", "adalah berkas PowerPoint, bukan lembar kerja; impor Daftar Guru unduhan Dapodik (.xlsx)."),
)


def kind_of(data: bytes) -> FileKind:
    """Tell the kind of a file by its bytes; text of any sort is `csv`.

    Raises InputError for what is known to be something else. Its sentence starts after the file's name.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError("kosong; unduh ulang Daftar Guru dari Dapodik, lalu impor lagi.")
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_ZIP):
        return "xlsx"
    if data.startswith(_OLD_EXCEL):
        raise InputError(f"dibuat Excel yang sangat lama; {SAVE_AGAIN}")
    for start, name in _FOREIGN_FILES:
        if data.startswith(start):
            raise InputError(f"berisi {name}, bukan lembar kerja; impor berkas Daftar Guru unduhan Dapodik (.xlsx).")
    return "csv"


def _ole(data: bytes) -> FileKind:
    for name, sentence in _INSIDE_OLE:
        if name.encode("utf-16-le") in data:
            raise InputError(sentence)
    if _LOCKED_XLS.search(data):  # calamine says of it only that it is no workbook
        raise InputError(LOCKED)
    return "xls"


def refuse_other_text(text: str) -> None:
    """Refuse text that is a web page or another markup or programming notation rather than a table (InputError)."""
    start = text[:4_000].lstrip().casefold()
    if start.startswith(("<!doctype html", "<html", "<table", "<head", "<meta", "<style", "<body", "<div")) or "<html" in start:
        raise InputError(f"berisi halaman web (HTML), bukan lembar kerja, walau namanya mungkin .xls atau .xlsx; {SAVE_AGAIN}")
    if start.startswith("<"):
        raise InputError(f"berisi XML, bukan lembar kerja; {SAVE_AGAIN}")
    if start.startswith("mime-version:"):
        raise InputError(f"berisi halaman web (MHTML), bukan lembar kerja; {SAVE_AGAIN}")
    if start.startswith(("{", "[")):
        raise InputError("berisi JSON, bukan tabel; impor berkas Daftar Guru unduhan Dapodik (.xlsx) atau CSV.")
