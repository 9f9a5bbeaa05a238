"""How a plan goes away: into the outbox after a question, or back to where it was opened from."""

from __future__ import annotations

from textual import on

from pmm_tui.errors import PmmError
from pmm_tui.services.status_words import APPROVED_THERE, LOCKED, QUEUED
from pmm_tui.skp.plan_state import State
from pmm_tui.tui.messages import OutboxRequested
from pmm_tui.tui.panes.rangkuman import RangkumanPane
from pmm_tui.tui.screens.plan_dialogs import ask_submit
from pmm_tui.tui.screens.plan_moving import PlanMoving
from pmm_tui.tui.screens.screen import PmmScreen


class PlanSubmitting(PlanMoving):
    """A part of the plan's screen, which owns the session and the panes."""

    PLACE = "rencana"

    async def _open(self, section: str, *, cursor: str = "", pointer: str = "") -> None:
        """Open a pane."""
        raise NotImplementedError

    async def _jump(self, pointer: str) -> None:
        """Go where a problem's pointer leads."""
        raise NotImplementedError

    # ---- submitting

    @on(RangkumanPane.SubmitRequested)
    async def action_ajukan(self) -> None:
        """Seal the plan and put it into the outbox, after a confirmation; refused while something blocks."""
        if not await self._session.save() or await self.look_first():
            return
        if blocking := self._session.line.first_blocking:
            await self._jump(blocking.pointer)
            self.say(f"Belum dapat diajukan: {blocking.pesan}", "error")
        elif self._session.line.state.is_submitted:
            self.set_status(self._session.status_sentence())
            if self._session.line.state is State.QUEUED:
                self.shell.background.send(forced=True)
        elif self._session.view().approved:
            self.say(LOCKED, "warning")
        elif (held := await self._session.compare()) is not None and held.plan.status == "disetujui":
            self.say(APPROVED_THERE, "warning")
        else:
            self.app.push_screen(ask_submit(self._session.view(), held, self.shell.look), self._submit_answered)

    async def _submit_answered(self, button: str | None) -> None:
        if button != "ya":
            return
        try:
            await self._session.seal()
        except PmmError as error:
            await self._offer_emergency_copy(error.sentence)
            return
        self.look_around()
        self._adapt()
        await self._open("rangkuman")
        self._panes["rangkuman"].go_to(self._panes["rangkuman"].first_row())
        self.set_status(QUEUED)
        self.shell.background.send(forced=True)

    # ---- coming and going

    @on(RangkumanPane.LeaveRequested)
    async def action_kembali(self) -> None:
        """Save and go back to the list."""
        if await self.save_all():
            self.shell.last_place.forget()
            self.shell.last_opened = self._session.pegawai.id  # the list may have taken notice of it before it was decided upon
            self.app.pop_screen()
            if isinstance(self.app.screen, PmmScreen) and self.app.screen.PLACE == "kotak":
                await self.app.screen.refresh_data()

    @on(RangkumanPane.NextRequested)
    def _next_requested(self) -> None:
        self.action_guru_belum()

    @on(RangkumanPane.CompareRequested)
    async def _compare_requested(self) -> None:
        await self.action_beda()

    async def action_kotak(self) -> None:
        """Save and open the outbox, or go back to it where one came from there."""
        below = self.app.screen_stack[-2]
        if isinstance(below, PmmScreen) and below.PLACE == "kotak":
            await self.action_kembali()
        elif await self.save_all():
            self.post_message(OutboxRequested())
