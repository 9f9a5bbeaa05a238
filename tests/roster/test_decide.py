"""A number that leads to somebody else: nothing is replaced before the operator has decided (D1)."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.errors import UsageError
from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.decide import decide, decided
from pmm_tui.roster.model import ComparedRow
from pmm_tui.roster.read import read_roster
from pmm_tui.roster.summary import summary
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.person import other_person
from tests.roster.conftest import NIP, NUPTK, OTHER_NIP, OTHER_NUPTK, TODAY, read_grid

DATA = Path(__file__).parent / "data"
KATALOG = bundled()
HEAD = ("Nama", "NIP", "NUPTK", "Tanggal Lahir", "Status Kepegawaian")
BUDI = Pegawai(id=7, nama="Budi Santoso, S.Pd.", nuptk=NUPTK, tanggal_lahir="1985-07-14", status_kepegawaian="PNS")
SITI = ("Siti Aminah", None, NUPTK, "1990-01-02", None)


def rows(stored: list[Pegawai], *row: tuple[object, ...]) -> tuple[ComparedRow, ...]:
    return compare(read_grid([HEAD, *row]), stored, KATALOG)


def imported(stored: list[Pegawai], name: str) -> list[Pegawai]:
    """The stored teachers after a file of the cases has been imported."""
    found = compare(read_roster(DATA / name, KATALOG, TODAY), stored, KATALOG)
    kept = {teacher.id: teacher for teacher in stored}
    for teacher in to_write(found):
        at = teacher.id or max(kept, default=0) + 1
        kept[at] = msgspec.structs.replace(teacher, id=at)
    return list(kept.values())


@pytest.mark.process
def test_sixteen_zeros_are_nobodys_number() -> None:
    """S01: two people whose NUPTK is filled with zeros stay two people, the first with the id that their plans hang on."""
    first = imported([], "S01-nol-a.csv")
    both = imported(first, "S01-nol-b.csv")
    assert [(p.id, p.nama, p.nuptk) for p in both] == [(1, "Satu Contoh", ""), (2, "Dua Contoh", "")]
    assert imported(both, "S01-nol-b.csv") == both


@pytest.mark.process
def test_zeros_that_an_older_version_stored_lead_to_nobody() -> None:
    """Who was stored with them keeps name and plans; the zeros go with the next import of their own."""
    old = [Pegawai(id=1, nama="Satu Contoh", nuptk="0" * 16, tanggal_lahir="1990-01-01")]
    assert [(p.id, p.nama) for p in imported(old, "S01-nol-b.csv")] == [(1, "Satu Contoh"), (2, "Dua Contoh")]
    assert imported(old, "S01-nol-a.csv")[0].nuptk == ""


def test_another_name_and_birth_date_under_a_stored_number_wait_for_a_decision() -> None:
    """Both people are shown, nothing is written, and the rest of the file goes on."""
    found, new = rows([BUDI], SITI, ("Tono", OTHER_NIP, None, "1987-03-02", None))
    assert (found.outcome, found.old, new.outcome) == ("perlu_diputuskan", BUDI, "baru")
    assert all(word in found.reasons[0].message for word in (NUPTK, "Budi Santoso", "1985-07-14", "Siti Aminah", "1990-01-02"))
    assert [p.nama for p in to_write((found, new))] == ["Tono"]
    told = summary(read_grid([HEAD, SITI]), (found,))
    assert told["jumlah"]["perlu_diputuskan"] == 1
    assert told["baris"][0]["tersimpan"] == {
        "id": 7, "nama": BUDI.nama, "nip": "", "nuptk": NUPTK, "tanggal_lahir": "1985-07-14", "status_kepegawaian": "PNS",
    }  # fmt: skip


def test_the_answer_decides() -> None:
    """One person: updated as shown; somebody else: left alone; any other answer leaves it open."""
    (found,) = rows([BUDI], SITI)
    same = decided(found, "sama")
    assert (same.outcome, same.reasons) == ("diperbarui", ())
    assert to_write((same,)) == (msgspec.structs.replace(BUDI, nama="Siti Aminah", tanggal_lahir="1990-01-02"),)
    left = decided(found, "lewati")
    assert (left.outcome, to_write((left,))) == ("dilewati", ())
    assert decided(found, "berkas") == found


@pytest.mark.parametrize(
    ("name", "born", "outcome"),
    [
        ("Budi Santoso", "1990-01-02", "diperbarui"),  # the birth date was put right
        ("Siti Aminah", "1985-07-14", "diperbarui"),  # the name was
        ("BUDI SANTOSO", "", "sama"),
        ("Drs. H. Budi Santosa", "", "diperbarui"),
        ("B. Santoso", "", "diperbarui"),
        ("Budi", "", "diperbarui"),
        ("Siti Aminah", "", "perlu_diputuskan"),
        ("Budi Santosa", "1990-01-02", "perlu_diputuskan"),
    ],
)
def test_who_is_taken_for_the_same(name: str, born: str, outcome: str) -> None:
    """Name or birth date agree; where no birth date is there the names have to have something in common."""
    (found,) = rows([BUDI], (name, None, NUPTK, born, None))
    assert found.outcome == outcome


def test_a_number_that_its_holder_gives_up_in_the_same_file_is_free() -> None:
    """Dapodik put two numbers right: the one is found by name and birth date, the other is new with the number; twice is once."""
    corrected = ("Budi Santoso", None, OTHER_NUPTK, "1985-07-14", None)
    found = rows([BUDI], SITI, corrected)
    assert [row.outcome for row in found] == ["baru", "diperbarui"]
    assert [p.nama for p in to_write(found)] == ["Budi Santoso", "Siti Aminah"]
    stored = [msgspec.structs.replace(p, id=p.id or 8) for p in to_write(found)]
    assert [row.outcome for row in rows(stored, SITI, corrected)] == ["sama", "sama"]


def test_one_whose_own_row_is_there_is_not_asked_about() -> None:
    """The stored teacher has a row of their own in the file: then the other row is nobody's, and refused."""
    found = rows([BUDI], SITI, ("Budi Santoso", NIP, None, "1985-07-14", None))
    assert [row.outcome for row in found] == ["ditolak", "diperbarui"]
    assert "baris 3" in found[0].reasons[0].message


def test_answers_are_typed_by_row_and_sheet() -> None:
    """`7=sama`; the sheet before it where a row is in several; what fits nothing is a wrong command line."""
    (found,) = rows([BUDI], SITI)
    assert decide((found,), ["2=sama"])[0].outcome == "diperbarui"
    assert decide((found,), [" 2 = lewati "])[0].outcome == "dilewati"
    two = (msgspec.structs.replace(found, sheet="GURU"), msgspec.structs.replace(found, sheet="TU: lama"))
    assert [row.outcome for row in decide(two, ["TU: lama:2=lewati"])] == ["perlu_diputuskan", "dilewati"]
    for asked, word in (
        ("2", "BARIS=sama"),
        ("2=ya", "BARIS=sama"),
        ("3=sama", '"3"'),
        ("2=berkas", '"berkas"'),
        ("X:2=sama", '"X:2"'),
    ):
        with pytest.raises(UsageError, match=word):
            decide((found,), [asked])
    with pytest.raises(UsageError, match="LEMBAR:BARIS"):
        decide(two, ["2=sama"])


def test_what_was_kept_can_be_taken_from_the_file() -> None:
    """The file's word counts when the operator says so, and not before."""
    stored = [msgspec.structs.replace(BUDI, status_kepegawaian="PPPK Paruh Waktu")]
    (found,) = rows(stored, (BUDI.nama, None, NUPTK, "1985-07-14", "PPPK"))
    assert (found.outcome, to_write((found,))) == ("sama", ())
    (taken,) = decide((found,), ["2=berkas"])
    assert [(c.origin, c.becomes) for c in taken.field_changes] == [("PPPK Paruh Waktu", "PPPK")]
    assert (taken.outcome, to_write((taken,))[0].status_kepegawaian, taken.kept) == ("diperbarui", "PPPK", ())


# ---- any file after any other

PEOPLE = st.tuples(
    st.sampled_from(["Budi Santoso", "Siti Aminah", "SITI AMINAH, S.Pd.", "Ahmad Fauzi", "Yohana Ndun", "#REF!"]),
    st.sampled_from([NIP, OTHER_NIP, "0" * 18, None, None]),
    st.sampled_from([NUPTK, OTHER_NUPTK, "0" * 16, "9" * 16, "9000000000000000", "1234567890123456", None]),
    st.sampled_from(["1985-07-14", "1987-03-02", "1990-01-02", None]),
    st.sampled_from(["PNS", "VALID", None]),
)
FILES = st.lists(PEOPLE, min_size=1, max_size=5)


@settings(deadline=None, max_examples=300)
@given(first=FILES, second=FILES)
def test_no_file_after_another_puts_a_plan_under_another_name(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> None:
    """Plans hang on the local id: whatever is imported, whoever has an id stays who they are, by name or by birth date."""
    stored: list[Pegawai] = []
    for grid in (first, second, first):
        before = {p.id: p for p in stored}
        for teacher in to_write(rows(stored, *grid)):
            at = teacher.id or max([0, *before, *(p.id for p in stored)]) + 1
            stored = [*(p for p in stored if p.id != at), msgspec.structs.replace(teacher, id=at)]
        for teacher in stored:
            old = before.get(teacher.id)
            assert old is None or not other_person(old.nama, old.tanggal_lahir, teacher.nama, teacher.tanggal_lahir)
            assert teacher.nuptk in ("", NUPTK, OTHER_NUPTK)


def test_who_agrees_in_everything_comes_before_who_agrees_in_the_name() -> None:
    """A name that was put right opens no door for another row: importing again decides as the first time."""
    stored = [Pegawai(id=1, nama="Siti Nur'aini", nip=OTHER_NIP, nuptk=NUPTK, tanggal_lahir="1987-03-02")]
    grid = [("Budi", NIP, NUPTK, "1985-07-14", None), ("Budi", OTHER_NIP, None, "1987-03-02", None)]
    first = rows(stored, *grid)
    assert [row.outcome for row in first] == ["ditolak", "diperbarui"]
    assert [row.outcome for row in rows(list(to_write(first)), *grid)] == ["ditolak", "sama"]
