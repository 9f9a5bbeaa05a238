"""The help as pages of the whole screen: blocks of keys and signs flow into one column or two, and on to the next page."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import Piece, wrap
from pmm_tui.tui.widgets.look import StyleName

_TWO_COLUMNS = 80
"""Cells from which on there are two columns."""
_LONGEST_ID = 20
"""Cells that the id of an action takes at most, with a blank behind."""
_MARGIN = 2
_BETWEEN = 2

Line = list[Piece]


class Told(Struct, frozen=True):
    """A key or a sign and what it means; a text alone goes over the whole column."""

    head: str
    text: str
    style: StyleName = "strong"


class Block(Struct, frozen=True):
    """Lines under a heading; `narrow` ones stand at the right where there are two columns."""

    title: str
    lines: tuple[Told, ...]
    narrow: bool = False


class Page(Struct, frozen=True):
    """The columns of a page, each with the blocks that it shows."""

    columns: tuple[tuple[Block, ...], ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The headings on it."""
        return tuple(dict.fromkeys(block.title for column in self.columns for block in column))


def _head_width(block: Block, width: int) -> int:
    """The cells of the keys or signs of a block, with the blanks behind."""
    return min(max((cell_len(told.head) for told in block.lines), default=0) + 2, max(width // 2, _LONGEST_ID))


def _wrapped(block: Block, width: int) -> list[tuple[Told, tuple[str, ...], tuple[str, ...]]]:
    """Each line of a block with its head and its text as they are wrapped; there are as many of each."""
    room = _head_width(block, width)
    found = []
    for told in block.lines:
        heads = wrap(told.head, room - 1) if told.head else ()
        texts = wrap(told.text, width - (room if told.head else 0))
        count = max(len(heads), len(texts))
        found.append((told, heads + ("",) * (count - len(heads)), texts + ("",) * (count - len(texts))))
    return found


def _height(block: Block, width: int) -> int:
    return 1 + sum(len(texts) for _, _, texts in _wrapped(block, width))


def _split(block: Block, width: int, room: int) -> tuple[Block, Block]:
    """What of a block has room, at least one line of it, and the rest."""
    used, count = 1, 0
    for _, _, texts in _wrapped(block, width):
        if used + len(texts) > room and count:
            break
        used, count = used + len(texts), count + 1
    return tuple(Block(block.title, lines, block.narrow) for lines in (block.lines[:count], block.lines[count:]))  # type: ignore[return-value]


def column_widths(width: int) -> tuple[int, ...]:
    """The widths of the columns; that of the keys is the wider one."""
    room = width - _MARGIN - 1
    if width < _TWO_COLUMNS:
        return (room,)
    left = (room - _BETWEEN) * 11 // 20
    return (left, room - _BETWEEN - left)


def paged(blocks: Sequence[Block], widths: tuple[int, ...], first: int, room: int) -> list[Page]:
    """Lay blocks out on pages of `room` lines, the first one of `first`.

    A column takes its own kind first, then the other's; a block is only split where it is higher than a page.
    """
    narrow = deque(block for block in blocks if block.narrow and len(widths) > 1)
    wide = deque(block for block in blocks if block not in narrow)
    pages: list[Page] = []
    while wide or narrow:
        left = max(room if pages else first, 3)
        columns = [
            _column(sources, width, left) for sources, width in zip(((wide, narrow), (narrow, wide)), widths, strict=False)
        ]  # fmt: skip
        pages.append(Page(tuple(columns)))
    return pages


def _column(sources: tuple[deque[Block], deque[Block]], width: int, room: int) -> tuple[Block, ...]:
    found: list[Block] = []
    used = 0
    for blocks in sources:
        while blocks:
            needed = _height(blocks[0], width) + bool(found)
            if used + needed <= room:
                found.append(blocks.popleft())
                used += needed
            elif not found:
                head, rest = _split(blocks.popleft(), width, room)
                blocks.appendleft(rest) if rest.lines else None
                return (head,)
            else:
                return tuple(found)
    return tuple(found)


class HelpPage(LineCanvas, can_focus=True):
    """Shows one page of blocks; what it is about stands above the first, what the next one holds below."""

    class Scrolled(Message):
        """The wheel was turned by a step."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, about: Sequence[str], blocks: Sequence[Block]) -> None:
        super().__init__(id="halaman")
        self._about = tuple(text for text in about if text)
        self._blocks = tuple(block for block in blocks if block.lines)
        self.number = 0

    def pages(self) -> list[Page]:
        """Return the pages at this size."""
        room = self.size.height - 2  # the blank line above, and the one that tells what follows
        about = len(self._about_lines(self.size.width))
        return paged(self._blocks, column_widths(self.size.width), room - about - bool(about), room)

    def turn(self, step: int) -> bool:
        """Go on by pages; whether that was another one."""
        before, self.number = self.number, min(max(self.number + step, 0), max(len(self.pages()) - 1, 0))
        self.repaint()
        return self.number != before

    def on_mouse_scroll_down(self) -> None:
        self.post_message(self.Scrolled(1))

    def on_mouse_scroll_up(self) -> None:
        self.post_message(self.Scrolled(-1))

    def _about_lines(self, width: int) -> list[str]:
        return [line for text in self._about for line in wrap(text, width - _MARGIN - 1)]

    def paint(self, width: int, height: int) -> list[Strip]:
        """Paint the page, its columns parted by a thin line."""
        pages, styles = self.pages(), self.look.styles
        self.number = min(self.number, max(len(pages) - 1, 0))
        lines: list[Line] = [[]]
        if not self.number:
            lines += [[(" " * _MARGIN + text, None)] for text in self._about_lines(width)]
            lines += [[]] if self._about else []
        lines += self._columns(pages[self.number], width) if pages else []
        strips = [self.line(*line, width=width) for line in lines]
        strips += [self.line(width=width)] * (height - len(strips))
        if self.number + 1 < len(pages):
            more = ", ".join(title for title in pages[self.number + 1].titles)
            strips[height - 1] = self.line((f"{' ' * _MARGIN}PgDn: {more}", styles.dim), width=width)
        return strips

    def _columns(self, page: Page, width: int) -> list[Line]:
        widths = column_widths(width)
        columns = [self._painted(column, room) for column, room in zip(page.columns, widths, strict=True)]
        lines: list[Line] = []
        for number in range(max(len(column) for column in columns)):
            line: Line = [(" " * _MARGIN, None)]
            for at, (column, room) in enumerate(zip(columns, widths, strict=True)):
                pieces = column[number] if number < len(column) else []
                last = at == len(columns) - 1
                gap = room + _BETWEEN - sum(cell_len(text) for text, _ in pieces)
                line += [*pieces, *([] if last else [(" " * gap, None)])]
            lines.append(line)
        return lines

    def _painted(self, blocks: tuple[Block, ...], width: int) -> list[Line]:
        styles = self.look.styles
        lines: list[Line] = []
        for block in blocks:
            lines += [[]] if lines else []
            lines.append([(block.title, styles.heading)])
            room = _head_width(block, width)
            for told, heads, texts in _wrapped(block, width):
                own = styles.named(told.style)
                for number, (head, text) in enumerate(zip(heads, texts, strict=True)):
                    line: Line = [(head, own), (" " * (room - cell_len(head)), None)] if told.head else []
                    lines.append([*line, *_with_word(text, own if block.narrow and not number else None)])
        return lines


def _with_word(text: str, own: Style | None) -> Line:
    """A meaning, its word before the colon in the style of the sign."""
    word, colon, rest = text.partition(":")
    return [(word, own), (colon + rest, None)]
