"""Turns what a terminal shows into what it should show, with as few bytes as it knows how to.

Give `ScreenWriter.frame` the rows that should be on the screen, as cells. It returns the text that turns what is there into them:
the cursor by the shortest way, only the attributes that change, runs of blanks erased and runs of one character repeated where the
terminal can, rows that scrolled moved, and rows that have little in common with what stood there written anew.

Invariant: what stands in `_shown` is what the terminal shows, or None where that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pmm_tui.tui.lean.moves import Text
from pmm_tui.tui.lean.row_writer import RowWriter
from pmm_tui.tui.lean.shift import find_shift
from pmm_tui.tui.lean.terminal import BLANK, PLAIN, Cell, Terminal

SCROLL = 20
"""Cells that other margins have to save."""
BLOCK = 3
"""Fewer rows than these are not cleared together."""
CLEAR = 16
"""Bytes of clearing rows."""

Rows = list[list[Cell]]


class ScreenWriter(RowWriter):
    """The memory of one terminal's screen; with `inline`, of the rows below the prompt, wherever on the screen they are."""

    def __init__(self, terminal: Terminal, *, inline: bool = False) -> None:
        super().__init__(terminal, inline)
        self._shown: Rows | None = None

    def forget(self) -> None:
        """Know nothing of the terminal any more (resized, suspended, written to by others): the next frame paints all."""
        self._shown = self._pen = None
        # Below the prompt nothing but the cursor tells where the rows are; it is left where it was.
        self._at = (None, self._at[1]) if self.inline and self._at else None

    def release(self) -> str:
        """Forget all, and return what makes the terminal as others expect it."""
        self.forget()
        text, self._margins = ("\x1b[r" if self._margins else ""), None
        return text

    def frame(self, rows: Sequence[Sequence[Cell]], cursor: tuple[int, int] | None = None) -> str:
        """Return the text that makes the terminal show `rows`, each as many cells as the terminal is wide.

        `cursor` (column, row) is where the cursor is left, if that matters. An empty string when nothing differs.
        """
        out: Text = []
        wanted = [list(row) for row in rows]
        shown = self._shown
        if shown is None or [len(row) for row in shown] != [len(row) for row in wanted]:
            self._begin(out, len(wanted))
            shown = [[BLANK] * len(row) for row in wanted]
        shown = self._scrolled(out, shown, wanted)
        for top, bottom in _blocks(shown, wanted):
            start, end = self._worth_clearing(shown, wanted, top, bottom)
            self._rows(out, shown, wanted, top, start)
            if start < end:
                self._clear_rows(out, start, end, len(wanted))
                self._rows(out, [[BLANK] * len(row) for row in wanted], wanted, start, end)
            self._rows(out, shown, wanted, end, bottom)
        self._shown = wanted
        self._set(out, PLAIN)  # whoever writes next, or takes the terminal over, finds it as usual
        if cursor is not None:
            self._go(out, *cursor)
        return "".join(out)

    def _begin(self, out: Text, height: int) -> None:
        """Make all of it blank, whatever is there."""
        self._pen = PLAIN
        if not self.inline:
            margins = "\x1b[r" if self.terminal.lines else ""
            out.append(f"\x1b[m{margins}\x1b[H\x1b[J")
            self._margins, self._at = None, (0, 0)
            return
        out.append("\x1b[m")
        self._at = self._at or (None, 0)
        self._go(out, 0, 0)
        out.append("\x1b[J" + "\n" * (height - 1))  # the prompt may be the last row there is
        self._at = None, height - 1

    # ---- rows that move together

    def _scrolled(self, out: Text, old: Rows, new: Rows) -> Rows:
        """Scroll a part of the screen when that saves something; return what the terminal shows then."""
        if not self.terminal.lines or self.inline or not new:
            return old
        blank = [BLANK] * len(new[0])
        shift = find_shift(old, new, blank, lambda way: SCROLL * ((way.top, way.bottom) != self._margins))
        if shift is None:
            return old
        top, bottom, by = shift
        # What moves and changes is written before it moves: the cursor often is there, and has less way to go.
        for y in shift.moving:
            if old[y + by] != new[y]:
                self._row(out, y + by, old[y + by], new[y])
        self._set_blank(out, PLAIN)
        self._set_margins(out, top, bottom)
        if by > 0:
            self._feed_lines(out, bottom - 1, by)
        else:
            self._go(out, 0, top)
            out.append("\x1bM" if by == -1 else f"\x1b[{-by}L")
        old = shift.apply(old, blank)
        for y in shift.moving:
            old[y] = new[y]
        return old

    def _feed_lines(self, out: Text, bottom: int, count: int) -> None:
        """Let rows move up by line feeds at the lower margin, which cost nothing where the cursor has just written there."""
        if self._at is None or self._at[1] != bottom:
            self._go(out, 0, bottom)
        out.append(("" if self._at == (0, bottom) else "\r") + "\n" * count)
        self._at = 0, bottom

    # ---- rows that differ

    def _worth_clearing(self, old: Rows, new: Rows, top: int, bottom: int) -> tuple[int, int]:
        """From and up to which row a block is cheaper to write on cleared ground; where it is not, that is no row at its end."""
        best, most = (bottom, bottom), CLEAR
        if not self.terminal.lines or self.inline or bottom - top < BLOCK:
            return best
        start, gain = top, 0
        for y in range(top, bottom):
            if gain <= 0:  # what came before this row only costs
                start, gain = y, 0
            blank = [BLANK] * len(new[y])
            if old[y] not in (blank, new[y]):
                gain += self._price(y, old[y], new[y]) - self._price(y, blank, new[y])
            if gain > most:
                best, most = (start, y + 1), gain
        return best

    def _price(self, y: int, old: list[Cell], new: list[Cell]) -> int:
        """The bytes of a row that is written by itself."""
        before = self._pen, self._at
        self._pen, self._at = PLAIN, (len(new) // 2, y - 1)
        text: Text = []
        self._row(text, y, old, new)
        self._pen, self._at = before
        return sum(map(len, text))

    def _rows(self, out: Text, old: Rows, new: Rows, top: int, bottom: int) -> None:
        for y in range(top, bottom):
            if old[y] != new[y]:
                self._row(out, y, old[y], new[y])

    def _clear_rows(self, out: Text, top: int, bottom: int, height: int) -> None:
        self._set_blank(out, PLAIN)
        if bottom == height:
            self._go(out, 0, top)
            out.append("\x1b[J")
            return
        if self._margins is None or self._margins[1] != bottom or self._margins[0] > top:
            self._set_margins(out, top, bottom)
        self._go(out, 0, top)
        out.append(f"\x1b[{bottom - top}L")  # as many rows as there are push all of them out


def _blocks(old: Rows, new: Rows) -> Iterator[tuple[int, int]]:
    """The stretches of rows to write; rows that are and stay blank lie inside of one, not at its ends."""
    start = last = -1
    for y, (was, now) in enumerate(zip(old, new, strict=True)):
        if was != now:
            if start < 0:
                start = y
            last = y
        elif start >= 0 and any(cell != BLANK for cell in now):
            yield start, last + 1
            start = -1
    if start >= 0:
        yield start, last + 1
