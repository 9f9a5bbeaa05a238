"""A teacher typed by hand: judged as a list's would be, asked about when they may be there already, kept, and taken back."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import structs

from pmm_tui.errors import InputError
from pmm_tui.roster.compare import compare, to_write
from pmm_tui.roster.decide import decided
from pmm_tui.roster.model import ComparedRow, RosterReading, RosterRow
from pmm_tui.services.roster_edit import WITHOUT_NUMBER, Proposal, propose, undo, write
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.sync.roster_merge import ServerPegawai, merge
from tests.services.conftest import IN_FORCE, NOW
from tests.tui.samples import ANI, BUDI

TODAY, KATALOG = NOW.date(), IN_FORCE.katalog
NEW = {"nama": "Wayan Tirta, S.Pd.", "nip": "199201052019031004", "golongan": "3b", "jk": "pria", "jenis_ptk": "guru mapel"}


def proposed(store: Store, typed: dict[str, str], teacher_id: int = 0) -> Proposal:
    return propose(store, KATALOG, TODAY, typed, teacher_id)


def faults(found: Proposal) -> set[str]:
    return {problem.field for problem in found.blocking}


def test_a_new_teacher_is_read_as_from_a_list(store: Store) -> None:
    """Numbers with blanks, golongan and sex in other words; stored with what was typed, and taken back."""
    found = proposed(
        store, NEW | {"nip": "'19920105 201903 1 004", "tanggal_lahir": "5 Januari 1992", "jenjang_jabatan": "Ahli Muda"}
    )
    assert found.blocking == ()
    assert found.question is None
    assert found.pegawai == Pegawai(
        nama="Wayan Tirta, S.Pd.",
        nip="199201052019031004",
        jk="L",
        tanggal_lahir="1992-01-05",
        jenis_ptk="Guru Mapel",
        golongan="III/b",
        jenjang_jabatan="ahli-muda",
    )
    assert {change.field for change in found.changes} == {*NEW, "tanggal_lahir", "jenjang_jabatan"}
    stored = write(store, found, NOW)
    assert store.roster.get(stored.id) == structs.replace(found.pegawai, id=stored.id)
    assert undo(store).after == stored
    assert len(store.roster.all()) == 2


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"nama": ""}, {"nama"}),
        ({"nama": "123"}, {"nama"}),
        ({"nip": "123"}, {"nip"}),
        ({"nip": "199201052019131004"}, {"nip"}),
        ({"nuptk": "123"}, {"nuptk"}),
        ({"tanggal_lahir": "kemarin"}, {"tanggal_lahir"}),
        ({"jk": "x"}, {"jk"}),
        ({"jenjang_jabatan": "Guru Besar"}, {"jenjang_jabatan"}),
        ({"nip": BUDI.nip}, {"nip"}),
        ({"nip": "", "nuptk": BUDI.nuptk}, {"nuptk"}),
        ({"nip": ""}, {"tanggal_lahir"}),
        ({"nama": "", "nip": "12"}, {"nama", "nip"}),
    ],
)
def test_a_wrong_value_is_told_at_its_field(store: Store, typed: dict[str, str], fields: set[str]) -> None:
    """And nothing is proposed or written before it is mended."""
    found = proposed(store, NEW | typed)
    assert (faults(found), found.pegawai) == (fields, None)
    assert all(problem.message.endswith(".") for problem in found.problems)
    with pytest.raises(InputError):
        write(store, found, NOW, answered=True)
    assert len(store.roster.all()) == 2


def test_without_any_number_name_and_birth_date_are_enough(store: Store) -> None:
    """It is said what that means."""
    found = proposed(store, {"nama": "Wayan Tirta", "tanggal_lahir": "1990-02-01"})
    assert (found.notes, found.question) == ((WITHOUT_NUMBER,), None)
    write(store, found, NOW)
    assert [p.tanggal_lahir for p in store.roster.all() if p.nama == "Wayan Tirta"] == ["1990-02-01"]


@pytest.mark.parametrize(
    "typed",
    [
        {"nama": "ani lestari", "tanggal_lahir": "14/07/1985"},
        {"nama": "Ani Lestari", "nuptk": "1234567890123455"},
        {"nama": "Any Lestari, M.Pd.", "tanggal_lahir": "1985-07-14"},
        {"nama": "Ani Lestari", "nip": ANI.nip},
        {"nama": "Any Lestary", "nip": ANI.nip},
    ],
)
def test_who_is_there_already_is_a_question(store: Store, ani: Pegawai, typed: dict[str, str]) -> None:
    """Not a second teacher: nothing is written before somebody has said that it is another person."""
    found = proposed(store, typed)
    assert found.question is not None
    assert (found.question.kind, found.question.teacher) == ("sudah-ada", ani)
    with pytest.raises(InputError, match="Mungkin orang yang sama"):
        write(store, found, NOW)
    assert len(store.roster.all()) == 2
    if "nip" not in typed:
        assert write(store, found, NOW, answered=True).id not in (0, ani.id)


def test_who_is_there_already_is_told_before_all_is_typed(store: Store, ani: Pegawai) -> None:
    """A name alone is not enough to store, and enough to ask."""
    found = proposed(store, {"nama": "Ani Lestari"})
    assert (faults(found), found.pegawai) == ({"tanggal_lahir"}, None)
    assert found.question is not None
    assert found.question.teacher == ani


def test_a_namesake_of_another_birth_date_is_no_question(store: Store) -> None:
    """There are many of them."""
    assert proposed(store, {"nama": "Ani Lestari", "tanggal_lahir": "1991-01-01"}).question is None
    assert proposed(store, {"nama": "Ani Lestari", "nip": "199101012019032004"}).question is None


def test_what_is_not_typed_stays(store: Store, budi: Pegawai) -> None:
    """Only the named fields change, one that is emptied is empty, and the ids stay."""
    store.roster.write([structs.replace(budi, id_server="x7", jenjang_jabatan="ahli-pertama")])
    found = proposed(store, {"golongan": "III/b", "tugas_tambahan": ""}, budi.id)
    assert [(c.field, c.origin, c.becomes) for c in found.changes] == [
        ("tugas_tambahan", "Wali Kelas", ""),
        ("golongan", "III/a", "III/b"),
    ]
    stored = write(store, found, NOW)
    assert stored == structs.replace(budi, golongan="III/b", tugas_tambahan="", id_server="x7", jenjang_jabatan="ahli-pertama")
    assert write(store, proposed(store, {"golongan": "III/b"}, budi.id), NOW) == stored
    undo(store)
    assert store.roster.get(budi.id) == structs.replace(budi, id_server="x7", jenjang_jabatan="ahli-pertama")
    with pytest.raises(InputError, match="nomor 99"):
        proposed(store, {"jk": "L"}, 99)


def test_a_stored_fault_stops_no_other_correction(store: Store, ani: Pegawai) -> None:
    """Nobody typed it: it stays as it is, until it is typed."""
    store.roster.write([structs.replace(ani, nip="123")])
    stored = write(store, proposed(store, {"golongan": "III/d"}, ani.id), NOW)
    assert (stored.nip, stored.golongan, stored.nama) == ("123", "III/d", ani.nama)
    assert faults(proposed(store, {"nip": "124"}, ani.id)) == {"nip"}
    nobody = Pegawai(nama="Tanpa Nomor")
    store.roster.write([nobody])
    (known,) = [p for p in store.roster.all() if p.nama == nobody.nama]
    assert write(store, proposed(store, {"jenis_ptk": "Guru Kelas"}, known.id), NOW).jenis_ptk == "Guru Kelas"


def test_somebody_elses_number_and_another_person_are_stopped(store: Store, ani: Pegawai) -> None:
    """A number of a stored teacher is a problem; a new name with a new birth date is asked about."""
    assert faults(proposed(store, {"nip": BUDI.nip}, ani.id)) == {"nip"}
    found = proposed(store, {"nama": "Wayan Tirta", "tanggal_lahir": "1990-02-01"}, ani.id)
    assert found.question is not None
    assert (found.question.kind, found.question.teacher) == ("orang-lain", ani)
    married = proposed(store, {"nama": "Ani Lestari Wibowo, M.Pd."}, ani.id)
    assert married.question is None
    same = proposed(store, {"nama": "Budi Santoso", "tanggal_lahir": BUDI.tanggal_lahir, "nip": ""}, ani.id)
    assert same.question is not None


def listed(store: Store, **values: Any) -> ComparedRow:
    """The row of a list that says so of a teacher, against what is stored."""
    pegawai = Pegawai(**values)
    row = RosterRow(row=2, name=pegawai.nama, pegawai=pegawai)
    reading = RosterReading(file_name="guru.csv", kind="csv", heading_row=1, columns={}, rows=(row,))
    (found,) = compare(reading, store.roster.all(), KATALOG, store.by_hand.values())
    return found


def test_a_list_replaces_nothing_typed_unseen(store: Store, ani: Pegawai) -> None:
    """It stays with a warning that names both; the list's word is taken when it is asked for, and counts from then on."""
    write(store, proposed(store, {"golongan": "III/d"}, ani.id), NOW)
    row = listed(store, nama=ANI.nama, nip=ANI.nip, golongan="III/c", jenis_ptk="Guru BK")
    assert row.pegawai is not None
    assert (row.outcome, row.pegawai.golongan, row.pegawai.jenis_ptk) == ("diperbarui", "III/d", "Guru BK")
    (kept,) = row.kept
    assert kept.message == '"III/c" berbeda dari yang diketik sendiri; tetap "III/d".'
    taken = decided(row, "berkas")
    store.roster.write(to_write([taken]))
    again = listed(store, nama=ANI.nama, nip=ANI.nip, golongan="IV/a")
    assert (again.kept, again.outcome) == ((), "diperbarui")


def test_a_list_with_the_old_number_finds_the_corrected_teacher(store: Store, ani: Pegawai) -> None:
    """By name and birth date; the number that was typed stays, and nobody stands there twice."""
    write(store, proposed(store, {"nip": "198507142010012009"}, ani.id), NOW)
    row = listed(store, nama=ANI.nama, nip=ANI.nip, tanggal_lahir=ANI.tanggal_lahir)
    assert row.pegawai is not None
    assert (row.outcome, row.pegawai.id, row.pegawai.nip, len(row.kept)) == ("sama", ani.id, "198507142010012009", 1)


def test_a_list_finds_who_was_typed_without_a_number(store: Store) -> None:
    """By name and birth date, and brings the number."""
    added = write(store, proposed(store, {"nama": "Wayan Tirta", "tanggal_lahir": "1992-01-05"}), NOW)
    row = listed(store, nama="WAYAN TIRTA", tanggal_lahir="1992-01-05", nip="199201052019031004")
    assert row.pegawai is not None
    assert (row.outcome, row.pegawai.id, row.pegawai.nip, row.pegawai.nama) == (
        "diperbarui", added.id, "199201052019031004", "Wayan Tirta",
    )  # fmt: skip


def test_the_server_replaces_nothing_typed_unseen(store: Store, ani: Pegawai) -> None:
    """What it has changed since is told instead; what was not typed is taken as before."""
    store.roster.write([structs.replace(ani, id_server="x7")])
    write(store, proposed(store, {"golongan": "III/d"}, ani.id), NOW)
    before = ServerPegawai(id="x7", nama=ANI.nama, nip=ANI.nip, golongan="III/b", jenis_ptk="Guru Kelas")
    now = structs.replace(before, golongan="III/c", jenis_ptk="Guru BK")
    plan = merge([now], [before], store.roster.all(), lambda: KATALOG, store.by_hand.values())
    (merged,) = plan.to_write
    assert (merged.golongan, merged.jenis_ptk) == ("III/d", "Guru BK")
    assert plan.sentences == (f'{ANI.nama}: golongan dari server "III/c" berbeda dari yang diketik sendiri; tetap "III/d".',)
