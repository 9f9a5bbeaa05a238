"""The part of every screen that the tour of the practice mode goes along with."""

from __future__ import annotations

from typing import cast

from textual.screen import Screen

from pmm_tui.tui.actions import ACTIONS, GUIDED
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.widgets.look import StyleName


class GuidedScreen(Screen[None]):
    """A screen that tells the tour, where there is one, that something has happened."""

    @property
    def shell(self) -> Shell:
        """The app, as far as a screen knows it."""
        return cast(Shell, self.app)

    def set_status(self, left: str | None = None, right: str | None = None, style: StyleName = "") -> None:
        """Set the status line."""
        raise NotImplementedError

    def say(self, sentence: str, style: StyleName = "") -> None:
        """Say a sentence in the status line, beside what has to stand there anyway."""
        self.set_status(sentence, style=style)

    def teacher_here(self) -> int:
        """Return the id of the teacher whose plan is open; 0 where none is."""
        return 0

    def follow_tour(self) -> None:
        """Let the tour look how far it is: whatever is done here is said in a bar, or changes one."""
        if self.shell.tour is not None:
            self.shell.tour.follow()

    def tour_keys(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of the tour and what they do, for the help; none where there is no tour."""
        actions = [action for action in ACTIONS if GUIDED in action.places] if self.shell.tour is not None else []
        return tuple((keys_of(action.id, self.shell.keymap)[0], action.help) for action in actions)

    def action_tutup_tur(self) -> None:
        """Begin the tour, go on with it, or close it."""
        if self.shell.tour is not None:
            self.shell.tour.turn()

    def action_lewati_tur(self) -> None:
        """Go on to the next step of the tour."""
        if self.shell.tour is not None:
            self.shell.tour.skip()
