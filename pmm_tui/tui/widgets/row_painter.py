"""How a row of a sheet becomes lines: pure, from the row, the width, the look and the edit under the cursor."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import LineEdit
from pmm_tui.tui.widgets.line_text import Piece, fit, over_all, wrap
from pmm_tui.tui.widgets.look import Look, StyleName
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
    RowId,
    Text,
    VersionHeads,
    Versions,
)
from pmm_tui.tui.widgets.versions import version_lines

LABEL_WIDTH = 22
"""Cells of a field's label."""
_MARGIN = 2
"""Cells before every row; the cursor's sign stands in the first."""


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
            return _Parts(_MARGIN, row.text, "heading", row.right)
        case Text():
            return _Parts(_MARGIN + row.indent, row.text, row.style, row.right, row.right_style)
        case Gap():
            return _Parts(_MARGIN)
        case Pair():
            return _Parts(_MARGIN + LABEL_WIDTH if row.label else _MARGIN, row.text, note=row.note, note_style=row.note_style)
        case Choice():
            left = _MARGIN + 4 + (len(row.number) + 1 if row.number else 0)
            return _Parts(left, row.label, right=row.right, right_style=row.right_style, note=row.note)
        case Field():
            return _Parts(_MARGIN + LABEL_WIDTH, note=row.note, note_style=row.note_style)
        case Versions() | VersionHeads() | Buttons():
            return _Parts(_MARGIN)  # laid out elsewhere
        case Item():
            return _Parts(_MARGIN, row.label, row.style, row.right, row.right_style, note=row.note, note_indent=2)
        case Button():
            return _Parts(_MARGIN, row.label, "accent", row.right, note=row.note, note_indent=2)


@lru_cache(1024)
def height(row: Row, width: int, thrifty: bool) -> int:
    """How many lines a row takes at a width in cells."""
    if isinstance(row, (Versions, VersionHeads)):
        return len(version_lines(row, width, thrifty=thrifty))
    if isinstance(row, Buttons):
        return 1 if not thrifty and _fit_beside(row, width) else sum(height(button, width, thrifty) for button in row.items)
    parts = _parts(row)
    if isinstance(row, Button) and not thrifty:
        return 1 if _note_beside(row, width) else 1 + len(parts.note_lines(width))
    beside = isinstance(row, Field) and not thrifty and _field_note_beside(row, width)
    return len(parts.lines(width)) + (0 if beside else len(parts.note_lines(width)))


def _room(row: Field, width: int) -> int:
    """The cells in which a field's text stands; its right edge follows."""
    return max(min(row.width, width - _MARGIN - LABEL_WIDTH - 2), 1)


def _field_note_beside(row: Field, width: int) -> bool:
    """Whether a field's note has room behind it."""
    return bool(row.note) and _MARGIN + LABEL_WIDTH + _room(row, width) + 2 + cell_len(row.note) < width


def _button_width(row: Button) -> int:
    return cell_len(row.label) + (4 if not row.right else 5 + cell_len(row.right))


def _note_beside(row: Button, width: int) -> bool:
    """Whether a button's note has room behind it."""
    return not row.note or _MARGIN + _button_width(row) + 2 + cell_len(row.note) < width


def _fit_beside(row: Buttons, width: int) -> bool:
    """Whether buttons fit beside each other."""
    return _MARGIN + sum(_button_width(button) + 1 for button in row.items) <= width


class RowPainter(Struct, frozen=True):
    """Paints rows `width` cells wide; the row with the id `cursor` is under the cursor, and `edit` is what is typed there.

    `away`: the keys go elsewhere, as to a question over the page.
    """

    look: Look
    width: int
    cursor: RowId
    edit: LineEdit
    away: bool = False

    def line(self, row: Row, number: int) -> list[Piece]:
        """Return the pieces of one line of a row, `number` from 0."""
        match row:
            case Versions() | VersionHeads():
                return self._versions(row, number)
            case Buttons() if not self.look.thrifty and _fit_beside(row, self.width):
                return self._buttons(row)
            case Buttons():
                return self._stacked(row, number)
            case Button() if not self.look.thrifty:
                return self._button(row, number)
        parts, styles = _parts(row), self.look.styles
        lines = parts.lines(self.width)
        if number >= len(lines):
            note = parts.note_lines(self.width)[number - len(lines)]
            pieces = [(" " * (parts.left + parts.note_indent), None), (note, styles.named(parts.note_style))]
            return pieces if isinstance(row, Field) else self._bar(row, pieces)  # a field shows the cursor within
        if isinstance(row, Field):
            return self._field(row)
        if isinstance(row, (Choice, Item, Button)):
            own = styles.named(parts.style)
            if isinstance(row, Choice) and row.chosen and not self._here(row):
                own = styles.strong
            pieces = [(" " * parts.left, None), (lines[number], own)] if number else self._pressable(row, lines[0], own)
        else:
            pieces = self._plain(row, parts, lines[number], number)
        if parts.right and not number:
            used = sum(cell_len(text) for text, _ in pieces)
            gap = self.width - used - cell_len(parts.right) - 1
            pieces += [(" " * max(gap, 1), None), (parts.right, styles.named(parts.right_style))]
        return self._bar(row, pieces)

    def _bar(self, row: Row, pieces: list[Piece]) -> list[Piece]:
        """The pieces of a line, all of it in the cursor's bar where the cursor is on its row."""
        if self.look.thrifty or not self._here(row):
            return pieces
        styles = self.look.styles
        return over_all(pieces, styles.cursor_away if self.away else styles.cursor, self.width)

    def _here(self, row: Row) -> bool:
        return isinstance(row, (Choice, Item, Button, Field, Versions)) and row.id == self.cursor

    def _plain(self, row: Row, parts: _Parts, text: str, number: int) -> list[Piece]:
        """A line that takes no cursor; a label before it is dim."""
        styles = self.look.styles
        if isinstance(row, Pair) and row.label and not self.look.thrifty:
            head = fit(row.label, LABEL_WIDTH - 1, self.look.signs.ellipsis) if not number else ""
            return [(f"  {head:<{parts.left - _MARGIN}}", styles.dim), (text, styles.named(parts.style))]
        head = f"  {row.label}" if isinstance(row, Pair) and not number else ""
        return [(f"{head:<{parts.left}}{text}", styles.named(parts.style))]

    def _pressable(self, row: Choice | Item | Button, text: str, own: Style | None) -> list[Piece]:
        """The first line of a row that can be pressed, in its own style."""
        signs = self.look.signs
        sign = f"{(signs.tick if row.tick else signs.radio)[row.chosen]} " if isinstance(row, Choice) else ""
        if isinstance(row, Choice) and row.number:
            sign = f"{row.number} {sign}"
        return [(f"{signs.cursor if self._here(row) else ' '} {sign}", None), (text, own)]

    def _versions(self, row: Versions | VersionHeads, number: int) -> list[Piece]:
        """What both say; what is chosen stands out by its sign as well as its style."""
        signs, styles = self.look.signs, self.look.styles
        parts = version_lines(row, self.width, thrifty=self.look.thrifty)[number]
        sign = {None: "", False: signs.radio[False], True: signs.radio[True]}
        pieces = [(sign[part.chosen] + part.text, styles.named(part.style)) for part in parts]
        if not number and self._here(row):
            pieces[0] = (signs.cursor + pieces[0][0][1:], pieces[0][1])
        return self._bar(row, pieces)

    # ---- buttons

    def _buttons(self, row: Buttons) -> list[Piece]:
        pieces: list[Piece] = [(" ", None)]
        for button in row.items:
            pieces += self._shape(button)
        return pieces

    def _stacked(self, row: Buttons, number: int) -> list[Piece]:
        for button in row.items:
            lines = height(button, self.width, self.look.thrifty)
            if number < lines:
                return self.line(button, number)
            number -= lines
        return []

    def _button(self, row: Button, number: int) -> list[Piece]:
        styles = self.look.styles
        if number:
            return [(" " * 4, None), (_parts(row).note_lines(self.width)[number - 1], styles.dim)]
        pieces: list[Piece] = [(" ", None), *self._shape(row)]
        return [*pieces, (f" {row.note}", styles.dim)] if row.note and _note_beside(row, self.width) else pieces

    def _shape(self, row: Button) -> list[Piece]:
        """A blank and a button as it looks like one; the one under the cursor has its sign before it, and is the only blue."""
        styles, here = self.look.styles, row.id == self.cursor
        style = styles.button
        if here:
            style = styles.cursor_away if self.away else styles.cursor
        elif row.main:
            style = styles.main_button
        left, right = ("[", "]") if self.look.flat else (" ", " ")
        label = fit(row.label, self.width - _MARGIN - 3, self.look.signs.ellipsis)
        pieces: list[Piece] = [(self.look.signs.cursor if here else " ", styles.accent), (f"{left}{label}{right}", style)]
        return [*pieces, (f" {row.right} ", styles.dim)] if row.right else [*pieces, (" ", None)]

    # ---- fields

    def _field(self, row: Field) -> list[Piece]:
        look = self.look
        signs, styles = look.signs, look.styles
        here = row.id == self.cursor
        label = fit(row.label, LABEL_WIDTH - row.indent - (1 if look.thrifty else 2), signs.ellipsis)
        head = f"{signs.cursor if here else ' '} {' ' * row.indent}{label}"
        head += " " * (_MARGIN + LABEL_WIDTH - cell_len(head))
        if look.thrifty:
            room = min(row.width, self.width - _MARGIN - LABEL_WIDTH - 1)
            if here:
                return [(head, None), *self._edit(row, room)]
            shown = fit(_masked(row, row.value), room, signs.ellipsis)
            return [(head, None), (shown + " " * (room - cell_len(shown)), styles.field)]
        room = _room(row, self.width)
        if row.read_only:
            shown = fit(row.value or "-", room, signs.ellipsis)
            note = [(f"  {row.note}", styles.named(row.note_style))] if _field_note_beside(row, self.width) else []
            return self._bar(row, [(head, None), (shown, None), *note])
        there = here and not self.away
        edge = styles.edge_here if there else styles.edge
        left, right = signs.edges
        inside = self._edit(row, room) if there else self._at_rest(row, room)
        pieces: list[Piece] = [(head[:-1], styles.heading if there else None), (left, edge), *inside, (right, edge)]
        return [*pieces, (f" {row.note}", styles.named(row.note_style))] if _field_note_beside(row, self.width) else pieces

    def _at_rest(self, row: Field, room: int) -> list[Piece]:
        styles = self.look.styles
        shown = fit(_masked(row, row.value) or row.hint, room, self.look.signs.ellipsis)
        return [(shown + " " * (room - cell_len(shown)), styles.field if row.value else styles.hint)]

    def _edit(self, row: Field, room: int) -> list[Piece]:
        styles, cursor = self.look.styles, self.edit.cursor
        text = _masked(row, self.edit.text)
        if self.edit.all_selected:
            shown = fit(text, room - 1, "")
            return [(shown, styles.edit), (" " * (room - cell_len(shown)), styles.field_here)]
        start, left = cursor, room - 1
        while start and (left := left - cell_len(text[start - 1])) >= 0:
            start -= 1
        before, at = text[start:cursor], text[cursor : cursor + 1] or " "
        after = fit(text[cursor + 1 :], max(room - cell_len(before) - cell_len(at), 0), "")
        rest = room - cell_len(before) - cell_len(at) - cell_len(after)
        return [(before, styles.field_here), (at, styles.edit), (after + " " * max(rest, 0), styles.field_here)]


def _masked(row: Field, text: str) -> str:
    """A secret is shown as dots."""
    return "•" * len(text) if row.secret else text
