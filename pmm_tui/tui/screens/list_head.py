"""What stands above a list: how far things are, the filters as chips, and the search as a field. Pure, in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style

from pmm_tui.services.progress import Progress
from pmm_tui.tui.widgets.line_text import Piece, fit
from pmm_tui.tui.widgets.lines import Line
from pmm_tui.tui.widgets.look import Look

ROOMY = 76
"""Columns from which words and the bar have their full length."""


def numbered(npsn: str, name: str) -> str:
    """What a title says of the school: its number first where this computer keeps several, which names may not tell apart."""
    return f"{npsn} {name}" if npsn else name


def chip(label: str, count: int, look: Look, *, here: bool) -> list[Piece]:
    """A filter and how many pass it; the one in force stands out."""
    if here:
        left, right = ("[", "]") if look.flat else (" ", " ")
        return [(f"{left}{label} {count}{right}", look.styles.main_button)]
    return [(f" {label} ", None), (f"{count} ", look.styles.dim)]


def progress_line(
    progress: Progress, words: Sequence[Piece], right: str, width: int, look: Look, style: Style | None = None
) -> Line:
    """The bar and what it means; it gives way to what stands at the right end, in a style of its own."""
    signs, styles = look.signs, look.styles
    room = width - 1 - sum(cell_len(text) for text, _ in words) - cell_len(right) - 2
    cells = max(min(30 if width >= 100 else 20 if width >= ROOMY else 12, room), 0)
    signed = zip(signs.progress, progress.bar(cells), (styles.good, styles.accent, styles.rule), strict=True)
    pieces: list[Piece] = [(" ", None), *((sign * count, style) for sign, count, style in signed), *words]
    gap = width - sum(cell_len(text) for text, _ in pieces) - cell_len(right) - 1
    return [*pieces, (" " * max(gap, 1), None), (right, style)] if right else pieces


def search_field(text: str, room: int, look: Look) -> list[Piece]:
    """The search as a field: what is typed, with its end in sight, or that one can type."""
    styles, (left, right) = look.styles, look.signs.edges
    inside = room - 4
    if inside < 4:
        return []
    if not text:
        hint = "ketik untuk mencari" if inside >= 22 else "ketik: cari"
        shown = fit(hint, inside, look.signs.ellipsis)
        return [(" ", None), (left, styles.edge), (shown + " " * (inside - cell_len(shown)), styles.hint), (right, styles.edge)]
    while cell_len(text) > inside - 1:
        text = text[1:]
    rest = inside - cell_len(text) - 1
    return [
        (" ", None), (left, styles.edge_here), (text, styles.field_here), (" ", styles.edit), (" " * rest, styles.field_here),
        (right, styles.edge_here),
    ]  # fmt: skip
