"""A plan at work without any screen: edited, judged, undone, saved, sealed, and read again."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from pmm_tui.errors import PmmError
from pmm_tui.services import autosave
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.status_words import QUEUED, SUBMITTED
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, Rangkuman, Rapor, RaporPendidikan, RencanaKinerja
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.services.conftest import IN_FORCE, NOW, PERIODE, Outside, full_disk
from tests.tui.samples import full_plan

pytestmark = pytest.mark.anyio
READ = RaporPendidikan(dimengerti=True)


def praktik(indikator: str) -> PraktikPembelajaran:
    return PraktikPembelajaran(indikator=(indikator,))


class Desk:
    """A session, its outside, and what it told."""

    def __init__(self, store: Store, pegawai: Pegawai, rencana: RencanaKinerja | None = None) -> None:
        if rencana is not None:
            assert store.drafts.save(pegawai.id, PERIODE, rencana, 1, NOW - timedelta(days=1))
        self.store = store
        self.outside = Outside(store)
        self.saved: list[Any] = []
        self.failed: list[str] = []
        self.session = PlanSession(self.outside, IN_FORCE, pegawai, self.saved.append, self.failed.append)

    @property
    def stored(self) -> RencanaKinerja | None:
        draft = self.store.drafts.get(self.session.pegawai.id, PERIODE)
        return draft.rencana if draft else None


async def test_an_edit_is_judged_at_once_and_saved_when_asked(store: Store, ani: Pegawai) -> None:
    """An edit changes the plan, its problems and its state; it is on the disk, and called saved, only after saving."""
    desk = Desk(store, ani)
    session = desk.session
    before = {m.kode for m in session.line.masalah}
    assert session.edit(READ)
    assert (session.rencana.rapor_pendidikan, session.dirty, session.saved_at) == (READ, True, None)
    assert before - {m.kode for m in session.line.masalah} == {"rapor-belum"}
    assert (desk.stored, desk.saved) == (None, [])
    assert await session.save()
    assert (desk.stored, desk.saved, session.saved_at, session.dirty) == (session.rencana, [NOW], NOW, False)


async def test_a_stored_draft_is_gone_on_with(store: Store, ani: Pegawai) -> None:
    """A session begins with the stored draft and when it was saved; its next edit is a newer one than that."""
    desk = Desk(store, ani, full_plan())
    assert (desk.session.rencana, desk.session.saved_at) == (full_plan(), NOW - timedelta(days=1))
    desk.session.edit(praktik("aktivitas-interaktif"))
    assert await desk.session.save()
    draft = store.drafts.get(ani.id, PERIODE)
    assert draft is not None
    assert (draft.rencana.praktik_pembelajaran.indikator, draft.edit) == (("aktivitas-interaktif",), 2)


async def test_an_edit_that_changes_nothing_is_no_step(store: Store, ani: Pegawai) -> None:
    """The same section once more is neither an edit to save nor one to undo."""
    desk = Desk(store, ani, full_plan())
    assert not desk.session.edit(full_plan().praktik_pembelajaran)
    assert not desk.session.dirty
    assert not desk.session.undo()
    assert await desk.session.save()
    assert desk.saved == []


async def test_undo_and_redo_are_edits_too(store: Store, ani: Pegawai) -> None:
    """What was undone is saved like any edit, can be done again, and an edit in between ends that."""
    desk = Desk(store, ani, full_plan())
    session = desk.session
    session.edit(praktik("aktivitas-interaktif"))
    edited = session.rencana
    assert session.undo()
    assert await session.save()
    assert session.rencana == desk.stored == full_plan()
    assert session.redo()
    assert session.rencana == edited
    assert session.undo()
    session.edit(Rangkuman())
    assert not session.redo()


async def test_letters_of_one_field_are_one_step(store: Store, ani: Pegawai) -> None:
    """Edits of one group are undone together; an edit of another group, or of none, begins a step of its own."""
    session = Desk(store, ani, full_plan()).session
    for target in (5, 6, 7):
        session.edit(full_plan(target).pengembangan_kompetensi, "target")
    session.edit(praktik("aktivitas-interaktif"))
    assert session.undo()
    assert session.rencana == full_plan(7, confirmation=False)
    assert session.undo()
    assert session.rencana == full_plan()
    assert not session.undo()


async def test_saved_is_said_only_when_nothing_newer_is_unsaved(store: Store, ani: Pegawai) -> None:
    """A save that ends while something newer was typed says nothing; the newest is saved after it, and then it is said once."""
    desk = Desk(store, ani)
    session = desk.session
    session.edit(READ)
    slow_disk = threading.Event()
    store.database.submit(slow_disk.wait)
    saving = asyncio.create_task(session.save())
    await asyncio.sleep(0)  # the first save waits for the disk
    desk.outside.moment = NOW + timedelta(seconds=1)
    session.edit(praktik("aktivitas-interaktif"))
    slow_disk.set()
    assert await saving
    assert desk.saved == [NOW + timedelta(seconds=1)]
    assert desk.stored == session.rencana
    assert not session.dirty


async def test_typing_is_saved_by_itself_soon_after_the_first_letter(
    store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first unsaved edit sets the clock, later ones do not put it off; when it rings all of it is saved.

    A save by hand stops the clock, and the next edit sets it anew.
    """
    desk = Desk(store, ani)
    loop = asyncio.get_running_loop()
    timers: list[tuple[float, Any, asyncio.TimerHandle]] = []

    def call_later(delay: float, work: Any) -> asyncio.TimerHandle:
        timers.append((delay, work, asyncio.TimerHandle(0, work, (), loop)))
        return timers[-1][2]

    monkeypatch.setattr(loop, "call_later", call_later)
    desk.session.edit(READ)
    desk.session.edit(praktik("aktivitas-interaktif"))
    ((delay, ring, _),) = timers
    assert delay == autosave.DELAY <= 0.5
    ring()
    assert await desk.session.save()
    assert desk.stored == desk.session.rencana
    assert desk.saved == [NOW]
    desk.session.edit(Rangkuman(dikonfirmasi_guru=True))
    assert await desk.session.save()
    (_, (_, _, second)) = timers
    assert second.cancelled()


async def test_a_disk_that_cannot_take_it_keeps_the_edit(store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save that fails is told and keeps the plan unsaved; when the disk can take it again, the next save does."""
    desk = Desk(store, ani)
    desk.session.edit(READ)
    with monkeypatch.context() as broken:
        broken.setattr(store.drafts, "save", full_disk)
        assert not await desk.session.save()
    assert (desk.failed, desk.saved, desk.session.dirty) == (["Disk penuh."], [], True)
    assert await desk.session.save()
    assert desk.stored == desk.session.rencana


async def test_a_bug_while_saving_behind_the_typing_is_not_lost(
    store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks in a save that nobody waits for reaches the event loop's handler, under the name that ends the program."""
    desk = Desk(store, ani)
    told: list[dict[str, Any]] = []
    handled = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: (told.append(context), handled.set()))

    def bug(*_: object) -> None:
        raise ValueError("bug")

    monkeypatch.setattr(store.drafts, "save", bug)
    desk.session.edit(READ)
    desk.session.save_soon()
    await asyncio.wait_for(handled.wait(), 20)
    loop.set_exception_handler(None)
    assert [(t["message"], str(t["exception"])) for t in told] == [(autosave.DRAFT_NOT_SAVED, "bug")]
    assert desk.session.dirty


async def test_what_was_submitted_is_not_undone(store: Store, ani: Pegawai) -> None:
    """Sealing freezes exactly the plan as it stands, says so, and forgets the steps before; later edits are steps again."""
    desk = Desk(store, ani, full_plan(confirmation=False))
    session = desk.session
    session.edit(full_plan().rangkuman)
    assert session.line.first_blocking is None
    await session.save()
    await session.seal()
    (entry,) = store.outbox.all()
    assert open_envelope(entry.line).rencana == session.rencana == full_plan()
    assert (session.line.state.is_submitted, session.view().approved, session.status_sentence()) == (True, False, f"{QUEUED}.")
    assert not session.undo()
    assert not session.redo()
    session.unlock()
    session.edit(praktik("aktivitas-interaktif"))
    assert (session.line.state.is_submitted, session.line.state) == (False, State.CHANGED)
    assert session.undo()
    assert session.line.state.is_submitted
    assert not session.undo()


async def test_an_envelope_bears_the_teacher_as_the_roster_has_them_now(store: Store, ani: Pegawai) -> None:
    """A teacher who was changed while the plan was open is sealed as changed."""
    session = Desk(store, ani, full_plan()).session
    store.roster.write([structs.replace(ani, nama="Ani Baru")])
    await session.seal()
    (entry,) = store.outbox.all()
    assert open_envelope(entry.line).pegawai.nama == "Ani Baru"


async def test_a_seal_that_fails_leaves_the_steps(store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the records cannot take an envelope, nothing is submitted and the last edit can still be undone."""
    session = Desk(store, ani, full_plan(confirmation=False)).session
    session.edit(full_plan().rangkuman)
    monkeypatch.setattr(store.outbox, "seal", full_disk)
    with pytest.raises(PmmError, match="Disk penuh"):
        await session.seal()
    assert not session.line.state.is_submitted
    assert session.undo()


async def test_what_others_change_is_read_again(store: Store, ani: Pegawai) -> None:
    """After a refresh the session knows the receipt, the approval, the teacher's new name and the school's new results."""
    session = Desk(store, ani, full_plan()).session
    await session.seal()
    (entry,) = store.outbox.all()
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent(receipt="TT-1", at=NOW.isoformat(), status="disetujui")})
    store.roster.write([structs.replace(ani, nama="Ani Baru")])
    assert (session.status_sentence(), session.view().approved) == (f"{QUEUED}.", False)
    session.refresh(structs.replace(IN_FORCE, rapor=Rapor(capaian={"aktivitas-interaktif": "kurang"})))
    assert session.status_sentence() == f"{SUBMITTED} dan disetujui. Tanda terima TT-1."
    assert (session.line.state.is_submitted, session.view().approved, session.pegawai.nama) == (True, True, "Ani Baru")
    assert session.view().rapor.capaian == {"aktivitas-interaktif": "kurang"}


async def test_another_periods_reference_is_left_aside(store: Store, ani: Pegawai) -> None:
    """When the operator goes on with another period, an open plan stays in its own: what it shows, where it is saved and sealed."""
    desk = Desk(store, ani)
    session = desk.session
    session.edit(READ)
    session.refresh(structs.replace(IN_FORCE, periode="2024-1", rapor=Rapor(capaian={"aktivitas-interaktif": "kurang"})))
    assert (session.view().periode.id, session.view().skema.id, session.view().rapor) == (PERIODE, "ruang-gtk", Rapor())
    await session.save()
    await session.seal()
    assert desk.stored == session.rencana
    assert store.drafts.all("2024-1") == {}
    assert [entry.periode for entry in store.outbox.all()] == [PERIODE]


async def test_the_end_saves_without_the_loop(store: Store, ani: Pegawai) -> None:
    """At the very end what is unsaved is saved at once; what is saved already is not written again."""
    desk = Desk(store, ani)
    assert desk.session.force_save() is None
    assert desk.stored is None
    desk.session.edit(READ)
    assert desk.session.force_save() is None
    assert desk.stored == desk.session.rencana
    assert desk.outside.emergency == []


async def test_the_end_writes_a_file_when_the_records_cannot_take_it(
    store: Store, ani: Pegawai, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the records fail at the very end, in whatever way, the plan goes to a file, whose place is told."""
    desk = Desk(store, ani)
    desk.session.edit(READ)
    monkeypatch.setattr(store.drafts, "save", lambda *_: 1 / 0)
    assert desk.session.force_save() == Path("darurat.toml")
    assert desk.outside.emergency == [(ani.nama, PERIODE, desk.session.rencana)]


async def test_the_first_problem_that_blocks_is_named(store: Store, ani: Pegawai) -> None:
    """Of the problems it is the first that stops the plan, not a warning before it."""
    session = Desk(store, ani, full_plan().with_section(PraktikPembelajaran())).session
    assert session.line.first_blocking is not None
    assert session.line.first_blocking.kode == "indikator-kurang"
    assert next(m for m in session.line.masalah if m.halang) == session.line.first_blocking
    assert session.line.blocking_count == len(session.line.blocking) >= 1


async def test_the_view_is_all_that_a_pane_has_to_know(store: Store, ani: Pegawai) -> None:
    """The view holds the plan, its problems and period, whether it is submitted, and the server's name fit to be shown."""
    desk = Desk(store, ani, full_plan())
    desk.outside.address = "pmm\x1b[31m.go.id" + "x" * 300
    view = desk.session.view()
    assert (view.pegawai, view.rencana, view.masalah) == (ani, full_plan(), desk.session.line.masalah)
    assert (view.periode.id, view.skema.id, view.sekolah) == (PERIODE, "ruang-gtk", IN_FORCE.sekolah)
    assert (view.status, view.submitted) == ("", False)
    assert "\x1b" not in view.server
    assert len(view.server) <= 100
    await desk.session.seal()
    assert (desk.session.view().status, desk.session.view().submitted) == (f"{QUEUED}.", True)
