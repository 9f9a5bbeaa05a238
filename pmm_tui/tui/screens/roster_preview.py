"""The part of the list of teachers that shows the plan under the cursor: beside the list, and in one line below it."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import events, on
from textual.timer import Timer

from pmm_tui.services.plan_preview import PlanPreview, preview
from pmm_tui.skp.overview import PlanLine
from pmm_tui.tui.screens.preview import preview_rows
from pmm_tui.tui.screens.roster_columns import list_width
from pmm_tui.tui.screens.roster_confirming import RosterConfirming
from pmm_tui.tui.widgets import side_pane
from pmm_tui.tui.widgets.line_text import fit
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.side_pane import SidePane


class RosterPreview(RosterConfirming):
    """A list of teachers with a page beside it, which a question over the list leaves to be seen."""

    BAND_TOP = 4

    @property
    def band_width(self) -> int:
        """The cells that a question covers; 0 for the whole width."""
        return list_width(self.size.width) if self._previews else 0

    def __init__(self) -> None:
        super().__init__()
        self._preview_on: bool | None = None  # what F10 chose; None: as the configuration says, where the line carries it
        self._rest: Timer | None = None
        self._stood = False  # the first list has its preview with it
        self._previewed: tuple[PlanLine, PlanPreview | None] | None = None

    @property
    def _previews(self) -> bool:
        return not self.shell.thrifty and self._wanted_preview and list_width(self.size.width) < self.size.width

    @property
    def _wanted_preview(self) -> bool:
        if self._preview_on is not None:
            return self._preview_on
        return self.shell.services.look().pratinjau and self.shell.lean_previews

    def _lay_out(self) -> None:
        """Share out the width between the list and the page beside it."""
        side = self.query_one(SidePane)
        side.styles.width = max(self.size.width - list_width(self.size.width), 1)
        side.display = self._previews

    @property
    def rests(self) -> bool:
        """Whether what follows the cursor has followed."""
        return self._rest is None

    def set_status(self, left: str | None = None, right: str | None = None, style: StyleName = "") -> None:
        """Set the status line; what was just done is not replaced by what an earlier move would have said there."""
        if left is not None and self._rest is not None:
            self._follow()
        super().set_status(left, right, style)

    def _follow(self, *, told: bool = False, blank: bool = False) -> None:
        """Show the plan under the cursor: with the first list at once, later once the keys rest.

        `told`: also in the line below; `blank`: nothing of the plan before meanwhile.
        """
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if self.shell.thrifty:
            return
        if not self._stood:
            self._show_preview(told=False)
            self._stood = bool(self._lines)
            return
        if blank:
            self.query_one(SidePane).show_now(())
        self._rest = self.set_timer(side_pane.REST, partial(self._show_preview, told=told))

    def _show_preview(self, *, told: bool) -> None:
        """The plan beside the list, and its head's note or first problem below; `told`: also below, over what was said there."""
        self._rest = None
        if not (told or self._previews) or not self.query("#status"):  # none where the program ends at this moment
            return
        line, side = self._here, self.query_one(SidePane)
        found = self._preview_of(line) if line else None
        if self._previews:
            side.show_now(preview_rows(found, self.shell.look, side.size.height) if found else ())
        if told:
            words = found.status_line if found else ""
            style: StyleName = "warning" if found and (found.note or found.first_problem) else "dim"
            waiting = cell_len(self.shell.background.outbox_sentence().rpartition(" · ")[2])  # the rest gives way to the words
            super().set_status(fit(words, self.size.width - waiting - 4, self.shell.look.signs.ellipsis), style=style)

    def _preview_of(self, line: PlanLine) -> PlanPreview | None:
        """Read the plan, or have it from the last time: a line stays the very same while nothing of its plan was written."""
        if self._previewed is None or self._previewed[0] is not line:
            shell = self.shell
            self._previewed = line, preview(shell.store, shell.in_force, shell.services.today(), line.pegawai.id)
        return self._previewed[1]

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        """Leave the page beside blank while another page covers all: it comes back behind the list, once the keys rest."""
        if getattr(self.app.screen, "PAGE", True):
            self.query_one(SidePane).show_now(())

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        self._follow()

    @on(VirtualList.CursorMoved)
    def _moved(self, event: VirtualList.CursorMoved) -> None:
        self._follow(told=True, blank=event.scrolled)

    def action_pratinjau(self) -> None:
        """Show or hide the page beside the list."""
        self._preview_on = not self._wanted_preview
        if self._preview_on and list_width(self.size.width) == self.size.width:
            self.set_status("Pratinjau tampil pada jendela dengan lebar 100 kolom atau lebih")
        self._lay_out()
        self._follow()
