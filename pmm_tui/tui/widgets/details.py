"""A few lines about the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece, fit, wrap
from pmm_tui.tui.widgets.look import StyleName


class Details(LineCanvas):
    """A fixed number of lines, so that nothing jumps."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._shown: tuple[Piece, ...] = ()
        self._count = count

    def get_content_height(self, *_: Any) -> int:
        """Return the number of lines."""
        return self._count

    def resize(self, count: int) -> None:
        """Take another number of lines from now on."""
        if count != self._count:
            self._count = count
            self.refresh(layout=True)

    def set(self, *lines: tuple[str, StyleName]) -> None:
        """Show these lines, each with the name of a style; a text's own line breaks make none: they would push out the rest."""
        styles = self.look.styles
        self._shown = tuple((text.replace("\n", " "), styles.named(name)) for text, name in lines)
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """Paint them, wrapped; what does not fit any more is marked."""
        lines = [(line, style) for text, style in self._shown for line in wrap(text, width - 2)]
        if len(lines) > height:
            last, style = lines[height - 1]
            lines[height - 1] = (fit(last + " " * width, width - 2, self.look.signs.ellipsis), style)
        return [self.line((" ", None), line, width=width) for line in lines[:height]]


class FullLines(LineCanvas):
    """A few lines of pieces, made anew for each width; the thrifty look leaves them out."""

    def __init__(self, build: Callable[[int], list[list[Piece]]], count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._build, self._count = build, count

    def get_content_height(self, *_: Any) -> int:
        """Return the number of lines."""
        return self._count

    def paint(self, width: int, height: int) -> list[Strip]:
        """Paint them."""
        return [self.line(*pieces, width=width) for pieces in self._build(width)[:height]]
