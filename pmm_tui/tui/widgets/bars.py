"""The one-line bars of a screen: title, tabs, status, keys."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct
from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece, fit, wrap
from pmm_tui.tui.widgets.look import StyleName


class TitleBar(LineCanvas):
    """The title at the left, something short at the right."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._left, self._right = "", ""

    def set(self, left: str, right: str = "") -> None:
        """Show these texts."""
        self._left, self._right = left, right
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line."""
        styles, signs = self.look.styles, self.look.signs
        right = fit(self._right, width * 2 // 3, signs.ellipsis)
        left = fit(self._left, width - cell_len(right) - 3, signs.ellipsis)
        gap = width - cell_len(left) - cell_len(right) - 2
        return [self.line((" " + left + " " * max(gap, 1) + right + " ", styles.title), width=width, background=styles.title)]


TabMark = Literal["", "ok", "problem"]


class Tab(Struct, frozen=True):
    """A tab: id, long label, short label, and its mark."""

    id: str
    label: str
    short: str
    mark: TabMark = ""


class TabBar(LineCanvas):
    """The tabs of the form; the active one is in brackets as well as coloured."""

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
        styles, signs = self.look.styles, self.look.signs
        marks = {"ok": signs.ok, "problem": signs.problem, "": " "}
        long = sum(cell_len(t.label) + 5 for t in self._tabs) <= width
        pieces: list[Piece] = []
        self._spans, at = [], 0
        for tab in self._tabs:
            label = tab.label if long else tab.short
            here = tab.id == self._active
            text = f"[{label}]" if here else f" {label} "
            style = styles.good if tab.mark == "ok" else styles.warning
            pieces += [(text, styles.cursor if here else None), (marks[tab.mark] + " ", style)]
            self._spans.append((at, at + cell_len(text), tab.id))
            at += cell_len(text) + 2
        return [self.line(*pieces, width=width)]

    def on_click(self, event: events.Click) -> None:
        for start, end, tab_id in self._spans:
            if start <= event.x < end:
                self.post_message(self.Selected(tab_id))


class StatusBar(LineCanvas):
    """The status line: when the plan was saved, what waits, whether the server was reached. A long sentence takes more lines."""

    MAX_HEIGHT = 3

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._left, self._right = "", ""
        self._style: StyleName = ""

    def set(self, left: str | None = None, right: str | None = None, style: StyleName = "") -> None:
        """Show these texts; None leaves one as it is."""
        before = len(self._lines(self.size.width))
        if left is not None:
            self._left, self._style = left, style
        if right is not None:
            self._right = right
        if self.size.width and len(self._lines(self.size.width)) != before:
            self.refresh(layout=True)
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence takes."""
        return len(self._lines(width))

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrap(self._left, max(width - 2, 1))[: self.MAX_HEIGHT]

    def paint(self, width: int, height: int) -> list[Strip]:
        """The sentence, and the other text at the end of its last line where there is room."""
        styles, signs = self.look.styles, self.look.signs
        style = styles.named(self._style)
        *above, last = self._lines(width)
        right = fit(self._right, max(width - cell_len(last) - 4, 0), signs.ellipsis)
        gap = width - cell_len(last) - cell_len(right) - 2
        lines = [self.line((" " + line, style), width=width) for line in above]
        return [*lines, self.line((" " + last, style), (" " * max(gap, 1), None), (right, styles.dim), width=width)]


class KeyBar(LineCanvas):
    """At most six keys and what they do."""

    MAX_KEYS = 6

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._keys: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no keys were given yet."""
        return not self._keys

    def set(self, keys: tuple[tuple[str, str], ...]) -> None:
        """Show pairs of key and label, the first six of them."""
        self._keys = keys[: self.MAX_KEYS]
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line; pairs that do not fit are left out from the end."""
        styles = self.look.styles
        pieces: list[Piece] = []
        used = 0
        for key, label in self._keys:
            size = cell_len(key) + cell_len(label) + 4
            if used + size > width:
                break
            pieces += [(f" {key} ", styles.title), (f" {label} ", None)]
            used += size
        return [self.line(*pieces, width=width)]
