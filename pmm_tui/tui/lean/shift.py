"""Finds rows that moved up or down together, as they do when a list scrolls: moving them costs a terminal a few bytes.

Works for any rows that can be compared; nothing here knows what a row is made of but that it is a sequence of cells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Row = TypeVar("Row", bound=Sequence[object])

LEAST = 3
"""Fewer rows that moved are not worth moving."""
WAY = 6
"""Cells that getting to a row is worth."""


class Shift(NamedTuple):
    """The rows from `top` up to, not including, `bottom` move up by `by` rows (down, where it is negative); blanks come in."""

    top: int
    bottom: int
    by: int

    @property
    def moving(self) -> range:
        """The rows, as they are numbered after the move, that were there before."""
        return range(self.top, self.bottom - self.by) if self.by > 0 else range(self.top - self.by, self.bottom)

    def apply(self, rows: Sequence[Row], blank: Row) -> list[Row]:
        """Return the rows as they are after the move."""
        inside = list(rows[self.top : self.bottom])
        come = [blank] * abs(self.by)
        moved = inside[self.by :] + come if self.by > 0 else come + inside[: self.by]
        return [*rows[: self.top], *moved, *rows[self.bottom :]]


def find_shift(old: Sequence[Row], new: Sequence[Row], blank: Row, price: Callable[[Shift], int]) -> Shift | None:
    """Return the move that leaves the fewest cells to write, its own price (in cells) counted; None when none saves anything."""
    differing = [y for y, (was, now) in enumerate(zip(old, new, strict=True)) if was != now]
    if len(differing) < LEAST:
        return None
    first, last = differing[0], differing[-1]
    by = _most_common(old, new, blank, first, last)
    if by == 0:
        return None
    moved = [y for y in range(first, last + 1) if first <= y + by <= last and old[y] != new[y] == old[y + by]]
    low, high = min(moved + [y + by for y in moved]), max(moved + [y + by for y in moved]) + 1
    # A row beyond may have moved as well, and differ only in its cursor.
    ways = [Shift(top, bottom, by) for top in {low, max(low - 1, first)} for bottom in {high, min(high + 1, last + 1)}]
    costs = {way: _difference(way.apply(old, blank), new) + price(way) for way in ways}
    best = min(ways, key=lambda way: (costs[way], way))
    return best if costs[best] < _difference(old, new) else None


def _most_common(old: Sequence[Row], new: Sequence[Row], blank: Row, first: int, last: int) -> int:
    """By how many rows most of them have moved up; 0 when too few have. Blank rows tell nothing, and cost little."""
    counts: dict[int, int] = {}
    for y in range(first, last + 1):
        if new[y] == old[y] or new[y] == blank:
            continue
        for was in range(first, last + 1):
            if new[y] == old[was]:
                counts[was - y] = counts.get(was - y, 0) + 1
    if not counts:
        return 0
    by = max(counts, key=lambda by: (counts[by], -abs(by)))
    return by if counts[by] >= LEAST else 0


def _difference(rows: Sequence[Row], wanted: Sequence[Row]) -> int:
    """In how many cells they differ, and what it takes to get to each row that does."""
    pairs = [(was, now) for was, now in zip(rows, wanted, strict=True) if was != now]
    return WAY * len(pairs) + sum(a != b for was, now in pairs for a, b in zip(was, now, strict=True))
