"""The rows that a sheet shows, as values: one type for each kind."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct

from pmm_tui.tui.widgets.look import StyleName

RowId = Hashable
"""What tells a row that takes the cursor from the others of its sheet: a word, or a small frozen struct of the sheet's own.

Its `str` is what is remembered of the cursor from one start to the next. The empty string is no row.
"""


class Heading(Struct, frozen=True):
    """A heading; `right` stands at the right end."""

    text: str
    right: str = ""


class Text(Struct, frozen=True):
    """A paragraph, wrapped; `right` stands at the right end of its first line."""

    text: str
    style: StyleName = ""
    indent: int = 0
    right: str = ""
    right_style: StyleName = ""


class Gap(Struct, frozen=True):
    """An empty line."""


class Pair(Struct, frozen=True):
    """A label and beside it a text that cannot be edited here, with a note below."""

    label: str
    text: str
    note: str = ""
    note_style: StyleName = "dim"


class Choice(Struct, frozen=True):
    """One of several, or with `tick` one that can be ticked by itself; `number` is the digit that chooses it.

    `group` stands before it as a field's label does, blank for the others of the group; None where there is no such column.
    """

    id: RowId
    label: str
    chosen: bool
    tick: bool = False
    right: str = ""
    right_style: StyleName = ""
    note: str = ""
    number: str = ""
    group: str | None = None


class Field(Struct, frozen=True):
    """A field to type in: `width` its cells, `limit` its most characters; `digits` lets only digits in, `secret` shows dots.

    `hint` stands in it while it is empty; one to be `read_only` has no edges.
    """

    id: RowId
    label: str
    value: str
    width: int = 30
    limit: int = 300
    digits: bool = False
    secret: bool = False
    note: str = ""
    note_style: StyleName = "dim"
    indent: int = 0
    hint: str = ""
    read_only: bool = False


class Item(Struct, frozen=True):
    """A row that Enter takes: one thing of a list, or what leads elsewhere; `right` stands at the right end, `note` below."""

    id: RowId
    label: str
    note: str = ""
    right: str = ""
    style: StyleName = ""
    right_style: StyleName = "dim"


class Button(Struct, frozen=True):
    """Something to press, with its key behind it; `main` is the next sensible one of a page."""

    id: RowId
    label: str
    note: str = ""
    right: str = ""
    main: bool = False


class Buttons(Struct, frozen=True):
    """Buttons beside each other where they fit."""

    items: tuple[Button, ...]


class VersionHeads(Struct, frozen=True):
    """The heads of the columns of `Versions`: who and when of ours and of theirs."""

    mine: str
    theirs: str


class Versions(Struct, frozen=True):
    """A field that two plans have otherwise: what each says, and whose is chosen."""

    id: RowId
    label: str
    mine: str
    theirs: str
    from_theirs: bool


CursorRow = Choice | Field | Item | Button | Versions
"""The rows that can take the cursor."""
Row = Heading | Text | Gap | Pair | Buttons | VersionHeads | CursorRow


def cursor_rows(row: Row) -> tuple[CursorRow, ...]:
    """Return what in a row can take the cursor, mostly the row itself or nothing."""
    if isinstance(row, Buttons):
        return row.items
    return (row,) if isinstance(row, CursorRow) else ()


def problem_row(row_id: RowId, message: str, blocking: bool) -> Item:
    """Make the row of a problem that leads to its field; the sign tells one that stops from one that warns."""
    return Item(row_id, f"{'!' if blocking else '-'} {message}", style="error" if blocking else "warning")
