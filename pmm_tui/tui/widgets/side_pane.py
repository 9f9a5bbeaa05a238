"""A page beside another that takes no keys: what it shows follows when the keys rest, so that a move stays cheap on a thin line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_edit import LineEdit
from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.row_layout import height
from pmm_tui.tui.widgets.row_painter import RowPainter
from pmm_tui.tui.widgets.rows import Row

REST = 0.15
"""Seconds without another change after which the page follows."""


class Beside(Widget):
    """Holds a page and the page beside it."""


class SidePane(LineCanvas):
    """Rows that take no cursor, to the right of a thin line. `build` is asked for them once the keys rest."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._rows: tuple[Row, ...] = ()
        self._build: Callable[[], tuple[Row, ...]] | None = None
        self._timer: Timer | None = None

    @property
    def rests(self) -> bool:
        """Whether what it shows is true now."""
        return self._build is None

    def show_now(self, rows: tuple[Row, ...]) -> None:
        """Show these rows at once, as with the first screen."""
        self._stop()
        self._rows = rows
        self.repaint()

    def follow(self, build: Callable[[], tuple[Row, ...]], *, blank: bool = False) -> None:
        """Show what `build` gives once nothing has been asked for `REST` seconds; `blank`: show nothing until then."""
        if self._timer is not None:
            self._timer.stop()
        self._build = build
        if blank and self._rows:
            self._rows = ()
            self.repaint()
        self._timer = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        build, self._build = self._build, None
        if build is not None and self.display:
            self.show_now(build())

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._build = None

    def paint(self, width: int, height_: int) -> list[Strip]:
        """The rows, cut at the bottom; the line goes all the way down."""
        look = self.look
        painter = RowPainter(look, width - 2, "", LineEdit())
        side: Piece = (look.signs.side, look.styles.faint)  # as most states beside it: a change of colour in each row costs
        lines = [
            self.line(side, (" ", None), *painter.line(row, number), width=width)
            for row in self._rows
            for number in range(height(row, width - 2, look.thrifty))
        ]
        empty = self.line(side, width=width)
        return [*lines[:height_], *[empty] * (height_ - len(lines))]
