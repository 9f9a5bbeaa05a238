"""Text for one line of the screen: cut and wrapped by cells, spelled out for plain fonts, and made into a strip."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from pmm_tui.text import clean, without_accents
from pmm_tui.tui.lean.cells import narrow
from pmm_tui.tui.widgets.look import Look

Piece = tuple[str, Style | None]
"""A piece of a line and its style; None is plain text."""

_PLAIN_SIGNS = {0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2022: "*", 0x2026: "~", 0xB7: "-"}


def to_ascii(text: str) -> str:
    """Spell out what a plain font cannot show: accents and typographic signs."""
    if text.isascii():
        return text
    text = text.translate(_PLAIN_SIGNS)
    if text.isascii():
        return text
    return without_accents(text).encode("ascii", "replace").decode()


@lru_cache(4096)
def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Cut a text to `width` cells, the cut marked; never longer, maybe shorter."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(width - cell_len(ellipsis), 0)).rstrip() + ellipsis if width > 0 else ""


def over_all(pieces: Iterable[Piece], style: Style, width: int) -> list[Piece]:
    """Return a line all in one style to the edge, as the cursor's bar is; its own colours give way."""
    text = "".join(text for text, _ in pieces)
    return [(text + " " * max(width - cell_len(text), 0), style)]


@lru_cache(4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Wrap a text at spaces into lines of at most `width` cells; a longer word is cut. At least one line."""
    width = max(width, 1)
    if cell_len(text) <= width and "\n" not in text:
        return (text,)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            while cell_len(word) > width:
                room = width - cell_len(line) - bool(line)
                if room < 8:
                    lines.append(line)
                    line, room = "", width
                head = _prefix(word, room)
                lines.append(f"{line} {head}".strip())
                line, word = "", word[len(head) :]
            if line and cell_len(line) + 1 + cell_len(word) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line else word
        lines.append(line)
    return tuple(lines)


def _prefix(word: str, cells: int) -> str:
    """The longest beginning of `word` within `cells`, at least one character."""
    length = max(cells, 1)
    while length > 1 and cell_len(word[:length]) > cells:
        length -= 1
    return word[:length]


@lru_cache(4096)
def _cleaned(text: str) -> str:
    """As `clean`, but the blanks at both ends stay: they are columns."""
    core = text.strip(" ")
    left = len(text) - len(text.lstrip(" "))
    return " " * left + clean(core) + " " * (len(text) - left - len(core))


def make_strip(width: int, pieces: Iterable[Piece], look: Look, background: Style | None = None) -> Strip:
    """Make a line of exactly `width` cells. `background` lies under pieces without a style and fills the rest.

    This is the last door of text to the screen: what `text.clean` would take out never passes, and nothing is read as markup.
    """
    segments: list[Segment] = []
    room = width
    for text, style in pieces:
        if not (text.isprintable() and narrow(text)):
            text = _cleaned(text)
        if look.ascii:
            text = to_ascii(text)
        size = cell_len(text)
        if size > room:
            text, size = set_cell_size(text, room), room
        if text:
            segments.append(Segment(text, style or background))
        room -= size
        if room <= 0:
            break
    if room > 0:
        segments.append(Segment(" " * room, background))
    return Strip(segments, width)


def ends(left: str, right: str, width: int) -> str:
    """A line with text at both ends; without the right one where there is no room for it and two blanks."""
    room = width - cell_len(left) - cell_len(right)
    return f"{left}{' ' * room}{right}" if right and room > 1 else left
