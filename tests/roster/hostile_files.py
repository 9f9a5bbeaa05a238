"""Files that nobody should open: each a function from a path to the file made there, by name."""

from __future__ import annotations

import os
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.dapodik import write_grid
from tests.roster.biff import compound, workbook
from tests.roster.hostile_xlsx import XLSX, good


def password_xlsx(path: Path) -> None:
    path.write_bytes(compound({"EncryptionInfo": b"\4\0\4\0" * 300, "EncryptedPackage": random.Random(2).randbytes(9_000)}))


def password_xls(path: Path) -> None:
    path.write_bytes(workbook([("Nama", "NIP")], first=struct.pack("<HHHHH", 0x2F, 54, 1, 1, 1) + bytes(48)))


def xls_wide(path: Path) -> None:
    """Two cells in opposite corners: 16 million cells once built."""
    raw = workbook([("Nama", "NIP"), ("ujung",)])
    path.write_bytes(raw.replace(struct.pack("<HHHI", 1, 0, 0, 2), struct.pack("<HHHI", 65_535, 255, 0, 2)))


def xls_one_string(path: Path) -> None:
    """A long string that 350,000 cells show: a gigabyte once built."""
    path.write_bytes(workbook([("a" * 3_000,) * 250] * 1_400))


def xls_junk(path: Path) -> None:
    path.write_bytes(compound({"Workbook": random.Random(3).randbytes(60_000)}))


def xls_loop(path: Path) -> None:
    """An allocation table whose chain bites its tail."""
    raw = bytearray(workbook([("Nama", "NIP")] * 500))
    raw[512 + 4 * 5 : 512 + 4 * 6] = struct.pack("<I", 2)  # sector 5 leads back to the stream's first
    path.write_bytes(raw)


def xls_truncated(path: Path) -> None:
    path.write_bytes(workbook([("Nama", "NIP")] * 500)[:6_000])


def ole_word(path: Path) -> None:
    path.write_bytes(compound({"WordDocument": b"\xec\xa5" * 3_000}))


def ole_header(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000)


def truncated(share: float) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        raw = good(path)
        path.write_bytes(raw[: int(len(raw) * share)])

    return make


def flipped(seed: int) -> Callable[[Path], None]:
    """A good file with bytes changed inside the packed sheet."""

    def make(path: Path) -> None:
        raw = bytearray(good(path))
        at = raw.find(b"xl/worksheets/sheet1.xml")
        places = random.Random(seed)
        for _ in range(40):
            raw[at + 40 + places.randrange(2_000)] ^= 0x5A
        path.write_bytes(raw)

    return make


def contents(raw: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(raw) and None


def archive(**names: str) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as made:
            for name, content in names.items():
                made.writestr(name.replace("__", "/"), content)

    return make


def huge_cell(path: Path) -> None:
    path.write_text('Nama;NIP\n"' + "x" * 300_000 + '";198507142010011012\n', encoding="utf-8")


def open_quote(path: Path) -> None:
    path.write_text('Nama;NIP\n"Budi;198507142010011012\nSiti;198507142010012012\n', encoding="utf-8")


def huge_line(path: Path) -> None:
    path.write_bytes(b"Nama,NIP\n" + b"," * 15_000_000)


def million_lines(path: Path) -> None:
    path.write_bytes(b"Nama,NIP\n" + b"Budi,1\n" * 1_000_000)


def too_large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(20_000_001)


def folder(path: Path) -> None:
    path.mkdir()


def nothing_there(path: Path) -> None:
    path.unlink(missing_ok=True)


def no_headings(path: Path) -> None:
    write_grid(path, [("Laporan", "Bulan"), ("a", "b")] * 20)


def headings_too_low(path: Path) -> None:
    write_grid(path, [*[("Judul",)] * 140, ("Nama", "NIP"), ("Budi", "198507142010011012")])


HOSTILE: dict[str, Callable[[Path], object]] = {
    **XLSX,
    "sandi.xlsx": password_xlsx,
    "sandi.xls": password_xls,
    "luas.xls": xls_wide,
    "satu-teks.xls": xls_one_string,
    "sampah.xls": xls_junk,
    "melingkar.xls": xls_loop,
    "putus.xls": xls_truncated,
    "word.xls": ole_word,
    "kepala-ole.xls": ole_header,
    "putus-10.xlsx": truncated(0.1),
    "putus-50.xlsx": truncated(0.5),
    "putus-99.xlsx": truncated(0.99),
    "balik-1.xlsx": flipped(1),
    "balik-2.xlsx": flipped(200),
    "kosong.xlsx": contents(b""),
    "nul-semua.xlsx": contents(b"\0" * 100_000),
    "pk.xlsx": contents(b"PK\x03\x04"),
    "pk-akhir.xlsx": contents(b"PK\x05\x06" + b"\0" * 18),
    "html.xlsx": contents(b"<!DOCTYPE html><html><body><table><tr><td>Nama</td><td>NIP</td></tr></table></body></html>"),
    "html.xls": contents(b"\xef\xbb\xbf\r\n <html xmlns:x='urn:schemas-microsoft-com:office:excel'><table><tr><td>Nama"),
    "html-utf16.xls": contents("<html><table><tr><td>Nama</td></tr></table>".encode("utf-16")),
    "xml2003.xls": contents(b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'),
    "mhtml.xls": contents(b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
    "json.xlsx": contents(b'{"results": 0, "rows": []}'),
    "pdf.xlsx": contents(b"%PDF-1.7\n" + b"x" * 1_000),
    "png.xlsx": contents(b"\x89PNG\r\n\x1a\n" + b"\0" * 1_000),
    "rar.xlsx": contents(b"Rar!\x1a\x07\x00" + b"\0" * 1_000),
    "gzip.csv": contents(b"\x1f\x8b\x08" + b"\0" * 1_000),
    "excel4.xls": contents(b"\x09\x04\x06\x00\x00\x00\x10\x00" + b"\0" * 500),
    "sampah.xlsx": contents(random.Random(4).randbytes(100_000)),
    "xlsb.xlsx": archive(xl__workbook_bin="x", **{"xl__workbook.bin": "x"}),
    "ods.xlsx": archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}),
    "docx.xlsx": archive(**{"word__document.xml": "<x/>"}),
    "zip.xlsx": archive(**{"foto.jpg": "x"}),
    "nul.csv": contents(b"Nama,NIP\nBudi\0,198507142010011012\n"),
    "utf16-ganjil.csv": contents("Nama;NIP\nBudi;1\n".encode("utf-16") + b"x"),
    "utf8-rusak.csv": contents(b"\xef\xbb\xbfNama;NIP\nBudi\xff;1\n"),
    "sel-raksasa.csv": huge_cell,
    "kutip-terbuka.csv": open_quote,
    "baris-raksasa.csv": huge_line,
    "sejuta-baris.csv": million_lines,
    "tanpa-judul.csv": contents(b"Budi,198507142010011012\nSiti,198507142010012012\n"),
    "tanpa-judul.xlsx": no_headings,
    "judul-terlalu-bawah.xlsx": headings_too_low,
    "terlalu-besar.xlsx": too_large,
    "map.xlsx": folder,
    "tidak-ada.xlsx": nothing_there,
}

if hasattr(os, "mkfifo"):
    HOSTILE["pipa.xlsx"] = os.mkfifo
    HOSTILE["perangkat.xlsx"] = lambda path: path.symlink_to("/dev/zero")
    HOSTILE["melingkar.xlsx"] = lambda path: path.symlink_to(path)
