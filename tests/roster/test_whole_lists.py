"""What only the whole list tells: how its dates are written, who has left, who stands on two lines, what is no teacher."""

from __future__ import annotations

from datetime import date

import pytest

from pmm_tui.roster.aside_words import left, left_by, post_kind, title_left
from pmm_tui.roster.model import RosterReading
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, PPPK_NIP, read_grid


def read(*grid: tuple[object, ...]) -> RosterReading:
    return read_grid(grid)


def born(*cells: object, nips: tuple[str | None, ...] = ()) -> tuple[list[str], tuple[str, ...]]:
    """The birth dates of a column, and what is said of it."""
    numbers = (*nips, *[None] * len(cells))
    nuptk = [f"404676366420{n:04}" for n in range(len(cells))]
    rows = [(f"Guru {chr(65 + n)}", numbers[n], nuptk[n], cell) for n, cell in enumerate(cells)]
    found = read(("Nama", "NIP", "NUPTK", "Tanggal Lahir"), *rows)
    return [row.pegawai.tanggal_lahir for row in found.rows if row.pegawai], found.sense


def test_the_month_comes_first_in_the_whole_column() -> None:
    """One date that can be read in one way tells how all are written, and that is said once."""
    assert born("5/12/1979", "11/3/1988", "7/14/1985") == (
        ["1979-05-12", "1988-11-03", "1985-07-14"],
        ("Tanggal lahir dibaca bulan/hari/tahun pada seluruh kolom, karena ada 7/14/1985.",),
    )


def test_the_day_comes_first_as_dapodik_writes() -> None:
    """Without a word, also where one date of many is written wrongly."""
    assert born("5/12/1979", "14/7/1985") == (["1979-12-05", "1985-07-14"], ())
    assert born("5/12/1979", *["14/7/1985"] * 4, "7/15/1985")[0] == ["1979-12-05", *["1985-07-14"] * 4, ""]


def test_of_a_mixed_column_only_the_sure_dates_are_taken() -> None:
    """What can be two days is left empty and told."""
    dates, said = born("14/7/1985", "7/14/1985", "5/12/1979", "6/6/1980")
    assert dates == ["1985-07-14", "1985-07-14", "", "1980-06-06"]
    assert "sebagian bulan/hari" in said[0]


def test_two_numbers_tell_the_order_too() -> None:
    """A NIP begins with the birth date."""
    dates, said = born("5/4/1979", "11/3/1988", "1/2/1990", nips=("197905042006042011", "198811032019031004"))
    assert dates == ["1979-05-04", "1988-11-03", "1990-01-02"]
    assert said == ("Tanggal lahir dibaca bulan/hari/tahun pada seluruh kolom, sesuai 2 NIP.",)


def test_dates_that_excel_turned_round_are_told_by_the_numbers() -> None:
    """Two NIPs say so and none says otherwise; a day after the twelfth shows that Excel did not."""
    nips = ("197905042006042011", "198811032019031004")
    turned = (date(1979, 4, 5), date(1988, 3, 11), date(1990, 2, 1), "13/5/1991")
    dates, said = born(*turned, nips=nips)
    assert dates == ["1979-05-04", "1988-11-03", "1990-01-02", "1991-05-13"]
    assert said[0].startswith("Hari dan bulan pada tanggal yang disimpan Excel tertukar")
    assert born(*turned, date(1990, 2, 13), nips=nips)[1] == ()


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("12/08/79", "1979-08-12"),
        ("12-Agt-79", "1979-08-12"),
        ("1-2-05", "2005-02-01"),
        ("3 Mei '99", "1999-05-03"),
        ("12.8.11", "1911-08-12"),
    ],
)
def test_a_year_of_two_digits_is_read_by_a_rule_that_is_said(cell: str, day: str) -> None:
    """79 is 1979, 05 is 2005."""
    assert born(cell) == (
        [day], ("Tahun dua angka pada 1 tanggal lahir: 00 sampai 10 dibaca 2000-an, 11 sampai 99 dibaca 1900-an.",),
    )  # fmt: skip


def test_the_rule_is_not_said_of_whole_years() -> None:
    """Nor of what is no date."""
    assert born("12/08/1979", "12081979", "1979-08-12", "Kupang, 12 Agustus 1979")[1] == ()


@pytest.mark.parametrize(
    ("remark", "word"),
    [
        ("Pensiun 2024", "Pensiun 2024"), ("MUTASI", "Mutasi"), ("Mutasi ke SMP 2", "Mutasi"), ("meninggal dunia", "Meninggal"),
        ("Alm.", "Alm."), ("Sudah tidak aktif", "Tidak aktif"), ("Non-aktif", "Non-aktif"),
        ("mengundurkan diri", "Mengundurkan diri"),
        ("akan pensiun", ""), ("Belum pensiun", ""), ("persiapan pensiun", ""), ("Mutasi masuk", ""), ("pindahan dari SD 1", ""),
        ("Mutasi dari SMP 1", ""), ("Aktif", ""), ("wali kelas", ""), ("", ""), ("Induk", ""), ("dinas keluar kota", ""),
    ],
)  # fmt: skip
def test_who_has_left_by_a_remark(remark: str, word: str) -> None:
    """Not who will leave, nor who has come."""
    assert left(remark) == word


def test_a_year_to_come_is_no_leaving() -> None:
    """`Pensiun 2030` is a plan."""
    assert left_by("Pensiun 2024", 2026)
    assert left_by("Mutasi", 2026)
    assert not left_by("Pensiun 2030", 2026)
    assert not left_by("", 2026)


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("DAFTAR GURU PENSIUN", "Pensiun"),
        ("Data PTK yang sudah keluar", "Keluar"),
        ("Daftar Guru Mutasi Masuk", ""),
        ("Daftar Guru", ""),
    ],
)
def test_a_list_of_those_who_left(title: str, word: str) -> None:
    """Its own title says so, and every row is asked about."""
    assert title_left(title) == word
    found = read((title,), ("Nama", "NIP"), ("Budi", NIP))
    assert found.rows[0].left == word


def test_of_a_remark_only_the_word_leaves_the_reading_process() -> None:
    """What else stands there may be anything."""
    found = read(("Nama", "NIP", "Keterangan"), ("Budi", NIP, "Sakit jantung, mutasi ke SD 2"), ("Siti", OTHER_NIP, "cuti sakit"))
    assert [dict(row.cells) for row in found.rows] == [
        {"nama": "Budi", "nip": NIP, "berhenti": "Mutasi"},
        {"nama": "Siti", "nip": OTHER_NIP},
    ]
    assert [row.left for row in found.rows] == ["Mutasi", ""]


def test_a_status_that_is_another_kind_of_status_is_unread() -> None:
    """R11, R21: the column is named once; who is no longer active is asked about."""
    found = read(("Nama", "NIP", "Status"), ("Budi", NIP, "Aktif"), ("Siti", OTHER_NIP, "Tidak Aktif"))
    assert [(row.pegawai.status_kepegawaian, row.left) for row in found.rows if row.pegawai] == [("", ""), ("", "Tidak aktif")]
    assert [(u.column, u.heading, u.reason) for u in found.left_unread] == [("C", "Status", "isinya bukan status kepegawaian")]
    found = read(("Nama", "NIP", "Status"), ("Budi", NIP, "PNS"), ("Siti", OTHER_NIP, "Aktif"))
    assert [row.pegawai.status_kepegawaian for row in found.rows if row.pegawai] == ["PNS", ""]


def test_a_post_says_who_is_no_teacher() -> None:
    """R06: a DUK has no Jenis PTK."""
    found = read(("Nama", "NIP", "Jabatan"), ("Budi", NIP, "Guru Ahli Muda"), ("Siti", OTHER_NIP, "Pengadministrasi Umum"))
    assert [row.pegawai.jenis_ptk for row in found.rows if row.pegawai] == ["", "Pengadministrasi Umum"]
    assert "tidak mendapat akses" in found.rows[1].warnings[-1].message
    assert post_kind("Kepala Sekolah") == post_kind("Guru Kelas") == ""


def test_group_and_signature_rows_are_no_teachers() -> None:
    """In the name's column, each named; a teacher without a number below them is still one."""
    found = read(
        ("No", "Nama", "NIP"),
        (None, "GURU PNS", None),
        (1, "Budi", NIP),
        (None, "II. TENAGA KEPENDIDIKAN (1 ORANG)", None),
        (2, "Siti", OTHER_NIP),
        (3, "Ani", None),
        (),
        (None, "Kupang, 1 Juli 2026", None),
        (None, "Kepala Sekolah,", None),
        (),
        (None, "Drs. Semuel Foeh, M.Pd.", None),
        (None, "NIP. 196805051994031009", None),
    )
    assert [row.name for row in found.rows] == ["Budi", "Siti", "Ani"]
    assert [(u.row, u.reason) for u in found.left_unread] == [
        (2, "baris kelompok"), (4, "baris kelompok"), *[(n, "tulisan di bawah tabel") for n in (8, 9, 11, 12)],
    ]  # fmt: skip
    assert found.notes[0].startswith("Baris yang dilewati: baris 2 (baris kelompok), baris 4 (baris kelompok), baris 8 (")


def test_a_teacher_below_a_note_is_a_teacher() -> None:
    """Who has a number in the list and more than a name is no signature."""
    found = read(("No", "Nama", "NIP", "JK"), (1, "Budi", NIP, "L"), (None, "Catatan: honorer", None, None), (2, "Ani", None, "P"))
    assert [row.name for row in found.rows] == ["Budi", "Ani"]


def test_a_status_says_who_has_left_too() -> None:
    """`Pensiun` is no status of employment."""
    found = read(("Nama", "NIP", "Status Kepegawaian"), ("Budi", NIP, "Pensiun"), ("Siti", OTHER_NIP, "PNS"))
    assert [(row.pegawai.status_kepegawaian, row.left) for row in found.rows if row.pegawai] == [("", "Pensiun"), ("PNS", "")]


def test_two_signatures_side_by_side_are_none() -> None:
    """Both with a number."""
    found = read(("Nama", "NIP"), ("Budi", NIP), ("Mengetahui,", "Kupang, 1 Juli 2026"), ("Kepala Dinas", "Kepala Sekolah"),
                 ("NIP. 196805051994031009", "NIP. 197005051994031009"))  # fmt: skip
    assert [row.name for row in found.rows] == ["Budi"]


def test_a_teacher_on_two_agreeing_lines_is_one() -> None:
    """With what each of them says; lines that contradict each other are told as before."""
    found = read(
        ("Nama", "NIP", "NUPTK", "Jenis PTK"),
        ("Budi, S.Pd.", NIP, None, "Guru Mapel"),
        ("BUDI", NIP, NUPTK, None),
        ("Siti", None, NUPTK, "Guru Kelas"),
        ("Ani", PPPK_NIP, OTHER_NUPTK, "Guru Kelas"),
        ("Ani", PPPK_NIP, OTHER_NUPTK, "Guru BK"),
    )
    assert [(row.row, row.pegawai.nuptk if row.pegawai else None) for row in found.rows] == [
        (2, NUPTK),
        (4, None),
        (5, OTHER_NUPTK),
        (6, None),
    ]
    assert "sudah dipakai baris 2" in found.rows[1].reasons[0].message
    assert [(u.row, u.reason) for u in found.left_unread] == [(3, "guru yang sama dengan baris 2")]


def test_one_line_for_each_duty_is_one_teacher() -> None:
    """Both duties are kept."""
    found = read(
        ("Nama", "NIP", "Tugas Tambahan"), ("Budi", NIP, "Wali Kelas"), ("Budi", NIP, "Kepala Laboratorium"), ("Budi", NIP, None)
    )
    assert [row.pegawai.tugas_tambahan for row in found.rows if row.pegawai] == ["Wali Kelas, Kepala Laboratorium"]


@pytest.mark.parametrize(
    "cell", [f": {NIP}", f"{NIP}*", "19850714/201001/1/012", "19850714-201001-1-012", "19850714 201001 1 012;"]
)
def test_marks_around_a_number_are_none_of_it(cell: str) -> None:
    """Nor between its groups."""
    found = read(("Nama", "NIP"), ("Budi", cell))
    assert [row.pegawai.nip for row in found.rows if row.pegawai] == [NIP]


def test_a_number_in_the_column_of_the_other_is_told_by_its_label_or_shape() -> None:
    """Sixteen bare digits under NIP may be a NIK: those are refused."""
    found = read(("Nama", "NIP", "NUPTK"), ("Budi", f"NUPTK. {NUPTK}", None), ("Siti", None, OTHER_NIP), ("Ani", OTHER_NUPTK, None))
    assert [(row.pegawai.nip, row.pegawai.nuptk) if row.pegawai else None for row in found.rows] == [
        ("", NUPTK),
        (OTHER_NIP, ""),
        None,
    ]
