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
from pmm_tui.roster.csv_text import PEMISAH, baca_csv, baca_teks
from pmm_tui.roster.headings import peta_judul
from tests.roster.conftest import NIP, NIP_LAIN

PETA = peta_judul({})
ENCODINGS = {
    "utf-8": ("UTF-8", b""),
    "utf-8-sig": ("UTF-8 dengan BOM", b""),
    "utf-16": ("UTF-16 LE", b""),
    "utf-16-be": ("UTF-16 BE", codecs.BOM_UTF16_BE),
    "cp1252": ("cp1252 (Windows)", b""),
}
TEXT = f"Nama;NIP\nSiti Nur’aini é;{NIP}\nŠimun;{NIP_LAIN}\n"


@pytest.mark.parametrize("codec", ENCODINGS)
def test_the_encoding_is_told_by_the_bytes(codec: str) -> None:
    """Each encoding is recognised, named, and its letters come out right."""
    nama, bom = ENCODINGS[codec]
    hasil = baca_csv(bom + TEXT.encode(codec), PETA)
    assert hasil["pengodean"] == nama
    assert [sel["nama"] for _, sel in hasil["baris"]] == ["Siti Nur’aini é", "Šimun"]


@pytest.mark.parametrize(("codec", "nama"), [("utf-16-le", "UTF-16 LE"), ("utf-16-be", "UTF-16 BE")])
def test_utf16_without_bom_is_told_by_its_zeros(codec: str, nama: str) -> None:
    """Every other byte of Latin text is zero."""
    assert baca_teks(TEXT.encode(codec)) == (TEXT, nama)


def test_plain_ascii_is_utf8() -> None:
    """Nothing else could be meant."""
    assert baca_teks(b"Nama;NIP\n")[1] == "UTF-8"


@pytest.mark.parametrize("pemisah", PEMISAH)
@pytest.mark.parametrize("akhir", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_the_one_that_makes_headings(pemisah: str, akhir: str) -> None:
    """Also when the cells are full of the other delimiters."""
    lain = "".join(p for p in PEMISAH if p not in (pemisah, "\t"))
    text = akhir.join(
        [f"Laporan{lain}", "", pemisah.join(["Nama", "NIP", "Tugas Tambahan"]), pemisah.join(["Budi", NIP, f"a{lain}b"]), ""]
    )
    hasil = baca_csv(text.encode(), PETA)
    assert (hasil["pemisah"], hasil["baris_judul"]) == (PEMISAH[pemisah], 3)
    assert hasil["baris"] == [(4, {"nama": "Budi", "nip": NIP, "tugas_tambahan": f"a{lain}b"})]


def test_excels_own_first_line_names_the_delimiter_and_is_no_row() -> None:
    """Excel does not show `sep=`, so it is not counted."""
    hasil = baca_csv(f"sep=|\nNama|NIP\nBudi|{NIP}\n".encode(), PETA)
    assert (hasil["pemisah"], hasil["baris_judul"], hasil["baris"][0][0]) == ("|", 1, 2)


def test_rows_are_numbered_as_excel_shows_them() -> None:
    """A line break inside quotes starts no row; a blank line is one."""
    hasil = baca_csv(f'Nama,NIP,Alamat Jalan\n"Budi","{NIP}","Jl. Satu\nRT 2"\n\nSiti,{NIP_LAIN},x\n'.encode(), PETA)
    assert [nomor for nomor, _ in hasil["baris"]] == [2, 4]


def test_an_open_quote_is_named_with_its_row() -> None:
    """It would swallow the rows below it silently."""
    with pytest.raises(InputError, match="baris 3: tanda kutip"):
        baca_csv(f'Nama,NIP\nBudi,{NIP}\n"Siti,{NIP_LAIN}\n'.encode(), PETA)


def test_old_end_of_file_marks_and_stray_controls_are_cleaned() -> None:
    """A single control character is no reason to refuse a file."""
    hasil = baca_csv(f"Nama,NIP\nBu\x07di,{NIP}\n\x1a".encode(), PETA)
    assert hasil["baris"][0] == (2, {"nama": "Budi", "nip": NIP})


CELL = st.text(st.characters(codec="cp1252", exclude_categories=["Cc", "Cf", "Zs"], include_characters=" ,;"), max_size=12)


@settings(deadline=None, max_examples=150)
@given(
    names=st.lists(CELL.filter(str.strip), min_size=1, max_size=8),
    codec=st.sampled_from(sorted(ENCODINGS)),
    pemisah=st.sampled_from(sorted(PEMISAH)),
    akhir=st.sampled_from(["\n", "\r\n"]),
    semua=st.booleans(),
)
def test_csv_round_trip(names: list[str], codec: str, pemisah: str, akhir: str, semua: bool) -> None:
    """What any program writes as CSV is read back, whatever the encoding, delimiter, line ends and quoting."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=pemisah, lineterminator=akhir, quoting=csv.QUOTE_ALL if semua else csv.QUOTE_MINIMAL)
    writer.writerow(["Nama", "NIP", "Jenis PTK", "Tugas Tambahan"])
    writer.writerows([["Guru", NIP, "é", name] for name in names])
    hasil = baca_csv(ENCODINGS[codec][1] + out.getvalue().encode(codec), PETA)
    assert hasil["pengodean"] == ENCODINGS[codec][0]
    assert [" ".join(sel["tugas_tambahan"].split()) for _, sel in hasil["baris"]] == [" ".join(name.split()) for name in names]
    assert [nomor for nomor, _ in hasil["baris"]] == list(range(2, len(names) + 2))


def test_any_bytes_are_read_or_refused() -> None:
    """Nothing but InputError leaves the reader, and what it returns is JSON; a good part of them is read."""
    read = []
    rows = st.text(max_size=200).map(lambda text: f"Nama;NIP\n{text}".encode("utf-8", "surrogatepass"))

    @settings(deadline=None, max_examples=300)
    @given(data=st.binary(max_size=400) | rows)
    def any_bytes(data: bytes) -> None:
        with suppress(InputError):
            json.dumps(found := baca_csv(data, PETA), allow_nan=False).encode("ascii")
            read.append(found)

    any_bytes()
    assert len(read) >= 30
