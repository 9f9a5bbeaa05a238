"""The notice that the terminal is too small."""

from __future__ import annotations

from rich.cells import cell_len
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas

MIN_WIDTH, MIN_HEIGHT = 80, 24


class TooSmall(LineCanvas):
    """The notice; it covers everything."""

    def paint(self, width: int, height: int) -> list[Strip]:
        """Say it, in the middle."""
        lines = ["Jendela terlalu kecil.", f"Kini {width}x{height}; perbesar sampai {MIN_WIDTH}x{MIN_HEIGHT}.", "Isian tetap aman."]
        top = max((height - len(lines)) // 2, 0)
        blank = [self.line(width=width)] * height
        blank[top : top + len(lines)] = [
            self.line((" " * max((width - cell_len(line)) // 2, 0) + line, None), width=width) for line in lines
        ]
        return blank
