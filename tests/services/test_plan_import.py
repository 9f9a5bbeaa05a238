"""Reading plan files into the store."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from pmm_tui.errors import PmmError
from pmm_tui.services.in_force import InForce
from pmm_tui.services.plan_import import PlanImport
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Rangkuman, RencanaKinerja
from pmm_tui.skp.plan_file import write_plan_file
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE, full_disk
from tests.tui.samples import ANI, CITRA, full_plan


@pytest.fixture
def reader(store: Store) -> PlanImport:
    """What reads files into the store; each file's own period is in force."""

    def in_force(periode: str) -> InForce:
        return structs.replace(IN_FORCE, periode=periode)

    return PlanImport(store, in_force, lambda: NOW, NOW.date())


def plan(folder: Path, rencana: RencanaKinerja, pegawai: Pegawai = ANI, periode: str = PERIODE) -> Path:
    file = folder / "rencana.toml"
    file.write_text(write_plan_file(pegawai, periode, rencana, bundled(), "SMP"), "utf-8")
    return file


def test_a_file_becomes_a_draft_of_its_own_period(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """The first time a plan is new, the second time the same, then changed; each is kept in the period that the file names."""
    file = plan(tmp_path, full_plan(), periode="2025")
    assert [reader.take(file).result for _ in range(2)] == ["baru", "sama"]
    assert store.drafts.get(ani.id, PERIODE) is None
    plan(tmp_path, full_plan(8), periode="2025")
    assert reader.take(file).result == "diperbarui"
    draft = store.drafts.get(ani.id, "2025")
    assert draft is not None
    assert (draft.edit, draft.saved_at) == (2, NOW)
    assert draft.rencana == full_plan(8, confirmation=False)


def test_trying_out_keeps_nothing(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """What would be done is told, with the problems; nothing is stored."""
    half = full_plan(confirmation=False).with_section(PraktikPembelajaran())
    found = reader.take(plan(tmp_path, half), dry_run=True)
    assert (found.result, found.pegawai_id, found.name) == ("baru", ani.id, ANI.nama)
    assert "indikator-kurang" in {m.kode for m in found.masalah}
    assert store.drafts.all(PERIODE) == {}


def test_content_that_changed_since_it_was_confirmed_is_read_again(
    reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path
) -> None:
    """A confirmed plan that is replaced by another confirmed one loses the confirmation, as an edit on the screen would."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 1, NOW)
    found = reader.take(plan(tmp_path, full_plan(8)))
    assert "minta guru membacanya lagi" in found.reason
    assert {m.kode for m in found.masalah} == {"belum-dikonfirmasi"}
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert not draft.rencana.rangkuman.dikonfirmasi_guru


def test_an_empty_file_begins_nothing(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """A file as it was exported for a plan that was not begun changes nothing, and has no problems to tell."""
    found = reader.take(plan(tmp_path, RencanaKinerja()))
    assert (found.result, found.masalah) == ("sama", ())
    store.drafts.save(ani.id, PERIODE, RencanaKinerja(), 1, NOW)
    assert reader.take(plan(tmp_path, RencanaKinerja())).masalah


def test_a_file_of_nobody_is_refused(reader: PlanImport, tmp_path: Path) -> None:
    """A teacher who is not in the roster gives a refusal that does not repeat the file's name."""
    file = plan(tmp_path, full_plan(), CITRA)
    found = reader.take(file)
    assert (found.file, found.result) == (str(file), "ditolak")
    assert found.reason.startswith("guru ini tidak ada di daftar")


def test_a_full_disk_is_no_fault_of_the_file(
    reader: PlanImport, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the records cannot take a plan the import ends: the next file would fail as well."""
    monkeypatch.setattr(store.drafts, "save", full_disk)
    with pytest.raises(PmmError, match="Disk penuh"):
        reader.take(plan(tmp_path, full_plan()))


@pytest.mark.parametrize("target", [4, 8])
def test_a_file_may_tell_of_a_new_confirmation(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path, target: int) -> None:
    """One that says how and when, and says it otherwise than before, is the teacher's word on what the file says."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 1, NOW)
    said = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-09")
    file = plan(tmp_path, full_plan(target).with_section(said))
    assert 'cara = "kertas"' in file.read_text("utf-8")
    found = reader.take(file)
    assert (found.reason, found.masalah) == ("", ())
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert draft.rencana.rangkuman == said


@pytest.mark.parametrize(
    ("status", "result", "word"), [("diajukan", "diperbarui", "diajukan lagi"), ("disetujui", "ditolak", "minta")]
)
def test_a_plan_that_was_sent_is_changed_knowingly(
    reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path, status: str, result: str, word: str
) -> None:
    """What follows is said; one that the head has approved stays as it is."""
    store.drafts.save(ani.id, PERIODE, full_plan(), 1, NOW)
    entry = store.outbox.seal(ani, PERIODE, full_plan(), 1, NOW)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent("R-1", "", status)})

    found = reader.take(plan(tmp_path, full_plan(8)))

    assert found.result == result
    assert word in found.reason
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert (draft.rencana == full_plan()) is (status == "disetujui")


def test_what_nobody_named_fills_only_what_is_empty(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """Of a folder: an own plan stays, an empty file gives way without a complaint, the same plan is the same."""
    file = plan(tmp_path, full_plan())
    assert [reader.take(file, keep=True).result for _ in range(2)] == ["baru", "sama"]
    plan(tmp_path, full_plan(8))
    kept = reader.take(file, keep=True)
    assert (kept.result, "sudah ada isi lain" in kept.reason) == ("ditolak", True)
    plan(tmp_path, RencanaKinerja())
    assert reader.take(file, keep=True).result == "dilewati"
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert (draft.edit, draft.rencana) == (1, full_plan())
    plan(tmp_path, full_plan(8))
    assert reader.take(file).result == "diperbarui"


def test_an_empty_plan_here_is_filled(reader: PlanImport, store: Store, ani: Pegawai, tmp_path: Path) -> None:
    """A draft that was begun and emptied again is nobody's work."""
    store.drafts.save(ani.id, PERIODE, RencanaKinerja(), 1, NOW)
    assert reader.take(plan(tmp_path, full_plan()), keep=True).result == "diperbarui"
