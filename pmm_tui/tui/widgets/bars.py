"""The one-line bars of a screen: title, status, keys."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece, fit, wrap
from pmm_tui.tui.widgets.look import StyleName


class TitleBar(LineCanvas):
    """The place and what it is about at the left; something short at the right, its last words in the colour of a deadline."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._badge, self._place, self._about, self._right, self._soon = "", "", "", "", ""

    def set(self, place: str, about: str = "", right: str = "", soon: str = "", badge: str = "") -> None:
        """Show these texts; `badge` stands before all."""
        self._badge, self._place, self._about, self._right, self._soon = badge, place, about, right, soon
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line."""
        styles, signs = self.look.styles, self.look.signs
        if self.look.thrifty:
            right = fit(self._right, width * 2 // 3, signs.ellipsis)
            left = " · ".join(part for part in (self._badge, self._place, self._about) if part)
            left = fit(left, width - cell_len(right) - 3, signs.ellipsis)
            gap = width - cell_len(left) - cell_len(right) - 2
            pieces: list[Piece] = [(" " + left + " " * max(gap, 1) + right + " ", styles.title)]
            return [self.line(*pieces, width=width, background=styles.title)]
        badge = f" {self._badge} " if self._badge else ""
        soon = self._soon
        right = fit(self._right, max(width * 2 // 3 - cell_len(soon), 0), signs.ellipsis)
        room = width - cell_len(badge) - cell_len(right) - cell_len(soon) - 3
        place = fit(self._place, max(room, 0), signs.ellipsis)
        about = fit(self._about, max(room - cell_len(place) - 3, 0), signs.ellipsis) if self._about else ""
        gap = room - cell_len(place) - (cell_len(about) + 2 if about else 0)
        pieces = [
            (badge, styles.badge),
            (f" {place}", styles.title),
            (f"  {about}" if about else "", styles.title_second),
            (" " * max(gap + 1, 1) + right, styles.title_second),
            (soon, styles.title_warning),
        ]
        return [self.line(*pieces, width=width, background=styles.title_second)]


class StatusBar(LineCanvas):
    """The status line: when the plan was saved, what waits, whether the server was reached. A long sentence takes more lines."""

    MAX_HEIGHT = 3

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._left, self._right = "", ""
        self._style: StyleName = ""

    @property
    def told_done(self) -> bool:
        """Whether it says something that is neither a warning nor a fault."""
        return bool(self._left) and not self._style

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

    @property
    def said(self) -> str:
        """The sentence that stands there."""
        return self._left

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence takes."""
        return len(self._lines(width))

    def _lines(self, width: int) -> tuple[str, ...]:
        return wrap(self._left, max(width - 2, 1))[: self.MAX_HEIGHT]

    def paint(self, width: int, height: int) -> list[Strip]:
        """The sentence, and at the end of its last line as much of the other text as has room, the last part of it first."""
        styles, signs = self.look.styles, self.look.signs
        style = styles.named(self._style)
        *above, last = self._lines(width)
        room = max(width - cell_len(last) - 4, 0)
        right = self._right
        if self.look.thrifty:
            right = fit(right, room, signs.ellipsis)
        while cell_len(right) > room:
            right = right.partition(" · ")[2]
        gap = width - cell_len(last) - cell_len(right) - 2
        lines = [self.line((" " + line, style), width=width) for line in above]
        return [*lines, self.line((" " + last, style), (" " * max(gap, 1), None), (right, styles.dim), width=width)]


class KeyBar(LineCanvas):
    """At most six keys and what they do, and at the right end those of every place."""

    MAX_KEYS = 6

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._keys: tuple[tuple[str, str], ...] = ()
        self._everywhere: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no keys were given yet."""
        return not self._keys

    def set(self, keys: tuple[tuple[str, str], ...], everywhere: tuple[tuple[str, str], ...] = ()) -> None:
        """Show pairs of key and label, the first six of them; in the thrifty look the last of the others comes first."""
        self._keys, self._everywhere = keys, everywhere
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """One line; pairs that do not fit are left out from the end."""
        return [self._thrifty(width) if self.look.thrifty else self._full(width)]

    def _full(self, width: int) -> Strip:
        styles = self.look.styles
        last = self._everywhere
        while last and _size(last) > width * 2 // 3:
            last = last[1:]
        room = width - _size(last)
        pieces: list[Piece] = []
        for key, label in self._keys[: self.MAX_KEYS]:
            size = cell_len(key) + cell_len(label) + 3
            if size > room:
                break
            pieces += [(f" {key}", styles.bar_accent), (f" {label} ", styles.bar)]
            room -= size
        pieces.append((" " * room, styles.bar))
        for key, label in last:
            pieces += [(f" {key}", styles.bar_accent), (f" {label} ", styles.bar)]
        return self.line(*pieces, width=width, background=styles.bar)

    def _thrifty(self, width: int) -> Strip:
        styles = self.look.styles
        pieces: list[Piece] = []
        used = 0
        for key, label in (*self._everywhere[-1:], *self._keys)[: self.MAX_KEYS]:  # of those of every place only the help
            size = cell_len(key) + cell_len(label) + 4
            if used + size > width:
                break
            pieces += [(f" {key} ", styles.title), (f" {label} ", None)]
            used += size
        return self.line(*pieces, width=width)


def _size(keys: tuple[tuple[str, str], ...]) -> int:
    return sum(cell_len(key) + cell_len(label) + 3 for key, label in keys)
