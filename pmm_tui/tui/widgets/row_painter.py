"""How a row of a sheet becomes lines: pure, from the row, the width, the look and the edit under the cursor."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import LineEdit
from pmm_tui.tui.widgets.line_text import Piece, cursor_part, fit, wrap
from pmm_tui.tui.widgets.look import Look, StyleName
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Pair, Row, RowId, Text, Versions
from pmm_tui.tui.widgets.versions import version_lines

LABEL_WIDTH = 22
"""Cells of a field's label."""


class _Parts(NamedTuple):
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
def _parts(row: Row) -> _Parts:
    match row:
        case Heading():
            return _Parts(2, row.text, "strong", row.right)
        case Text():
            return _Parts(2 + row.indent, row.text, row.style, row.right, row.right_style)
        case Gap():
            return _Parts(2)
        case Pair():
            return _Parts(2 + LABEL_WIDTH if row.label else 2, row.text, note=row.note, note_style=row.note_style)
        case Choice():
            return _Parts(2 + 4, row.label, right=row.right, right_style=row.right_style, note=row.note)
        case Field():
            return _Parts(2 + LABEL_WIDTH, note=row.note, note_style=row.note_style)
        case Versions():
            return _Parts(2, row.label)  # laid out elsewhere
        case Button():
            return _Parts(2, row.label, row.style, row.right, note=row.note, note_indent=2)


@lru_cache(1024)
def height(row: Row, width: int) -> int:
    """How many lines a row takes at a width in cells."""
    if isinstance(row, Versions):
        return len(version_lines(row, width))
    parts = _parts(row)
    return len(parts.lines(width)) + len(parts.note_lines(width))


class RowPainter(Struct, frozen=True):
    """Paints rows `width` cells wide; the row with the id `cursor` is under the cursor, and `edit` is what is typed there."""

    look: Look
    width: int
    cursor: RowId
    edit: LineEdit

    def line(self, row: Row, number: int) -> list[Piece]:
        """Return the pieces of one line of a row, `number` from 0."""
        if isinstance(row, Versions):
            return self._versions(row, number)
        parts, styles = _parts(row), self.look.styles
        lines = parts.lines(self.width)
        if number >= len(lines):
            note = parts.note_lines(self.width)[number - len(lines)]
            return [(" " * (parts.left + parts.note_indent), None), (note, styles.named(parts.note_style))]
        if isinstance(row, Field):
            return self._field(row)
        if isinstance(row, (Choice, Button)):
            own = styles.named(parts.style)
            pieces = [(" " * parts.left, None), (lines[number], own)] if number else self._choice(row, lines[0], own)
        else:
            head = f"  {row.label}" if isinstance(row, Pair) and not number else ""
            pieces = [(f"{head:<{parts.left}}{lines[number]}", styles.named(parts.style))]
        if parts.right and not number:
            used = sum(cell_len(text) for text, _ in pieces)
            gap = self.width - used - cell_len(parts.right) - 1
            pieces += [(" " * max(gap, 1), None), (parts.right, styles.named(parts.right_style))]
        return pieces

    def _choice(self, row: Choice | Button, text: str, own: Style | None) -> list[Piece]:
        """The first line of a row that can be pressed, in its own style."""
        signs, styles = self.look.signs, self.look.styles
        here = row.id == self.cursor
        chosen = isinstance(row, Choice) and row.chosen
        sign = f"{(signs.tick if row.tick else signs.radio)[chosen]} " if isinstance(row, Choice) else ""
        head = f"{signs.cursor if here else ' '} {sign}"
        if not here:
            return [(head, None), (text, own or (styles.strong if chosen else None))]
        bar = cursor_part(text)
        return [(head + bar, styles.cursor or own), (text[len(bar) :], own)]

    def _versions(self, row: Versions, number: int) -> list[Piece]:
        """The label under the cursor's bar, then what both say; what is chosen stands out by its sign as well as its style."""
        signs, styles = self.look.signs, self.look.styles
        parts = version_lines(row, self.width)[number]
        if not number and row.id == self.cursor:
            label = parts[0].text.strip()
            bar = cursor_part(label)
            return [(f"{signs.cursor} {bar}", styles.cursor), (label[len(bar) :], None)]
        sign = {None: "", False: signs.radio[False], True: signs.radio[True]}
        return [(sign[part.chosen] + part.text, styles.named(part.style)) for part in parts]

    def _field(self, row: Field) -> list[Piece]:
        signs, styles = self.look.signs, self.look.styles
        here = row.id == self.cursor
        label = fit(row.label, LABEL_WIDTH - row.indent - 1, signs.ellipsis)
        head = f"{signs.cursor if here else ' '} {' ' * row.indent}{label}"
        head += " " * (2 + LABEL_WIDTH - cell_len(head))
        room = min(row.width, self.width - 2 - LABEL_WIDTH - 1)
        if here:
            return [(head, styles.cursor), *self._edit(row, room)]
        shown = fit(_masked(row, row.value), room, signs.ellipsis)
        return [(head, None), (shown + " " * (room - cell_len(shown)), styles.field)]

    def _edit(self, row: Field, room: int) -> list[Piece]:
        styles, cursor = self.look.styles, self.edit.cursor
        text = _masked(row, self.edit.text)
        if self.edit.all_selected:
            shown = fit(text, room - 1, "")
            return [(shown, styles.edit), (" " * (room - cell_len(shown)), styles.field)]
        start, left = cursor, room - 1
        while start and (left := left - cell_len(text[start - 1])) >= 0:
            start -= 1
        before, at = text[start:cursor], text[cursor : cursor + 1] or " "
        after = fit(text[cursor + 1 :], max(room - cell_len(before) - cell_len(at), 0), "")
        rest = room - cell_len(before) - cell_len(at) - cell_len(after)
        return [(before, styles.field), (at, styles.edit), (after + " " * max(rest, 0), styles.field)]


def _masked(row: Field, text: str) -> str:
    """A secret is shown as dots."""
    return "•" * len(text) if row.secret else text
