"""The one way to seal a plan."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import UNSET, structs

from pmm_tui.errors import PmmError
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.submit import Submission, is_ready, seal, submit
from pmm_tui.skp.model import Masalah, Pegawai, PraktikPembelajaran, RencanaKinerja
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from tests.services.conftest import IN_FORCE, NOW, PERIODE, full_disk
from tests.tui.samples import full_plan


def row(store: Store, pegawai: Pegawai, rencana: RencanaKinerja | None = None, edit: int = 1) -> PlanRow:
    """The teacher's row of the list, after their plan was saved."""
    if rencana is not None:
        assert store.drafts.save(pegawai.id, PERIODE, rencana, edit, NOW)
    (found,) = (r for r in all_rows(store, IN_FORCE, NOW.date()) if r.pegawai.id == pegawai.id)
    return found


def test_a_complete_plan_is_sealed_as_it_stands(store: Store, ani: Pegawai) -> None:
    """The outbox then holds exactly that plan, from that edit, and the plan is submitted."""
    ready = row(store, ani, full_plan(), edit=7)
    assert is_ready(ready)
    assert submit(store, ready, IN_FORCE, NOW) == Submission("antre", revision=1)
    (entry,) = store.outbox.all()
    assert (open_envelope(entry.line).rencana, entry.suntingan, entry.dibuat) == (full_plan(), 7, NOW)
    assert open_envelope(entry.line).npsn == IN_FORCE.sekolah.npsn
    assert row(store, ani).state is State.QUEUED


def test_an_envelope_names_no_school_without_a_number(store: Store, ani: Pegawai) -> None:
    """A school whose number is not known, or is none, is not named in the envelope."""
    for npsn in ("", "123"):
        nameless = structs.replace(IN_FORCE, sekolah=structs.replace(IN_FORCE.sekolah, npsn=npsn))
        entry = seal(store, ani, nameless, full_plan(), 1, NOW)
        assert open_envelope(entry.line).npsn is UNSET
        assert b"npsn" not in entry.line


def test_trying_out_seals_nothing(store: Store, ani: Pegawai) -> None:
    """What would be queued is told, and the outbox stays empty."""
    assert submit(store, row(store, ani, full_plan()), IN_FORCE, NOW, dry_run=True) == Submission("akan-antre")
    assert store.outbox.all() == ()


def test_what_is_not_begun_or_not_finished_is_refused(store: Store, ani: Pegawai, budi: Pegawai) -> None:
    """Neither goes into the outbox; how much is left to do is told."""
    assert submit(store, row(store, budi), IN_FORCE, NOW) == Submission("ditolak", "Rencananya belum dimulai.")
    half = row(store, ani, full_plan().with_section(PraktikPembelajaran()))
    assert not is_ready(half)
    refused = submit(store, half, IN_FORCE, NOW)
    assert refused == Submission("ditolak", f"{len(half.blocking)} masalah harus diselesaikan dulu.")
    assert len(half.blocking) == sum(m.halang for m in half.masalah) >= 1
    assert store.outbox.all() == ()


def test_what_is_submitted_is_not_submitted_again(store: Store, ani: Pegawai) -> None:
    """A plan that did not change since stays as it is; one that changed is sealed as a later revision."""
    submit(store, row(store, ani, full_plan()), IN_FORCE, NOW)
    again = row(store, ani)
    assert not is_ready(again)
    assert submit(store, again, IN_FORCE, NOW) == Submission("tetap", "Sudah antre dan tidak berubah.")
    assert len(store.outbox.all()) == 1
    changed = row(store, ani, full_plan(8), edit=2)
    assert is_ready(changed)
    assert not is_ready(structs.replace(changed, line=structs.replace(changed.line, masalah=(Masalah("x", "X.", "/data_diri"),))))
    assert submit(store, changed, IN_FORCE, NOW + timedelta(hours=1)).result == "antre"
    assert open_envelope(store.outbox.all()[0].line).rencana == full_plan(8)


def test_an_envelope_bears_the_teacher_of_the_roster(store: Store, ani: Pegawai) -> None:
    """A teacher who was changed since they were read is sealed as changed."""
    store.roster.write([structs.replace(ani, nama="Ani Baru")])
    assert open_envelope(seal(store, ani, IN_FORCE, full_plan(), 1, NOW).line).pegawai.nama == "Ani Baru"


def test_a_full_disk_is_told(store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the records cannot take an envelope, that is no refusal of the plan but the end of submitting."""
    monkeypatch.setattr(store.outbox, "seal", full_disk)
    with pytest.raises(PmmError, match="Disk penuh"):
        submit(store, row(store, ani, full_plan()), IN_FORCE, NOW)
