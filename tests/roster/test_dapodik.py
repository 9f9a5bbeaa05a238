"""One row of a roster file: what is taken, what is refused, what is only warned about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmm_tui.roster.model import RosterRow
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, PPPK_NIP, read_grid

Single = Callable[..., RosterRow]


def pegawai(row: RosterRow) -> Any:
    assert row.pegawai is not None, row.reasons
    return row.pegawai


def test_a_sound_row_is_a_teacher_without_remarks(one: Single) -> None:
    """Every used column lands in its field."""
    row = one(Tugas_Tambahan="Wali Kelas")
    teacher = pegawai(row)
    assert (teacher.nama, teacher.nip, teacher.nuptk, teacher.jk, teacher.tanggal_lahir) == (
        "Budi Santoso",
        NIP,
        NUPTK,
        "L",
        "1985-07-14",
    )
    assert (teacher.status_kepegawaian, teacher.jenis_ptk, teacher.golongan) == ("PNS", "Guru Mapel", "III/c")
    assert teacher.tugas_tambahan == "Wali Kelas"
    assert (row.row, row.reasons, row.warnings) == (2, (), ())


@pytest.mark.parametrize("column", ["NIP", "NUPTK"])
@pytest.mark.parametrize(
    "value", [198507142010011012, 1.98507142010011e17, 4046763664200013, "1,98507E+17", "1.98507e17", "4046763664200013.0"]
)
def test_a_number_that_lost_digits_is_refused(one: Single, column: str, value: object) -> None:
    """A NIP or NUPTK stored as a number longer than 15 digits is refused with the way to export it as text."""
    row = one(**{column: value})
    assert row.pegawai is None
    assert row.reasons[0].column == column
    assert "Teks" in row.reasons[0].message
    assert "unduh ulang dari Dapodik" in row.reasons[0].message


def test_text_that_excel_has_rounded_is_refused(one: Single) -> None:
    """18 digits that end in 000 are what is left of a NIP that once was a number; no sequence number is 000."""
    row = one(NIP="198507142010011000")
    assert row.pegawai is None
    assert "hilang di Excel" in row.reasons[0].message


@pytest.mark.parametrize("column", ["NIP", "NUPTK"])
def test_a_short_number_is_no_nip(one: Single, column: str) -> None:
    """A numeric cell that lost nothing still is no number of a person."""
    row = one(**{column: 131234567})
    assert row.pegawai is None
    assert "131234567" in row.reasons[0].message


@pytest.mark.parametrize(
    "value",
    [
        f"'{NIP}", f"  {NIP} ", "19850714 201001 1 012", "19850714.201001.1.012", f'="{NIP}"', f"’{NIP}", f"NIP {NIP}",
        "NIP. 19850714 201001 1 012", f"NIP: {NIP}", f"NI PPPK {NIP}", f"nip/ni pppk: {NIP}", f"No. NIP {NIP}",
    ],
)  # fmt: skip
def test_a_nip_is_read_as_people_write_it(one: Single, value: str) -> None:
    """Apostrophes, spaces, dots, what the number is called, and the formula that forces text are taken away."""
    assert pegawai(one(NIP=value)).nip == NIP


@pytest.mark.parametrize(
    "empty",
    [None, "", "-", " - ", "0", 0, 0.0, "–", "'-", "'", "tidak ada", "Tdk ada", "(belum ada)", "Belum punya NUPTK", "Non ASN",
     "NON PNS", "N/A", "nihil", "None"],
)  # fmt: skip
def test_a_placeholder_is_an_empty_number(one: Single, empty: object) -> None:
    """A dash, a zero or words stand for no NIP and no NUPTK, without a word; the row lives by its name and birth date."""
    teacher = pegawai(one(NIP=empty, NUPTK=empty, Status_Kepegawaian="GTY/PTY", Pangkat_Golongan=None))
    assert (teacher.nip, teacher.nuptk) == ("", "")


@pytest.mark.parametrize(
    ("nip", "reason"),
    [
        ("19850714201001101", "18 angka"), ("198513142010011012", "tanggal lahir"), ("198507142010131012", "ke-13 dan 14"),
        ("198507142010013012", "ke-15"), ("198507142030011012", "belum terjadi"), ("198507141990011012", "17 tahun"),
        ("abc", "18 angka"), ("Nama 198507142010011012", "18 angka"), ("198507142010011012 NIP", "18 angka"),
    ],
)  # fmt: skip
def test_an_impossible_nip_is_refused(one: Single, nip: str, reason: str) -> None:
    """What facts 2.1 rules out refuses the row and says why."""
    row = one(NIP=nip)
    assert row.pegawai is None
    assert row.reasons[0].column == "NIP"
    assert reason in row.reasons[0].message


def test_a_nip_that_disagrees_with_birth_date_or_sex_only_warns(one: Single) -> None:
    """Old conversions exist: the row is kept."""
    row = one(Tanggal_Lahir="1985-07-15", JK="P")
    assert pegawai(row).tanggal_lahir == "1985-07-15"
    assert len([note for note in row.warnings if note.column == "NIP"]) == 2


def test_a_wrong_nuptk_is_left_out_with_a_warning(one: Single) -> None:
    """A NUPTK that is not 16 digits is not kept; the row is."""
    row = one(NUPTK="404676366420001")
    assert pegawai(row).nuptk == ""
    assert row.warnings[0].column == "NUPTK"


@pytest.mark.parametrize(
    ("status", "nip", "section"),
    [
        ("PNS", PPPK_NIP, "berpola PPPK"), ("CPNS", PPPK_NIP, "berpola PPPK"), ("PPPK", NIP, "berpola PNS"),
        ("PPPK Paruh Waktu", NIP, "berpola PNS"), ("Guru Honor Sekolah", NIP, "Ada NIP"), ("PNS", None, "NIP kosong"),
        ("PPPK", None, "NIP kosong"),
    ],
)  # fmt: skip
def test_status_and_nip_that_disagree_warn(one: Single, status: str, nip: str | None, section: str) -> None:
    """The shape of the NIP tells PNS from PPPK; a mismatch is shown, not refused."""
    row = one(Status_Kepegawaian=status, NIP=nip, Pangkat_Golongan=None, Tanggal_Lahir=None, JK=None)
    assert pegawai(row).status_kepegawaian == status
    assert [note.column for note in row.warnings] == ["NIP"]
    assert section in row.warnings[0].message


@pytest.mark.parametrize(
    ("status", "nip"), [("PNS", NIP), ("CPNS", NIP), ("PPPK", PPPK_NIP), ("PPPK Paruh Waktu", PPPK_NIP), ("GTY/PTY", None)]
)
def test_status_and_nip_that_agree_are_silent(one: Single, status: str, nip: str | None) -> None:
    """No warning where there is nothing to look at."""
    row = one(Status_Kepegawaian=status, NIP=nip, Pangkat_Golongan=None, Tanggal_Lahir=None, JK=None)
    assert row.warnings == ()


def test_unknown_words_are_kept_with_a_warning(one: Single) -> None:
    """Status, jenis PTK and golongan outside the catalogue stay as written."""
    row = one(Status_Kepegawaian="Relawan", Jenis_PTK="Penjaga", Pangkat_Golongan="Zeta")
    teacher = pegawai(row)
    assert (teacher.status_kepegawaian, teacher.jenis_ptk, teacher.golongan) == ("Relawan", "Penjaga", "Zeta")
    assert {note.column for note in row.warnings} == {"Status Kepegawaian", "Jenis PTK", "Pangkat Golongan"}


def test_known_words_take_the_catalogues_spelling(one: Single) -> None:
    """Case aside, a label is the catalogue's."""
    teacher = pegawai(one(Status_Kepegawaian="pns", Jenis_PTK="GURU MAPEL"))
    assert (teacher.status_kepegawaian, teacher.jenis_ptk) == ("PNS", "Guru Mapel")


@pytest.mark.parametrize("nama", [None, "", "-", "0", 12345, "  ", "'", "?!"])
def test_a_row_without_a_name_is_refused(one: Single, nama: object) -> None:
    """A teacher has a name with letters in it."""
    row = one(Nama=nama)
    assert row.pegawai is None
    assert row.reasons[0].column == "Nama"


@pytest.mark.parametrize("nama", ["Siti Nur'aini, S.Pd.", "Ahmad [Plt] (GTY)", "Zoë Łukasiewicz", "ꦲꦤ", "'Aisyah", "[b]Tebal[/b]"])
def test_names_are_kept_as_they_are(one: Single, nama: str) -> None:
    """Apostrophes, brackets and letters of any script belong to names."""
    assert pegawai(one(Nama=nama)).nama == nama


def test_what_a_terminal_obeys_does_not_get_in(one: Single) -> None:
    """Escape sequences, bidi marks and line breaks are cleaned off at the door."""
    assert pegawai(one(Nama="Bu\x1b[31mdi\u202e\nSanto\u200bso")).nama == "Bu[31mdi Santoso"


def test_a_row_that_nothing_identifies_is_refused(one: Single) -> None:
    """Without NIP, NUPTK and birth date the next import could not know this teacher again."""
    row = one(NIP=None, NUPTK=None, Tanggal_Lahir=None)
    assert row.pegawai is None
    assert "tidak dapat dikenali" in row.reasons[0].message


@pytest.mark.parametrize("column", ["Nama", "Tugas Tambahan", "NIP", "Jenis PTK"])
def test_a_huge_cell_refuses_its_row(one: Single, column: str) -> None:
    """A cell of more than 4,000 characters is nobody's name, duty or number."""
    row = one(**{column: "x" * 50_000})
    assert row.pegawai is None
    assert any(note.column == column and "4000 karakter" in note.message for note in row.reasons)
    assert len(row.name) <= 150


def test_the_head_is_kept_and_known_by_jenis_ptk(one: Single) -> None:
    """Kepala Sekolah is a Jenis PTK like another; who reads the roster tells the head by it."""
    assert pegawai(one(Jenis_PTK="Kepala Sekolah")).jenis_ptk == "Kepala Sekolah"


def test_a_refused_row_never_stops_the_others() -> None:
    """Each row is judged by itself, under its own number."""
    questions = read_grid([("Nama", "NIP"), ("Budi", 1.9e17), ("Siti", OTHER_NIP), (None, NIP)])
    assert [(row.row, row.pegawai is not None) for row in questions.rows] == [(2, False), (3, True), (4, False)]


def test_the_second_row_of_a_number_names_the_first() -> None:
    """A NIP or NUPTK that an accepted row has refuses the later one."""
    grid = [
        ("Nama", "NIP", "NUPTK"),
        ("Budi", NIP, NUPTK),
        ("Siti", NIP, OTHER_NUPTK),
        ("Tono", OTHER_NIP, NUPTK),
        ("Ani", PPPK_NIP, None),
    ]
    row = read_grid(grid).rows
    assert [teacher.pegawai is not None for teacher in row] == [True, False, False, True]
    assert "baris 2" in row[1].reasons[0].message
    assert (row[2].reasons[0].column, "baris 2" in row[2].reasons[0].message) == ("NUPTK", True)


def test_a_refused_row_does_not_block_its_number() -> None:
    """The number of a row that was refused for another reason is free for the next."""
    row = read_grid([("Nama", "NIP"), (None, NIP), ("Budi", NIP)]).rows
    assert [teacher.pegawai is not None for teacher in row] == [False, True]


def test_one_person_twice_is_one_unless_numbers_differ() -> None:
    """Same name and birth date is the same teacher, with what any of the lines says, but for those whom two NIP tell apart."""
    grid = [
        ("Nama", "NIP", "Tanggal Lahir"),
        ("Budi, S.Pd.", None, "1985-07-14"),
        ("BUDI", None, "1985-07-14"),
        ("Budi", NIP, "1985-07-14"),
    ]
    found = read_grid(grid)
    assert [(row.row, row.pegawai and row.pegawai.nip) for row in found.rows] == [(2, NIP)]
    assert [(row.row, row.reason) for row in found.skipped] == [(n, "guru yang sama dengan baris 2") for n in (3, 4)]
    grid = [("Nama", "NIP", "Tanggal Lahir"), ("Budi", "198507142010011013", "1985-07-14"), ("Budi", NIP, "1985-07-14")]
    assert [teacher.pegawai is not None for teacher in read_grid(grid).rows] == [True, True]
