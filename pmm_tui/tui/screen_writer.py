"""A screen writer for any terminal program: it remembers what the terminal shows and writes only what differs.

Give `ScreenWriter.frame` the rows that should be on the screen, as cells. It returns the shortest text it knows that turns what is
there into them: the cursor by the shortest way, only the attributes that change, runs of blanks erased and runs of one character
repeated where the terminal can. Nothing here knows where the rows come from.

Invariant: what stands in `_shown` is what the terminal shows, or None where that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

WIDE_TAIL = ""
"""The text of a cell that is covered by the wide character left of it."""


class Pen(NamedTuple):
    """How a cell is drawn: SGR parameters of the colours (`38;2;1;2;3`, empty: the terminal's own), attributes, hyperlink.

    `attributes` is a set of bits: bit n is the SGR number n (1 bold ... 9 struck out; 21 double underline, 53 overlined).
    """

    foreground: str = ""
    background: str = ""
    attributes: int = 0
    link: str = ""


Cell = tuple[str, Pen]
PLAIN = Pen()
BLANK: Cell = (" ", PLAIN)

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
_LINES = 1 << 4 | 1 << 7 | 1 << 9 | 1 << 21 | 1 << 53  # attributes that show on a blank


class Terminal(NamedTuple):
    """What a terminal can do beyond moving the cursor and setting attributes.

    `bce`: erasing paints with the current background. `ech`: `CSI n X` erases n cells. `rep`: `CSI n b` repeats a character.
    """

    bce: bool = False
    ech: bool = False
    rep: bool = False


def terminal_of(term: str) -> Terminal:
    """Return what a value of TERM is known to do; an unknown one gets the safe form."""
    name = term.split("-")[0]
    if name in ("xterm", "kitty", "foot", "alacritty", "wezterm", "contour", "ghostty", "mintty"):
        return Terminal(bce=True, ech=True, rep=name in ("xterm", "foot", "kitty", "ghostty", "contour", "mintty"))
    if name in ("tmux", "screen"):
        return Terminal(bce=False, ech=True, rep=False)
    if name in ("linux", "rxvt", "konsole", "vte", "gnome", "putty", "st"):
        return Terminal(bce=True, ech=True, rep=False)
    return Terminal()


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
        for y, (old, new) in enumerate(zip(self._shown, wanted, strict=True)):
            if old != new:
                self._row(out, y, old, new)
        self._shown = wanted
        self._set(out, PLAIN)  # whoever writes next, or takes the terminal over, finds it as usual
        if cursor is not None and cursor != self._at:
            out.append(self._move(*cursor))
        return "".join(out)

    # ---- a row

    def _row(self, out: list[str], y: int, old: list[Cell], new: list[Cell]) -> None:
        for start, end in _runs(old, new):
            x = start
            while x < end:
                erased = self._erase(out, x, y, end, new)
                if erased:
                    x += erased
                    continue
                text, pen = new[x]
                self._go(out, x, y)
                self._set(out, pen)
                x += self._put(out, x, y, end, new, text, pen)

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
        if text != " " or pen.attributes & _LINES or pen.link:
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

    def _go(self, out: list[str], x: int, y: int) -> None:
        if self._at != (x, y):
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
            out.append(_change(self._pen, pen))
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


@lru_cache(4096)
def _change(old: Pen | None, new: Pen) -> str:
    """The shortest change of attributes and link: from nothing, or by what differs."""
    link = f"\x1b]8;;{new.link}\x1b\\" if (old.link if old else "") != new.link else ""
    whole = ";".join(["0", *_on(new.attributes), *filter(None, (new.foreground, new.background))])
    whole = "" if whole == "0" else whole
    ways = [whole]
    if old is not None:
        gone = old.attributes & ~new.attributes
        off = {_OFF[n] for n in _bits(gone)}
        again = {n for n in _bits(old.attributes & new.attributes) if _OFF[n] in off}
        parts = [str(n) for n in sorted(off)] + _on(new.attributes & ~old.attributes | sum(1 << n for n in again))
        if old.foreground != new.foreground:
            parts.append(new.foreground or "39")
        if old.background != new.background:
            parts.append(new.background or "49")
        if not parts:
            return link
        ways.append(";".join(parts))
    return f"{link}\x1b[{min(ways, key=len)}m"


def _bits(attributes: int) -> list[int]:
    return [n for n in _OFF if attributes >> n & 1]


def _on(attributes: int) -> list[str]:
    return [str(n) for n in _bits(attributes)]
