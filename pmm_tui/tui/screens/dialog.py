"""Questions: a few lines and buttons, in the middle of the screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Button, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Lembar

Tombol = tuple[str, str]
"""The id that is returned, and the label."""


class IsiDialog(Lembar):
    """The rows of a question."""

    def __init__(self, judul: str, isi: Sequence[tuple[str, StyleName]], tombol: Sequence[Tombol]) -> None:
        super().__init__()
        self._judul, self._isi, self._tombol = judul, isi, tombol

    def on_mount(self) -> None:
        self.muat_ulang(self._tombol[0][0])

    def susun_baris(self) -> tuple[Row, ...]:
        """Title, lines, buttons."""
        lines = [Text(line, gaya) for line, gaya in self._isi]
        return (Heading(self._judul), Gap(), *lines, Gap(), *(Button(answer, label) for answer, label in self._tombol))

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        """A button was pressed."""
        self.screen.dismiss(row_id)

    def ujung(self, arah: int) -> None:
        """Going on from the last button comes to the first again."""
        buttons = [answer for answer, _ in self._tombol]
        self.ke(buttons[0] if arah > 0 else buttons[-1])


class Dialog(ModalScreen[str]):
    """Ask; the answer is the id of the pressed button, or an empty string for Esc."""

    AUTO_FOCUS = "Lembar"

    def __init__(self, judul: str, isi: Sequence[tuple[str, StyleName]], tombol: Sequence[Tombol]) -> None:
        super().__init__()
        self._lembar = IsiDialog(judul, isi, tombol)

    def compose(self) -> ComposeResult:
        yield self._lembar

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss("")
