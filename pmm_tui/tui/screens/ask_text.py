"""Asking for a short text of the operator's own."""

from __future__ import annotations

from textual import events

from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Field, Gap, Heading, Row, RowId
from pmm_tui.tui.widgets.sheet import Sheet


class TextSheet(Sheet):
    """One field, and the buttons below it."""

    def __init__(self, heading: str, label: str, limit: int, yes: str) -> None:
        super().__init__()
        self._heading, self._label, self._limit, self._yes = heading, label, limit, yes
        self.text = ""

    def on_mount(self) -> None:
        self.rebuild("teks")

    def build_rows(self) -> tuple[Row, ...]:
        """Return the field and the buttons."""
        field = Field("teks", self._label, self.text, width=self._limit, limit=self._limit)
        buttons = Buttons((Button("ya", self._yes, main=True), Button("batal", "Batal")))
        head: tuple[Row, ...] = (Heading(self._heading), Gap()) if self.look.thrifty else (Gap(),)
        return (*head, field, Gap(), buttons, Gap())

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep what was typed."""
        self.text = value

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with the text, or without one."""
        self.screen.dismiss(self.text.strip() if row_id == "ya" else "")

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""


class TextScreen(Band[str]):
    """Ask for a text of at most `limit` letters; the answer is empty for none."""

    KEYS = (("Enter", "Berikut"), ("Esc", "Batal"))
    HELP = "Ketik dengan kata sendiri, lalu Enter dua kali: ke tombolnya, dan menyimpan. Esc membatalkan."

    def __init__(self, heading: str, label: str, *, limit: int, yes: str) -> None:
        super().__init__(heading, TextSheet(heading, label, limit, yes))

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.dismiss("")
