"""What all screens share: bars, keys, help, the notice on a terminal that is too small."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen
from textual.worker import Worker

from pmm_tui.skp.model import Pegawai
from pmm_tui.tui.keys import actions_at, bindings_of, keys_of
from pmm_tui.tui.messages import HelpRequested, PaletteRequested, PlanRequested
from pmm_tui.tui.screens.guided import GuidedScreen
from pmm_tui.tui.widgets.bars import KeyBar, StatusBar, TitleBar
from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.too_small import notice_size
from pmm_tui.tui.widgets.tour_line import TourLine

if TYPE_CHECKING:
    from pmm_tui.tui.palette_entry import Entry

_EVERYWHERE = ("palet", "bantuan")
"""Actions whose keys stand at the right end of the line of keys."""
_log = logging.getLogger("pmm_tui.tui")


class PmmScreen(GuidedScreen):
    """A screen with a title, a status line and a line of keys; a subclass gives the middle in `compose_body`."""

    PLACE: ClassVar[str]
    FOOTER: ClassVar[tuple[str, ...]]
    KEYS: ClassVar[tuple[str | tuple[str, str], ...]] = ()
    """What the line of keys shows in the full look instead of FOOTER: actions, or a key and what it does."""
    HELP: ClassVar[str] = ""
    EXAMPLE: ClassVar[str] = ""
    """One thing done here from its first key to its last; empty for what `tui.help_words` has for the place."""
    AUTO_FOCUS: ClassVar[str | None] = "VirtualList, Sheet"

    WORD_STAYS: ClassVar[bool] = False
    """Whether the status line is about the whole page, and stays when the cursor moves."""

    _footer: tuple[str | tuple[str, str], ...] = ()

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if hasattr(cls, "PLACE"):  # a part of a screen has none yet
            cls.BINDINGS = [*bindings_of(cls.PLACE)]
        super().__init_subclass__(**kwargs)

    def compose(self) -> ComposeResult:
        _log.info("%s opens", type(self).__name__)
        yield TitleBar(id="kepala")
        yield from self.compose_body()
        if self.shell.tour is not None:
            yield TourLine(id="tur")
        yield StatusBar(id="status")
        yield KeyBar(id="tombol")

    def compose_body(self) -> ComposeResult:
        """Yield the widgets between title and status line."""
        raise NotImplementedError

    def on_resize(self, event: events.Resize) -> None:
        notice_size(self, event.size)
        self.follow_tour()

    async def on_mount(self) -> None:
        if self.query_one(KeyBar).is_empty:  # this comes after the subclass's own, which may have set it
            self.set_footer()

    @on(events.ScreenSuspend)
    def _put_away(self) -> None:
        """Turn the bar grey while a question lies over this screen: the keys go there."""
        if isinstance(self.app.screen, ModalScreen):
            self._set_away(True)
        else:
            self._forget_word()

    @on(VirtualList.CursorMoved)
    @on(VirtualList.Searched)
    def _forget_word(self) -> None:
        """Say no more what was done at another row, or before another place was gone to; what has to be seen to stays."""
        for bar in self.query(StatusBar):  # none where the program ends at the same moment
            if bar.told_done and not self.WORD_STAYS:
                bar.set("")

    @on(events.ScreenResume)
    def _take_up(self) -> None:
        self._set_away(False)
        self.follow_tour()

    def _set_away(self, away: bool) -> None:
        if isinstance(self.focused, LineCanvas):
            self.focused.put_away(away)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """End with a report when a worker of this screen broke."""
        self.shell.check_worker(event.worker)

    async def refresh_data(self) -> None:
        """Read again what the store holds; called when a run of sending or fetching ended."""

    def look_changed(self) -> None:
        """Make texts anew that depend on the look, which changed."""
        self.set_footer(self._footer)

    # ---- bars

    def set_title(self, place: str, about: str = "", right: str = "", soon: str = "") -> None:
        """Set the title line: the place, what it is about, at the right something short and the words of a deadline."""
        self.query_one(TitleBar).set(place, about, right, soon, "LATIHAN" if self.shell.services.practice else "")
        self.follow_tour()

    def set_status(self, left: str | None = None, right: str | None = None, style: StyleName = "") -> None:
        """Set the status line; None leaves a part as it is."""
        self.query_one(StatusBar).set(left, right, style)
        self.follow_tour()  # whatever is done is said here, or changes the keys

    def set_footer(self, actions: tuple[str | tuple[str, str], ...] = ()) -> None:
        """Show the keys that matter here: these actions (or a key and what it does), or the screen's own; others stand apart."""
        self._footer = actions
        labels = {a.id: a.label for a in actions_at(self.PLACE)}

        def pair(wanted: str | tuple[str, str]) -> tuple[str, str]:
            return wanted if isinstance(wanted, tuple) else (keys_of(wanted, self.shell.keymap)[0], labels[wanted])

        own = self.KEYS if self.KEYS and not actions and not self.shell.look.thrifty else actions or self.FOOTER
        here = tuple(pair(wanted) for wanted in own if wanted not in _EVERYWHERE)
        self.query_one(KeyBar).set(here, tuple(pair(action) for action in _EVERYWHERE if action in labels))
        self.follow_tour()

    # ---- actions that every screen has

    def help_here(self) -> str:
        """Return what the help says about the place where one is."""
        return self.HELP

    def legend(self) -> tuple[tuple[str, ...], ...]:
        """Return the signs of this place, for the help (see `messages.HelpRequested`)."""
        return ()

    def example(self) -> str:
        """Return one thing done here from its first key to its last."""
        return self.EXAMPLE

    def topic(self) -> str:
        """Return what the help is about: the place, or a part of it."""
        return self.PLACE

    def action_bantuan(self) -> None:
        """Open the help for this place."""
        from pmm_tui.tui import help_words  # lazy, with the help

        topic, keymap, look = self.topic(), self.shell.keymap, self.shell.look
        self.post_message(
            HelpRequested(
                self.PLACE,
                self.help_here(),
                title=help_words.title_of(topic),
                legend=self.legend() or help_words.legend_of(self.PLACE, look),
                keys=() if look.thrifty else (*help_words.keys_at(self.PLACE), *self.tour_keys()),
                example=self.example() or help_words.example_of(topic, keymap),
            )
        )

    def palette_entries(self) -> Sequence[Entry]:
        """Return what the palette offers here besides the actions of the place."""
        return ()

    def request_for(self, pegawai: Pegawai) -> Message:
        """Return what opens a teacher who is chosen in the palette."""
        return PlanRequested(pegawai)

    def refusal_of(self, action_id: str) -> str:
        """Return why an action of this place is not possible now, in a few words; empty when it is."""
        store = self.shell.store
        if action_id in ("kirim", "kirim_kepala") and not (store.outbox.due(1) or store.decisions.due(1)):
            return "tidak ada yang menunggu"
        return ""

    def action_palet(self) -> None:
        """Open the palette over this screen."""
        self.post_message(PaletteRequested())

    async def action_kembali(self) -> None:
        """Go back to the screen before."""
        self.app.pop_screen()
