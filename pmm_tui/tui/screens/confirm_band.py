"""How and on which day teachers have confirmed their plans: asked once for one plan, or for all that stand on a signed list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import ClassVar

from msgspec import Struct
from textual import events

from pmm_tui.dates import field_date
from pmm_tui.services.bulk_confirm import day_fault, word_of
from pmm_tui.skp.model import CONFIRMED_BY, Rangkuman
from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.keys import keys_in_force, keys_of
from pmm_tui.tui.ports import Keymap
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.screens.dialog import HELD, DialogLine
from pmm_tui.tui.widgets.rows import Button, Buttons, Choice, Field, Gap, Heading, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet

Notes = Callable[[str], Sequence[str]]
"""What to look out for with a day, as it was typed."""


class WayRow(Struct, frozen=True):
    """A way to confirm."""

    cara: str


class ConfirmSheet(Sheet):
    """The ways, the day, the buttons; opens on the way that is chosen, and only a key pressed by itself presses a button."""

    def __init__(self, heading: str, lines: Sequence[DialogLine], yes: str, today: date, cara: str, notes: Notes) -> None:
        super().__init__()
        self._heading, self._about, self._yes, self._today = heading, lines, yes, today
        self._cara, self._day, self._notes_of = cara, field_date(today.isoformat()), notes
        self._word, self._notes = "", tuple(notes(self._day))

    def on_mount(self) -> None:
        self.rebuild(WayRow(self._cara))

    def build_rows(self) -> tuple[Row, ...]:
        """Return what it is about, the ways with their digits, the day, what to look out for, and the buttons."""
        rows: list[Row] = [Heading(self._heading), Gap()] if self.look.thrifty else [Gap()]
        rows += [Text(*line) if isinstance(line, tuple) else line for line in self._about]
        rows += [Gap()] if self._about else []
        for number, (cara, words) in enumerate(CONFIRMED_BY.items(), 1):
            rows.append(Choice(WayRow(cara), f"{words[0].upper()}{words[1:]}", cara == self._cara, number=str(number)))
        rows.append(Field("tanggal", "Tanggal", self._day, width=18, limit=20, hint="misalnya 15-07-2026"))
        rows += [Text(note, "warning") for note in (self._word, *self._notes) if note]
        keymap: Keymap = self.screen.shell.keymap if isinstance(self.screen, Band) else {}
        yes = Button("ya", self._yes, right=keys_of("ajukan", keymap)[0], main=True)
        return (*rows, Gap(), Buttons((Button("batal", "Batal"), yes)), Gap())

    def typed(self, row_id: RowId, value: str) -> None:
        """Keep the day as it is typed."""
        self._day = value

    def moved(self, origin: RowId, to: RowId) -> None:
        """Say what the day means once its field is left."""
        if origin == "tanggal":
            self._tell(day_fault(self._day, self._today), to)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Choose a way and go on to the day, or answer."""
        if isinstance(row_id, WayRow):
            self._cara = row_id.cara
            self.rebuild("tanggal" if advance else row_id)
        elif row_id == "batal":
            self.screen.dismiss(None)
        else:
            self.answer()

    def answer(self) -> None:
        """Close with the word, or say what is wrong with the day and go there."""
        if fault := day_fault(self._day, self._today):
            self._tell(fault, "tanggal")
        else:
            self.screen.dismiss(word_of(self._cara, self._day))

    def asks(self, key: str) -> bool:
        """A button is somebody's word."""
        keymap: Keymap = self.screen.shell.keymap if isinstance(self.screen, Band) else {}
        return key in keys_in_force("ajukan", keymap) or (key in ("enter", "space") and self.cursor in ("batal", "ya"))

    def edge(self, direction: int) -> None:
        """Stay: it is left by a button or by Esc."""

    def on_key(self, event: events.Key) -> None:
        if self.asks(event.key):
            event.stop()
            event.prevent_default()
            if not is_deliberate(self.app):
                self._tell(HELD, self.cursor)
            elif event.key in ("enter", "space"):
                self.press(self.cursor, advance=True)
            else:
                self.answer()
        elif isinstance(self.cursor, WayRow) and event.character and event.character.isdecimal():
            ways = list(CONFIRMED_BY)
            if 0 < int(event.character) <= len(ways):
                event.stop()
                event.prevent_default()
                self.press(WayRow(ways[int(event.character) - 1]), advance=True)

    def _tell(self, word: str, cursor: RowId) -> None:
        self._word, self._notes = word, tuple(self._notes_of(self._day))
        self.rebuild(cursor)
        self.refresh(layout=True)
        if isinstance(self.screen, Band):
            self.screen.place()


class ConfirmScreen(Band[Rangkuman]):
    """Ask how and when; the answer is the teachers' word, None for Esc."""

    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("1-3", "Cara"), ("Tab", "Pindah"), ("Esc", "Batal"))
    HELP = (
        "Cara dan tanggal guru mengonfirmasi: dibaca di layar, diparaf di kertas, atau lewat pesan. Tanggalnya tanggal guru "
        "mengatakannya, bukan tanggal dicatat. Angka memilih cara, lalu tanggal, lalu tombolnya."
    )

    def __init__(
        self,
        heading: str,
        lines: Sequence[DialogLine],
        yes: str,
        today: date,
        *,
        cara: str,
        notes: Notes = lambda day: (),
        detail: str = "",
    ) -> None:
        super().__init__(heading, ConfirmSheet(heading, lines, yes, today, cara, notes), detail)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+w"):
            event.stop()
            self.dismiss(None)
        else:
            super().on_key(event)
