"""Questions: a few lines and buttons, in the middle of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

DialogButton = tuple[str, str]
"""A button: the id that it answers with, and its label."""


class DialogSheet(Sheet):
    """The rows of a question."""

    def __init__(self, heading: str, lines: Sequence[tuple[str, StyleName]], buttons: Sequence[DialogButton]) -> None:
        super().__init__()
        self._heading, self._lines, self._buttons = heading, lines, buttons

    def on_mount(self) -> None:
        self.rebuild(self._buttons[0][0])

    def build_rows(self) -> tuple[Row, ...]:
        """Return the title, the lines and the buttons."""
        lines = [Text(line, style) for line, style in self._lines]
        return (Heading(self._heading), Gap(), *lines, Gap(), *(Button(answer, label) for answer, label in self._buttons))

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with the button's id."""
        self.screen.dismiss(row_id)

    def edge(self, direction: int) -> None:
        """Go from the last button to the first again, and back."""
        answers = [answer for answer, _ in self._buttons]
        self.go_to(answers[0] if direction > 0 else answers[-1])


class Dialog(ModalScreen[str]):
    """Ask; the answer is the id of the pressed button, or an empty string for Esc."""

    AUTO_FOCUS = "Sheet"

    def __init__(self, heading: str, lines: Sequence[tuple[str, StyleName]], buttons: Sequence[DialogButton]) -> None:
        super().__init__()
        self._sheet = DialogSheet(heading, lines, buttons)

    def compose(self) -> ComposeResult:
        yield self._sheet

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss("")
