"""The part of the head's list that shows the plan under the cursor: beside the list, in lines below it, and in the status line."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import events, on
from textual.timer import Timer

from pmm_tui.errors import PmmError
from pmm_tui.services.decisions import QueueRow
from pmm_tui.services.desk_list import decision_state
from pmm_tui.services.plan_reading import ReadingSheet, open_plan
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.screens.desk_columns import BELOW, BESIDE, below_lines, list_width
from pmm_tui.tui.screens.desk_deciding import DeskDeciding
from pmm_tui.tui.screens.desk_page import page_rows
from pmm_tui.tui.screens.marking import Marking
from pmm_tui.tui.widgets import side_pane
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.lines import Lines
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Row, Text
from pmm_tui.tui.widgets.side_pane import SidePane

_ROOM_BELOW = (76, 22)
"""The width and height from which on there are lines below the list."""
_ROOMY = 32


class DeskPreview(Marking, DeskDeciding):
    """A list of plans with one of them beside or below it."""

    BAND_TOP = 4

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[QueueRow, ...] = ()
        self._preview_on = True
        self._rest: Timer | None = None
        self._stood = False

    def _marked_rows(self) -> list[QueueRow]:
        return [row for row in self._rows if row.pegawai.id in self._marked]

    @property
    def _beside(self) -> bool:
        return not self.shell.thrifty and self._preview_on and self.size.width >= BESIDE

    @property
    def _below(self) -> bool:
        width, height = self.size
        wide, high = _ROOM_BELOW
        return not self.shell.thrifty and self._preview_on and wide <= width < BESIDE and height >= high

    def _lay_out(self) -> None:
        side, below = self.query_one(SidePane), self.query_one("#rincian", Lines)
        side.styles.width = max(self.size.width - list_width(self.size.width), 1)
        side.display, below.display = self._beside, self._below

    def _follow(self, *, told: bool = False, blank: bool = False) -> None:
        """Show the plan under the cursor: with the first list at once, later once the keys rest."""
        if self._rest is not None:
            self._rest.stop()
        if not self._stood or self.shell.thrifty:
            self._show(told=told)
            self._stood = bool(self._rows)
            return
        if blank:
            self.query_one(SidePane).show_now(())
        self._rest = self.set_timer(side_pane.REST, partial(self._show, told=told))

    def _show(self, *, told: bool) -> None:
        if not self.query("#status"):  # none where the program ends at this moment
            return
        row, look = self._meant(), self.shell.look
        if told:
            words, style = self._words(row) if row else ("", "")
            room = self.size.width - cell_len(self.shell.background.outbox_sentence()) - 4
            self.set_status(fit(words, room, look.signs.ellipsis), style=style)
        if not (self._beside or self._below):
            return
        sheet, trouble = self._read(row)
        if self._beside:
            side = self.query_one(SidePane)
            side.show_now(self._side_rows(row, sheet, trouble, side.size.height))
        elif row is not None:
            in_force = self.shell.in_force
            lines = below_lines(sheet, row, in_force.katalog, in_force.periode, self.size.width, look)
            self.query_one("#rincian", Lines).set(*lines, *[()] * (BELOW - len(lines)))
        else:
            self.query_one("#rincian", Lines).set(*[()] * BELOW)

    def _read(self, row: QueueRow | None) -> tuple[ReadingSheet | None, str]:
        """The plan of a row, or why there is none to see."""
        if row is None:
            return None, ""
        try:
            return open_plan(self.shell.store, self.shell.in_force, row, self.shell.services.today()), ""
        except PmmError as error:
            return None, error.sentence

    def _side_rows(self, row: QueueRow | None, sheet: ReadingSheet | None, trouble: str, height: int) -> tuple[Row, ...]:
        if row is None:
            return ()
        if sheet is None:
            return (Text(row.pegawai.nama, "strong"), Text(trouble, "dim"))
        return page_rows(sheet, self.shell.in_force, self._expected(row), roomy=height >= _ROOMY)

    def _words(self, row: QueueRow) -> tuple[str, StyleName]:
        """What the status line says of the row under the cursor."""
        if row.trouble:
            return row.trouble, "error"
        if self._marked:
            opened = sum(one.opened for one in self._marked_rows())
            key = keys_of("setujui", self.shell.keymap)[0]
            return f"{len(self._marked)} bertanda, {opened} sudah dibuka; {key} menyetujui yang dibuka sekaligus", "accent"
        if row.decision is not None:
            return decision_state(row.decision), "accent" if row.pending else "dim"
        return (f"Catatan Anda: {' '.join(row.note.split())}" if row.note else ""), "dim"

    @on(VirtualList.CursorMoved)
    def _moved(self, event: VirtualList.CursorMoved) -> None:
        self._follow(told=True, blank=event.scrolled)

    def action_pratinjau(self) -> None:
        """Show or hide the plan under the cursor."""
        self._preview_on = not self._preview_on
        self._lay_out()
        self._follow()

    # ---- the width and the look

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._refit()

    def look_changed(self) -> None:
        super().look_changed()
        self._refit()

    def _refit(self) -> None:
        if self.query("#cari"):
            self._lay_out()
            self._fill_head()
            self.call_after_refresh(self._follow)
