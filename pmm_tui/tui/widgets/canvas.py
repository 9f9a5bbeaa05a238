"""A widget of one node that paints itself line by line and repaints only the lines that changed."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, cast

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pmm_tui.tui.widgets.line_text import Piece, make_strip
from pmm_tui.tui.widgets.look import Look


class HasLook(Protocol):
    """What a canvas asks of the app that it lives in."""

    look: Look


class LineCanvas(Widget):
    """The base of all our widgets; a subclass says in `paint` what each visible line looks like."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._strips: list[Strip] = []
        self._painted_width = 0
        self.away = False

    @property
    def look(self) -> Look:
        """The look in force."""
        return cast(HasLook, self.app).look

    def paint(self, width: int, height: int) -> list[Strip]:
        """Return at most `height` lines of `width` cells each."""
        raise NotImplementedError

    def line(self, *pieces: Piece, width: int | None = None, background: Style | None = None) -> Strip:
        """Make one line of this widget's width."""
        return make_strip(self.size.width if width is None else width, pieces, self.look, background)

    def put_away(self, away: bool) -> None:
        """Show whether the keys go elsewhere, as to a question over the page; the thrifty look spends nothing on it."""
        if away != self.away:
            self.away = away
            if not self.look.thrifty:
                self.repaint()

    def repaint(self) -> None:
        """Paint again; only lines that differ from what is shown are sent."""
        width, height = self.size
        if not (width and height and self.is_attached and self.display):
            self._strips = []  # hidden: what was painted before it is shown again is no longer true
            return
        old, same_width = self._strips, self._painted_width == width
        self._paint(width, height)
        if not same_width or len(old) != len(self._strips):
            self.refresh()
            return
        changed = [y for y, (was, now) in enumerate(zip(old, self._strips, strict=True)) if was != now]
        if changed:
            self.refresh(*[Region(0, y, width, 1) for y in changed])

    def render_line(self, y: int) -> Strip:
        """Return one line, as Textual asks for it."""
        width, height = self.size
        if self._painted_width != width or len(self._strips) != height:
            self._paint(width, height)
        return self._strips[y] if y < len(self._strips) else Strip.blank(width)

    def _paint(self, width: int, height: int) -> None:
        strips = self.paint(width, height)[:height]
        strips += [Strip.blank(width)] * (height - len(strips))
        self._strips, self._painted_width = strips, width
