"""How a row of a sheet becomes lines: pure, from the row, the width, the look and the edit under the cursor."""

from __future__ import annotations

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style

from pmm_tui.tui.widgets.line_edit import LineEdit
from pmm_tui.tui.widgets.line_text import Piece, fit, over_all
from pmm_tui.tui.widgets.look import Look
from pmm_tui.tui.widgets.row_layout import (
    LABEL_WIDTH,
    MARGIN,
    Parts,
    field_note_beside,
    field_room,
    fit_beside,
    height,
    note_beside,
    parts_of,
)
from pmm_tui.tui.widgets.rows import (
    Button,
    Buttons,
    Choice,
    Field,
    Item,
    Pair,
    Row,
    RowId,
    VersionHeads,
    Versions,
)
from pmm_tui.tui.widgets.versions import version_lines


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
            case Buttons() if not self.look.thrifty and fit_beside(row, self.width):
                return self._buttons(row)
            case Buttons():
                return self._stacked(row, number)
            case Button() if not self.look.thrifty:
                return self._button(row, number)
        parts, styles = parts_of(row), self.look.styles
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
            margin = 1 if self.look.thrifty else 2  # the sign of more rows stands in the last cell
            gap = self.width - used - cell_len(parts.right) - margin
            pieces += [(" " * max(gap, 1), None), (parts.right, styles.named(parts.right_style))]
        return self._bar(row, pieces)

    def _sign_of(self, row: Row) -> str:
        """The cursor's sign before a row; none while the keys go elsewhere, so that there is one on the screen."""
        return self.look.signs.cursor if self._here(row) and (self.look.thrifty or not self.away) else " "

    def _bar(self, row: Row, pieces: list[Piece]) -> list[Piece]:
        """The pieces of a line, all of it in the cursor's bar where the cursor is on its row."""
        if self.look.thrifty or not self._here(row):
            return pieces
        styles = self.look.styles
        return over_all(pieces, styles.cursor_away if self.away else styles.cursor, self.width)

    def _here(self, row: Row) -> bool:
        return isinstance(row, (Choice, Item, Button, Field, Versions)) and row.id == self.cursor

    def _plain(self, row: Row, parts: Parts, text: str, number: int) -> list[Piece]:
        """A line that takes no cursor; a label before it is dim."""
        styles = self.look.styles
        if isinstance(row, Pair) and row.label and not self.look.thrifty:
            head = fit(row.label, LABEL_WIDTH - 1, self.look.signs.ellipsis) if not number else ""
            return [(f"  {head:<{parts.left - MARGIN}}", styles.dim), (text, styles.named(parts.style))]
        head = f"  {row.label}" if isinstance(row, Pair) and not number else ""
        return [(f"{head:<{parts.left}}{text}", styles.named(parts.style))]

    def _pressable(self, row: Choice | Item | Button, text: str, own: Style | None) -> list[Piece]:
        """The first line of a row that can be pressed, in its own style."""
        signs = self.look.signs
        sign = f"{(signs.tick if row.tick else signs.radio)[row.chosen]} " if isinstance(row, Choice) else ""
        if isinstance(row, Choice) and row.number:
            sign = f"{row.number} {sign}"
        return [(f"{self._sign_of(row)} {sign}", None), (text, own)]

    def _versions(self, row: Versions | VersionHeads, number: int) -> list[Piece]:
        """What both say; what is chosen stands out by its sign as well as its style."""
        signs, styles = self.look.signs, self.look.styles
        parts = version_lines(row, self.width, thrifty=self.look.thrifty)[number]
        sign = {None: "", False: signs.radio[False], True: signs.radio[True]}
        pieces = [(sign[part.chosen] + part.text, styles.named(part.style)) for part in parts]
        if not number and self._here(row):
            pieces[0] = (self._sign_of(row) + pieces[0][0][1:], pieces[0][1])
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
            return [(" " * 4, None), (parts_of(row).note_lines(self.width)[number - 1], styles.dim)]
        pieces: list[Piece] = [(" ", None), *self._shape(row)]
        return [*pieces, (f" {row.note}", styles.dim)] if row.note and note_beside(row, self.width) else pieces

    def _shape(self, row: Button) -> list[Piece]:
        """A blank and a button as it looks like one; the one under the cursor has its sign before it, and is the only blue."""
        styles, here = self.look.styles, row.id == self.cursor
        style = styles.button
        if here:
            style = styles.cursor_away if self.away else styles.cursor
        elif row.main:
            style = styles.main_button
        left, right = ("[", "]") if self.look.flat else (" ", " ")
        label = fit(row.label, self.width - MARGIN - 3 - (cell_len(row.right) + 2 if row.right else 0), self.look.signs.ellipsis)
        pieces: list[Piece] = [(self._sign_of(row), styles.accent), (f"{left}{label}{right}", style)]
        return [*pieces, (f" {row.right} ", styles.dim)] if row.right else [*pieces, (" ", None)]

    # ---- fields

    def _field(self, row: Field) -> list[Piece]:
        look = self.look
        signs, styles = look.signs, look.styles
        here = row.id == self.cursor
        label = fit(row.label, LABEL_WIDTH - row.indent - (1 if look.thrifty else 2), signs.ellipsis)
        head = f"{self._sign_of(row)} {' ' * row.indent}{label}"
        head += " " * (MARGIN + LABEL_WIDTH - cell_len(head))
        if look.thrifty:
            room = min(row.width, self.width - MARGIN - LABEL_WIDTH - 1)
            if here:
                return [(head, None), *self._edit(row, room)]
            shown = fit(_masked(row, row.value), room, signs.ellipsis)
            return [(head, None), (shown + " " * (room - cell_len(shown)), styles.field)]
        room = field_room(row, self.width)
        if row.read_only:
            shown = fit(row.value or "-", room, signs.ellipsis)
            note = [(f"  {row.note}", styles.named(row.note_style))] if field_note_beside(row, self.width) else []
            return self._bar(row, [(head, None), (shown, None), *note])
        there = here and not self.away
        edge = styles.edge_here if there else styles.edge
        left, right = signs.edges
        inside = self._edit(row, room) if there else self._at_rest(row, room)
        pieces: list[Piece] = [(head[:-1], styles.heading if there else None), (left, edge), *inside, (right, edge)]
        return [*pieces, (f" {row.note}", styles.named(row.note_style))] if field_note_beside(row, self.width) else pieces

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
