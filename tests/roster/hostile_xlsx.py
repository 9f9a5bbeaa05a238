"""Workbooks that nobody should open: each a function from a path to the file made there, by name."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.dapodik import teachers, write_dapodik, write_parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<c r="A1" t="inlineStr"><is><t>Nama</t></is></c><c r="B1" t="inlineStr"><is><t>NIP</t></is></c>'
ROW = f'<row r="1">{HEAD}</row>'


def sheet(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def parts(content: str | bytes, shared: str | bytes = "", **more: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet."""
    one = '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
    found: dict[str, str | bytes] = {
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}">{one}</workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": content,
        **more,
    }
    return {**found, "xl/sharedStrings.xml": shared} if shared else found


def sst(strings: str) -> str:
    return f'<sst xmlns="{MAIN}">{strings}</sst>'


def good(path: Path) -> bytes:
    return write_dapodik(path, teachers(40)).read_bytes()


def cells(column: str, rows: range, value: str = "<v>1</v>", kind: str = "") -> str:
    return "".join(f'<row r="{row}"><c r="{column}{row}"{kind}>{value}</c></row>' for row in rows)


def bomb_zeros(path: Path) -> None:
    write_parts(path, parts(sheet(" " * 90_000_000)))


def bomb_elements(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + "<row/>" * 5_000_000)))


def bomb_shared(path: Path) -> None:
    write_parts(path, parts(sheet(ROW), sst("<si><t>" + "A" * 60_000_000 + "</t></si>")))


def bomb_one_string(path: Path) -> None:
    """One long shared string that 200,000 cells show: 384 kB that would cost 6 GB."""
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJKLMNOPQRST") + "</row>"
        for row in range(1, 9_000)
    )
    text = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz ", k=32_000))
    write_parts(path, parts(sheet(rows), sst(f"<si><t>{text}</t></si>")))


def bomb_overlap(path: Path) -> None:
    """Many directory entries that share one packed body."""
    zeros = b"\0" * 5_000_000
    body, crc = zlib.compress(zeros, 9)[2:-4], zlib.crc32(zeros)
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 0, crc, len(body), 5_000_000, 1, 0) + b"x"
    central = b""
    for number in range(900):
        name = f"xl/worksheets/s{number}.xml".encode() if number else b"xl/workbook.xml"
        central += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 0, crc, len(body), 5_000_000, len(name),
            0, 0, 0, 0, 0, 0,
        ) + name  # fmt: skip
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 900, 900, len(central), len(local + body), 0)
    path.write_bytes(local + body + central + end)


def bomb_entries(path: Path) -> None:
    write_parts(path, {**parts(sheet(ROW)), **{f"xl/media/{number}.png": "" for number in range(20_000)}}, zipfile.ZIP_STORED)


def bomb_nested(path: Path) -> None:
    write_parts(path, {"xl/worksheets/sheet1.xml": zlib.compress(zlib.compress(b"\0" * 50_000_000)), "in.zip": b"PK\x03\x04"})


def bomb_lzma(path: Path) -> None:
    write_parts(path, parts(sheet(" " * 10_000_000)), zipfile.ZIP_LZMA)


def bomb_bzip2(path: Path) -> None:
    write_parts(path, parts(sheet(" " * 20_000_000)), zipfile.ZIP_BZIP2)


def entities(path: Path) -> None:
    """A billion laughs."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>' + sheet(ROW.replace("Nama", "&l9;"))
    write_parts(path, parts(text))


def entities_quadratic(path: Path) -> None:
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>' + sst(f"<si><t>{'&a;' * 50_000}</t></si>")
    write_parts(path, parts(sheet(ROW), text))


def entity_external(path: Path) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet(ROW.replace("Nama", "&a;"))
    write_parts(path, parts(text))


def entity_in_workbook(path: Path) -> None:
    wrong = parts(sheet(ROW))
    wrong["xl/workbook.xml"] = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>{wrong["xl/workbook.xml"]!s}'
    write_parts(path, wrong)


def deep(path: Path) -> None:
    write_parts(path, parts(sheet("<a>" * 3_000_000)))


def deep_strings(path: Path) -> None:
    write_parts(path, parts(sheet(ROW), sst("<r>" * 2_000_000)))


def many_attributes(path: Path) -> None:
    write_parts(path, parts(sheet("<row " + " ".join(f'a{number}="1"' for number in range(1_000_000)) + "/>")))


def far_cell(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))


def wide_and_deep(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + '<row r="9000"><c r="XFD9000"><v>1</v></c></row>')))


def far_row(path: Path) -> None:
    """A row number that made calamine hand out a billion empty rows."""
    write_parts(path, parts(sheet(ROW + '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>')))


def hidden_row(path: Path) -> None:
    """A cell that claims another row than the one it stands in."""
    write_parts(path, parts(sheet('<row r="1"><c r="A1048576"><v>1</v></c></row>')))


def million_rows(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + cells("A", range(2, 1_000_001)))))


def million_columns(path: Path) -> None:
    write_parts(path, parts(sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>")))


def stored_elements(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + "<row/>" * 2_500_000)), zipfile.ZIP_STORED)


def stored_rows(path: Path) -> None:
    write_parts(path, parts(sheet(ROW + cells("A", range(2, 400_000)))), zipfile.ZIP_STORED)


def stored_columns(path: Path) -> None:
    write_parts(path, parts(sheet('<row r="1">' + "<c><v>1</v></c>" * 1_000_000 + "</row>")), zipfile.ZIP_STORED)


def stored_text(path: Path) -> None:
    """As much as may pass: the text of the cells just under the bound, in letters of three bytes."""
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}" t="s"><v>0</v></c>' for column in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        + "</row>"
        for row in range(2, 4_900)
    )
    write_parts(path, parts(sheet(ROW + rows), sst(f"<si><t>{'ꦲ' * 94}</t></si>")), zipfile.ZIP_STORED)


def stored_strings(path: Path) -> None:
    write_parts(path, parts(sheet(ROW), sst("<si><t>a</t></si>" * 350_000)), zipfile.ZIP_STORED)


def long_tag(path: Path) -> None:
    write_parts(path, parts(sheet("<row " + "a" * 15_000_000 + '="1"/>')), zipfile.ZIP_STORED)


def stored_attributes(path: Path) -> None:
    text = sheet("<row " + " ".join(f'a{number}="1"' for number in range(1_000_000)) + "/>")
    write_parts(path, parts(text), zipfile.ZIP_STORED)


def other_encoding(path: Path) -> None:
    text = '<?xml version="1.0" encoding="cp037"?>' + sheet(ROW)
    write_parts(path, parts(text))


def utf16_parts(path: Path) -> None:
    write_parts(path, parts(sheet(ROW).encode("utf-16")))


def rows_6000(path: Path) -> None:
    write_dapodik(path, teachers(6_000))


def no_numbers(path: Path) -> None:
    write_parts(path, parts(sheet("".join(f"<row><c><v>{row}</v></c></row>" for row in range(300_000)))))


def many_sheets(path: Path) -> None:
    one = "".join(f'<sheet name="S{number}" sheetId="{number}" r:id="rId1"/>' for number in range(200_000))
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{one}</sheets></workbook>'
    write_parts(path, {**parts(sheet(cells("A", range(1, 9_000)))), "xl/workbook.xml": book})


def wrong_string(path: Path) -> None:
    write_parts(path, parts(sheet('<row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row>'), sst("<si><t>a</t></si>")))


def negative_string(path: Path) -> None:
    write_parts(path, parts(sheet('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), sst("<si><t>a</t></si>")))


def nul_in_sheet(path: Path) -> None:
    write_parts(path, parts(sheet(ROW.replace("Nama", "Na\0ma"))))


def broken_xml(path: Path) -> None:
    write_parts(path, parts(sheet(ROW)[:-20]))


def no_sheet(path: Path) -> None:
    wrong = parts(sheet(ROW))
    del wrong["xl/worksheets/sheet1.xml"]
    write_parts(path, wrong)


def no_relations(path: Path) -> None:
    wrong = parts(sheet(ROW))
    del wrong["xl/_rels/workbook.xml.rels"]
    write_parts(path, wrong)


def two_of_one_name(path: Path) -> None:
    write_parts(path, parts(sheet(ROW)))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/Worksheets/Sheet1.xml", sheet(cells("A", range(1, 100_000))))


def password_zip(path: Path) -> None:
    raw = bytearray(good(path))
    at = raw.find(b"PK\x01\x02")
    while at >= 0:
        raw[at + 8] |= 1
        at = raw.find(b"PK\x01\x02", at + 4)
    path.write_bytes(raw)


XLSX: dict[str, Callable[[Path], object]] = {
    "bom-nol.xlsx": bomb_zeros,
    "bom-unsur.xlsx": bomb_elements,
    "bom-teks-bersama.xlsx": bomb_shared,
    "bom-satu-teks.xlsx": bomb_one_string,
    "bom-tumpang.xlsx": bomb_overlap,
    "bom-bagian.xlsx": bomb_entries,
    "bom-bersarang.xlsx": bomb_nested,
    "bom-lzma.xlsx": bomb_lzma,
    "bom-bzip2.xlsx": bomb_bzip2,
    "entitas.xlsx": entities,
    "entitas-kuadrat.xlsx": entities_quadratic,
    "entitas-luar.xlsx": entity_external,
    "entitas-buku.xlsx": entity_in_workbook,
    "dalam.xlsx": deep,
    "dalam-teks.xlsx": deep_strings,
    "sifat.xlsx": many_attributes,
    "sel-jauh.xlsx": far_cell,
    "luas.xlsx": wide_and_deep,
    "baris-jauh.xlsx": far_row,
    "baris-palsu.xlsx": hidden_row,
    "sejuta-baris.xlsx": million_rows,
    "sejuta-kolom.xlsx": million_columns,
    "mentah-unsur.xlsx": stored_elements,
    "mentah-baris.xlsx": stored_rows,
    "mentah-kolom.xlsx": stored_columns,
    "mentah-teks-pendek.xlsx": stored_strings,
    "mentah-sifat.xlsx": stored_attributes,
    "tanda-panjang.xlsx": long_tag,
    "pengodean-lain.xlsx": other_encoding,
    "bagian-utf16.xlsx": utf16_parts,
    "enam-ribu.xlsx": rows_6000,
    "tanpa-nomor.xlsx": no_numbers,
    "banyak-lembar.xlsx": many_sheets,
    "teks-tak-ada.xlsx": wrong_string,
    "teks-negatif.xlsx": negative_string,
    "nul.xlsx": nul_in_sheet,
    "xml-putus.xlsx": broken_xml,
    "tanpa-lembar.xlsx": no_sheet,
    "tanpa-hubungan.xlsx": no_relations,
    "nama-kembar.xlsx": two_of_one_name,
    "sandi-zip.xlsx": password_zip,
}

HEAVY: dict[str, Callable[[Path], object]] = {"mentah-teks.xlsx": stored_text}
"""Files at the edge of what is allowed: they may be read, within the same bounds."""
