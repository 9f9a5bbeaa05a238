"""The tabs of a plan."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.message import Message
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece

TabMark = Literal["", "ok", "problem"]


class Tab(Struct, frozen=True):
    """A tab: id, long label, short label, and its mark."""

    id: str
    label: str
    short: str
    mark: TabMark = ""


class TabBar(LineCanvas):
    """The tabs of the form; the open one has the page's own ground, as it belongs to the page below, or is in brackets."""

    class Selected(Message):
        """A tab was clicked."""

        def __init__(self, tab_id: str) -> None:
            super().__init__()
            self.tab_id = tab_id

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._tabs: tuple[Tab, ...] = ()
        self._active = ""
        self._spans: list[tuple[int, int, str]] = []

    def set(self, tabs: tuple[Tab, ...], active: str) -> None:
        """Show these tabs."""
        self._tabs, self._active = tabs, active
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line; short labels when the long ones do not fit."""
        return [self._thrifty(width) if self.look.thrifty else self._full(width)]

    def _labels(self, width: int, around: int) -> tuple[str, ...]:
        """The labels that fit with so many cells around each: long, short, or all but the open one by their numbers."""
        long = tuple(tab.label for tab in self._tabs)
        short = tuple(tab.short for tab in self._tabs)
        numbers = tuple(
            tab.short if tab.id in ("", self._active) or not tab.short[:1].isdigit() else tab.short.partition(" ")[0]
            for tab in self._tabs
        )
        for labels in (long, short):
            if sum(cell_len(label) + around for label in labels) <= width:
                return labels
        return numbers

    def _full(self, width: int) -> Strip:
        styles, flat = self.look.styles, self.look.flat
        pieces: list[Piece] = []
        self._spans, at = [], 0
        for tab, label in zip(self._tabs, self._labels(width, 4), strict=True):
            here = tab.id == self._active
            start, end = ("[", "]") if here and flat else (" ", " ")
            pieces.append((f"{start}{label}", styles.heading if here else styles.bar if tab.id else styles.bar_second))
            pieces.append(self._mark(tab, here))
            pieces.append((end, None if here else styles.bar))
            size = cell_len(label) + 2 + (2 if tab.id else 0)
            self._spans.append((at, at + size, tab.id))
            at += size
        return self.line(*pieces, width=width, background=styles.bar)

    def _mark(self, tab: Tab, here: bool) -> Piece:
        """A tab's mark, on the ground that its tab has; one that is no tab has none."""
        styles, signs = self.look.styles, self.look.signs
        if not tab.id:
            return "", None
        match tab.mark:
            case "ok":
                return f" {signs.ok}", styles.good if here else styles.bar_good
            case "problem":
                return f" {signs.problem}", styles.error if here else styles.bar_error
        return f" {signs.open}", styles.dim if here else styles.bar_second

    def _thrifty(self, width: int) -> Strip:
        styles, signs = self.look.styles, self.look.signs
        marks = {"ok": signs.ok, "problem": signs.problem, "": " "}
        pieces: list[Piece] = []
        self._spans, at = [], 0
        for tab, label in zip(self._tabs, self._labels(width, 5), strict=True):
            text = f"[{label}]" if tab.id == self._active else f" {label} "
            pieces += [(text, None), (marks[tab.mark] + " ", styles.good if tab.mark == "ok" else styles.warning)]
            self._spans.append((at, at + cell_len(text), tab.id))
            at += cell_len(text) + 2
        return self.line(*pieces, width=width)

    def on_click(self, event: events.Click) -> None:
        for start, end, tab_id in self._spans:
            if start <= event.x < end:
                self.post_message(self.Selected(tab_id))
