"""Which parts of a plan are copied: a tick for each."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from pmm_tui.skp.katalog_tables import Skema
from pmm_tui.skp.plan_carry import PARTS
from pmm_tui.tui.panes.registry import pane_label
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Gap, Heading, Row, RowId
from pmm_tui.tui.widgets.sheet import Sheet

_HEADING = "Bagian yang disalin"


class PartsSheet(Sheet):
    """The five parts and the buttons."""

    def __init__(self, parts: Sequence[str], skema: Skema) -> None:
        super().__init__()
        self._parts, self._skema = set(parts), skema

    def on_mount(self) -> None:
        self.rebuild(PARTS[0])

    def build_rows(self) -> tuple[Row, ...]:
        """Return the ticks, then the buttons."""
        rows: list[Row] = [Heading(_HEADING), Gap()] if self.look.thrifty else []
        rows += [Choice(name, pane_label(name, self._skema), name in self._parts, tick=True) for name in PARTS]
        return (*rows, Gap(), Buttons((Button("pakai", "Pakai", main=True), Button("batal", "Batal"))))

    def press(self, row_id: RowId, advance: bool) -> None:
        """Tick or untick with Space, go on with Enter; close with what is ticked."""
        if row_id == "pakai":
            self.screen.dismiss(tuple(name for name in PARTS if name in self._parts))
        elif row_id == "batal":
            self.screen.dismiss(None)
        elif advance:
            self.step(1)
        else:
            self._parts ^= {str(row_id)}
            self.rebuild()

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""


class PartsScreen(Band[tuple[str, ...]]):
    """Ask which parts are copied; the answer is their names, None for Esc."""

    KEYS = (("Spasi", "Pilih atau lepas"), ("Enter", "Berikut"), ("Esc", "Batal"))
    HELP = "Bagian rencana yang disalin. Data diri, nomor dan tanggal SK, dan konfirmasi guru tidak pernah disalin."

    def __init__(self, parts: Sequence[str], skema: Skema) -> None:
        super().__init__(_HEADING, PartsSheet(parts, skema))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
        else:
            super().on_key(event)
