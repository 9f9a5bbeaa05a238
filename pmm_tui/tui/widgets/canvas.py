"""A widget of one node that paints itself line by line and repaints only the lines that changed."""

from __future__ import annotations

from typing import Any, ClassVar, Protocol, cast

from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from pmm_tui.tui.widgets.line_text import Piece, make_strip
from pmm_tui.tui.widgets.look import Rupa


class BerRupa(Protocol):
    """What a canvas asks of the app that it lives in."""

    rupa: Rupa


class Kanvas(Widget):
    """The base of all our widgets; a subclass says in `gambar` what each visible line looks like."""

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._strips: list[Strip] = []
        self._lebar = 0

    @property
    def rupa(self) -> Rupa:
        """The look in force."""
        return cast(BerRupa, self.app).rupa

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Return at most `tinggi` lines of `lebar` cells each."""
        raise NotImplementedError

    def garis(self, *potongan: Piece, lebar: int | None = None, latar: Style | None = None) -> Strip:
        """Make one line of this widget's width."""
        return make_strip(self.size.width if lebar is None else lebar, potongan, self.rupa, latar)

    def perbarui(self) -> None:
        """Paint again; only lines that differ from what is shown are sent."""
        lebar, tinggi = self.size
        if not (lebar and tinggi and self.is_attached and self.display):
            self._strips = []  # hidden: what was painted before it is shown again is no longer true
            return
        old, same_width = self._strips, self._lebar == lebar
        self._paint(lebar, tinggi)
        if not same_width or len(old) != len(self._strips):
            self.refresh()
            return
        changed = [y for y, (was, now) in enumerate(zip(old, self._strips, strict=True)) if was != now]
        if changed:
            self.refresh(*[Region(0, y, lebar, 1) for y in changed])

    def render_line(self, y: int) -> Strip:
        """Return one line, as Textual asks for it."""
        lebar, tinggi = self.size
        if self._lebar != lebar or len(self._strips) != tinggi:
            self._paint(lebar, tinggi)
        return self._strips[y] if y < len(self._strips) else Strip.blank(lebar)

    def _paint(self, lebar: int, tinggi: int) -> None:
        strips = self.gambar(lebar, tinggi)[:tinggi]
        strips += [Strip.blank(lebar)] * (tinggi - len(strips))
        self._strips, self._lebar = strips, lebar
