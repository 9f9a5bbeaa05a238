"""The cursor, the pen and the margins of a terminal: where they stand, and the shortest text that changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pmm_tui.tui.lean.terminal import BLANK, PLAIN, Cell, Pen, Terminal, blank_pen, change_pen

Text = list[str]
"""What is to be written, in pieces."""


class Moves:
    """What is known of a terminal besides its cells."""

    def __init__(self, terminal: Terminal, inline: bool) -> None:
        self.terminal = terminal
        self.inline = inline
        self._pen: Pen | None = None  # None: not known
        self._at: tuple[int | None, int] | None = (None, 0) if inline else None  # column, row, from 0; None: not known
        self._margins: tuple[int, int] | None = None  # the rows, the last not included, that scroll; None: all of them

    def _shortest(self, out: Text, ways: Iterable[Callable[[Text], None]]) -> None:
        """Go the way that writes least; the terminal is left as that one leaves it."""
        before = self._pen, self._at, self._margins
        best: tuple[int, Text, tuple[Pen | None, tuple[int | None, int] | None, tuple[int, int] | None]] | None = None
        for way in ways:
            self._pen, self._at, self._margins = before
            text: Text = []
            way(text)
            size = sum(map(len, text))
            if best is None or size < best[0]:
                best = size, text, (self._pen, self._at, self._margins)
        if best is not None:
            out += best[1]
            self._pen, self._at, self._margins = best[2]

    # ---- pen

    def _set(self, out: Text, pen: Pen) -> None:
        """Draw with this pen from here on."""
        if pen != self._pen:
            out.append(change_pen(self._pen, pen))
            self._pen = pen

    def _set_blank(self, out: Text, pen: Pen) -> None:
        """Use a pen whose blanks look like those of `pen`, which may be the one in use."""
        if not self._blanks_like(pen):
            self._set(out, pen)

    def _blanks_like(self, pen: Pen) -> bool:
        """Whether blanks of the pen in use look like those of `pen`, which is one that only blanks are drawn with."""
        return self._pen is not None and blank_pen(self._pen) == pen

    # ---- cursor

    def _go(self, out: Text, x: int, y: int, row: Sequence[Cell] = ()) -> None:
        """Put the cursor there the shortest way; blanks at the beginning of `row`, its row, may be written on the way."""
        if self._at != (x, y):
            out.append(min(self._ways(x, y, row), key=len))
            self._at = x, y

    def _ways(self, x: int, y: int, row: Sequence[Cell]) -> list[str]:
        ways = [] if self.inline else [_absolute(x, y)]
        if self._at is None or not self._reaches(self._at[1], y):
            return ways
        at, down = self._at[0], y - self._at[1]
        vertical = _step(down, "B", "A")
        # The system may turn a line feed into a carriage return as well: behind one of these both are the same.
        home = ("" if at == 0 else "\r") + ("\n" * down if 0 < down <= 3 else vertical)
        ways.append(home + _step(x, "C", "D"))
        if x <= 4 and x <= len(row) and row[:x] == [BLANK] * x and self._blanks_like(PLAIN):
            ways.append(home + " " * x)
        if at is not None:
            ways.append(vertical + _step(x - at, "C", "D"))
            if 0 < at - x < 4:
                ways.append(vertical + "\b" * (at - x))
        return ways

    def _reaches(self, y: int, to: int) -> bool:
        """Whether steps lead from one row to another: the margins stop them, and not all terminals agree on which side."""
        if self._margins is None or y == to:
            return True
        top, bottom = self._margins
        return max(y, to) < bottom if to > y else min(y, to) >= top

    # ---- margins

    def _set_margins(self, out: Text, top: int, bottom: int) -> None:
        """Let only these rows scroll; the cursor goes home."""
        if self._margins != (top, bottom):
            out.append(f"\x1b[{top + 1};{bottom}r")
            self._margins, self._at = (top, bottom), (0, 0)


def _absolute(x: int, y: int) -> str:
    if x == 0:
        return f"\x1b[{y + 1}H" if y else "\x1b[H"
    return f"\x1b[{y + 1};{x + 1}H"


def _step(count: int, forward: str, back: str) -> str:
    if count == 0:
        return ""
    number = "" if abs(count) == 1 else str(abs(count))
    return f"\x1b[{number}{forward if count > 0 else back}"
