"""The part of a plan's screen that saves it, and says in the status line how it stands with that."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pmm_tui.dates import clock, short_time
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.tui.panes.section import SectionPane
from pmm_tui.tui.screens.plan_dialogs import offer_emergency_copy
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.look import StyleName


class PlanSavingScreen(PmmScreen):
    """A screen with the session of a plan, and the panes that were opened by their section."""

    _session: PlanSession

    def __init__(self) -> None:
        super().__init__()
        self._section = ""
        self._panes: dict[str, SectionPane[Any]] = {}
        self._said: tuple[str, StyleName] = ("", "")
        self._of_next_edit = ""  # what is said of the edit that a pane is about to tell of

    # ---- the status line

    def say(self, sentence: str, style: StyleName = "") -> None:
        """Say what was done or cannot be done; it stands beside `Tersimpan 10.42` until the next edit or another pane."""
        self._said = (sentence, style)
        self._fill_status(self._session.dirty)

    def _fill_status(self, dirty: bool) -> None:
        """Say `Tersimpan 10.42`, with a star behind it while something newer is not on the disk: one cell costs few bytes."""
        at = self._session.saved_at
        today = at is None or at.astimezone().date() == self.shell.services.today()
        saved = f"Tersimpan {clock(at) if today else short_time(at)}" if at else "Menyimpan" if dirty else ""
        sentence, style = self._said
        words = " · ".join(part for part in (sentence, saved) if part)
        self.set_status(f"{words} *" if dirty else words, style=style)

    def _saved(self, at: datetime) -> None:
        self.shell.worked.note(self.shell.in_force.periode, self._session.pegawai.id)
        if self.is_attached:
            self._fill_status(dirty=False)
            self._remember()

    def _save_failed(self, sentence: str) -> None:
        self.set_status(sentence, style="error")
        self.call_later(self._offer_emergency_copy, sentence)

    async def _offer_emergency_copy(self, sentence: str) -> None:
        await offer_emergency_copy(self, sentence, self._session.pegawai, self._session.rencana)

    # ---- saving

    async def save_all(self) -> bool:
        """Save draft and place at once; called before leaving, on SIGHUP and on SIGTERM."""
        saved = await self._session.save()
        self._remember()
        return saved

    def _remember(self) -> None:
        pane = self._panes.get(self._section)
        row = str(pane.cursor) if pane else ""
        self.shell.last_place.remember(self._session.pegawai.id, self.shell.in_force.periode, self._section, row)

    def force_save(self) -> Path | None:
        """Save at once and without the loop, also what no pane has told yet: the program ends. See `PlanSession.force_save`."""
        for pane in self._panes.values():
            with suppress(Exception):  # one that is broken must not take the others with it
                self._session.edit(pane.read())
        return self._session.force_save()
