"""Plans that were sent are open for reading, and what the head has sent back needs the teacher's word anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.submit import submit
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Rangkuman, RencanaKinerja
from pmm_tui.skp.overview import UNCHANGED
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE
from tests.services.test_plan_session import Desk, praktik
from tests.tui.samples import full_plan

pytestmark = pytest.mark.anyio
AGAIN = Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal=NOW.date().isoformat())
NOTE = "Tambahkan satu RHK."


def sent(store: Store, pegawai: Pegawai, status: str, rencana: RencanaKinerja | None = None) -> None:
    """The plan was confirmed, sealed, sent, and so judged by the head."""
    rencana = rencana or full_plan()
    assert store.drafts.save(pegawai.id, PERIODE, rencana, 1, NOW - timedelta(days=1))
    entry = store.outbox.seal(pegawai, PERIODE, rencana, 1, NOW)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent(receipt="TT-1", at=NOW.isoformat(), status="diajukan")})
    decide(store, pegawai, status)


def decide(store: Store, pegawai: Pegawai, status: str) -> None:
    """The head decides on what was sent last."""
    entry = store.outbox.newest(pegawai.id, PERIODE)
    assert entry is not None
    store.outbox.hold(pegawai.id, PERIODE, entry.revisi, entry.sha256, status, NOTE, NOW.isoformat())


def row(store: Store, pegawai: Pegawai) -> PlanRow:
    """The teacher's row of the list."""
    (found,) = (r for r in all_rows(store, IN_FORCE, NOW.date()) if r.pegawai.id == pegawai.id)
    return found


def session_of(store: Store, pegawai: Pegawai) -> PlanSession:
    """The plan, opened."""
    return Desk(store, pegawai).session


@pytest.mark.parametrize("status", ["diajukan", "disetujui"])
async def test_what_was_sent_is_open_for_reading(store: Store, ani: Pegawai, status: str) -> None:
    """No edit and no step back changes it, and nothing is left to save."""
    sent(store, ani, status)
    session = session_of(store, ani)
    assert session.locked
    assert session.view().locked
    assert not session.edit(praktik("aktivitas-interaktif"))
    assert not session.undo()
    assert not session.redo()
    assert (session.rencana, session.dirty) == (full_plan(), False)


async def test_what_waits_is_open_for_reading_too(store: Store, ani: Pegawai) -> None:
    """From the moment of sealing on, also in the session that sealed it and had unlocked the plan before."""
    sent(store, ani, "diajukan")
    session = session_of(store, ani)
    session.unlock()
    assert session.edit(praktik("aktivitas-interaktif"))
    session.edit(AGAIN)
    await session.seal()
    assert session.line.state is State.QUEUED
    assert session.locked
    assert not session.edit(Rangkuman())


async def test_a_decision_opens_it_for_changes(store: Store, ani: Pegawai) -> None:
    """Until it is left; what follows is that the teacher has to confirm again. Another session reads again only."""
    sent(store, ani, "diajukan")
    session = session_of(store, ani)
    session.unlock()
    assert session.edit(praktik("aktivitas-interaktif"))
    assert (session.line.state, session.rencana.rangkuman) == (State.CHANGED, Rangkuman())
    assert session.undo()
    assert (session.line.state, session.locked) == (State.SENT, False)
    assert await session.save()
    assert session_of(store, ani).locked


async def test_no_decision_opens_what_is_approved(store: Store, ani: Pegawai) -> None:
    """Only the head does, by sending it back."""
    sent(store, ani, "disetujui")
    session = session_of(store, ani)
    session.unlock()
    assert session.locked
    assert not session.edit(praktik("aktivitas-interaktif"))
    decide(store, ani, "dikembalikan")
    session.refresh(IN_FORCE)
    assert not session.locked
    assert session.edit(praktik("aktivitas-interaktif"))


def test_a_returned_plan_does_not_go_again_by_itself(store: Store, ani: Pegawai) -> None:
    """The confirmation of the returned revision does not count: the commands refuse it, and a bulk act leaves it out."""
    sent(store, ani, "dikembalikan")
    found = row(store, ani)
    assert found.state is State.RETURNED
    assert [m.kode for m in found.blocking] == ["belum-dikonfirmasi"]
    assert submit(store, found, IN_FORCE, NOW).result == "ditolak"
    assert len(store.outbox.all()) == 1


@pytest.mark.parametrize("how", [AGAIN, full_plan().rangkuman])
async def test_confirmed_anew_it_goes_again_with_a_warning(store: Store, ani: Pegawai, how: Rangkuman) -> None:
    """Also when it was confirmed in the same words as before; that nothing was mended is said."""
    sent(store, ani, "dikembalikan")
    session = session_of(store, ani)
    assert session.edit(how)
    await session.save()
    found = row(store, ani)
    assert (found.state, found.blocking) == (State.RETURNED, ())
    assert [m.pesan for m in found.masalah] == [UNCHANGED]
    assert submit(store, found, IN_FORCE, NOW).revision == 2
    assert row(store, ani).masalah == ()


async def test_what_was_mended_is_not_warned_of(store: Store, ani: Pegawai) -> None:
    """Another content is a changed plan, which goes when it is confirmed."""
    sent(store, ani, "dikembalikan")
    session = session_of(store, ani)
    session.edit(praktik("aktivitas-interaktif"))
    assert [m.kode for m in session.line.masalah] == ["belum-dikonfirmasi"]
    session.edit(AGAIN)
    await session.save()
    found = row(store, ani)
    assert (found.state, found.masalah) == (State.CHANGED, ())


async def test_a_session_of_a_returned_plan_knows_the_note_and_not_the_word(store: Store, ani: Pegawai) -> None:
    """It begins without the confirmation, which is no edit; steps back do not bring it back."""
    sent(store, ani, "dikembalikan")
    session = session_of(store, ani)
    view = session.view()
    assert (view.returned, view.note, view.locked) == (True, NOTE, False)
    assert (session.rencana, session.dirty) == (structs.replace(full_plan(), rangkuman=Rangkuman()), False)
    session.edit(PraktikPembelajaran())
    session.undo()
    assert not session.rencana.rangkuman.dikonfirmasi_guru
    assert not session.undo()


async def test_a_return_that_is_heard_while_the_plan_is_open(store: Store, ani: Pegawai) -> None:
    """The confirmation is taken back at once, and no step back brings it back."""
    sent(store, ani, "diajukan")
    session = session_of(store, ani)
    session.unlock()
    session.edit(praktik("aktivitas-interaktif"))
    session.undo()
    assert session.rencana.rangkuman.dikonfirmasi_guru
    decide(store, ani, "dikembalikan")
    session.refresh(IN_FORCE)
    assert not session.undo()
    assert not session.redo()
    assert session.view().returned
    assert not session.rencana.rangkuman.dikonfirmasi_guru
    await session.save()
    assert [m.kode for m in row(store, ani).blocking] == ["belum-dikonfirmasi"]


async def test_what_is_approved_is_not_submitted_by_a_command(store: Store, ani: Pegawai) -> None:
    """A draft that was changed all the same does not go over what the head has approved; the way out is said."""
    sent(store, ani, "disetujui")
    store.drafts.save(ani.id, PERIODE, full_plan().with_section(praktik("aktivitas-interaktif")).with_section(AGAIN), 9, NOW)
    found = row(store, ani)
    assert found.state is State.CHANGED

    refused = submit(store, found, IN_FORCE, NOW)

    assert refused.result == "ditolak"
    assert "minta dikembalikan" in refused.reason
    assert len(store.outbox.all()) == 1
