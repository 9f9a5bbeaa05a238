"""How two versions of a field become lines: in columns where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len

from pmm_tui.tui.widgets.line_text import fit, wrap
from pmm_tui.tui.widgets.look import StyleName
from pmm_tui.tui.widgets.rows import VersionHeads, Versions

SIDE_BY_SIDE = 100
"""Cells of a row from which on the two versions stand beside each other in the thrifty look, below their label."""
COLUMNS = 72
"""Cells from which on label and versions have a column each in the full look."""
_LABEL_LINES = 2
_INDENT, _SIGN = 4, 4  # cells before a version, and of its sign with the blank behind it
_MINE, _THEIRS = "saya    ", "server  "


class Part(NamedTuple):
    """A piece of a line; `chosen` asks for the sign of one of two that is chosen, or is not, before the text; None for none."""

    text: str
    style: StyleName = ""
    chosen: bool | None = None


def version_lines(row: Versions | VersionHeads, width: int, *, thrifty: bool) -> tuple[tuple[Part, ...], ...]:
    """The lines of a row `width` cells wide."""
    if isinstance(row, VersionHeads):
        return () if thrifty or width < COLUMNS else _heads(row, width)
    return _thrifty_lines(row, width) if thrifty or width < COLUMNS else _in_columns(row, width)


def _cells(width: int) -> tuple[int, int]:
    """The cells of the label's column, and of each version's."""
    label = 20 if width < 100 else 28
    return label, (width - 2 - label - 1) // 2


@lru_cache(64)
def _heads(row: VersionHeads, width: int) -> tuple[tuple[Part, ...], ...]:
    """Whose each column is, and below it what is known of that."""
    label, room = _cells(width)
    lines = zip_longest(wrap(row.mine, room - 2), wrap(row.theirs, room - 2), fillvalue="")
    head = (Part(f"  {'Bidang':<{label}}", "dim"), Part(f"{'Milik saya':<{room}}", "strong"), Part("Milik server", "strong"))
    return (head, *((Part(f"  {'':<{label}}{_padded(mine, room)}{theirs}", "dim"),) for mine, theirs in lines))


@lru_cache(1024)
def _in_columns(row: Versions, width: int) -> tuple[tuple[Part, ...], ...]:
    """Label, ours and theirs beside each other; the one that is chosen in bold."""
    label, room = _cells(width)
    ours, theirs = (wrap(text, room - _SIGN - 2) for text in (row.mine, row.theirs))
    lines = []
    for number, (head, mine, other) in enumerate(zip_longest(_short_label(row.label, label - 2), ours, theirs)):
        parts = [Part(f"  {_padded(head or '', label)}", "dim")]
        for text, chosen in ((mine, not row.from_theirs), (other, row.from_theirs)):
            style: StyleName = "strong" if chosen else ""
            if number:
                parts.append(Part(_padded(f"{'':<{_SIGN}}{text or ''}", room), style))
            else:
                parts.append(Part(_padded(f" {text or ''}", room - _SIGN + 1), style, chosen))
        lines.append(tuple(parts))
    return tuple(lines)


def _short_label(text: str, cells: int) -> tuple[str, ...]:
    """A label in its column, of a long one no more than its beginning."""
    lines = wrap(text, cells)
    return lines if len(lines) <= _LABEL_LINES else (*lines[: _LABEL_LINES - 1], fit(f"{lines[_LABEL_LINES - 1]} {text}", cells))


def _padded(text: str, cells: int) -> str:
    return text + " " * max(cells - cell_len(text), 0)


@lru_cache(1024)
def _thrifty_lines(row: Versions, width: int) -> tuple[tuple[Part, ...], ...]:
    """The label, then what both say."""
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
