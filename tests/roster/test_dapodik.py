"""One row of a roster file: what is taken, what is refused, what is only warned about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pmm_tui.roster.model import BarisGuru
from tests.roster.conftest import NIP, NIP_LAIN, NIP_PPPK, NUPTK, NUPTK_LAIN, baca_kisi

Satu = Callable[..., BarisGuru]


def pegawai(baris: BarisGuru) -> Any:
    assert baris.pegawai is not None, baris.alasan
    return baris.pegawai


def test_a_sound_row_is_a_teacher_without_remarks(satu: Satu) -> None:
    """Every used column lands in its field."""
    baris = satu(Tugas_Tambahan="Wali Kelas")
    guru = pegawai(baris)
    assert (guru.nama, guru.nip, guru.nuptk, guru.jk, guru.tanggal_lahir) == ("Budi Santoso", NIP, NUPTK, "L", "1985-07-14")
    assert (guru.status_kepegawaian, guru.jenis_ptk, guru.golongan) == ("PNS", "Guru Mapel", "III/c")
    assert guru.tugas_tambahan == "Wali Kelas"
    assert (baris.baris, baris.alasan, baris.peringatan) == (2, (), ())


@pytest.mark.parametrize("kolom", ["NIP", "NUPTK"])
@pytest.mark.parametrize(
    "nilai", [198507142010011012, 1.98507142010011e17, 4046763664200013, "1,98507E+17", "1.98507e17", "4046763664200013.0"]
)
def test_a_number_that_lost_digits_is_refused(satu: Satu, kolom: str, nilai: object) -> None:
    """A NIP or NUPTK stored as a number longer than 15 digits is refused with the way to export it as text."""
    baris = satu(**{kolom: nilai})
    assert baris.pegawai is None
    assert baris.alasan[0].kolom == kolom
    assert "Teks" in baris.alasan[0].pesan
    assert "unduh ulang dari Dapodik" in baris.alasan[0].pesan


def test_text_that_excel_has_rounded_is_refused(satu: Satu) -> None:
    """18 digits that end in 000 are what is left of a NIP that once was a number; no sequence number is 000."""
    baris = satu(NIP="198507142010011000")
    assert baris.pegawai is None
    assert "hilang di Excel" in baris.alasan[0].pesan


@pytest.mark.parametrize("kolom", ["NIP", "NUPTK"])
def test_a_short_number_is_no_nip(satu: Satu, kolom: str) -> None:
    """A numeric cell that lost nothing still is no number of a person."""
    baris = satu(**{kolom: 131234567})
    assert baris.pegawai is None
    assert "131234567" in baris.alasan[0].pesan


@pytest.mark.parametrize(
    "nilai", [f"'{NIP}", f"  {NIP} ", "19850714 201001 1 012", "19850714.201001.1.012", f'="{NIP}"', f"’{NIP}"]
)
def test_a_nip_is_read_as_people_write_it(satu: Satu, nilai: str) -> None:
    """Apostrophes, spaces, dots and the formula that forces text are taken away."""
    assert pegawai(satu(NIP=nilai)).nip == NIP


@pytest.mark.parametrize("kosong", [None, "", "-", " - ", "0", 0, 0.0, "–", "'-", "'"])
def test_a_placeholder_is_an_empty_number(satu: Satu, kosong: object) -> None:
    """A dash or a zero stands for no NIP and no NUPTK; the row lives by its name and birth date."""
    guru = pegawai(satu(NIP=kosong, NUPTK=kosong, Status_Kepegawaian="GTY/PTY", Pangkat_Golongan=None))
    assert (guru.nip, guru.nuptk) == ("", "")


@pytest.mark.parametrize(
    ("nip", "sebab"),
    [
        ("19850714201001101", "18 angka"), ("198513142010011012", "tanggal lahir"), ("198507142010131012", "ke-13 dan 14"),
        ("198507142010013012", "ke-15"), ("198507142030011012", "belum terjadi"), ("198507141990011012", "17 tahun"),
        ("abc", "18 angka"), ("NIP 198507142010011012", "18 angka"),
    ],
)  # fmt: skip
def test_an_impossible_nip_is_refused(satu: Satu, nip: str, sebab: str) -> None:
    """What facts 2.1 rules out refuses the row and says why."""
    baris = satu(NIP=nip)
    assert baris.pegawai is None
    assert baris.alasan[0].kolom == "NIP"
    assert sebab in baris.alasan[0].pesan


def test_a_nip_that_disagrees_with_birth_date_or_sex_only_warns(satu: Satu) -> None:
    """Old conversions exist: the row is kept."""
    baris = satu(Tanggal_Lahir="1985-07-15", JK="P")
    assert pegawai(baris).tanggal_lahir == "1985-07-15"
    assert len([catatan for catatan in baris.peringatan if catatan.kolom == "NIP"]) == 2


def test_a_wrong_nuptk_is_left_out_with_a_warning(satu: Satu) -> None:
    """A NUPTK that is not 16 digits is not kept; the row is."""
    baris = satu(NUPTK="404676366420001")
    assert pegawai(baris).nuptk == ""
    assert baris.peringatan[0].kolom == "NUPTK"


@pytest.mark.parametrize(
    ("status", "nip", "bagian"),
    [
        ("PNS", NIP_PPPK, "berpola PPPK"), ("CPNS", NIP_PPPK, "berpola PPPK"), ("PPPK", NIP, "berpola PNS"),
        ("PPPK Paruh Waktu", NIP, "berpola PNS"), ("Guru Honor Sekolah", NIP, "Ada NIP"), ("PNS", None, "NIP kosong"),
        ("PPPK", None, "NIP kosong"),
    ],
)  # fmt: skip
def test_status_and_nip_that_disagree_warn(satu: Satu, status: str, nip: str | None, bagian: str) -> None:
    """The shape of the NIP tells PNS from PPPK; a mismatch is shown, not refused."""
    baris = satu(Status_Kepegawaian=status, NIP=nip, Pangkat_Golongan=None, Tanggal_Lahir=None, JK=None)
    assert pegawai(baris).status_kepegawaian == status
    assert [catatan.kolom for catatan in baris.peringatan] == ["NIP"]
    assert bagian in baris.peringatan[0].pesan


@pytest.mark.parametrize(
    ("status", "nip"), [("PNS", NIP), ("CPNS", NIP), ("PPPK", NIP_PPPK), ("PPPK Paruh Waktu", NIP_PPPK), ("GTY/PTY", None)]
)
def test_status_and_nip_that_agree_are_silent(satu: Satu, status: str, nip: str | None) -> None:
    """No warning where there is nothing to look at."""
    baris = satu(Status_Kepegawaian=status, NIP=nip, Pangkat_Golongan=None, Tanggal_Lahir=None, JK=None)
    assert baris.peringatan == ()


def test_unknown_words_are_kept_with_a_warning(satu: Satu) -> None:
    """Status, jenis PTK and golongan outside the catalogue stay as written."""
    baris = satu(Status_Kepegawaian="Relawan", Jenis_PTK="Penjaga", Pangkat_Golongan="Zeta")
    guru = pegawai(baris)
    assert (guru.status_kepegawaian, guru.jenis_ptk, guru.golongan) == ("Relawan", "Penjaga", "Zeta")
    assert {catatan.kolom for catatan in baris.peringatan} == {"Status Kepegawaian", "Jenis PTK", "Pangkat Golongan"}


def test_known_words_take_the_catalogues_spelling(satu: Satu) -> None:
    """Case aside, a label is the catalogue's."""
    guru = pegawai(satu(Status_Kepegawaian="pns", Jenis_PTK="GURU MAPEL"))
    assert (guru.status_kepegawaian, guru.jenis_ptk) == ("PNS", "Guru Mapel")


@pytest.mark.parametrize("nama", [None, "", "-", "0", 12345, "  ", "'", "?!"])
def test_a_row_without_a_name_is_refused(satu: Satu, nama: object) -> None:
    """A teacher has a name with letters in it."""
    baris = satu(Nama=nama)
    assert baris.pegawai is None
    assert baris.alasan[0].kolom == "Nama"


@pytest.mark.parametrize("nama", ["Siti Nur'aini, S.Pd.", "Ahmad [Plt] (GTY)", "Zoë Łukasiewicz", "ꦲꦤ", "'Aisyah", "[b]Tebal[/b]"])
def test_names_are_kept_as_they_are(satu: Satu, nama: str) -> None:
    """Apostrophes, brackets and letters of any script belong to names."""
    assert pegawai(satu(Nama=nama)).nama == nama


def test_what_a_terminal_obeys_does_not_get_in(satu: Satu) -> None:
    """Escape sequences, bidi marks and line breaks are cleaned off at the door."""
    assert pegawai(satu(Nama="Bu\x1b[31mdi\u202e\nSanto\u200bso")).nama == "Bu[31mdi Santoso"


def test_a_row_that_nothing_identifies_is_refused(satu: Satu) -> None:
    """Without NIP, NUPTK and birth date the next import could not know this teacher again."""
    baris = satu(NIP=None, NUPTK=None, Tanggal_Lahir=None)
    assert baris.pegawai is None
    assert "tidak dapat dikenali" in baris.alasan[0].pesan


@pytest.mark.parametrize("kolom", ["Nama", "Tugas Tambahan", "NIP", "Jenis PTK"])
def test_a_huge_cell_refuses_its_row(satu: Satu, kolom: str) -> None:
    """A cell of more than 4,000 characters is nobody's name, duty or number."""
    baris = satu(**{kolom: "x" * 50_000})
    assert baris.pegawai is None
    assert any(catatan.kolom == kolom and "4000 karakter" in catatan.pesan for catatan in baris.alasan)
    assert len(baris.nama) <= 150


def test_the_head_is_kept_and_known_by_jenis_ptk(satu: Satu) -> None:
    """Kepala Sekolah is a Jenis PTK like another; who reads the roster tells the head by it."""
    assert pegawai(satu(Jenis_PTK="Kepala Sekolah")).jenis_ptk == "Kepala Sekolah"


def test_a_refused_row_never_stops_the_others() -> None:
    """Each row is judged by itself, under its own number."""
    bacaan = baca_kisi([("Nama", "NIP"), ("Budi", 1.9e17), ("Siti", NIP_LAIN), (None, NIP)])
    assert [(baris.baris, baris.pegawai is not None) for baris in bacaan.baris] == [(2, False), (3, True), (4, False)]


def test_the_second_row_of_a_number_names_the_first() -> None:
    """A NIP or NUPTK that an accepted row has refuses the later one."""
    kisi = [
        ("Nama", "NIP", "NUPTK"),
        ("Budi", NIP, NUPTK),
        ("Siti", NIP, NUPTK_LAIN),
        ("Tono", NIP_LAIN, NUPTK),
        ("Ani", NIP_PPPK, None),
    ]
    baris = baca_kisi(kisi).baris
    assert [guru.pegawai is not None for guru in baris] == [True, False, False, True]
    assert "baris 2" in baris[1].alasan[0].pesan
    assert (baris[2].alasan[0].kolom, "baris 2" in baris[2].alasan[0].pesan) == ("NUPTK", True)


def test_a_refused_row_does_not_block_its_number() -> None:
    """The number of a row that was refused for another reason is free for the next."""
    baris = baca_kisi([("Nama", "NIP"), (None, NIP), ("Budi", NIP)]).baris
    assert [guru.pegawai is not None for guru in baris] == [False, True]


def test_one_person_twice_is_refused_unless_numbers_differ() -> None:
    """Same name and birth date is the same teacher, but for those whom two NIP tell apart."""
    kisi = [
        ("Nama", "NIP", "Tanggal Lahir"),
        ("Budi, S.Pd.", None, "1985-07-14"),
        ("BUDI", None, "1985-07-14"),
        ("Budi", NIP, "1985-07-14"),
    ]
    assert [guru.pegawai is not None for guru in baca_kisi(kisi).baris] == [True, False, False]
    kisi = [("Nama", "NIP", "Tanggal Lahir"), ("Budi", "198507142010011013", "1985-07-14"), ("Budi", NIP, "1985-07-14")]
    assert [guru.pegawai is not None for guru in baca_kisi(kisi).baris] == [True, True]
