"""Writes one row: what differs from what stands there, the shortest way."""

from __future__ import annotations

from functools import partial

from pmm_tui.tui.lean.cells import clearings, narrow, runs, same
from pmm_tui.tui.lean.moves import Moves, Text
from pmm_tui.tui.lean.terminal import BLANK, LINES, PLAIN, WIDE_TAIL, Cell, Pen, blank_pen


class RowWriter(Moves):
    """Rows are lists of cells as long as the terminal is wide."""

    def _row(self, out: Text, y: int, old: list[Cell], new: list[Cell]) -> None:
        """Write a row the shorter way: what differs, or the rest cleared from some blank on and what follows written anew."""
        self._shortest(out, [partial(self._differences, y, old, new, clear) for clear in (len(new), *clearings(old, new))])

    def _differences(self, y: int, old: list[Cell], new: list[Cell], clear: int, out: Text) -> None:
        """Write what differs once everything from `clear` on, where a blank is wanted, has been cleared."""
        for start, end in runs(old[:clear] + [BLANK] * (len(new) - clear), new):
            x = start
            while x < end:
                if x >= clear:
                    clear = self._clear(out, clear, y, new)
                erased = self._erase(out, x, y, end, new)
                if erased:
                    x += erased
                    continue
                self._go(out, x, y, new)
                self._dip(out, new, x, end)
                x += self._put(out, x, y, end, new)
            if x > end:
                return  # erased up to the edge
        self._clear(out, clear, y, new)

    def _dip(self, out: Text, row: list[Cell], x: int, end: int) -> None:
        """Set the pen for a cell; for a blank set that of the text behind it, if its blanks look the same."""
        text, pen = row[x]
        if text != " ":
            self._set(out, pen)
        elif not self._blanks_like(pen):
            after = x + same(row, x, end)
            follows = row[after][1] if after < end else pen
            self._set(out, follows if blank_pen(follows) == pen else pen)

    def _put(self, out: Text, x: int, y: int, end: int, row: list[Cell]) -> int:
        """Write one character, or a repeated one; return the cells it takes."""
        text = row[x][0]
        width = 2 if x + 1 < len(row) and row[x + 1][0] == WIDE_TAIL else 1
        out.append(text)
        taken = width
        if self.terminal.rep and width == 1 and len(text) == 1 and text.isprintable():
            count = same(row, x, end)
            if count * len(text.encode()) > len(text.encode()) + len(f"\x1b[{count - 1}b"):
                out.append(f"\x1b[{count - 1}b")
                taken = count
        after = x + taken
        certain = width == 1 and narrow(text) and after < len(row)
        self._at = (after, y) if certain else (None, y) if self.inline else None
        return taken

    # ---- blanks

    def _erase(self, out: Text, x: int, y: int, end: int, row: list[Cell]) -> int:
        """Erase a run of blanks when that is shorter than writing it; return how many cells that did."""
        text, pen = row[x]
        if text != " " or pen.attributes & LINES or pen.link:
            return 0
        if pen.background and not self.terminal.bce:
            return 0
        if x + same(row, x, len(row)) == len(row) and len(row) - x > 3:
            return self._clear(out, x, y, row, pen) - x
        count = same(row, x, end)
        if self.terminal.ech and count > len(f"\x1b[{count}X") + 4:
            self._go(out, x, y)
            self._set_blank(out, blank_pen(pen))
            out.append(f"\x1b[{count}X")
            return count
        return 0

    def _clear(self, out: Text, x: int, y: int, row: list[Cell], pen: Pen = PLAIN) -> int:
        """Clear the rest of a row, from any of the blanks left of `x` on; return where there is nothing left to clear."""
        if x < len(row):
            first = x
            while first and row[first - 1] == (" ", pen):
                first -= 1
            near = self._at[0] if self._at and self._at[1] == y else None
            starts = {x, first} | ({near} if near is not None and first <= near <= x else set())
            self._shortest(out, [partial(self._clear_from, start, y, pen) for start in sorted(starts)])
        return len(row)

    def _clear_from(self, x: int, y: int, pen: Pen, out: Text) -> None:
        self._go(out, x, y)
        self._set_blank(out, blank_pen(pen))
        out.append("\x1b[K")
