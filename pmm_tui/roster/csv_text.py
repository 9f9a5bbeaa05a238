"""Reading CSV: which encoding and delimiter, then the rows."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.file_kind import SIMPAN_ULANG, bukan_teks_tabel
from pmm_tui.roster.headings import Peta, kenali
from pmm_tui.roster.table import BARIS_JUDUL, pungut

PEMISAH = {";": "titik koma", ",": "koma", "\t": "tab"}
"""The delimiters that are tried, and their names."""

_BOM = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8 dengan BOM"),
    (b"\xff\xfe\0\0", "utf-32", "UTF-32"),
    (b"\0\0\xfe\xff", "utf-32", "UTF-32"),
    (b"\xff\xfe", "utf-16", "UTF-16 LE"),
    (b"\xfe\xff", "utf-16", "UTF-16 BE"),
)
_MAKS_GARIS = 1_000_000  # characters of one line: the reader would hold all its cells at once
_GARIS = re.compile(r"[^\r\n]*+(?:\r\n?|\n)|[^\r\n]++")
_SEP = re.compile(r"sep=([;,\t|])\Z", re.IGNORECASE)
_KENDALI = re.compile("[\x01-\x08\x0e-\x1f]")


def baca_teks(data: bytes) -> tuple[str, str]:
    """Decode a text file; return the text and the name of its encoding.

    A BOM decides; else NUL in every other byte means UTF-16, valid UTF-8 is taken as UTF-8, and the rest as cp1252, which Excel in
    Indonesia writes. Raises InputError for bytes that are no text.
    """
    for bom, codec, nama in _BOM:
        if data.startswith(bom):
            return _urai(data, codec, nama), nama
    if nama := _utf16_tanpa_bom(data[:4_000]):
        return _urai(data, "utf-16-le" if nama.endswith("LE") else "utf-16-be", nama), nama
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252 (Windows)"
    except UnicodeDecodeError:
        raise InputError(f"bukan lembar kerja dan bukan teks CSV; unduh ulang dari Dapodik, atau {SIMPAN_ULANG}") from None


def _urai(data: bytes, codec: str, nama: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise InputError(
            f"bukan teks {nama} yang utuh (byte ke-{error.start + 1}); simpan ulang sebagai CSV UTF-8 atau .xlsx, lalu impor lagi."
        ) from None


def _utf16_tanpa_bom(awal: bytes) -> str:
    genap, ganjil = awal[::2].count(0), awal[1::2].count(0)
    banyak = len(awal) // 2 * 0.3
    if max(genap, ganjil) <= banyak or min(genap, ganjil) > banyak:
        return ""
    return "UTF-16 LE" if ganjil > genap else "UTF-16 BE"


def baca_csv(data: bytes, peta: Peta) -> dict[str, Any]:
    """Read a delimited text file; returns what `pungut` returns and `pengodean`, `pemisah`.

    Row numbers are Excel's: a quoted line break starts no row, and a `sep=;` line at the top is none. Raises InputError.
    """
    teks, pengodean = baca_teks(data)
    bukan_teks_tabel(teks)
    if "\0" in teks or len(_KENDALI.findall(teks, 0, 4_000)) > 100:
        raise InputError("berisi byte NUL atau kode kendali, bukan CSV; unduh ulang dari Dapodik atau simpan ulang sebagai .xlsx.")
    mulai, pemisah = _sep(teks)
    pemisah = pemisah or _pilih_pemisah(teks, mulai, peta)
    hasil = pungut(_baris(teks, mulai, pemisah), peta) if pemisah else None
    if hasil is None:
        raise InputError(
            f"tidak punya baris judul dengan kolom Nama dan NIP atau NUPTK di {BARIS_JUDUL} baris pertama; "
            "pakai Daftar Guru unduhan Dapodik, atau tambahkan baris judul itu."
        )
    return {**hasil, "pengodean": pengodean, "pemisah": PEMISAH.get(pemisah, pemisah)}


def _sep(teks: str) -> tuple[int, str]:
    """Where the table starts, and the delimiter that Excel's own first line `sep=;` names."""
    pertama = _GARIS.match(teks)
    if pertama and (match := _SEP.match(pertama[0].rstrip("\r\n"))):
        return pertama.end(), match[1]
    return 0, ""


def _pilih_pemisah(teks: str, mulai: int, peta: Peta) -> str:
    """The delimiter that makes the most headings; empty when none makes a heading row."""
    terbaik, banyak = "", 0
    for pemisah in PEMISAH:
        with suppress(InputError):  # said when the table is read, not while guessing
            for row in islice(_baris(teks, mulai, pemisah), 4 * BARIS_JUDUL):
                if (kolom := len(kenali(row, peta))) > banyak:
                    terbaik, banyak = pemisah, kolom
    return terbaik


def _baris(teks: str, mulai: int, pemisah: str) -> Iterator[list[str]]:
    nomor = 1
    try:
        for row in csv.reader(_garis(teks, mulai), delimiter=pemisah, strict=True):
            yield row
            nomor += 1
    except csv.Error as error:
        sebab = "satu sel terlalu panjang" if "field limit" in str(error) else 'tanda kutip (") tidak ditutup dengan benar'
        raise InputError(
            f"baris {nomor}: {sebab}; perbaiki di Excel dan simpan ulang sebagai CSV UTF-8 atau .xlsx, lalu impor lagi."
        ) from None


def _garis(teks: str, mulai: int) -> Iterable[str]:
    for match in _GARIS.finditer(teks, mulai):
        if match.end() - match.start() > _MAKS_GARIS:
            raise InputError("punya baris lebih dari sejuta karakter; simpan ulang Daftar Guru sebagai .xlsx, lalu impor lagi.")
        yield match[0]
