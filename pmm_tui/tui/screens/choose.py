"""Choosing one of many from a list that typing filters."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.geometry import Size

from pmm_tui.text import clean
from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.widgets.list_view import MAX_QUERY
from pmm_tui.tui.widgets.row_painter import height
from pmm_tui.tui.widgets.rows import Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.sheet import Sheet


class Choice(Struct, frozen=True):
    """One thing to choose: `right` at the right, `note` below, `refusal` why it cannot be chosen (empty: it can)."""

    id: str
    label: str
    right: str = ""
    note: str = ""
    refusal: str = ""


class ChoiceSheet(Sheet):
    """The rows of a choice: what was typed to filter it, then every choice that passes."""

    def __init__(self, heading: str, choices: Sequence[Choice], selected: str, notes: bool) -> None:
        super().__init__()
        self._heading, self._choices, self._selected, self._with_notes = heading, choices, selected, notes
        self._query = ""
        self._message = ""
        self.add_class("-luas")

    def on_mount(self) -> None:
        self.rebuild(self._selected)

    def _passing(self) -> list[Choice]:
        words = self._query.casefold().split()
        return [c for c in self._choices if all(w in f"{c.label} {c.note}".casefold() for w in words)]

    def build_rows(self) -> tuple[Row, ...]:
        """Return the title, the filter and the choices that pass it."""
        passing = self._passing()
        count = f"{len(passing)} dari {len(self._choices)}"
        if self.look.thrifty:
            rows: list[Row] = [Heading(self._heading, count), Text(f"Cari: {self._query}_", "accent")]
        else:
            rows = [
                Text(
                    f"Cari: {self._query}_" if self._query else "ketik untuk mencari",
                    "accent" if self._query else "dim",
                    right=count,
                )
            ]
        if self._message:
            rows.append(Text(self._message, "warning"))
        rows += [self._choice(choice) for choice in passing]
        if not passing:
            rows.append(Text("Tidak ada yang cocok; hapus beberapa huruf.", "dim"))
        return tuple(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of all choices and one sentence: a dialog that grew and shrank with the filter would be painted anew."""
        return 3 + sum(height(self._choice(choice), width, self.look.thrifty) for choice in self._choices)

    def _choice(self, choice: Choice) -> Item:
        """Return the row of a choice."""
        right = "sudah ada" if choice.refusal else choice.right
        return Item(choice.id, choice.label, note=choice.note if self._with_notes else "", right=right)

    def press(self, row_id: RowId, advance: bool) -> None:
        """Close with this choice, or say why it cannot be chosen."""
        choice = next(c for c in self._choices if c.id == row_id)
        if choice.refusal:
            self._message = choice.refusal
            self.rebuild()
        else:
            self.screen.dismiss(choice.id)

    def edge(self, direction: int) -> None:
        """Stay: the list is left by choosing or by Esc."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self._filter(self._query[:-1])
        elif event.key in ("ctrl+u", "ctrl+w"):
            self._filter("")
        elif event.character and event.is_printable and not (event.key == "space" and not self._query):
            self._filter(self._query + event.character)
        else:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._filter(self._query + clean(event.text))

    def _filter(self, query: str) -> None:
        self._query, self._message = query[:MAX_QUERY], ""
        passing = self._passing()
        self.rebuild(passing[0].id if passing else "")


class ChoiceScreen(Band[str]):
    """Ask for one of many; the answer is its id, empty for Esc. Without `notes` the notes are searched, but not shown."""

    KEYS = (("Enter", "Pilih"), ("Panah", "Pindah"), ("Esc", "Batal"))
    HELP = "Daftar pilihan. Ketik beberapa huruf untuk menyaring; panah dan Enter memilih."

    def __init__(self, heading: str, choices: Sequence[Choice], selected: str = "", *, notes: bool = True) -> None:
        super().__init__(heading, ChoiceSheet(heading, choices, selected, notes))

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.dismiss("")
        else:
            super().on_key(event)
