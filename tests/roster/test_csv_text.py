"""CSV: encodings, delimiters, row numbers."""

from __future__ import annotations

import codecs
import csv
import io
import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import InputError
from pmm_tui.roster.csv_text import DELIMITERS, decode_text, read_csv
from pmm_tui.roster.headings import heading_map
from tests.roster.conftest import NIP, OTHER_NIP

HEADING_MAP = heading_map({})
ENCODINGS = {
    "utf-8": ("UTF-8", b""),
    "utf-8-sig": ("UTF-8 dengan BOM", b""),
    "utf-16": ("UTF-16 LE", b""),
    "utf-16-be": ("UTF-16 BE", codecs.BOM_UTF16_BE),
    "cp1252": ("cp1252 (Windows)", b""),
}
TEXT = f"Nama;NIP\nSiti Nur’aini é;{NIP}\nŠimun;{OTHER_NIP}\n"


@pytest.mark.parametrize("codec", ENCODINGS)
def test_the_encoding_is_told_by_the_bytes(codec: str) -> None:
    """Each encoding is recognised, named, and its letters come out right."""
    name, bom = ENCODINGS[codec]
    result = read_csv(bom + TEXT.encode(codec), HEADING_MAP)
    assert result["encoding"] == name
    assert [cell["nama"] for _, cell in result["rows"]] == ["Siti Nur’aini é", "Šimun"]


@pytest.mark.parametrize(("codec", "nama"), [("utf-16-le", "UTF-16 LE"), ("utf-16-be", "UTF-16 BE")])
def test_utf16_without_mark_is_told_by_its_zeros(codec: str, nama: str) -> None:
    """Every other byte of Latin text is zero."""
    assert decode_text(TEXT.encode(codec)) == (TEXT, nama)


def test_plain_ascii_is_utf8() -> None:
    """Nothing else could be meant."""
    assert decode_text(b"Nama;NIP\n")[1] == "UTF-8"


@pytest.mark.parametrize("delimiter", DELIMITERS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_the_one_that_makes_headings(delimiter: str, end: str) -> None:
    """Also when the cells are full of the other delimiters."""
    other = "".join(p for p in DELIMITERS if p not in (delimiter, "\t"))
    text = end.join(
        [f"Laporan{other}", "", delimiter.join(["Nama", "NIP", "Tugas Tambahan"]), delimiter.join(["Budi", NIP, f"a{other}b"]), ""]
    )
    result = read_csv(text.encode(), HEADING_MAP)
    assert (result["delimiter"], result["heading_row"]) == (DELIMITERS[delimiter], 3)
    assert result["rows"] == [(4, {"nama": "Budi", "nip": NIP, "tugas_tambahan": f"a{other}b"})]


def test_excels_own_first_line_names_the_delimiter_and_is_no_row() -> None:
    """Excel does not show `sep=`, so it is not counted."""
    result = read_csv(f"sep=|\nNama|NIP\nBudi|{NIP}\n".encode(), HEADING_MAP)
    assert (result["delimiter"], result["heading_row"], result["rows"][0][0]) == ("|", 1, 2)


def test_rows_are_numbered_as_excel_shows_them() -> None:
    """A line break inside quotes starts no row; a blank line is one."""
    result = read_csv(f'Nama,NIP,Alamat Jalan\n"Budi","{NIP}","Jl. Satu\nRT 2"\n\nSiti,{OTHER_NIP},x\n'.encode(), HEADING_MAP)
    assert [number for number, _ in result["rows"]] == [2, 4]


def test_an_open_quote_is_named_with_its_row() -> None:
    """It would swallow the rows below it silently."""
    with pytest.raises(InputError, match="baris 3: tanda kutip"):
        read_csv(f'Nama,NIP\nBudi,{NIP}\n"Siti,{OTHER_NIP}\n'.encode(), HEADING_MAP)


def test_old_end_of_file_marks_and_stray_controls_are_cleaned() -> None:
    """A single control character is no reason to refuse a file."""
    result = read_csv(f"Nama,NIP\nBu\x07di,{NIP}\n\x1a".encode(), HEADING_MAP)
    assert result["rows"][0] == (2, {"nama": "Budi", "nip": NIP})


CELL = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs"], include_characters=" ,;"), max_size=12)


@settings(deadline=None, max_examples=150)
@given(
    names=st.lists(CELL.filter(str.strip), min_size=1, max_size=8),
    codec=st.sampled_from(sorted(ENCODINGS)),
    delimiter=st.sampled_from(sorted(DELIMITERS)),
    end=st.sampled_from(["\n", "\r\n"]),
    every=st.booleans(),
)
def test_csv_round_trip(names: list[str], codec: str, delimiter: str, end: str, every: bool) -> None:
    """What any program writes as CSV is read back, whatever the encoding, delimiter, line ends and quoting."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL)
    writer.writerow(["Nama", "NIP", "Jenis PTK", "Tugas Tambahan"])
    writer.writerows([["Guru", NIP, "é", name] for name in names])
    result = read_csv(ENCODINGS[codec][1] + out.getvalue().encode(codec), HEADING_MAP)
    assert result["encoding"] == ENCODINGS[codec][0]
    assert [" ".join(cell["tugas_tambahan"].split()) for _, cell in result["rows"]] == [" ".join(name.split()) for name in names]
    assert [number for number, _ in result["rows"]] == list(range(2, len(names) + 2))


def test_any_bytes_are_read_or_refused() -> None:
    """Nothing but InputError leaves the reader, and what it returns is JSON; a good part of them is read."""
    read = []
    rows = st.text(max_size=200).map(lambda text: f"Nama;NIP\n{text}".encode("utf-8", "surrogatepass"))

    @settings(deadline=None, max_examples=300)
    @given(data=st.binary(max_size=400) | rows)
    def any_bytes(data: bytes) -> None:
        with suppress(InputError):
            json.dumps(found := read_csv(data, HEADING_MAP), allow_nan=False).encode("ascii")
            read.append(found)

    any_bytes()
    assert len(read) >= 30


def test_a_name_with_a_comma_and_no_quotation_marks_is_one() -> None:
    """X50: the degrees stand in cells of their own, and the line is too long by as many."""
    text = f"Nama,NIP,JK\nBudi, S.Pd., M.Pd.,{NIP},L\nAni,Kupang,{NIP},P\n"
    rows = [cells for _, cells in read_csv(text.encode(), HEADING_MAP)["rows"]]
    assert rows == [{"nama": "Budi, S.Pd., M.Pd.", "nip": NIP, "jk": "L"}, {"nama": "Ani", "nip": "Kupang", "jk": NIP}]


def test_lines_of_an_old_mac_are_read() -> None:
    """X41: only CR between them, and a letter of its own."""
    found = read_csv(b"Nama;NIP\rYohana Nd\x8fn;1\r", HEADING_MAP)
    assert (found["encoding"], [cells["nama"] for _, cells in found["rows"]]) == ("MacRoman", ["Yohana Nd\u00e8n"])
