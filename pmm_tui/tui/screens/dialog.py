"""Questions: a few lines and buttons, in a band over the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.message import Message

from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Buttons, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

DialogLine = tuple[str, StyleName] | Row
"""A line of a question: a text and the name of its style, or a row of its own."""
DialogButton = tuple[str, str]
"""A button: the id that it answers with, and its label."""


HELD = "Tombol yang ditahan, atau yang datang bersama tombol lain, tidak menjawab. Lepaskan, lalu tekan Enter sekali lagi."
_SCROLLS = {"pageup": -1, "pagedown": 1}
LETTERS = "Huruf tidak menjawab pertanyaan ini; pilih dengan panah, lalu Enter."


class DialogSheet(Sheet):
    """The rows of a question. It opens on its first button, which is the safe answer.

    Enter and Space answer only when they were pressed by themselves after the question stood there: neither a key that was already
    down, nor one that came together with others, nor what was pasted. Letters are no answer, and lead back to the safe one.
    """

    def __init__(self, heading: str, lines: Sequence[DialogLine], buttons: Sequence[DialogButton]) -> None:
        super().__init__()
        self._heading, self._lines, self._buttons = heading, lines, buttons
        self._word = ""
        self._drawn_at = float("inf")

    def on_mount(self) -> None:
        self.rebuild(self._safe)
        self.call_after_refresh(self._drawn)

    def _drawn(self) -> None:
        self._drawn_at = Message().time  # the clock that keys have

    @property
    def _safe(self) -> str:
        return self._buttons[0][0]

    def build_rows(self) -> tuple[Row, ...]:
        """Return the title, the lines and the buttons."""
        lines = [Text(*line) if isinstance(line, tuple) else line for line in self._lines]
        word: list[Row] = [Gap(), Text(self._word, "warning")] if self._word else []
        buttons = Buttons(tuple(Button(answer, label) for answer, label in self._buttons))
        if self.look.thrifty:
            return (Heading(self._heading), Gap(), *lines, *word, Gap(), buttons)
        return (Gap(), *lines, *word, Gap(), buttons, Gap())

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with the button's id."""
        self.screen.dismiss(row_id)

    def edge(self, direction: int) -> None:
        """Go from the last button to the first again, and back."""
        answers = [answer for answer, _ in self._buttons]
        self.go_to(answers[0] if direction > 0 else answers[-1])

    def asks(self, key: str) -> bool:
        """Any answer is somebody's word."""
        return key in ("enter", "space")

    def on_key(self, event: events.Key) -> None:
        if event.key in _SCROLLS and len(self._layout) > self.size.height:
            event.stop()
            event.prevent_default()  # the cursor stays on its button, out of sight too
            self.scroll_lines(_SCROLLS[event.key] * max(self.size.height - 1, 1))
        elif self.asks(event.key):
            if not is_deliberate(self.app, self._drawn_at):
                event.stop()
                event.prevent_default()  # else the sheet's own way comes too, which is to answer
                self._say(HELD)
        elif event.is_printable:
            event.stop()
            self._say(LETTERS, self._safe)

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._say(LETTERS, self._safe)

    def _say(self, word: str, cursor: RowId | None = None) -> None:
        if self._word != word or cursor not in (None, self.cursor):
            self._word = word
            self.rebuild(cursor)
            self.refresh(layout=True)
            if isinstance(self.screen, Band):
                self.screen.place()


class Dialog(Band[str]):
    """Ask; the answer is the id of the pressed button, or an empty string for Esc. The first button is the safe answer."""

    HELP = (
        "Pertanyaan sebelum sesuatu dilakukan. Tombol pertama adalah jawaban yang aman, dan Esc juga. Enter menjawab hanya bila "
        "ditekan sendiri: tombol yang ditahan atau ditempel tidak menjawab."
    )

    def __init__(self, heading: str, lines: Sequence[DialogLine], buttons: Sequence[DialogButton], detail: str = "") -> None:
        super().__init__(heading, DialogSheet(heading, lines, buttons), detail)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss("")
