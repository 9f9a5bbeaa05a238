"""The plan at work: one teacher, one period, edited, judged, undone, saved and sealed. Who shows the plan owns one session."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from pathlib import Path

from pmm_tui.errors import InputError
from pmm_tui.services.autosave import Autosave
from pmm_tui.services.compare import Comparison, compare, note_shown, settle
from pmm_tui.services.decision_words import decided_when
from pmm_tui.services.draft_saving import save_newest, stored_draft
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import judged
from pmm_tui.services.plan_view import PlanView
from pmm_tui.services.status_words import status_sentence
from pmm_tui.services.submit import seal
from pmm_tui.services.surroundings import Surroundings
from pmm_tui.services.undo import UndoHistory
from pmm_tui.skp.model import Pegawai, Rangkuman, RencanaKinerja, Section
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_diff import Place
from pmm_tui.skp.plan_state import State, is_returned, to_go_on_with
from pmm_tui.store import OutboxEntry
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.text import clean, shorten


class PlanSession:
    """`on_saved(at)` is told when the newest plan is on the disk, `on_failed(sentence)` when it could not be saved.

    The database is read when the session begins and after `refresh`, never while somebody types: a slow disk must not hold a key.
    """

    def __init__(
        self,
        surroundings: Surroundings,
        in_force: InForce,
        pegawai: Pegawai,
        on_saved: Callable[[datetime], None],
        on_failed: Callable[[str], None],
    ) -> None:
        self._surroundings = surroundings
        self._store = surroundings.store
        self._in_force = in_force
        self._periode = in_force.periode
        self._on_saved = on_saved
        self.pegawai = pegawai
        draft = self._store.drafts.get(pegawai.id, self._periode)
        self.rencana = draft.rencana if draft else RencanaKinerja()
        self.saved_at = draft.saved_at if draft else None
        self._autosave = Autosave(draft.edit if draft else 0, self._save, on_failed)
        self._history = UndoHistory()
        self._newest: OutboxEntry | None = None
        self.held: HeldPlan | None = None
        self._read_store()
        self._may_change = False
        self._drop_returned_confirmation()
        self.line: PlanLine = self._judge()

    # ---- judging

    @property
    def locked(self) -> bool:
        """Whether the plan is open for reading: approved, or sealed or sent and nobody has decided to change it."""
        return self.line.state is State.APPROVED or (self.line.state.is_submitted and not self._may_change)

    def unlock(self) -> None:
        """The operator has decided to change what is sealed or sent: it is editable as long as this session lasts."""
        self._may_change = True

    def status_sentence(self) -> str:
        """What the outbox says of this plan."""
        return status_sentence(self.line.state, self._newest, self.held)

    def _judge(self) -> PlanLine:
        today = self._surroundings.today()
        newer = self.held is not None
        return judged(self._in_force, today, self.pegawai, self.rencana, self._autosave.edit, self._newest, newer=newer)

    def view(self) -> PlanView:
        """Return all that panes and dialogs have to know."""
        in_force = self._in_force
        periode = in_force.katalog.find_periode(self._periode)
        assert periode is not None  # the reference data in force hold their own period
        returned = is_returned(self._newest)
        return PlanView(
            pegawai=self.pegawai,
            sekolah=in_force.sekolah,
            katalog=in_force.katalog.for_jenis_ptk(self.pegawai.jenis_ptk),
            skema=in_force.katalog.skema_periode(self._periode),
            periode=periode,
            rapor=in_force.rapor,
            rapor_words=in_force.rapor_source.words if in_force.rapor_source.own else "",
            rencana=self.rencana,
            masalah=self.line.masalah,
            status=self.status_sentence(),
            submitted=self.line.state.is_submitted,
            locked=self.locked,
            approved=self._newest is not None and self._newest.status_server == "disetujui",
            returned=returned,
            note=self._newest.catatan if self._newest and returned else "",
            today=self._surroundings.today(),
            server=shorten(clean(self._surroundings.server()), 100),
            decided=self._decided,
            newest=self._newest,
            revision=max(self._newest.revisi if self._newest else 0, self._on_server) + 1,
        )

    # ---- editing

    def edit(self, edited: Section | RencanaKinerja, group: str = "") -> bool:
        """Take an edited section, or a whole plan; false when it changes nothing, or the plan is locked.

        Edits of one `group` in a row are one step to undo.
        """
        rencana = edited if isinstance(edited, RencanaKinerja) else self.rencana.with_section(edited)
        if rencana == self.rencana or self.locked:
            return False
        self._history.record(self.rencana, group)
        return self._apply(rencana)

    def undo(self) -> bool:
        """Take back the last edit; false when there is none."""
        return not self.locked and self._apply(self._history.undo(self.rencana))

    def redo(self) -> bool:
        """Do again what was taken back; false when there is nothing."""
        return not self.locked and self._apply(self._history.redo(self.rencana))

    def _apply(self, rencana: RencanaKinerja | None) -> bool:
        if rencana is None:
            return False
        self.rencana = rencana
        self._autosave.take(rencana)
        self.line = self._judge()
        return True

    # ---- store

    @property
    def dirty(self) -> bool:
        """Whether the newest edit is not on the disk yet."""
        return self._autosave.pending

    def save_soon(self) -> None:
        """Save what is unsaved now, behind the screen."""
        self._autosave.save_soon()

    async def save(self) -> bool:
        """Save at once what is unsaved; false when it could not be saved."""
        return await self._autosave.save_now()

    def force_save(self) -> Path | None:
        """Save what is unsaved without the loop, at the very end; where the records cannot take it into a file, which is returned.

        Raises PmmError when nothing takes it.
        """
        if not self.dirty:
            return None
        try:
            at, edit = self._surroundings.now(), self._autosave.edit
            self._store.drafts.save(self.pegawai.id, self._periode, self.rencana, edit, at)
        except Exception:  # whatever it is: this is the last chance
            return self._surroundings.save_emergency_copy(self.pegawai, self._periode, self.rencana)
        return None

    async def _save(self, rencana: RencanaKinerja, edit: int) -> None:
        at = self._surroundings.now()
        saved = await self._store.database.ask(save_newest, self._store, self.pegawai.id, self._periode, rencana, edit, at)
        self._autosave.edit += saved - edit
        if self.rencana is rencana:
            self.saved_at = at
            self._on_saved(at)

    async def seal(self) -> None:
        """Seal the plan as it stands into the outbox; raises PmmError, also while it `needs_look`."""
        if self.line.state.needs_look:
            raise InputError("Di server ada isi yang belum dilihat di sini; lihat bedanya dulu, lalu ajukan.")
        at, edit = self._surroundings.now(), self._autosave.edit
        self._newest = await self._store.database.ask(self._seal, at, edit)
        self._history.clear()
        self._may_change = False
        self.line = self._judge()

    def _seal(self, at: datetime, edit: int) -> OutboxEntry:
        """Seal unless a fetch has put another draft in the place of ours meanwhile, which is not what the screen shows."""
        draft = self._store.drafts.get(self.pegawai.id, self._periode)
        if draft is not None and draft.edit > edit:
            raise InputError("Rencana ini berubah sejak layar dibuka; kembali ke daftar, buka lagi, lalu ajukan.")
        return seal(self._store, self.pegawai, self._in_force, self.rencana, edit, at)

    def refresh(self, in_force: InForce) -> None:
        """Read again what others may have changed: teacher, outbox, reference data; those of another period are left alone."""
        if in_force.periode == self._periode:
            self._in_force = in_force
        self.pegawai = self._store.roster.get(self.pegawai.id) or self.pegawai
        was_returned = is_returned(self._newest)
        self._read_store()
        if is_returned(self._newest) and not was_returned:
            self._history.clear()  # it holds the confirmation that counts no more
            self._drop_returned_confirmation()
            if self.rencana.rangkuman.dikonfirmasi_guru:  # edited and back again, or confirmed before this was known
                self._apply(self.rencana.with_section(Rangkuman()))
        self.line = self._judge()

    def _drop_returned_confirmation(self) -> None:
        """A plan that the head has sent back has to be confirmed anew; this is no edit, and nothing of it is saved by itself."""
        self.rencana = to_go_on_with(self.rencana, self._autosave.edit, self._newest)

    # ---- what the server holds

    async def compare(self) -> Comparison | None:
        """Compare the plan as it stands here with what the server holds; see `services.compare`."""
        await self.save()
        arguments = (self._store, self._in_force, self.pegawai.id, self.rencana)
        return await self._store.database.ask(compare, *arguments)

    async def settle(self, comparison: Comparison, from_theirs: Collection[Place]) -> None:
        """Take these fields from the server and keep the rest: the operator has seen both. One step to undo; raises StorageError.

        With all that differs it is the server's plan, and stands as sent; with none of it ours may replace it when submitted.
        """
        await self.save()
        arguments = (self._store, comparison, from_theirs, self._surroundings.now(), self.line.state.needs_look)
        rencana = await self._store.database.ask(settle, *arguments)
        if rencana != self.rencana:
            self._history.record(self.rencana, "")
            self._apply(rencana)
            await self.save()
        self._read_store()
        self.line = self._judge()

    def _read_store(self) -> None:
        """Read what others may have changed; a draft that a fetch has replaced is followed, unless something here is unsaved."""
        self._newest = self._store.outbox.newest(self.pegawai.id, self._periode)
        self._decided = decided_when(self._store, self._newest)
        self.held = self._store.held.get(self.pegawai.id, self._periode)
        self._on_server, _ = self._store.held.held(self.pegawai.id, self._periode)  # decided upon or not: the next one is above it
        draft = stored_draft(self._store, self.pegawai.id, self._periode)
        if draft is not None and not self.dirty and draft.edit > self._autosave.edit:
            self._autosave.edit, self.saved_at = draft.edit, draft.saved_at
            if draft.rencana != self.rencana:
                self._history.record(self.rencana, "")
                self.rencana = draft.rencana
        note_shown(self._store, self._newest, self.rencana)
