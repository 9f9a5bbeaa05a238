"""A few lines that a screen gives piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece

Line = Sequence[Piece]


class Lines(LineCanvas):
    """As many lines as it was given last."""

    def __init__(self, count: int = 1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lines: tuple[Line, ...] = ((),) * count

    def get_content_height(self, *_: Any) -> int:
        """Return the number of lines."""
        return len(self._lines)

    def set(self, *lines: Line) -> None:
        """Show these lines."""
        before, self._lines = len(self._lines), lines
        if len(lines) != before:
            self.refresh(layout=True)
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """Each line, cut at the edge."""
        return [self.line(*line, width=width) for line in self._lines[:height]]
