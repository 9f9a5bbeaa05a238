"""A few lines about the row under the cursor."""

from __future__ import annotations

from typing import Any

from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.line_text import Piece, fit, wrap
from pmm_tui.tui.widgets.look import StyleName


class Details(Kanvas):
    """A fixed number of lines, so that nothing jumps."""

    def __init__(self, count: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._shown: tuple[Piece, ...] = ()
        self._count = count

    def get_content_height(self, *_: Any) -> int:
        """Return the number of lines."""
        return self._count

    def isi(self, *lines: tuple[str, StyleName]) -> None:
        """Show these lines, each with the name of a style; a text's own line breaks make none: they would push out the rest."""
        styles = self.rupa.gaya
        self._shown = tuple((text.replace("\n", " "), styles.named(name)) for text, name in lines)
        self.perbarui()

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Paint them, wrapped; what does not fit any more is marked."""
        lines = [(line, style) for text, style in self._shown for line in wrap(text, lebar - 2)]
        if len(lines) > tinggi:
            last, style = lines[tinggi - 1]
            lines[tinggi - 1] = (fit(last + " " * lebar, lebar - 2, self.rupa.tanda.elips), style)
        return [self.garis((" ", None), line, lebar=lebar) for line in lines[:tinggi]]
