"""Rows under a cursor, laid out in lines, scrolled and painted; what the keys do with them is the sheet's."""

from __future__ import annotations

from typing import Any

from textual.geometry import Size
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import Kanvas
from pmm_tui.tui.widgets.line_edit import Sunting
from pmm_tui.tui.widgets.row_painter import RowPainter, height
from pmm_tui.tui.widgets.rows import Row, RowId, id_of


class ScrolledRows(Kanvas):
    """`baris` are the rows, `kursor` is the id of the one under the cursor, or empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.baris: tuple[Row, ...] = ()
        self.kursor: RowId = ""
        self._edit = Sunting()
        self._top = 0
        self._free = False  # scrolled by itself: the row under the cursor may be out of sight
        self._layout: list[tuple[int, int]] = []  # of each line the row's number, and which of the row's lines it is
        self._laid_out: tuple[tuple[Row, ...], int] | None = None

    def gulung(self, lines: int) -> None:
        """Scroll by lines; the cursor stays on its row, also out of sight."""
        self._free = True
        self._top = max(min(self._top + lines, len(self._layout) - self.size.height), 0)
        self.perbarui()

    def row_at(self, y: int) -> Row | None:
        """Return the row that is painted at line `y` of the widget."""
        at = self._top + y
        return self.baris[self._layout[at][0]] if 0 <= at < len(self._layout) else None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines, for a sheet that is as high as its rows."""
        self._lay_out(width)
        return len(self._layout)

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Paint the visible part; a sign at the edge where more is above or below."""
        self._lay_out(lebar)
        self._scroll_to_cursor(tinggi)
        painter = RowPainter(self.rupa, lebar, self.kursor, self._edit)
        shown = self._layout[self._top : self._top + tinggi]
        strips = [self.garis(*painter.line(self.baris[number], line), lebar=lebar) for number, line in shown]
        signs = self.rupa.tanda
        if strips and self._top > 0:
            strips[0] = self._marked(strips[0], signs.atas)
        if strips and self._top + tinggi < len(self._layout):
            strips[-1] = self._marked(strips[-1], signs.bawah)
        return strips

    def _marked(self, strip: Strip, sign: str) -> Strip:
        return Strip([*strip.crop(0, strip.cell_length - 1), *self.garis((sign, self.rupa.gaya.accent), lebar=1)])

    def _lay_out(self, width: int) -> None:
        if self._laid_out != (self.baris, width):
            self._laid_out = (self.baris, width)
            self._layout = [(number, line) for number, row in enumerate(self.baris) for line in range(height(row, width))]

    def _scroll_to_cursor(self, room: int) -> None:
        """Scroll so that the row under the cursor is in sight, and with the first and last of them what is before and behind."""
        if self.kursor and not self._free:
            ids = [id_of(self.baris[number]) for number, _ in self._layout]
            lines = [at for at, row_id in enumerate(ids) if row_id == self.kursor]
            if lines:
                first, last = lines[0], lines[-1]
                if not any(ids[:first]) and last < room:
                    first = 0
                elif not any(ids[last + 1 :]) and len(ids) - first <= room:
                    last = len(ids) - 1
                self._top = min(max(self._top, last - room + 1), first)
        self._top = max(min(self._top, len(self._layout) - room), 0)
