"""A list whose rows can be marked, for one thing done to several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from textual import events

from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.screens.screen import PmmScreen
from pmm_tui.tui.widgets.bars import StatusBar
from pmm_tui.tui.widgets.list_view import VirtualList


class OfTeacher(Protocol):
    """A row that is about a teacher."""

    @property
    def pegawai(self) -> Pegawai: ...


class Marking(PmmScreen):
    """Marks by the teacher's id; they stay while other rows are shown."""

    _shown: Sequence[OfTeacher]

    def __init__(self) -> None:
        super().__init__()
        self._marked: set[int] = set()

    def _fill_head(self) -> None:
        """Fill the lines above the list."""
        raise NotImplementedError

    def action_tandai(self) -> None:
        """Mark the row under the cursor, or take the mark away, and step down."""
        listed = self.query_one(VirtualList)
        if listed.cursor < len(self._shown):
            self._mark(self._marked ^ {self._shown[listed.cursor].pegawai.id})
            listed.move(1)

    def action_tandai_semua(self) -> None:
        """Mark all that are shown, or none when all of them are marked."""
        shown = {row.pegawai.id for row in self._shown}
        self._mark(self._marked - shown if shown <= self._marked else self._marked | shown)

    def _mark(self, marked: set[int]) -> None:
        self._marked = marked
        self.query_one(VirtualList).repaint()
        self._fill_head()

    def on_key(self, event: events.Key) -> None:
        """Take all marks away with Esc, but only when the one before has said so: one that is pressed too often loses none."""
        if event.key != "escape" or not self._marked:
            return
        event.stop()
        asked = f"{len(self._marked)} guru bertanda; Esc sekali lagi melepas semua tandanya"
        if self.query_one(StatusBar).said != asked:
            self.set_status(asked)
        elif is_deliberate(self.app):
            self.set_status(f"{len(self._marked)} tanda dilepas")
            self._mark(set())
