"""Roster, drafts and reference documents."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from pmm_tui.errors import InputError
from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Draft, Store
from tests.store.samples import MORNING, PERIODE, later, numbered_teacher, rencana, with_teachers


def test_teachers_come_by_name_whatever_the_case(store: Store) -> None:
    """The roster is in the order of names as people read them, and nothing of a teacher is lost."""
    full = Pegawai(
        nama="ani Wijaya, S.Pd.", nip="198507142010012001", nuptk="1234767660300456", jk="P", tanggal_lahir="1985-07-14",
        status_kepegawaian="PNS", jenis_ptk="Guru Mapel", tugas_tambahan="Wali Kelas", golongan="III/c",
        jenjang_jabatan="ahli-muda", id_server="g-1",
    )  # fmt: skip
    store.roster.write([Pegawai(nama="Budi"), full, Pegawai(nama="Ahmad")])

    found = store.roster.all()

    assert [p.nama for p in found] == ["Ahmad", "ani Wijaya, S.Pd.", "Budi"]
    assert found[1] == Pegawai(**{name: getattr(full, name) for name in full.__struct_fields__[1:]}, id=found[1].id)
    assert store.roster.get(found[1].id) == found[1]
    assert store.roster.get(99) is None


def test_accents_do_not_change_the_order(store: Store) -> None:
    """A name with an accent stands where people look for it."""
    store.roster.write([Pegawai(nama=name) for name in ("Zulkifli", "Èlisabeth", "Eko", "Ève", "Fitri")])
    assert [p.nama for p in store.roster.all()] == ["Eko", "Èlisabeth", "Ève", "Fitri", "Zulkifli"]


def test_find_takes_numbers_as_people_write_them(store: Store) -> None:
    """A teacher is found by local id, NIP with spaces, or NUPTK; by nothing else."""
    one, two = with_teachers(store, 2)
    store.roster.write([Pegawai(id=two.id, nama=two.nama, nip=two.nip, nuptk="1234767660300456")])

    assert store.roster.find(str(one.id)) == (one,)
    assert store.roster.find(f"{one.nip[:8]} {one.nip[8:14]} {one.nip[14]} {one.nip[15:]}") == (one,)
    assert [p.id for p in store.roster.find("1234 7676 6030 0456")] == [two.id]
    assert store.roster.find("Guru 01") == store.roster.find("") == store.roster.find("9" * 40) == ()


def test_one_refused_teacher_writes_none(store: Store) -> None:
    """A number that another teacher has is refused with both names, and nothing of that call is stored."""
    (one,) = with_teachers(store, 1)

    with pytest.raises(InputError, match=r"NIP \d+ milik Guru Lain sudah dipakai Guru 01"):
        store.roster.write([numbered_teacher(2), Pegawai(nama="Guru Lain", nip=one.nip)])
    with pytest.raises(InputError, match="tidak ada lagi di daftar"):
        store.roster.write([Pegawai(id=50, nama="Hantu")])

    assert store.roster.all() == (one,)


def test_numbers_may_change_places(store: Store) -> None:
    """Two teachers whose numbers were mixed up are put right in one call."""
    one, two = with_teachers(store, 2)

    store.roster.write([Pegawai(id=one.id, nama=one.nama, nip=two.nip), Pegawai(id=two.id, nama=two.nama, nip=one.nip)])

    assert [p.nip for p in store.roster.all()] == [two.nip, one.nip]


def test_an_older_edit_never_wins(store: Store, path: Path) -> None:
    """A save that arrives late changes nothing and says so; what stands outlasts the program."""
    (one,) = with_teachers(store, 1)
    newest = store.drafts.save(one.id, PERIODE, rencana("baru"), 5, MORNING)

    assert store.drafts.save(one.id, PERIODE, rencana("lama"), 4, later(1)) is None
    assert store.drafts.save(one.id, PERIODE, rencana("sama"), 5, later(2)) is None

    assert newest == Draft(pegawai_id=one.id, periode=PERIODE, rencana=rencana("baru"), edit=5, saved_at=MORNING)
    assert store.drafts.get(one.id, PERIODE) == newest
    store.close()
    with Store.open(path) as again:
        assert again.drafts.all(PERIODE) == {one.id: newest}
        assert again.drafts.all("2025") == {}
        assert again.drafts.get(one.id, "2025") is None


def test_a_draft_needs_its_teacher(store: Store) -> None:
    """Saving for a teacher who is not there is a fault of the program, not of the operator."""
    with pytest.raises(sqlite3.IntegrityError):
        store.drafts.save(7, PERIODE, rencana(1), 1, MORNING)


def test_a_time_without_zone_is_refused(store: Store) -> None:
    """A naive time could mean any zone and is never stored."""
    (one,) = with_teachers(store, 1)
    with pytest.raises(ValueError, match="naive"):
        store.drafts.save(one.id, PERIODE, rencana(1), 1, datetime(2026, 1, 8))  # noqa: DTZ001


def test_documents_and_memos_replace_each_other(store: Store) -> None:
    """The newest document, cursor and memo of a name stand; forgetting versions keeps the documents."""
    store.reference.put("sekolah", '"a"', b"{}", MORNING)
    store.reference.put("sekolah", '"b"', b'{"npsn":"20512345"}', later(5))
    store.reference.set_cursor("7-abc")
    store.reference.set_memo("tempat", "3/rangkuman")

    found = store.reference.get("sekolah")
    assert found is not None
    assert (found.etag, found.body, found.fetched_at) == ('"b"', b'{"npsn":"20512345"}', later(5))
    assert store.reference.get("pegawai") is None
    assert store.reference.cursor() == "7-abc"

    store.reference.forget_versions()

    found = store.reference.get("sekolah")
    assert found is not None
    assert (found.etag, found.body) == ("", b'{"npsn":"20512345"}')
    assert store.reference.cursor() == ""
    assert store.reference.memo("tempat") == "3/rangkuman"
