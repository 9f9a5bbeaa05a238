"""How much room a row takes, and what of it stands where: pure, from the row and the width."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len

from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import (
    Button,
    Buttons,
    Choice,
    Field,
    Gap,
    Heading,
    Item,
    Pair,
    Row,
    Text,
    VersionHeads,
    Versions,
)
from pmm_tui.tui.widgets.versions import version_lines

LABEL_WIDTH = 22
"""Cells of a field's label."""
MARGIN = 2
"""Cells before every row; the cursor's sign stands in the first."""


class Parts(NamedTuple):
    """What of a row is painted: a text that begins `left` cells from the edge, what stands at its right end, a note below."""

    left: int
    text: str = ""
    style: StyleName = ""
    right: str = ""
    right_style: StyleName = "dim"
    note: str = ""
    note_style: StyleName = "dim"
    note_indent: int = 0

    def lines(self, width: int) -> tuple[str, ...]:
        """The text, wrapped to a row of `width` cells."""
        return wrap(self.text, width - self.left - (cell_len(self.right) + 2 if self.right else 1))

    def note_lines(self, width: int) -> tuple[str, ...]:
        """The note, wrapped; none without one."""
        return wrap(self.note, width - self.left - self.note_indent - 1) if self.note else ()


# Both are kept: a sheet builds its rows anew after each letter, and nearly all are as they were.


@lru_cache(1024)
def parts_of(row: Row) -> Parts:
    """What of a row is painted, whatever the width."""
    match row:
        case Heading():
            return Parts(MARGIN, row.text, "heading", row.right)
        case Text():
            return Parts(MARGIN + row.indent, row.text, row.style, row.right, row.right_style)
        case Gap():
            return Parts(MARGIN)
        case Pair():
            return Parts(MARGIN + LABEL_WIDTH if row.label else MARGIN, row.text, note=row.note, note_style=row.note_style)
        case Choice():
            left = MARGIN + 4 + (len(row.number) + 1 if row.number else 0)
            return Parts(left, row.label, right=row.right, right_style=row.right_style, note=row.note)
        case Field():
            return Parts(MARGIN + LABEL_WIDTH, note=row.note, note_style=row.note_style)
        case Versions() | VersionHeads() | Buttons():
            return Parts(MARGIN)  # laid out elsewhere
        case Item():
            return Parts(MARGIN, row.label, row.style, row.right, row.right_style, note=row.note, note_indent=2)
        case Button():
            return Parts(MARGIN, row.label, "accent", row.right, note=row.note, note_indent=2)


@lru_cache(1024)
def height(row: Row, width: int, thrifty: bool) -> int:
    """How many lines a row takes at a width in cells."""
    if isinstance(row, (Versions, VersionHeads)):
        return len(version_lines(row, width, thrifty=thrifty))
    if isinstance(row, Buttons):
        return 1 if not thrifty and fit_beside(row, width) else sum(height(button, width, thrifty) for button in row.items)
    parts = parts_of(row)
    if isinstance(row, Button) and not thrifty:
        return 1 if note_beside(row, width) else 1 + len(parts.note_lines(width))
    beside = isinstance(row, Field) and not thrifty and field_note_beside(row, width)
    return len(parts.lines(width)) + (0 if beside else len(parts.note_lines(width)))


def field_room(row: Field, width: int) -> int:
    """The cells in which a field's text stands; its right edge follows."""
    return max(min(row.width, width - MARGIN - LABEL_WIDTH - 2), 1)


def field_note_beside(row: Field, width: int) -> bool:
    """Whether a field's note has room behind it."""
    return bool(row.note) and MARGIN + LABEL_WIDTH + field_room(row, width) + 2 + cell_len(row.note) < width


def _button_width(row: Button) -> int:
    return cell_len(row.label) + (4 if not row.right else 5 + cell_len(row.right))


def note_beside(row: Button, width: int) -> bool:
    """Whether a button's note has room behind it."""
    return not row.note or MARGIN + _button_width(row) + 2 + cell_len(row.note) < width


def fit_beside(row: Buttons, width: int) -> bool:
    """Whether buttons fit beside each other."""
    return MARGIN + sum(_button_width(button) + 1 for button in row.items) <= width


def button_at(row: Buttons, x: int, line: int, width: int, thrifty: bool) -> Button | None:
    """The button that is painted at a cell of a line of the row, for a click; None where there is none."""
    beside = not thrifty and fit_beside(row, width)
    begins, at = (1, x) if beside else (0, line)
    for button in row.items:
        ends = begins + (_button_width(button) if beside else height(button, width, thrifty))
        if begins <= at < ends:
            return button
        begins = ends
    return None
