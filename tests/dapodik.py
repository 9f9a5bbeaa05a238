"""Writes XLSX files of the shape of Dapodik's "Daftar Guru" (facts 8), full of fictional teachers, with nothing but Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

HEADINGS = (
    "No", "Nama", "NUPTK", "JK", "Tempat Lahir", "Tanggal Lahir", "NIP", "Status Kepegawaian", "Jenis PTK", "Agama",
    "Alamat Jalan", "RT", "RW", "Nama Dusun", "Desa/Kelurahan", "Kecamatan", "Kode Pos", "Telepon", "HP", "Email",
    "Tugas Tambahan", "SK CPNS", "Tanggal CPNS", "SK Pengangkatan", "TMT Pengangkatan", "Lembaga Pengangkatan",
    "Pangkat Golongan", "Sumber Gaji", "Nama Ibu Kandung", "Status Perkawinan", "Nama Suami/Istri", "NIP Suami/Istri",
    "Pekerjaan Suami/Istri", "TMT PNS", "Sudah Lisensi Kepala Sekolah", "Pernah Diklat Kepengawasan", "Keahlian Braille",
    "Keahlian Bahasa Isyarat", "NPWP", "Nama Wajib Pajak", "Kewarganegaraan", "Bank", "Nomor Rekening Bank",
    "Rekening Atas Nama", "NIK", "No KK", "Karpeg", "Karis/Karsu", "Lintang", "Bujur", "NUKS",
)  # fmt: skip
TITLES = (
    ("Daftar Guru",),
    ("SMP NEGERI 1 HARAPAN",),
    ("Kecamatan Kec. Harapan, Kabupaten Kab. Contoh, Provinsi Prov. Contoh",),
    ("Tanggal Unduh: 2026-01-05 08:15:00", None, "Pengunduh: Operator Contoh (operator@contoh.sch.id)"),
)
SECRET = "RAHASIA"
"""Stands in every private cell of `teachers`: no word of it may leave the reader."""

_ZERO = date(1899, 12, 30)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_HIDDEN = ' hidden="1"'

_GIVEN = (
    ("Siti Nur'aini", "P"), ("Ahmad Ma'ruf", "L"), ("Dewi Anggraéni", "P"), ("Bambang", "L"), ("Ni Luh Ayu", "P"), ("I Made", "L"),
    ("Françoise", "P"), ("Muhammad Jum'ah", "L"), ("Sri (Yayuk)", "P"), ("Joko [Plt]", "L"), ("Zoë", "P"), ("Andreas Müller", "L"),
    ("Aisyah", "P"), ("T. Iskandar", "L"), ("Rr. Kusuma", "P"), ("Łukas", "L"),
)  # fmt: skip
_FAMILY = (
    "Wulandari", "Hidayat, S.Pd.", "Simanjuntak, S.Pd., M.Pd.", "O'Hara", "Sañtoso", "Rahmawati, S.Ag.", "Putra, S.Kom., Gr.",
    "Nasution", "da Silva", "Prasetyo, M.Si.", "Lestari",
)  # fmt: skip
_KINDS = (
    ("PNS", "III/c", "cpns"), ("PPPK", "IX", "pppk"), ("PNS", "IV/a", "cpns"), ("Guru Honor Sekolah", None, None),
    ("CPNS", "III/a", "cpns"), ("GTY/PTY", None, None), ("PPPK Paruh Waktu", "IX", "pppk"), ("PNS", "III/b", "cpns"),
    ("Honor Daerah TK.II Kab/Kota", None, None), ("PPPK", "X", "pppk"),
)  # fmt: skip
_DUTIES = (None, "Wali Kelas", None, "Kepala Perpustakaan", None, None, "Pembina OSIS")
_PRIVATE = (
    "Alamat Jalan", "HP", "Email", "Nama Ibu Kandung", "Nama Suami/Istri", "NIP Suami/Istri", "NPWP", "Nama Wajib Pajak", "Bank",
    "Nomor Rekening Bank", "Rekening Atas Nama", "NIK", "No KK",
)  # fmt: skip


def teachers(n: int) -> list[dict[str, Any]]:
    """Return `n` fictional teachers as cells by heading, always the same, of all statuses; the third is the head."""
    return [_teacher(number) for number in range(n)]


def _teacher(number: int) -> dict[str, Any]:
    given, sex = _GIVEN[number % len(_GIVEN)]
    status, rank, numbered = _KINDS[number % len(_KINDS)]
    born = date(1968, 2, 3) + timedelta(days=(number * 431) % 9_800)
    year = max(born.year + 24, {"PNS": 2003, "CPNS": 2024}.get(status, 2021))
    middle = f"{year}{21 if numbered == 'pppk' else number % 12 + 1:02}"
    nip = f"{born:%Y%m%d}{middle}{1 if sex == 'L' else 2}{number % 998 + 1:03}" if numbered else None
    return {
        "No": number + 1,
        "Nama": f"{given} {_FAMILY[number % len(_FAMILY)]}",
        "NUPTK": f"{4_000_760_661_300_002 + number * 7}" if number % 6 else None,
        "JK": sex,
        "Tempat Lahir": "Harapan",
        "Tanggal Lahir": born.isoformat(),
        "NIP": nip,
        "Status Kepegawaian": status,
        "Jenis PTK": "Kepala Sekolah" if number == 2 else "Guru BK" if number % 9 == 8 else "Guru Mapel",
        "Agama": "Islam",
        "Tugas Tambahan": _DUTIES[number % len(_DUTIES)],
        "Pangkat Golongan": rank,
        "Kewarganegaraan": "ID",
        **{heading: f"{SECRET} {heading} {number}" for heading in _PRIVATE},
    }


def write_dapodik(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    titles: Iterable[Sequence[Any]] = TITLES,
    sheet: str = "Daftar Guru",
) -> Path:
    """Write a workbook: `titles`, the headings in the next row, then a row of each of `rows` (cells by heading).

    A `str` becomes a text cell, a number a number, a `date` a number with a date format, None no cell.
    """
    table = [*titles, headings, *([row.get(heading) for heading in headings] for row in rows)]
    return write_grid(path, table, sheet=sheet)


def write_grid(path: Path, table: Iterable[Sequence[Any]], *, sheet: str = "Daftar Guru") -> Path:
    """Write a workbook of one sheet from rows of cells as `write_dapodik` takes them."""
    return write_book(path, {sheet: table})


def write_book(
    path: Path,
    sheets: Mapping[str, Iterable[Sequence[Any]]],
    *,
    hidden: Iterable[str] = (),
    hidden_rows: Mapping[str, Iterable[int]] | None = None,
) -> Path:
    """Write a workbook of several sheets; those in `hidden`, and of each the `hidden_rows`, are not seen in Excel."""
    shared: dict[str, int] = {}
    unseen = {name: set(numbers) for name, numbers in (hidden_rows or {}).items()}
    bodies = [
        "".join(_row(number, row, shared, hidden=number in unseen.get(name, ())) for number, row in enumerate(table, 1))
        for name, table in sheets.items()
    ]
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{at}" state="{"hidden" if name in hidden else "visible"}" r:id="rId{at}"/>'
        for at, name in enumerate(sheets, 1)
    )
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    write_parts(
        path,
        {
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": _relations(
                *(("worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(bodies) + 1)),
                ("styles", "styles.xml"),
                ("sharedStrings", "sharedStrings.xml"),
            ),
            "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
            "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" uniqueCount="{len(shared)}">{strings}</sst>',
            **{
                f"xl/worksheets/sheet{at}.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'
                for at, body in enumerate(bodies, 1)
            },
        },
    )
    return path


def write_parts(path: Path | BytesIO, parts: Mapping[str, str | bytes], compression: int = ZIP_DEFLATED) -> Path:
    """Write an archive of `parts` and what every workbook has besides; for workbooks that are wrong on purpose, too."""
    types = f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    always = {"[Content_Types].xml": types, "_rels/.rels": _relations(("officeDocument", "xl/workbook.xml"))}
    with ZipFile(path, "w", compression) as archive:
        for name, content in {**always, **parts}.items():
            archive.writestr(name, content if isinstance(content, bytes) or content.startswith("<?xml") else _HEAD + content)
    return path


def _relations(*targets: tuple[str, str]) -> str:
    lines = (f'<Relationship Id="rId{number}" Type="{_REL}/{kind}" Target="{to}"/>' for number, (kind, to) in enumerate(targets, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _row(number: int, row: Sequence[Any], shared: dict[str, int], *, hidden: bool = False) -> str:
    cells = (_cell(f"{_letters(column)}{number}", value, shared) for column, value in enumerate(row, 1) if value is not None)
    return f'<row r="{number}"{_HIDDEN if hidden else ""}>{"".join(cells)}</row>'


def _cell(place: str, value: Any, shared: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="1"><v>{(value - _ZERO).days}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
