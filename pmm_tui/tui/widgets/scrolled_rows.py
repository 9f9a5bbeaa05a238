"""Rows under a cursor, laid out in lines, scrolled and painted; what the keys do with them is the sheet's."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_edit import LineEdit
from pmm_tui.tui.widgets.row_layout import button_at, height
from pmm_tui.tui.widgets.row_painter import RowPainter
from pmm_tui.tui.widgets.rows import Buttons, Row, RowId, cursor_rows


class ScrolledRows(LineCanvas):
    """`rows` are the rows, `cursor` is the id of the one under the cursor, or empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows: tuple[Row, ...] = ()
        self.cursor: RowId = ""
        self._edit = LineEdit()
        self._top = 0
        self._free = False  # scrolled by itself: the row under the cursor may be out of sight
        self._layout: list[tuple[int, int]] = []  # of each line the row's number, and which of the row's lines it is
        self._laid_out: tuple[tuple[Row, ...], int, bool] | None = None

    def scroll_lines(self, lines: int) -> None:
        """Scroll by lines; the cursor stays on its row, also out of sight."""
        self._free = True
        self._top = max(min(self._top + lines, len(self._layout) - self.size.height), 0)
        self.repaint()

    def row_under(self, event: events.MouseEvent) -> Row | None:
        """Return the row that was clicked, also where the rows stand in a frame."""
        at = event.get_content_offset(self)
        return None if at is None else self.row_at(at.x, at.y)

    def row_at(self, x: int, y: int) -> Row | None:
        """Return the row that is painted at a cell of the page; of buttons that belong together the one that is there."""
        at = self._top + y
        if not 0 <= at < len(self._layout):
            return None
        number, line = self._layout[at]
        row = self.rows[number]
        return button_at(row, x, line, self.size.width, self.look.thrifty) if isinstance(row, Buttons) else row

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, for a sheet that is as high as its rows."""
        self._lay_out(width)
        return len(self._layout)

    def paint(self, width: int, height: int) -> list[Strip]:
        """Paint the visible part; a sign at the edge where more is above or below."""
        self._lay_out(width)
        self._scroll_to_cursor(height)
        painter = RowPainter(self.look, width, self.cursor, self._edit, self.away)
        shown = self._layout[self._top : self._top + height]
        strips = [self.line(*painter.line(self.rows[number], line), width=width) for number, line in shown]
        signs = self.look.signs
        if strips and self._top > 0:
            strips[0] = self._marked(strips[0], signs.top)
        if strips and self._top + height < len(self._layout):
            strips[-1] = self._marked(strips[-1], signs.bottom)
        return strips

    def _marked(self, strip: Strip, sign: str) -> Strip:
        return Strip([*strip.crop(0, strip.cell_length - 1), *self.line((sign, self.look.styles.accent), width=1)])

    def _lay_out(self, width: int) -> None:
        asked = self.rows, width, self.look.thrifty
        if self._laid_out != asked:
            self._laid_out = asked
            self._layout = [(number, line) for number, row in enumerate(self.rows) for line in range(height(row, *asked[1:]))]

    def _scroll_to_cursor(self, room: int) -> None:
        """Scroll so that the row under the cursor is in sight, and with the first and last of them what is before and behind."""
        if self.cursor and not self._free:
            ids = [tuple(row.id for row in cursor_rows(self.rows[number])) for number, _ in self._layout]
            lines = [at for at, there in enumerate(ids) if self.cursor in there]
            if lines:
                first, last = lines[0], lines[-1]
                if not any(ids[:first]) and last < room:
                    first = 0
                elif not any(ids[last + 1 :]) and len(ids) - first <= room:
                    last = len(ids) - 1
                self._top = min(max(self._top, last - room + 1), first)
        self._top = max(min(self._top, len(self._layout) - room), 0)
