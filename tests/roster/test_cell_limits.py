"""One element below each limit of a cell, a row or a file, and one above it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from pmm_tui.errors import InputError
from pmm_tui.roster.cell_values import DateCell, birth_date, full_name, read_golongan, read_nip, read_nuptk, sex
from pmm_tui.roster.csv_text import decode_text, read_csv
from pmm_tui.roster.headings import heading_map
from pmm_tui.roster.model import RosterRow
from pmm_tui.roster.table import pick_rows, read_cell
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.person import name_key
from tests.roster.conftest import NIP, OTHER_NIP, TODAY

Single = Callable[..., RosterRow]
KATALOG = bundled()
HEADINGS = heading_map(KATALOG.impor_dapodik)
HEAD = ("Nama", "NIP")


def quoted(sentence: str) -> int:
    """How long the part in quotes is."""
    found = re.search(r'"(.*)"', sentence)
    assert found is not None
    return len(found[1])


def refusal(data: str | bytes) -> str:
    """Why a CSV is refused."""
    with pytest.raises(InputError) as error:
        read_csv(data.encode() if isinstance(data, str) else data, HEADINGS)
    return error.value.sentence


# ---- cells


@pytest.mark.parametrize(
    ("day", "read"),
    [
        ("2011-01-08", True),
        ("2022-04-01", False),
        ("2026-01-09", False),
        ("1900-01-01", True),
        ("1899-12-31", False),
        ("10000", True),
        ("9999", False),
        ("31242,5", True),
        ("14/07/1985 00:00:00", True),
        ("1985-07-14T00.00Z", True),
        ("14/07/1985 0", False),
    ],
)
def test_a_birth_date_is_between_1900_and_fifteen_years_ago(day: str, read: bool) -> None:
    """A child is no teacher, nor is anybody who was born before any teacher was."""
    found, complaint = birth_date(day, TODAY)
    assert bool(found) is read
    assert bool(complaint) is not read


def test_excels_days_are_counted_as_excel_counts() -> None:
    """Day 31242 is 14 July 1985; a date cell is its day."""
    assert birth_date(31242, TODAY) == birth_date(DateCell("1985-07-14"), TODAY) == ("1985-07-14", "")
    assert birth_date("-", TODAY) == birth_date(None, TODAY) == ("", "")


@pytest.mark.parametrize(("number", "words"), [(10**15, "angka ke-16"), (10**15 - 1, "tersimpan sebagai angka 999999999999999;"),
                                               (-(10**15), "angka ke-16"), (7, "tersimpan sebagai angka 7;")])  # fmt: skip
def test_a_number_of_a_person_is_text(number: int, words: str) -> None:
    """Stored as a number it has lost digits from the sixteenth on, or may have; either way the row is refused."""
    assert read_nip(number, TODAY)[0] == read_nuptk(number)[0] == ""
    assert words in read_nip(number, TODAY)[1]
    assert words in read_nuptk(number)[1]
    assert read_nuptk(number)[2]


def test_what_stands_for_nothing_is_no_number() -> None:
    """Zero, a dash and an empty formula are an empty cell; a date is a mistake."""
    for empty in (None, "", "0", 0, "-", '="-"', "'0", "#N/A"):
        assert read_nip(empty, TODAY) == ("", "")
        assert read_nuptk(empty) == ("", "", False)
    assert "tersimpan sebagai tanggal" in read_nip(DateCell("1985-07-14"), TODAY)[1]
    assert read_nip(f'="{NIP}"', TODAY) == (NIP, "")
    assert read_nuptk("123")[1:] == (read_nuptk("123")[1], False)
    assert read_nuptk("123")[1].endswith("dikosongkan.")


def test_a_nip_that_ends_in_three_zeros_has_lost_them() -> None:
    """Eighteen figures with 000 at the end are what Excel leaves of a NIP; a shorter one is only wrong."""
    assert "berakhir 000" in read_nip(NIP[:15] + "000", TODAY)[1]
    assert "berakhir 000" not in read_nip(NIP[:14] + "000", TODAY)[1]


@pytest.mark.parametrize("text", ["1,98507E+17", "1.98507e17", "2E+8", "198507142010011012,00", "123456789.0"])
def test_a_number_that_excel_has_written_is_refused(text: str) -> None:
    """In exponents, or with a fraction of nothing."""
    assert "angka ke-16" in read_nip(text, TODAY)[1]


@pytest.mark.parametrize(
    ("sentence", "length"),
    [
        (birth_date("x" * 90, TODAY)[1], 24),
        (sex("x" * 90)[1], 20),
        (read_golongan("x" * 90, KATALOG)[1], 30),
    ],
)
def test_a_sentence_shows_the_beginning_of_a_cell(sentence: str, length: int) -> None:
    """Whatever stands in a cell, its complaint is one line."""
    assert quoted(sentence) == length


def test_unknown_words_are_shown_by_their_beginning(one: Single) -> None:
    """A kind of teacher and an employment status that nobody knows are shown with forty letters."""
    row = one(Jenis_PTK="x" * 90, Status_Kepegawaian="y" * 90)
    assert sorted(quoted(remark.message) for remark in row.warnings if '"' in remark.message) == [40, 40]


@pytest.mark.parametrize(("length", "kept"), [(4_000, True), (4_001, False)])
def test_a_cell_has_four_thousand_letters(one: Single, length: int, kept: bool) -> None:
    """A cell of exactly that length is read, a longer one refuses its row."""
    row = one(Tugas_Tambahan="x" * length)
    assert (row.pegawai is not None) is kept
    assert any("4000 karakter" in reason.message for reason in row.reasons) is not kept


@pytest.mark.parametrize(("length", "kept"), [(150, True), (151, False)])
def test_a_name_has_a_hundred_and_fifty_letters(one: Single, length: int, kept: bool) -> None:
    """A longer one is refused, and shown by its beginning."""
    row = one(Nama="x" * length)
    assert (row.pegawai is not None) is kept
    assert len(row.name) == 150


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (10**15 - 1, 10**15 - 1),
        (10**15, 1e15),
        (-(10**15), -1e15),
        (1e15, 1e15),
        (999_999_999_999_999.0, 999_999_999_999_999),
        (1.5, 1.5),
        (float("inf"), "inf"),
        (True, "True"),
    ],
)
def test_a_number_travels_as_it_was_meant(value: Any, cell: Any) -> None:
    """Whole numbers are whole up to the digits that a sheet can hold."""
    found = read_cell(value)
    assert found == cell
    assert type(found) is type(cell)


def test_degrees_before_a_name_are_no_part_of_it() -> None:
    """Up to five letters and a dot before a name, and all behind a comma, are degrees; a name of nothing else is itself."""
    assert name_key("Drs. H. Budi Santoso, M.Pd.") == name_key("BUDI  santoso") == "budisantoso"
    assert name_key("Ahmad. Budi") == "budi"
    assert name_key("Samuel. Budi") == "samuelbudi"
    assert name_key(", S.Pd.") == "spd"
    assert name_key("--") == "--"
    assert full_name("Budi, S.Pd.", "Drs.", "S.Pd.") == "Drs. Budi, S.Pd."


# ---- rows


def rows(*more: tuple[object, ...], above: int = 0) -> Any:
    """Pick rows below headings that stand below so many filled rows."""
    return pick_rows([*[("x",)] * above, HEAD, *more], HEADINGS)


def test_headings_stand_in_the_first_hundred_filled_rows() -> None:
    """Ninety-nine rows of titles may stand above them, not a hundred."""
    assert rows(("Budi", NIP), above=99)["heading_row"] == 100
    assert rows(("Budi", NIP), above=100) is None


def test_headings_are_looked_for_in_256_columns() -> None:
    """A column further out is not one."""
    assert pick_rows([("x",) * 254 + HEAD, ("x",) * 254 + ("Budi", NIP)], HEADINGS) is not None
    assert pick_rows([("x",) * 255 + HEAD, ("x",) * 255 + ("Budi", NIP)], HEADINGS) is None


def test_five_thousand_rows_are_a_file() -> None:
    """Teachers and what is none count together; the sentence says how far it went."""
    many = [("Budi", NIP)] * 4_999
    assert len(rows(*many, ("Jumlah", ""))["rows"]) == 4_999
    with pytest.raises(InputError, match=r"lebih dari 5000 baris .*\(sampai baris 5002\)"):
        rows(*many, ("Jumlah", ""), ("Ani", OTHER_NIP))


def test_eight_million_letters_may_leave_the_child() -> None:
    """A text counts by its letters, a number or a date as twenty."""
    head = ("Nama", "NIP", "Tugas Tambahan")
    full = [("x" * 3_960, "1" * 20, 7)] * 2_000
    assert len(pick_rows([head, *full], HEADINGS)["rows"]) == 2_000  # type: ignore[index]
    with pytest.raises(InputError, match="terlalu panjang"):
        pick_rows([head, *full, ("x", "", "")], HEADINGS)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Jumlah Guru", "12345678"), "baris jumlah"),
        (("Jumlah Guru", "123456789"), ""),
        (("TOTAL", None), "baris jumlah"),
        (("Totalitas", None), ""),
        (("1", "2"), "nomor kolom"),
        (("(1)", "(256)"), "nomor kolom"),
        (("1", None), ""),
        (("1", "1234"), ""),
        (("Nama Lengkap", "NIP"), "judul kolom berulang"),
        (("Nama", "x"), ""),
    ],
)
def test_what_is_no_teacher_is_left_out(row: tuple[object, ...], reason: str) -> None:
    """Totals without a person's number, rows of column numbers and headings again; anything else may be a teacher."""
    found = rows(row)
    assert [why for _, why in found["skipped"]] == ([reason] if reason else [])


# ---- text files


def test_control_characters_make_no_csv() -> None:
    """A hundred strays among the first four thousand characters are cleaned; more are no text, nor is a NUL anywhere."""
    text = f"Nama;NIP\nBu{{0}}di;{NIP}\n"
    assert len(read_csv(text.format("\x01" * 100).encode(), HEADINGS)["rows"]) == 1
    assert "kode kendali" in refusal(text.format("\x01" * 101))
    assert len(read_csv(text.format("y" * 4_000 + "\x01" * 200).encode(), HEADINGS)["rows"]) == 1
    assert "byte NUL" in refusal(text.format("\0"))


def test_a_line_has_a_million_characters() -> None:
    """A longer one is refused before it is taken apart."""
    start = f"Nama;NIP\nBudi;{NIP}\n"
    assert "satu sel terlalu panjang" in refusal(start + "x" * 999_999 + "\n")
    assert "sejuta karakter" in refusal(start + "x" * 1_000_000 + "\n")


def test_no_headings_in_a_csv_is_told() -> None:
    """Whatever the delimiter, a table without the columns is named as such."""
    assert "100 baris pertama" in refusal("Guru;Nomor\nBudi;1\n")
    assert "100 baris pertama" in refusal("Nama\nBudi\n")


def test_the_row_of_an_open_quote_is_named() -> None:
    """Excel's row number, and what is wrong with it."""
    assert refusal(f'Nama;NIP\nBudi;{NIP}\nAni;"x"y\n').startswith("baris 3: tanda kutip")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xef\xbb\xbfNama", "UTF-8 dengan BOM"),
        ("Nama".encode("utf-32"), "UTF-32"),
        (b"\0\0\xfe\xff" + "Nama".encode("utf-32-be"), "UTF-32"),
        (b"\xff\xfe" + "Nama".encode("utf-16-le"), "UTF-16 LE"),
        (b"\xfe\xff" + "Nama".encode("utf-16-be"), "UTF-16 BE"),
        ("Nama".encode("utf-16-le"), "UTF-16 LE"),
        ("Nama".encode("utf-16-be"), "UTF-16 BE"),
        ("Namé".encode("cp1252"), "cp1252 (Windows)"),
        ("Namé".encode(), "UTF-8"),
    ],
)
def test_each_encoding_is_told_by_its_bytes(data: bytes, name: str) -> None:
    """The mark at the beginning, else zeros in every other byte, else whether it is sound UTF-8."""
    text, found = decode_text(data)
    assert found == name
    assert text.startswith("Nam")
    assert "\ufeff" not in text


def test_a_torn_text_is_told_with_its_byte() -> None:
    """What its mark promises and its bytes do not keep is named with the place, from one."""
    with pytest.raises(InputError, match=r"bukan teks UTF-16 LE yang utuh \(byte ke-9\)"):
        decode_text("Nama".encode("utf-16-le") + b"\0\xd8")
    with pytest.raises(InputError, match="bukan teks UTF-8 dengan BOM yang utuh"):
        decode_text(b"\xef\xbb\xbfN\xff")
    with pytest.raises(InputError, match="bukan teks CSV"):
        decode_text(b"Nam\x81\xff")
