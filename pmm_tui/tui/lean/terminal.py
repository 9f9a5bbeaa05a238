"""What a terminal understands: how a cell is drawn, the change from one way of drawing to another, what it can do beyond that."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Pen(NamedTuple):
    """How a cell is drawn: SGR parameters of the colours (`38;2;1;2;3`, empty: the terminal's own), attributes, hyperlink.

    `attributes` is a set of bits: bit n is the SGR number n (1 bold ... 9 struck out; 21 double underline, 53 overlined).
    """

    foreground: str = ""
    background: str = ""
    attributes: int = 0
    link: str = ""


TRIAL = "\x1b[2H\xa0\x1b[b\x1b[6n"
"""Tries whether a character beyond ASCII is repeated, by one that nobody sees; the terminal answers where its cursor is."""
TRIED = (2, 1)
"""Column and row, from 0, of the cursor of one that does."""

Cell = tuple[str, Pen]
PLAIN = Pen()
BLANK: Cell = (" ", PLAIN)

WIDE_TAIL = ""
"""The text of a cell that is covered by the wide character left of it."""

_OFF = {1: 22, 2: 22, 3: 23, 4: 24, 5: 25, 6: 25, 7: 27, 8: 28, 9: 29, 21: 24, 53: 55}
LINES = 1 << 4 | 1 << 7 | 1 << 9 | 1 << 21 | 1 << 53  # attributes that show on a blank


class Terminal(NamedTuple):
    """What a terminal can do beyond moving the cursor and setting attributes.

    `bce`: erasing paints with the current background. `ech`: `CSI n X` erases n cells. `rep`: `CSI n b` repeats a character; many
    that call themselves xterm do not (mosh), or not all characters (tmux), so one that may is to be tried before it is believed.
    `lines`: rows scroll between the margins that `CSI top;bottom r` sets, and `CSI n L` puts in n blank ones.
    """

    bce: bool = False
    ech: bool = False
    rep: bool = False
    lines: bool = False


def terminal_of(term: str) -> Terminal:
    """Return what a value of TERM is known to do; an unknown one gets the safe form."""
    name = term.split("-")[0]
    if name in ("xterm", "kitty", "foot", "alacritty", "wezterm", "contour", "ghostty", "mintty"):
        return Terminal(bce=True, ech=True, rep=True, lines=True)
    if name in ("tmux", "screen"):
        return Terminal(bce=False, ech=True, rep=False, lines=True)
    if name in ("linux", "rxvt", "konsole", "vte", "gnome", "putty", "st"):
        return Terminal(bce=True, ech=True, rep=False, lines=True)
    return Terminal()


@lru_cache(4096)
def blank_pen(pen: Pen) -> Pen:
    """What shows of a pen where it writes a blank: mostly the background alone, as nobody sees how bold a blank is."""
    return pen if pen.attributes & LINES or pen.link else Pen(background=pen.background)


@lru_cache(4096)
def change_pen(old: Pen | None, new: Pen) -> str:
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
