"""The part of the app that chooses the look, and shows another one at once."""

from __future__ import annotations

from typing import Any

from msgspec import structs
from textual import on
from textual.app import App

from pmm_tui.errors import PmmError
from pmm_tui.store import Store
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.last_tier import remember_tier
from pmm_tui.tui.lean.display import LeanDisplay
from pmm_tui.tui.look_values import LookChoice, LookOptions
from pmm_tui.tui.ports import FollowsLook, Keymap, Services
from pmm_tui.tui.terminal_answers import BackgroundTold
from pmm_tui.tui.textual_private import switch_mouse
from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.look import Look, choose_look


class LookSwitch(LeanDisplay, App[Any]):
    """What an app with screens of ours has to know of its look."""

    services: Services
    store: Store
    keymap: Keymap
    look: Look
    thrifty: bool
    _look_options: LookOptions

    def announce(self, sentence: str, ok: bool) -> None:
        """Say a sentence in the status line of every screen."""
        raise NotImplementedError

    def _choose_look(self, thrifty: bool) -> None:
        options = self._look_options
        self.thrifty = thrifty
        theme = "hemat" if thrifty else options.theme
        self.look = choose_look(theme, options.ascii, options.colour, check_mark=options.check_mark)
        self.set_class(self.look.ascii, "-ascii")
        self.set_class(thrifty, "-hemat")

    def action_hemat(self) -> None:
        """Switch the thrifty look on or off; the next start on this kind of line begins with it."""
        remember_tier(self.store, remote=self._look_options.remote, thrifty=not self.thrifty)
        self._show_look(not self.thrifty)

    def lean_measured(self) -> None:
        """Leave out what nobody has asked for on a line that turned out to be slow."""
        if not self.lean_previews:
            self._show_look(self.thrifty)

    def lean_slow(self, rate: float | None) -> None:
        """Say once that the line is slow, and which key helps; nothing is switched."""
        if not self.thrifty:
            told = f" ({rate / 1000:.1f} kB/detik)".replace(".", ",") if rate else ""
            self.announce(f"Sambungan lambat{told}. {keys_of('hemat', self.keymap)[-1]}: tampilan hemat.", True)

    @property
    def asks_background(self) -> bool:
        """Whether the driver should ask the terminal for its background."""
        return self._look_options.asks_background

    @on(BackgroundTold)
    def _background_told(self, event: BackgroundTold) -> None:
        if self._look_options.asks_background:
            theme = "terang" if event.light else "gelap"
            self._look_options = structs.replace(self._look_options, theme=theme, asks_background=False)
            self._show_look(self.thrifty)

    def _show_look(self, thrifty: bool) -> None:
        self._choose_look(thrifty)
        for screen in self.screen_stack:
            if isinstance(screen, FollowsLook) and screen.is_mounted:
                screen.look_changed()
            for canvas in screen.query(LineCanvas):
                canvas.repaint()

    def change_look(self, choice: LookChoice) -> None:
        """Take another look at once, and write it into the configuration; what cannot be written is said."""
        try:
            options = self.services.save_look(choice)
        except PmmError as error:
            self.announce(error.sentence, False)
            return
        if options.mouse != self._look_options.mouse:
            switch_mouse(self, options.mouse)
        self._look_options = options
        self._show_look(options.thrifty)
        kept = "berlaku sampai latihan ditutup" if self.services.practice else "disimpan"
        self.announce(f"Tampilan diganti dan {kept}.", True)
