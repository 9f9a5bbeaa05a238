"""A value that is foreign to its column, or poorer, never replaces a good one (D2)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.model import ComparedRow
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.column_values import excel_error, is_foreign, why_kept
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from tests.roster.conftest import NIP, NUPTK, OTHER_NUPTK, TODAY, read_grid

DATA = Path(__file__).parent / "data"
KATALOG = bundled()


def stored() -> list[Pegawai]:
    """The five teachers of the Dapodik file of the cases."""
    found = to_write(compare(read_roster(DATA / "R15-dapodik.xlsx", KATALOG, TODAY), [], KATALOG))
    return [msgspec.structs.replace(teacher, id=at) for at, teacher in enumerate(found, 1)]


@pytest.mark.process
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("R21-verval.csv", 'Kolom yang tidak dibaca: G "STATUS".'),
        ("R11-status-aktif.csv", 'Kolom yang tidak dibaca: M "Lembaga", N "Kode Guru", K "Status".'),
        ("R05-emis.xlsx", '"Non PNS" bukan isi kolom ini; tetap "Guru Honor Sekolah".'),
        ("R05-emis.xlsx", '"PPPK" kurang rinci; tetap "PPPK Paruh Waktu".'),
        ("R05-emis.xlsx", '"SRI LESTARINING WAHYUNI" hanya berhuruf besar; tetap "Sri Lestarining Wahyuni".'),
        ("X49-galat-excel.csv", '"#VALUE!" bukan isi kolom ini; tetap "1979-05-12".'),
        ("X49-galat-excel.csv", '"#N/A" bukan isi kolom ini; tetap "Guru Honor Sekolah".'),
        ("X49-galat-excel.csv", '"#NAME?" bukan isi kolom ini; tetap "Guru Mapel".'),
        ("X49-galat-excel.csv", "Nama berisi galat Excel #REF!"),
        ("X53-galat-nama.csv", "Nama berisi galat Excel #N/A"),
    ],
)
def test_lists_of_other_programs_leave_what_dapodik_said(name: str, words: str) -> None:
    """After Dapodik's file none of them changes anything, and each says both values."""
    reading = read_roster(DATA / name, KATALOG, TODAY)
    found = compare(reading, stored(), KATALOG)
    assert to_write(found) == ()
    told = [*reading.notes] + [remark.message for row in found for remark in (*row.reasons, *row.warnings)]
    assert any(message.startswith(words) for message in told), told
    assert not any("apa adanya" in message for message in told)


def one(old: Pegawai, **cells: object) -> ComparedRow:
    """What a row of these cells does to a stored teacher."""
    content = {"Nama": old.nama, "NIP": None, "NUPTK": NUPTK, **{name.replace("_", " "): cell for name, cell in cells.items()}}
    (found,) = compare(read_grid([tuple(content), tuple(content.values())]), [old], KATALOG)
    return found


@pytest.mark.parametrize(
    ("field", "heading", "good", "foreign"),
    [
        ("status_kepegawaian", "Status_Kepegawaian", "PNS", "K/2"),
        ("golongan", "Golongan", "III/c", "K/2"),
        ("golongan", "Golongan", "III/c", "#REF!"),
        ("jenis_ptk", "Jenis_PTK", "Guru Mapel", "VALID"),
        ("jenis_ptk", "Jenis_PTK", "Guru Mapel", "Guru"),
        ("jk", "JK", "P", "?"),
        ("tanggal_lahir", "Tanggal_Lahir", "1985-07-14", "kapan"),
        ("nama", "Nama", "Budi Santoso, S.Pd.", "Budi Sant?so"),
        ("nip", "NIP", NIP, "0" * 18),
        ("tugas_tambahan", "Tugas_Tambahan", "Wali Kelas", "#SPILL!"),
    ],
)
def test_each_field_keeps_what_is_good(field: str, heading: str, good: str, foreign: str) -> None:
    """It stays as it was, the warning names both, and importing again says the same."""
    old = Pegawai(**{"id": 3, "nama": "Budi Santoso", "nuptk": NUPTK, field: good})
    found = one(old, **{heading: foreign})
    assert (found.outcome, found.pegawai) == ("sama", old)
    assert any(good in remark.message and foreign in remark.message for remark in found.warnings)


@pytest.mark.parametrize(
    ("field", "heading", "old", "new"),
    [
        ("status_kepegawaian", "Status_Kepegawaian", "VALID", "PNS"),
        ("status_kepegawaian", "Status_Kepegawaian", "K/1", "K/2"),
        ("status_kepegawaian", "Status_Kepegawaian", "PPPK", "PPPK Paruh Waktu"),
        ("status_kepegawaian", "Status_Kepegawaian", "CPNS", "PNS"),
        ("jenis_ptk", "Jenis_PTK", "Guru Mapel", "Tenaga Administrasi Sekolah"),
        ("golongan", "Golongan", "III/c", "III/d"),
        ("nama", "Nama", "BUDI SANTOSO", "Budi Santoso"),
        ("nama", "Nama", "Budi Santoso", "BUDI SANTOSA"),
    ],
)
def test_what_may_be_said_replaces(field: str, heading: str, old: str, new: str) -> None:
    """A word of the column, a better one, or one as unknown as before is taken over."""
    found = one(Pegawai(**{"id": 3, "nama": "Budi Santoso", "nuptk": NUPTK, field: old}), **{heading: new})
    assert found.pegawai is not None
    assert (found.outcome, getattr(found.pegawai, field)) == ("diperbarui", new)


def test_a_file_that_tells_the_two_apart_means_the_shorter_word() -> None:
    """Where somebody else in it is `PPPK Paruh Waktu`, `PPPK` is no abbreviation."""
    old = Pegawai(id=3, nama="Budi Santoso", nuptk=NUPTK, status_kepegawaian="PPPK Paruh Waktu")
    grid = [
        ("Nama", "NIP", "NUPTK", "Status Kepegawaian"),
        ("Budi Santoso", None, NUPTK, "PPPK"),
        ("Siti", None, OTHER_NUPTK, "PPPK Paruh Waktu"),
    ]
    assert compare(read_grid(grid), [old], KATALOG)[0].outcome == "diperbarui"


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#n/a", "########"])
def test_errors_of_excel_are_known(value: str) -> None:
    """As text, however they came into the file."""
    assert excel_error(value)
    assert is_foreign("tugas_tambahan", value, None)


def test_words_are_judged_only_where_the_catalogue_knows_them() -> None:
    """Without a catalogue, or without its list, an unknown word is nobody's fault."""
    assert not excel_error("#1")
    assert not is_foreign("status_kepegawaian", "VALID", None)
    assert not is_foreign("status_kepegawaian", "VALID", msgspec.structs.replace(KATALOG, status_kepegawaian=()))
    assert is_foreign("status_kepegawaian", "VALID", KATALOG)
    assert why_kept("nama", "", "Budi", KATALOG) == why_kept("nama", "Budi", "", KATALOG) == ""
