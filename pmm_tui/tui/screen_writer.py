"""A screen writer for any terminal program: it remembers what the terminal shows and writes only what differs.

Give `ScreenWriter.frame` the rows that should be on the screen, as cells. It returns the shortest text it knows that turns what is
there into them: the cursor by the shortest way, only the attributes that change, runs of blanks erased and runs of one character
repeated where the terminal can, rows that scrolled moved. Nothing here knows where the rows come from.

Invariant: what stands in `_shown` is what the terminal shows, or None where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmm_tui.tui.screen_shift import find_shift
from pmm_tui.tui.screen_terminal import BLANK, LINES, PLAIN, Cell, Pen, Terminal, change_pen

WIDE_TAIL = ""
"""The text of a cell that is covered by the wide character left of it."""


class ScreenWriter:
    """The memory of one terminal's screen."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal
        self._shown: list[list[Cell]] | None = None
        self._pen: Pen | None = None
        self._at: tuple[int, int] | None = None  # column, row of the cursor, from 0; None: not known

    def forget(self) -> None:
        """Know nothing of the terminal any more (resized, suspended, written to by others): the next frame paints all."""
        self._shown = self._pen = self._at = None

    def frame(self, rows: Sequence[Sequence[Cell]], cursor: tuple[int, int] | None = None) -> str:
        """Return the text that makes the terminal show `rows`, each as many cells as the terminal is wide.

        `cursor` (column, row) is where the cursor is left, if that matters. An empty string when nothing differs.
        """
        out: list[str] = []
        wanted = [list(row) for row in rows]
        if (
            self._shown is None
            or len(self._shown) != len(wanted)
            or any(len(old) != len(new) for old, new in zip(self._shown, wanted, strict=True))
        ):
            out.append("\x1b[m\x1b[H\x1b[J")
            self._pen, self._at = PLAIN, (0, 0)
            self._shown = [[BLANK] * len(row) for row in wanted]
        for y, (old, new) in enumerate(zip(self._moved(out, self._shown, wanted), wanted, strict=True)):
            if old != new:
                self._row(out, y, old, new)
        self._shown = wanted
        self._set(out, PLAIN)  # whoever writes next, or takes the terminal over, finds it as usual
        if cursor is not None and cursor != self._at:
            out.append(self._move(*cursor))
        return "".join(out)

    # ---- rows that move together

    def _moved(self, out: list[str], old: list[list[Cell]], new: list[list[Cell]]) -> list[list[Cell]]:
        """Scroll a part of the screen when that saves something; return what the terminal shows then."""
        blank = [BLANK] * len(new[0]) if new else []
        shift = find_shift(old, new, blank, _SCROLL) if self.terminal.lines else None
        if shift is None:
            return old
        top, bottom, by = shift
        number = "" if abs(by) == 1 else str(abs(by))
        self._set(out, PLAIN)
        # First away, then in: what stands below comes back to its place.
        for y, letter in ((top, "M"), (bottom - by, "L")) if by > 0 else ((bottom + by, "M"), (top, "L")):
            self._go(out, 0, y)
            out.append(f"\x1b[{number}{letter}")
        return shift.apply(old, blank)

    # ---- a row

    def _row(self, out: list[str], y: int, old: list[Cell], new: list[Cell]) -> None:
        """Write a row the shorter way: what differs, or the rest cleared from some blank on and what follows written anew."""
        before = self._pen, self._at
        found = []
        for clear in (len(new), *_clearings(old, new)):
            self._pen, self._at = before
            way: list[str] = []
            self._differences(way, y, old, new, clear)
            found.append((sum(map(len, way)), way, self._pen, self._at))
        _, way, self._pen, self._at = min(found, key=lambda one: one[0])
        out += way

    def _differences(self, out: list[str], y: int, old: list[Cell], new: list[Cell], clear: int) -> None:
        """Write what differs once everything from `clear` on, where a blank is wanted, has been cleared."""
        for start, end in _runs(old[:clear] + [BLANK] * (len(new) - clear), new):
            x = start
            while x < end:
                if x >= clear:
                    clear = self._clear(out, clear, y, new)
                erased = self._erase(out, x, y, end, new)
                if erased:
                    x += erased
                    continue
                text, pen = new[x]
                self._go(out, x, y, new)
                self._set(out, pen)
                x += self._put(out, x, y, end, new, text, pen)
            if x > end:
                return  # erased up to the edge
        self._clear(out, clear, y, new)

    def _clear(self, out: list[str], x: int, y: int, row: list[Cell]) -> int:
        """Clear the rest of a row; return where there is nothing left to clear."""
        if x < len(row):
            self._go(out, x, y)
            self._set(out, PLAIN)
            out.append("\x1b[K")
        return len(row)

    def _put(self, out: list[str], x: int, y: int, end: int, row: list[Cell], text: str, pen: Pen) -> int:
        """Write one character, or a repeated one; return the cells it takes."""
        width = 2 if x + 1 < len(row) and row[x + 1][0] == WIDE_TAIL else 1
        out.append(text)
        taken = width
        if self.terminal.rep and width == 1 and len(text) == 1 and text.isprintable():
            same = _same(row, x, end)
            if same * len(text.encode()) > len(text.encode()) + len(f"\x1b[{same - 1}b"):
                out.append(f"\x1b[{same - 1}b")
                taken = same
        after = x + taken
        certain = width == 1 and narrow(text)
        self._at = (after, y) if after < len(row) and certain else None
        return taken

    def _erase(self, out: list[str], x: int, y: int, end: int, row: list[Cell]) -> int:
        """Erase a run of blanks when that is shorter than writing it; return how many cells that did."""
        text, pen = row[x]
        if text != " " or pen.attributes & LINES or pen.link:
            return 0
        if pen.background and not self.terminal.bce:
            return 0
        same = _same(row, x, end)
        to_edge = x + _same(row, x, len(row)) == len(row)
        if to_edge and len(row) - x > 3:
            self._go(out, x, y)
            self._set(out, Pen(background=pen.background))
            out.append("\x1b[K")
            return len(row) - x
        if self.terminal.ech and same > len(f"\x1b[{same}X") + 4:
            self._go(out, x, y)
            self._set(out, Pen(background=pen.background))
            out.append(f"\x1b[{same}X")
            return same
        return 0

    # ---- cursor and pen

    def _go(self, out: list[str], x: int, y: int, row: Sequence[Cell] = ()) -> None:
        """Put the cursor there; blanks at the beginning of `row`, its row, may be written on the way."""
        if self._at == (x, y):
            return
        down = y - self._at[1] if self._at else 0
        if 0 < down <= 3 and x <= 4 and self._pen == PLAIN and all(cell == BLANK for cell in row[:x]) and (row or not x):
            out.append("\r" + "\n" * down + " " * x)
            self._at = x, y
        else:
            out.append(self._move(x, y))

    def _move(self, x: int, y: int) -> str:
        """The shortest way from where the cursor is."""
        ways = [_absolute(x, y)]
        if self._at is not None:
            ax, ay = self._at
            vertical = _step(y - ay, "B", "A")
            if y == ay:
                ways.append(_step(x - ax, "C", "D"))
                ways.append("\b" * (ax - x) if 0 < ax - x < 4 else ways[0])
            ways.append(vertical + _step(x - ax, "C", "D"))
            ways.append("\r" + vertical + _step(x, "C", "D"))
        self._at = (x, y)
        return min(ways, key=len)

    def _set(self, out: list[str], pen: Pen) -> None:
        if pen != self._pen:
            out.append(change_pen(self._pen, pen))
            self._pen = pen


def _runs(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The stretches of a row to write: what differs, joined over gaps too short to jump; the whole row when a width is in doubt."""
    if not (narrow("".join(text for text, _ in new)) and narrow("".join(text for text, _ in old))):
        yield 0, len(new)
        return
    differs = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    start = last = differs[0]
    for x in differs[1:]:
        gap = range(last + 1, x)
        if len(gap) > _JUMP or any(new[g][1] != new[last][1] for g in gap):
            yield start, last + 1
            start = x
        last = x
    yield start, last + 1


def _clearings(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[int]:
    """Where clearing the rest of the row may pay: blanks that begin, with something to erase, before more text."""
    end = len(new) - _same(new[::-1], 0, len(new)) if new[-1] == BLANK else len(new)
    x = 0
    while x < end:
        if new[x] != BLANK:
            x += 1
            continue
        after = x + _same(new, x, end)
        if after - x > _JUMP and after < end and any(text != " " for text, _ in old[x:after]):
            yield x
        x = after


_SCROLL = 20  # bytes of scrolling a part of the screen
_JUMP = 4  # cells that are cheaper to write again than to jump over


def narrow(text: str) -> bool:
    """Whether every terminal gives each character one cell: Latin, Greek, Cyrillic, the signs of old fonts; nothing combined."""
    return text.isascii() or _NARROW.fullmatch(text) is not None


_NARROW = re.compile("[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203f\u2190-\u21ff\u221a\u2500-\u25fc]+")


def _same(row: Sequence[Cell], x: int, end: int) -> int:
    """How many cells from `x` on are alike."""
    cell, at = row[x], x + 1
    while at < end and row[at] == cell:
        at += 1
    return at - x


def _absolute(x: int, y: int) -> str:
    if x == 0:
        return f"\x1b[{y + 1}H" if y else "\x1b[H"
    return f"\x1b[{y + 1};{x + 1}H"


def _step(count: int, forward: str, back: str) -> str:
    if count == 0:
        return ""
    number = "" if abs(count) == 1 else str(abs(count))
    return f"\x1b[{number}{forward if count > 0 else back}"
