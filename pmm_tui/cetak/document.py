"""What a page is made of: blocks without any format, which the writers turn into HTML, PDF, XLSX, CSV and text.

Texts stand in the blocks as they are to be read; each writer escapes them by the rules of its format.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

NOTHING = "–"
"""What stands in a cell that has nothing to say; a hyphen could begin a formula."""


class Line(Struct, frozen=True, omit_defaults=True):
    """One line of a cell or a paragraph. `mark` stands before it: a bullet, a tick, or an empty box to be ticked by hand."""

    text: str
    bold: bool = False
    mark: Literal["", "bullet", "tick", "box"] = ""


class Cell(Struct, frozen=True, omit_defaults=True):
    """A cell of a table, `span` columns wide."""

    lines: tuple[Line, ...] = ()
    span: int = 1
    centred: bool = False
    shaded: bool = False

    @property
    def text(self) -> str:
        """All its lines as one."""
        return "; ".join(line.text for line in self.lines if line.text)


Row: TypeAlias = tuple[Cell, ...]


class Table(Struct, frozen=True, omit_defaults=True):
    """A table; `widths` are the columns' proportions, the first `head` rows come again on every page.

    `height` is how high a row is at least, in millimetres, for what is written by hand; `dense` rows are as low as can be.
    """

    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    head: int = 0
    height: int = 0
    dense: bool = False


class Heading(Struct, frozen=True, omit_defaults=True):
    """A title, centred and bold, one line or more."""

    lines: tuple[str, ...]


class Paragraph(Struct, frozen=True, omit_defaults=True):
    """Text over the whole width."""

    lines: tuple[Line, ...]
    small: bool = False
    centred: bool = False


class Sides(Struct, frozen=True, omit_defaults=True):
    """Two short texts on one line, at the left and at the right margin."""

    left: str
    right: str


class Sign(Struct, frozen=True, omit_defaults=True):
    """A place to sign: what stands above it, the name and the number below."""

    above: tuple[str, ...]
    name: str
    number: str = ""


class Signatures(Struct, frozen=True, omit_defaults=True):
    """Two places to sign, side by side; the left one may be missing. They stay on one page."""

    left: Sign | None
    right: Sign


class Code(Struct, frozen=True, omit_defaults=True):
    """A QR code of `content`, where the library for it is there, with `content` beside it to be read by people."""

    content: str
    caption: str


class Ruled(Struct, frozen=True, omit_defaults=True):
    """Empty lines to write on."""

    count: int


class PageBreak(Struct, frozen=True, omit_defaults=True):
    """What follows begins a new page."""


Block: TypeAlias = Heading | Paragraph | Sides | Table | Signatures | Code | Ruled | PageBreak


class Document(Struct, frozen=True, omit_defaults=True):
    """One document, mostly of one teacher. `watermark` stands light across each page, `footer` at the foot of it."""

    title: str
    blocks: tuple[Block, ...]
    watermark: str = ""
    footer: str = ""
    landscape: bool = False


def cell(*texts: str | Line, span: int = 1, bold: bool = False, centred: bool = False, shaded: bool = False) -> Cell:
    """A cell of the texts, one line each."""
    lines = tuple(Line(text, bold) if isinstance(text, str) else text for text in texts)
    return Cell(lines, span, centred, shaded)


def heading_row(*texts: str) -> Row:
    """A row of column titles."""
    return tuple(cell(text, bold=True, centred=True, shaded=True) for text in texts)


def full_row(text: str, columns: int) -> Row:
    """A row that is one shaded cell over all columns: what follows belongs to it."""
    return (cell(text, span=columns, bold=True, shaded=True),)


def is_full(row: Row) -> bool:
    """Whether a row is a title over all columns."""
    return len(row) == 1 and row[0].span > 1


def paragraph(*texts: str | Line, small: bool = False, centred: bool = False) -> Paragraph:
    """A paragraph of the texts, one line each."""
    return Paragraph(tuple(Line(text) if isinstance(text, str) else text for text in texts), small, centred)


def texts_of(document: Document) -> Iterator[str]:
    """Every text of a document that is to be seen."""
    yield from (document.title, document.watermark, document.footer)
    for block in document.blocks:
        match block:
            case Heading(lines):
                yield from lines
            case Paragraph():
                yield from (line.text for line in block.lines)
            case Table():
                yield from (line.text for row in block.rows for one in row for line in one.lines)
            case Sides(left, right):
                yield from (left, right)
            case Signatures(left_sign, right_sign):
                for sign in filter(None, (left_sign, right_sign)):
                    yield from (*sign.above, sign.name, sign.number)
            case Code(content, caption):
                yield from (content, caption)


def flat_rows(document: Document) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The tables of a document as one: heading and rows of text, for files that are nothing but columns.

    A row over all columns becomes the first cell of those that follow; columns without a title are for the pen and left out.
    """
    heading: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    group, grouped = "", False
    for table in (block for block in document.blocks if isinstance(block, Table) and block.head):
        titles = [one.text for one in table.rows[table.head - 1]]
        kept = [at for at, title in enumerate(titles) if title]
        heading = tuple(titles[at] for at in kept)
        for row in table.rows[table.head :]:
            if is_full(row):
                group, grouped = row[0].text, True
            else:
                rows.append((group, *(row[at].text for at in kept)))
    start = 0 if grouped else 1
    return ("Bagian", *heading)[start:], tuple(row[start:] for row in rows)
