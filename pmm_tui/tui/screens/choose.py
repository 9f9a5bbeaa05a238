"""Choosing one of many from a list that typing filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.geometry import Size

from pmm_tui.text import clean
from pmm_tui.tui.screens.band import Answer, Band, Rule
from pmm_tui.tui.widgets.bars import KeyBar
from pmm_tui.tui.widgets.list_view import MAX_QUERY
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.rows import Heading, Item, Row, RowId, Text
from pmm_tui.tui.widgets.search_line import SearchLine
from pmm_tui.tui.widgets.sheet import Sheet

MOST_LINES = 11
"""Lines of a list of choices, in the full look: what covers more costs more, to open and to close; the rest scrolls."""


class Choice(Struct, frozen=True):
    """One thing to choose: `right` at the right, `note` below, `refusal` why it cannot be chosen (empty: it can)."""

    id: str
    label: str
    right: str = ""
    note: str = ""
    refusal: str = ""


class FilterSheet(Sheet):
    """Rows that typing filters: letters go to the search wherever the cursor stands."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._heading = heading
        self.sought = ""
        self.add_class("-luas")

    def find(self) -> None:
        """Find what passes the search."""
        raise NotImplementedError

    def first(self) -> RowId:
        """The first that passes; the empty string for none."""
        raise NotImplementedError

    def count(self) -> str:
        """How many pass, in words."""
        raise NotImplementedError

    def begin(self) -> None:
        """Show all, the cursor on the first."""
        self.search("")

    def on_mount(self) -> None:
        self.begin()

    def search(self, query: str) -> None:
        """Search for something else; the cursor goes to the first that passes."""
        self.sought = query[:MAX_QUERY]
        self.find()
        self.rebuild(self.first())
        if isinstance(self.screen, SearchBand):
            self.screen.searched(self.sought, self.count())

    def edge(self, direction: int) -> None:
        """Stay: the list is left by choosing or by Esc."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self.search(self.sought[:-1])
        elif event.key in ("ctrl+u", "ctrl+w"):
            self.search("")
        elif event.character and event.is_printable and not (event.key == "space" and not self.sought):
            self.search(self.sought + event.character)
        else:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self.search(self.sought + clean(event.text))


class SearchBand(Band[Answer]):
    """A band whose rows are searched; Esc answers `NOTHING`."""

    ABOVE = 1
    NOTHING: Any = ""

    def compose(self) -> ComposeResult:
        yield self._rule
        yield SearchLine()
        yield self._sheet
        yield Rule(classes="garis")
        yield KeyBar(id="tombol")

    def searched(self, query: str, count: str) -> None:
        """Show what is searched and how much was found."""
        self.query_one(SearchLine).set(query)
        self._rule.tell(count)

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.dismiss(self.NOTHING)


class ChoiceSheet(FilterSheet):
    """Every choice that passes the search; in the thrifty look the title and the search stand above them."""

    def __init__(self, heading: str, choices: Sequence[Choice], selected: str, notes: bool) -> None:
        super().__init__(heading)
        self._choices, self._selected, self._with_notes = choices, selected, notes
        self._passing = tuple(choices)
        self._message = ""

    def begin(self) -> None:
        """Show all, the cursor on the one that is chosen now."""
        super().begin()
        self.go_to(self._selected)

    def find(self) -> None:
        """Find what has all words of the search in its label or its note."""
        words = self.sought.casefold().split()
        self._message = ""
        self._passing = tuple(c for c in self._choices if all(w in f"{c.label} {c.note}".casefold() for w in words))

    def first(self) -> RowId:
        """The first that passes."""
        return self._passing[0].id if self._passing else ""

    def count(self) -> str:
        """How many pass."""
        return f"{len(self._passing)} dari {len(self._choices)}"

    def build_rows(self) -> tuple[Row, ...]:
        """Return the choices that pass."""
        rows: list[Row] = []
        if self.look.thrifty:
            rows += [Heading(self._heading, self.count()), Text(f"Cari: {self.sought}_", "accent")]
        if self._message:
            rows.append(Text(self._message, "warning"))
        rows += [self._choice(choice) for choice in self._passing]
        if not self._passing:
            rows.append(Text("Tidak ada yang cocok; hapus beberapa huruf.", "dim"))
        return tuple(rows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of all choices and one sentence: a dialog that grew and shrank with the filter would be painted anew."""
        lines = sum(height(self._choice(choice), width, self.look.thrifty) for choice in self._choices)
        return lines + 3 if self.look.thrifty else min(lines + 1, MOST_LINES)

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


class ChoiceScreen(SearchBand[str]):
    """Ask for one of many; the answer is its id, empty for Esc. Without `notes` the notes are searched, but not shown."""

    KEYS = (("Enter", "Pilih"), ("Panah", "Pindah"), ("Esc", "Batal"))
    HELP = "Daftar pilihan. Ketik beberapa huruf untuk menyaring; panah dan Enter memilih."
    EXAMPLE = "Ketik beberapa huruf dari kata mana pun di dalamnya; Ctrl+U menghapus pencarian, Esc tidak memilih apa pun."

    def __init__(self, heading: str, choices: Sequence[Choice], selected: str = "", *, notes: bool = True) -> None:
        super().__init__(heading, ChoiceSheet(heading, choices, selected, notes))
