"""From what Textual paints to the cells of a screen."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pmm_tui.tui.lean.cells import narrow
from pmm_tui.tui.lean.private import Overridden, rows_below_prompt, strips_of
from pmm_tui.tui.lean.terminal import BLANK, PLAIN, WIDE_TAIL, Cell, Pen, blank_pen

_SGR = (1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 53)  # the numbers of the attributes that a pen may have
_FLAGS = ("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal", "strike", "underline2", "overline")


class PaintedCells(Overridden):
    """The part of the mixin that keeps the cells of what Textual has painted."""

    _lean_rows: list[list[Cell]]
    _lean_pens: dict[Style, Pen]
    _lean_made: dict[Pen, dict[str, Cell]]  # each cell once: a screen of them is small, and equal ones are the same

    def _lean_take(self, update: object) -> None:
        width, height = self.size
        rows, inline = self._lean_rows, rows_below_prompt(update)
        if inline is not None:
            rows[:] = [[BLANK] * width for _ in range(inline)]
        elif len(rows) != height or (rows and len(rows[0]) != width):
            rows[:] = [[BLANK] * width for _ in range(height)]
        for y, x, strip in strips_of(update):
            self._lean_put(y, x, strip)

    def _lean_put(self, y: int, x: int, strip: Strip) -> None:
        if not 0 <= y < len(self._lean_rows):
            return
        row = self._lean_rows[y]
        cells = self._lean_cells(strip)
        if x < len(row):
            row[x : x + len(cells)] = cells[: len(row) - x]

    def _lean_cells(self, segments: Iterable[Segment]) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in segments:
            if control:
                continue
            pen = PLAIN if style is None else self._lean_pen(style)
            made = self._lean_made.setdefault(pen, {})
            if narrow(text):
                for letter in text:
                    cell = made.get(letter)
                    if cell is None:
                        cell = made[letter] = (letter, blank_pen(pen) if letter == " " else pen)
                    cells.append(cell)
                continue
            for start, end, width in split_graphemes(text)[0]:
                if width:
                    letter = text[start:end]
                    cells.append((letter, blank_pen(pen) if letter == " " else pen))
                    cells += [(WIDE_TAIL, pen)] * (width - 1)
        return cells

    def _lean_pen(self, style: Style) -> Pen:
        pen = self._lean_pens.get(style)
        if pen is None:
            system = COLOR_SYSTEMS.get(self.console.color_system or "", ColorSystem.TRUECOLOR)
            attributes = sum(1 << number for number, name in zip(_SGR, _FLAGS, strict=True) if getattr(style, name))
            colours = [
                ";".join(colour.downgrade(system).get_ansi_codes(foreground)) if colour else ""
                for colour, foreground in ((style.color, True), (style.bgcolor, False))
            ]
            fore, back = ("" if code in ("39", "49") else code for code in colours)
            pen = self._lean_pens[style] = Pen(fore, back, attributes, style.link or "")
        return pen
