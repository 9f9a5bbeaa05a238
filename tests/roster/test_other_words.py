"""Other lists' words for status and kind of teacher (D9), and dates with the month first (D6)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.roster.other_words import known_jenis_ptk, known_status
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.katalog_reader import bundled
from tests.roster.conftest import NIP, TODAY, read_grid

DATA = Path(__file__).parent / "data"
KATALOG = bundled()


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("P3K", "PPPK"), ("PPPK-PW", "PPPK Paruh Waktu"), ("P3K Paruh Waktu", "PPPK Paruh Waktu"), ("P N S", "PNS"), ("pns", "PNS"),
        ("Pegawai Negeri Sipil", "PNS"), ("PNS Kemenag", "PNS Depag"), ("GTY", "GTY/PTY"), ("Honor Sekolah", "Guru Honor Sekolah"),
        ("Honorer", "Honorer"), ("Honda", "Honda"), ("GTT", "GTT"), ("VALID", "VALID"), ("", ""),
    ],
)  # fmt: skip
def test_a_status_by_another_word(said: str, label: str) -> None:
    """What means just one status is that; what could be several stays as it was said."""
    assert known_status(said, KATALOG) == label
    assert known_status(said, msgspec.structs.replace(KATALOG, status_kepegawaian=())) == said


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Guru Mata Pelajaran", "Guru Mapel"), ("GURU MAPEL", "Guru Mapel"), ("Guru Bimbingan dan Konseling", "Guru BK"),
        ("Guru TIK/KKPI", "Guru TIK"), ("Guru Kelas SD", "Guru Kelas"), ("Guru Wali", "Guru Wali"), ("", ""),
    ],
)  # fmt: skip
def test_a_kind_of_teacher_by_another_word(said: str, kind: str) -> None:
    """Such a teacher is not told to have no access."""
    assert known_jenis_ptk(said, KATALOG) == kind


@pytest.mark.process
def test_the_file_of_the_cases() -> None:
    """R33: of 34 words for a status seven are nobody's in Dapodik, and are told."""
    found = read_roster(DATA / "R33-status.csv", KATALOG, TODAY)
    strange = [row.pegawai.status_kepegawaian for row in found.rows if row.pegawai and row.doubts]
    assert strange == [
        "GTT", "GTT/PTT Provinsi", "GTT/PTT Kab/Kota", "Honorer", "Honda", "Non ASN", "Kontrak Kerja WNA",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "born", "warned"),
    [
        ("7/14/1985", "1985-07-14", False),  # the whole column has the month first, which is said once
        ("7/13/1985", "1985-07-13", True),  # read, and unlike the NIP
        ("14/7/1985", "1985-07-14", False),
        ("14 Juli 1985", "1985-07-14", False),
    ],
)
def test_a_date_that_can_be_one_day_only(cell: str, born: str, warned: bool) -> None:
    """Day first, as Dapodik writes."""
    (row,) = read_grid([("Nama", "NIP", "Tanggal Lahir"), ("Budi", NIP, cell)]).rows
    assert row.pegawai is not None
    assert (row.pegawai.tanggal_lahir, bool(row.warnings)) == (born, warned)


@pytest.mark.process
def test_the_month_is_first_where_the_nip_says_so() -> None:
    """R24: `5/12/1979` with a NIP of 12 May is 12 May; without a NIP it is 5 December."""
    found = read_roster(DATA / "R24-tanggal-us.csv", KATALOG, TODAY)
    assert [row.pegawai.tanggal_lahir for row in found.rows if row.pegawai] == ["1979-05-12", "1988-11-03"]
    assert found.sense == ("Tanggal lahir dibaca bulan/hari/tahun pada seluruh kolom, sesuai 2 NIP.",)
    (row,) = read_grid([("Nama", "NIP", "Tanggal Lahir"), ("Budi", "198507042010011012", "7/4/1985")]).rows
    assert "sesuai NIP" in row.warnings[0].message
    (row,) = read_grid([("Nama", "NIP", "Tanggal Lahir"), ("Budi", None, "5/12/1979")]).rows
    assert row.pegawai is not None
    assert row.pegawai.tanggal_lahir == "1979-12-05"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("Guru Kelas VI", "Guru Kelas"), ("Guru Kelas 1A", "Guru Kelas"), ("Guru PAI", "Guru Mapel"), ("Kepsek", "Kepala Sekolah"),
        ("guru bk (bimbingan konseling)", "Guru BK"), ("Guru Kelasik", "Guru Kelasik"),
    ],
)  # fmt: skip
def test_more_words_for_a_kind_of_teacher(said: str, known: str) -> None:
    """With a class, a subject or brackets behind them."""
    assert known_jenis_ptk(said, KATALOG) == known


def test_brackets_behind_a_status_say_nothing() -> None:
    """`PNS (Aktif)` is PNS."""
    assert known_status("PNS (Aktif)", KATALOG) == "PNS"
    assert known_status("Lain (Aktif)", KATALOG) == "Lain (Aktif)"
