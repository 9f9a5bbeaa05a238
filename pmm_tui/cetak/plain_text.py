"""Documents as plain text: for a line printer, and to be read aloud; one thing after the other, no columns to be lost in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from pmm_tui.cetak.document import (
    Block,
    Cell,
    Code,
    Document,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Ruled,
    Sides,
    Sign,
    Signatures,
    Table,
    is_full,
)
from pmm_tui.text import clean

WIDTH = 78
_MARKS = {"": "", "bullet": "- ", "tick": "[x] ", "box": "[ ] "}


def plain_text(documents: Sequence[Document], told: Callable[[], None] = lambda: None) -> bytes:
    """The text; a form feed parts documents and their pages. `told` is called after each document."""
    pages = []
    for document in documents:
        pages.append("\n".join(text_lines(document)).strip("\n"))
        told()
    return ("\n\f".join(pages) + "\n").encode()


def text_lines(document: Document, width: int = WIDTH) -> list[str]:
    """The lines of one document, at most `width` letters long; a form feed begins a page."""
    writer = _Writer(width)
    return [*(line for block in document.blocks for line in writer.block(block)), "", *writer.wrapped(document.footer)]


class _Writer:
    """Writes blocks as lines of a width."""

    def __init__(self, width: int) -> None:
        self._width = width

    def block(self, block: Block) -> Iterator[str]:
        """The lines of a block."""
        match block:
            case Heading(lines):
                yield from ("", *(part.center(self._width).rstrip() for line in lines for part in self.wrapped(line)), "")
            case Paragraph(lines):
                yield from (part for line in lines for part in self._line(line))
                yield ""
            case Sides(left, right):
                yield from (*self.wrapped(left), *self.wrapped(right), "")
            case Table():
                yield from (*self._table(block), "")
            case Signatures(left_sign, right_sign):
                for sign in filter(None, (left_sign, right_sign)):
                    yield from self._sign(sign)
            case Code(content, caption):
                yield from (*self.wrapped(f"{caption}: {content}"), "")
            case Ruled(count):
                yield from ("_" * self._width for _ in range(count))
            case PageBreak():
                yield "\f"

    def _table(self, table: Table) -> Iterator[str]:
        """Each row as its values; under a row of titles each value has its title before it."""
        titles = [one.text for one in table.rows[table.head - 1]] if table.head else []
        named = len(titles) == len(table.widths)
        for row in table.rows[table.head if named else 0 :]:
            if is_full(row):
                yield from ("", *self.wrapped(row[0].text.upper()), "-" * min(len(row[0].text), self._width))
            elif named:
                values = [(title, " ".join(_plain(one))) for title, one in zip(titles, row, strict=True)]
                told = [f"{title}: {value}" if title else value for title, value in values[1:] if value]
                lead = f"{values[0][1]}{'.' if values[0][0] else ''} "  # the number, or the box to tick
                yield from (
                    part for at, line in enumerate(told) for part in self.wrapped(line if at else lead + line, "  " if at else "")
                )
            else:
                yield from self._joined([_plain(one) for one in row])

    def _joined(self, cells: list[list[str]]) -> Iterator[str]:
        """A row without titles: cells of one line side by side, longer ones below each other."""
        filled = [parts for parts in cells if any(parts)]
        if all(len(parts) == 1 for parts in filled):
            yield from self.wrapped(" | ".join(parts[0] for parts in filled))
        else:
            for number, parts in enumerate(filled):
                yield from (line for part in parts for line in self.wrapped(part, "  " if number else ""))

    def _line(self, line: Line) -> list[str]:
        return self.wrapped(_MARKS[line.mark] + line.text)

    def _sign(self, sign: Sign) -> Iterator[str]:
        above, below = ([part for text in texts for part in self.wrapped(text)] for texts in (sign.above, (sign.name, sign.number)))
        yield from (*above, "", "", "", *below, "")

    def wrapped(self, text: str, indent: str = "") -> list[str]:
        """A text, cleaned, as lines; one that is empty is an empty line."""
        return wrap(clean(text), self._width, initial_indent=indent, subsequent_indent=f"{indent}  ") or [""]


def _plain(cell: Cell) -> list[str]:
    return [(_MARKS[line.mark] + line.text).strip() for line in cell.lines if line.text or line.mark]
