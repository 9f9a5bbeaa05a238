"""Cells of a row: which of them to write, which are alike, which are certain to take one place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pmm_tui.tui.lean.terminal import BLANK, Cell, blank_pen

JUMP = 4
"""Cells that are cheaper to write again than to jump over."""

_NARROW = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u2030-\u203f\u2190-\u21ff\u221a\u2260\u2500-\u25fc\u2713]+"
)


def narrow(text: str) -> bool:
    """Whether every terminal gives each character one cell: Latin, Greek, Cyrillic, the signs of old fonts; nothing combined.

    Unicode leaves some of the signs to the terminal; they take two cells only where somebody has set it up for Chinese or Japanese.
    """
    return text.isascii() or _NARROW.fullmatch(text) is not None


def same(row: Sequence[Cell], x: int, end: int) -> int:
    """How many cells from `x` on are alike."""
    cell, at = row[x], x + 1
    while at < end and row[at] == cell:
        at += 1
    return at - x


def runs(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The stretches of a row to write: what differs, joined over gaps too short to jump; the whole row when a width is in doubt."""
    if not (narrow("".join(text for text, _ in new)) and narrow("".join(text for text, _ in old))):
        yield 0, len(new)
        return
    differs = [x for x, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    if not differs:
        return
    start = last = differs[0]
    for x in differs[1:]:
        if x - last - 1 > JUMP or not _passes(new, last, x):
            yield start, last + 1
            start = x
        last = x
    yield start, last + 1


def _passes(row: Sequence[Cell], last: int, x: int) -> bool:
    """Whether one pen, that of the cell `last`, writes all cells between it and `x`."""
    pen = row[last][1]
    blank = " ", blank_pen(pen)
    return all(cell[1] == pen or cell == blank for cell in row[last + 1 : x])


def clearings(old: Sequence[Cell], new: Sequence[Cell]) -> Iterator[int]:
    """Where clearing the rest of the row may pay: blanks that begin, with something to erase, before more text."""
    end = len(new) - same(new[::-1], 0, len(new)) if new[-1] == BLANK else len(new)
    x = 0
    while x < end:
        if new[x] != BLANK:
            x += 1
            continue
        after = x + same(new, x, end)
        if after - x > JUMP and after < end and any(text != " " for text, _ in old[x:after]):
            yield x
        x = after
