"""Turns what a terminal shows into what it should show, with as few bytes as it knows how to.

Give `ScreenWriter.frame` the rows that should be on the screen, as cells. It returns the text that turns what is there into them: the
cursor by the shortest way, only the attributes that change, runs of blanks erased and runs of one character repeated where the
terminal can, rows that scrolled moved, and rows that have little in common with what stood there written anew.

Invariant: what stands in `_shown` is what the terminal shows, or None where that is not known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from pmm_tui.tui.lean.cells import clearings, narrow, runs, same
from pmm_tui.tui.lean.moves import Moves, Text
from pmm_tui.tui.lean.shift import Shift, find_shift
from pmm_tui.tui.lean.terminal import BLANK, LINES, PLAIN, WIDE_TAIL, Cell, Pen, Terminal, blank_pen

SCROLL = 20
"""Cells that other margins have to save."""
BLOCK = 3
"""Fewer rows than these are not cleared together."""
CLEAR = 16
"""Bytes of clearing rows."""

Rows = list[list[Cell]]


class ScreenWriter(Moves):
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
        blank = [BLANK] * len(new[0]) if new else []
        if not self.terminal.lines or self.inline:
            return old

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
        self._shortest(out, [partial(self._step_rows, shift), partial(self._drop_rows, shift)])
        old = shift.apply(old, blank)
        for y in shift.moving:
            old[y] = new[y]
        return old

    def _step_rows(self, shift: Shift, out: Text) -> None:
        """Scroll by line feeds at the lower margin, or by their opposite at the upper one."""
        edge = shift.bottom - 1 if shift.by > 0 else shift.top
        if self._at is None or self._at[1] != edge:
            self._go(out, 0, edge)
        if shift.by > 0:
            out.append(("" if self._at == (0, edge) else "\r") + "\n" * shift.by)
            self._at = 0, edge
        else:
            out.append("\x1bM" * -shift.by)

    def _drop_rows(self, shift: Shift, out: Text) -> None:
        """Scroll by taking rows out at the upper margin, or putting some in."""
        number = "" if abs(shift.by) == 1 else str(abs(shift.by))
        self._go(out, 0, shift.top)
        out.append(f"\x1b[{number}{'M' if shift.by > 0 else 'L'}")

    # ---- rows that differ

    def _worth_clearing(self, old: Rows, new: Rows, top: int, bottom: int) -> tuple[int, int]:
        """The rows of a block that are cheaper to write on cleared ground, all of them together; none of them: twice its end."""
        best, most = (bottom, bottom), CLEAR
        if not self.terminal.lines or self.inline or bottom - top < BLOCK:
            return best
        start, gain = top, 0
        for y in range(top, bottom):
            if gain <= 0:  # what came before this row only costs
                start, gain = y, 0
            gain += self._price(y, old[y], new[y]) - self._price(y, [BLANK] * len(new[y]), new[y])
            if gain > most:
                best, most = (start, y + 1), gain
        return best

    def _price(self, y: int, old: list[Cell], new: list[Cell]) -> int:
        """The bytes of a row that is written by itself."""
        if old == new:
            return 0
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
        if self._margins and not self._margins[0] <= top < bottom <= self._margins[1]:
            self._drop_margins(out)  # rows outside of them would not move
        self._go(out, 0, top)
        out.append(f"\x1b[{bottom - top}M")
        if not self._margins or self._margins[1] != bottom:
            out.append(f"\x1b[{bottom - top}L")  # what stands below comes back to its place

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
        """Take the pen for a cell; for a blank that of the text behind it, if its blanks look the same."""
        text, pen = row[x]
        if text != " ":
            self._set(out, pen)
        elif self._pen is None or blank_pen(self._pen) != pen:
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
            self._set_blank(out, Pen(background=pen.background))
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
