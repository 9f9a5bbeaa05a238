"""Headings as people write them: near ones, two in one cell, two rows of them, tables side by side, and those mapped by hand."""

from __future__ import annotations

from typing import Any

import pytest

from pmm_tui.roster.heading_match import heading_shape, match, meaning
from pmm_tui.roster.heading_rows import beside
from pmm_tui.roster.headings import COLUMNS, heading_map
from pmm_tui.roster.model import RosterReading
from pmm_tui.roster.table import pick_rows
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, PPPK_NIP, read_grid

HEADINGS = heading_map(bundled().impor_dapodik)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Nama Lengkap (dengan gelar)", "nama"),
        ("Nama Guru dan Gelar", "nama"),
        ("NAMA_LENGKAP", "nama"),
        ("NamaGuru", "nama"),
        ("Nama Bapak/Ibu Guru", "nama"),
        ("NIP / NI PPPK (18 digit tanpa spasi)", "nip"),
        ("No. NIP", "nip"),
        ("NUPTK (16 digit)", "nuptk"),
        ("NUTPK", "nuptk"),
        ("Tangal Lahir", "tanggal_lahir"),
        ("Tanggal Lahr", "tanggal_lahir"),
        ("Tgl. Lahir (dd/mm/yyyy)", "tanggal_lahir"),
        ("tempat & tgl lahir", "tanggal_lahir"),
        ("Jenis Kelamin (L/P)", "jk"),
        ("Jns. Kelamin", "jk"),
        ("Status Kepegawain", "status_kepegawaian"),
        ("Stat. Kepegawaian Saat Ini", "status_kepegawaian"),
        ("Pangkat, Gol./Ruang", "golongan"),
        ("Gol / Pangkat Terakhir", "golongan"),
        ("Tugas Tambahn", "tugas_tambahan"),
        ("Gelar di Depan", ""),
        ("Nama / NIP", "nama_nip"),
        ("Nama Guru, NIP", "nama_nip"),
        ("NIP/NUPTK", "nip_nuptk"),
        ("NIP atau NUPTK", "nip_nuptk"),
        ("NIP/NIK", "nip_lain"),
        ("NIP/NUPTK/NIK", "nip_lain"),
        ("NIP / NRG", "nip_lain"),
        ("NUPTK/NIK", ""),
        ("Nomor Induk Pegawai (NIP)", "nip"),
        ("Nama Ibu Kandung", ""),
        ("Nama Sekolah", ""),
        ("Nama Suami", ""),
        ("Nama Siswa", ""),
        ("NIP Kepala Sekolah", ""),
        ("NIP Lama", ""),
        ("NIK", ""),
        ("NPK", ""),
        ("Tempat Lahir", ""),
        ("Tanggal SK", ""),
        ("TMT Golongan", ""),
        ("Golongan Darah", ""),
        ("Status Sertifikasi", ""),
    ],
)
def test_what_a_heading_means(heading: str, field: str) -> None:
    """What is sure is taken, what is of somebody or something else never."""
    assert meaning(heading, HEADINGS)[0] == field


@pytest.mark.parametrize("heading", [name for names in COLUMNS.values() for name in names])
def test_every_known_heading_means_its_field(heading: str) -> None:
    """Whatever its case and marks are."""
    field = next(field for field, names in COLUMNS.items() if heading in names)
    assert meaning(heading.upper(), HEADINGS)[0] == meaning(f" {heading}*:", HEADINGS)[0] == field


def read(*grid: tuple[object, ...]) -> RosterReading:
    return read_grid(grid)


def people(found: RosterReading) -> list[tuple[str, str, str]]:
    return [(row.pegawai.nama, row.pegawai.nip, row.pegawai.nuptk) for row in found.rows if row.pegawai]


def test_a_heading_written_wrongly_is_taken_and_told() -> None:
    """Once, with what it was taken for."""
    found = read(("Nama", "NIP", "Tangal Lahir"), ("Budi", NIP, "14-07-1985"))
    assert found.rows[0].pegawai is not None
    assert found.rows[0].pegawai.tanggal_lahir == "1985-07-14"
    assert found.sense == ('Judul yang salah tulis dibaca menurut maksudnya: "Tangal Lahir" sebagai Tanggal Lahir.',)


def test_unknown_headings_are_named_once_with_their_letter() -> None:
    """Those that everybody knows to be of no use, and private ones, are not."""
    found = read(("No", "Nama", "NIP", "NIK", "Hobi", "Agama", "Sertifikat"), (1, "Budi", NIP, "5", "a", "b", "c"))
    assert [(u.column, u.heading, u.reason) for u in found.left_unread] == [
        ("E", "Hobi", "judulnya tidak dikenal"),
        ("G", "Sertifikat", "judulnya tidak dikenal"),
    ]
    assert found.notes == ('Kolom yang tidak dibaca: E "Hobi", G "Sertifikat".',)


def test_of_two_numbers_the_one_that_is_one_is_taken() -> None:
    """Two columns NIP, old and new; NIP Baru beside NIP Lama; in each row the one with 18 digits."""
    found = read(("Nama", "NIP", "NIP"), ("Budi", "131234567", NIP), ("Siti", OTHER_NIP, "131234568"))
    assert people(found) == [("Budi", NIP, ""), ("Siti", OTHER_NIP, "")]
    found = read(("Nama", "NIP Lama", "NIP BARU"), ("Budi", "131234567", NIP))
    assert people(found) == [("Budi", NIP, "")]
    assert found.left_unread == ()


def test_the_full_name_is_taken_beside_a_short_one() -> None:
    """And the short one where there is no other."""
    found = read(("Nama", "Nama Lengkap", "NIP"), ("Budi", "Budi Santoso, S.Pd.", NIP), ("Siti", None, OTHER_NIP))
    assert people(found) == [("Budi Santoso, S.Pd.", NIP, ""), ("Siti", OTHER_NIP, "")]


@pytest.mark.parametrize(
    "cell",
    [
        f"Budi Santoso, S.Pd.\nNIP. {NIP}",
        "Budi Santoso, S.Pd. / 19850714 201001 1 012",
        f"{NIP} / Budi Santoso, S.Pd.",
        f"Budi Santoso, S.Pd. (NIP: {NIP})",
    ],
)
def test_name_and_number_in_one_cell(cell: str) -> None:
    """They are taken apart, whichever comes first."""
    assert people(read(("No", "NAMA / NIP"), (1, cell))) == [("Budi Santoso, S.Pd.", NIP, "")]


def test_name_and_number_in_one_column_below_each_other() -> None:
    """The second line of a teacher is no teacher."""
    found = read(
        ("No", "NAMA/NIP", "Gol"), (1, "Budi", "III/c"), (None, f"NIP. {NIP}", None), (2, "Siti", "III/a"), (None, OTHER_NIP, None)
    )
    assert people(found) == [("Budi", NIP, ""), ("Siti", OTHER_NIP, "")]
    assert [row.row for row in found.rows] == [2, 4]


def test_what_stands_beside_the_second_line_belongs_to_the_first() -> None:
    """A DUK has the rank on one line and the class on the next."""
    found = read(("No", "Nama dan NIP", "Pangkat/Gol"), (1, "Budi", "Penata"), (None, f"NIP. {NIP}", "III/c"))
    assert [(row.pegawai.nama, row.pegawai.nip, row.pegawai.golongan) for row in found.rows if row.pegawai] == [
        ("Budi", NIP, "III/c")
    ]


def test_one_column_for_either_number() -> None:
    """Sixteen digits are a NUPTK."""
    found = read(("Nama", "NIP/NUPTK"), ("Budi", NIP), ("Siti", NUPTK), ("Ani", "-"), ("Tuti", f"{OTHER_NIP} / {OTHER_NUPTK}"))
    assert people(found) == [("Budi", NIP, ""), ("Siti", "", NUPTK), ("Tuti", OTHER_NIP, OTHER_NUPTK)]


def test_of_a_column_of_any_number_only_a_nip_is_taken() -> None:
    """Sixteen digits may be a NIK, which never leaves the reading process."""
    found = read(("Nama", "NUPTK", "NIP/NIK"), ("Budi", None, NIP), ("Siti", NUPTK, "5300000000000001"))
    assert people(found) == [("Budi", NIP, ""), ("Siti", "", NUPTK)]
    assert all("5300000000000001" not in str(row.cells) for row in found.rows)


def test_two_columns_for_the_sex() -> None:
    """A mark stands in one of them."""
    found = read(("Nama", "NIP", "L", "P"), ("Budi", NIP, "v", None), ("Siti", OTHER_NIP, 0, 1), ("Ani", PPPK_NIP, 1, 1))
    assert [row.pegawai.jk for row in found.rows if row.pegawai] == ["L", "P", ""]


def test_a_head_of_two_rows() -> None:
    """Merged cells above, their parts below; what stands in the first row alone counts too."""
    found = read(
        ("NO", "NAMA", "NOMOR", None, "LAHIR", None, "PANGKAT TERAKHIR", None, "JABATAN", None),
        (None, None, "NIP", "NUPTK", "Tempat", "Tanggal", "GOL", "TMT", "NAMA", "TMT"),
        (1, "Budi", NIP, NUPTK, "Kupang", "14-07-1985", "III/c", "01-04-2020", "Guru Ahli Muda", "x"),
    )
    (row,) = found.rows
    assert row.pegawai is not None
    assert people(found) == [("Budi", NIP, NUPTK)]
    assert (row.pegawai.tanggal_lahir, row.pegawai.golongan, row.row) == ("1985-07-14", "III/c", 3)
    found = read(
        ("No", "Identitas Guru", None, None, "Status Kepegawaian"),
        (None, "Nama", "NIP", "L/P", None),
        (1, "Budi", NIP, "L", "PNS"),
    )
    assert [(r.pegawai.nama, r.pegawai.jk, r.pegawai.status_kepegawaian) for r in found.rows if r.pegawai] == [("Budi", "L", "PNS")]


def test_what_stands_under_somebody_else_is_theirs() -> None:
    """The birth date of a spouse is never a teacher's."""
    found = read(
        ("No", "Nama", "NIP", "Data Pasangan", None),
        (None, None, None, "Nama", "Tanggal Lahir"),
        (1, "Budi", NIP, "Siti", "01-01-1986"),
    )
    assert found.rows[0].pegawai is not None
    assert (people(found), found.rows[0].pegawai.tanggal_lahir) == ([("Budi", NIP, "")], "")


def test_a_first_teacher_is_no_second_head() -> None:
    """A row of words with the name's cell filled is a row."""
    found = read(("Nama", "NIP", None, "Status Kepegawaian"), ("Budi", None, "x", "GTY/PTY"), ("Siti", NIP, None, "PNS"))
    assert [row.row for row in found.rows] == [2, 3]


@pytest.mark.parametrize("gap", [(None,), ()])
def test_tables_side_by_side(gap: tuple[None, ...]) -> None:
    """Both are read, each as a table of its own."""
    head = ("No", "Nama", "NIP")
    found = read(
        (*head, *gap, *head), (1, "Budi", NIP, *gap, 1, "Siti", OTHER_NIP), (2, "Ani", "199001012022212003", *gap, None, None, None)
    )
    assert people(found) == [("Budi", NIP, ""), ("Ani", "199001012022212003", ""), ("Siti", OTHER_NIP, "")]
    assert [table.teachers for table in found.tables] == [2, 1]


def test_blocks_of_headings() -> None:
    """Parted by an empty cell, or where the first heading comes again."""
    assert list(beside(["No", "Nama", "", "No", "NIP", "No"])) == [(0, 2), (3, 5), (5, 6)]


def test_an_info_block_with_name_and_number_is_no_head() -> None:
    """A person's number among the texts makes it one line of a form."""
    found = read(("Kepala Sekolah", "Nama", "Drs. Semuel", "NIP", "196805051994031009"), (), ("Nama", "NIP"), ("Budi", NIP))
    assert (found.heading_row, people(found)) == (3, [("Budi", NIP, "")])


def test_headings_far_below_are_found() -> None:
    """F16: forty lines of letterhead stand above them."""
    assert read(*[(f"Keterangan {n}",) for n in range(40)], ("Nama", "NIP"), ("Budi", NIP)).heading_row == 41


def test_a_list_without_numbers_needs_more_than_a_birth_date() -> None:
    """Pupils have names and birth dates too."""
    found = read(("Nama", "Tanggal Lahir", "Status Kepegawaian"), ("Budi", "14-07-1985", "GTY/PTY"))
    assert found.rows[0].pegawai is not None
    assert not match(("Nama", "Tanggal Lahir", "JK"), HEADINGS)
    assert not match(("Nama", "NISN", "Tanggal Lahir", "Status"), HEADINGS)


def test_what_the_operator_said_of_a_column_counts() -> None:
    """For any file, or for those of one shape; an empty field means to leave it."""
    texts = ("Pengajar Tetap", "Kode Resmi", "Hobi")
    assert not match(texts, HEADINGS)
    said = {"pengajartetap": "nama", "koderesmi": "nip", "hobi": ""}
    for shape in ("*", heading_shape(texts)):
        found = match(texts, HEADINGS, {shape: said})
        assert (found.places, found.unread) == ({"nama": 0, "nip": 1}, {})
    assert not match(texts, HEADINGS, {"0" * 16: said})


def test_a_private_column_stays_private() -> None:
    """Neither by closeness nor by what the operator says does a heading that is never read become a column."""
    grid: Any = [("Nama", "NIP", "Nama Ibu Kandung", "NIK"), ("Budi", NIP, "Sulastri", "5300000000000001")]
    result = pick_rows(grid, HEADINGS, {"*": {"nik": "nuptk", "namaibukandung": "tugas_tambahan"}})
    assert result is not None
    assert result["rows"] == [(2, {"nama": "Budi", "nip": NIP})]


def test_the_second_number_of_a_name_is_a_nuptk() -> None:
    """Also without a heading that says so."""
    assert people(read(("Nama", "NIP"), (f"Budi {OTHER_NUPTK}", None))) == [("Budi", "", OTHER_NUPTK)]
