"""The search of a list of choices: looks like a field under the cursor, and is written by its sheet, which has the keys."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, set_cell_size
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas

_MARGIN = 2


class SearchLine(LineCanvas):
    """One line; the text is always written at its end."""

    def __init__(self, hint: str = "ketik untuk mencari", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._hint, self._query = hint, ""

    def set(self, query: str) -> None:
        """Show what is searched."""
        self._query = query
        self.repaint()

    def paint(self, width: int, height: int) -> list[Strip]:
        """The field with the cursor behind the text; a hint while it is empty."""
        styles, (left, right) = self.look.styles, self.look.signs.edges
        room = max(width - 2 * _MARGIN - 2, 1)
        query = self._query
        while cell_len(query) > room - 1:
            query = query[1:]
        rest = room - cell_len(query) - 1
        hint = "" if query else set_cell_size(self._hint, min(len(self._hint), rest))
        return [
            self.line(
                (" " * _MARGIN, None), (left, styles.edge_here), (query, styles.field_here), (" ", styles.edit),
                (hint, styles.field_here), (" " * (rest - len(hint)), styles.field_here), (right, styles.edge_here), width=width,
            )
        ]  # fmt: skip
