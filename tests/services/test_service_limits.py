"""The edges of what both front ends do: answers that are exactly yes or no, and a teacher found by the name alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.errors import StorageError
from pmm_tui.services.autosave import Autosave
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_import import MAX_BYTES, PlanImport
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_file import write_plan_file
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE, Outside
from tests.tui.samples import ANI, DEDI, full_plan


def reader(store: Store) -> PlanImport:
    """What reads plan files of any period into the store."""

    def in_force(periode: str) -> InForce:
        return structs.replace(IN_FORCE, periode=periode)

    return PlanImport(store, in_force, lambda: NOW, NOW.date())


def plan(folder: Path, pegawai: Pegawai) -> Path:
    file = folder / "rencana.toml"
    file.write_text(write_plan_file(pegawai, PERIODE, full_plan(), bundled(), "SMP"), "utf-8")
    return file


def test_a_file_without_numbers_is_of_the_one_who_bears_the_name(store: Store, tmp_path: Path) -> None:
    """Letters are taken as large or small; somebody of another name is not meant, and of two of one name neither."""
    ani = structs.replace(ANI, nip="", nuptk="")
    store.roster.write([structs.replace(DEDI, nama="ANI LESTARI, S.PD. II")])
    found = reader(store).take(plan(tmp_path, structs.replace(ani, nama="ani lestari, s.pd.")))
    assert (found.result, found.name) == ("baru", ANI.nama)
    store.roster.write([structs.replace(DEDI, nama=ANI.nama.upper(), nuptk="6543210987654329")])
    found = reader(store).take(plan(tmp_path, ani))
    assert (found.result, found.reason) == ("ditolak", "[pegawai] cocok dengan 2 guru; tulis NIP atau NUPTK yang benar.")


def test_numbers_of_two_teachers_choose_neither(store: Store, ani: Pegawai, budi: Pegawai, tmp_path: Path) -> None:
    """A NIP of one and a NUPTK of another are refused; one of them alone is enough."""
    both = plan(tmp_path, structs.replace(ani, nuptk=budi.nuptk))
    assert "cocok dengan 2 guru" in reader(store).take(both).reason
    assert reader(store).take(plan(tmp_path, structs.replace(budi, nip=""))).pegawai_id == budi.id


def test_a_file_may_be_as_large_as_the_limit_and_no_larger(store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """The limit is a megabyte, to the byte."""
    file = plan(tmp_path, ani)
    text = file.read_bytes()
    comment = b"\n# "
    file.write_bytes(text + comment + b"x" * (2**20 - len(text) - len(comment)))
    assert reader(store).take(file).result == "baru"
    file.write_bytes(file.read_bytes() + b"x")
    assert reader(store).take(file).reason == "Lebih besar dari 1024 kB; pilih berkas rencana, yang jauh lebih kecil."
    assert MAX_BYTES == 2**20


@pytest.mark.anyio
async def test_a_session_answers_yes_or_no(store: Store, ani: Pegawai) -> None:
    """Whether anything was edited, undone, done again or saved is told by true and false."""
    session = PlanSession(Outside(store), IN_FORCE, ani, lambda _: None, lambda _: None)
    section = full_plan().rapor_pendidikan
    assert [session.edit(section), session.edit(section)] == [True, False]
    assert [session.undo(), session.undo(), session.redo(), session.redo()] == [True, False, True, False]
    assert (await session.save(), session.rencana, session.dirty) == (True, RencanaKinerja(rapor_pendidikan=section), False)


@pytest.mark.anyio
async def test_a_save_that_fails_says_no_and_tries_again() -> None:
    """The plan stays unsaved with its sentence told once; the next save takes it, with the number of the newest edit."""
    broken, saved, failed = [True], [], []

    async def save(rencana: RencanaKinerja, edit: int) -> None:
        if broken:
            broken.clear()
            raise StorageError("Disk penuh.")
        saved.append((rencana, edit))

    autosave = Autosave(3, save, failed.append)
    autosave.take(full_plan())
    assert [await autosave.save_now(), autosave.pending, failed] == [False, True, ["Disk penuh."]]
    assert [await autosave.save_now(), autosave.pending, saved] == [True, False, [(full_plan(), 4)]]
