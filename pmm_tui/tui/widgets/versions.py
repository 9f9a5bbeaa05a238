"""How two versions of a field become lines: beside each other where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from pmm_tui.tui.widgets.line_text import wrap
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import Versions

SIDE_BY_SIDE = 100
"""Cells of a row from which on the two versions stand beside each other."""
_INDENT, _SIGN = 4, 4  # cells before a version, and of its sign with the blank behind it
_MINE, _THEIRS = "saya    ", "server  "


class Part(NamedTuple):
    """A piece of a line; `chosen` asks for the sign of one of two that is chosen, or is not, before the text; None for none."""

    text: str
    style: StyleName = ""
    chosen: bool | None = None


@lru_cache(1024)
def version_lines(row: Versions, width: int) -> tuple[tuple[Part, ...], ...]:
    """The lines of a row `width` cells wide: its label, then what both say."""
    label = tuple((Part(f"  {line}"),) for line in wrap(row.label, width - 3))
    if width < SIDE_BY_SIDE:
        room = width - _INDENT
        mine = _version(_MINE, row.mine, not row.from_theirs, room)
        return (*label, *((_blank(_INDENT), *line) for line in (*mine, *_version(_THEIRS, row.theirs, row.from_theirs, room))))
    room = (width - _INDENT) // 2
    both = zip_longest(
        _version(_MINE, row.mine, not row.from_theirs, room), _version(_THEIRS, row.theirs, row.from_theirs, room), fillvalue=()
    )
    return (*label, *((_blank(_INDENT), *_filled(mine, room), *theirs) for mine, theirs in both))


def _version(who: str, text: str, chosen: bool, room: int) -> Iterator[tuple[Part, ...]]:
    """The lines of one version: whose, and what it says; the one that is chosen in bold."""
    style: StyleName = "strong" if chosen else ""
    for number, line in enumerate(wrap(text, room - _SIGN - len(who) - 2)):
        if number:
            yield _blank(_SIGN + len(who)), Part(line, style)
        else:
            yield (Part(f" {who}{line}", style, chosen),)


def _filled(parts: tuple[Part, ...], room: int) -> tuple[Part, ...]:
    used = sum(cell_len(part.text) + (_SIGN - 1 if part.chosen is not None else 0) for part in parts)
    return (*parts, _blank(room - used))


def _blank(cells: int) -> Part:
    return Part(" " * cells)
