"""The notice that the terminal is too small."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas

MIN_WIDTH, MIN_HEIGHT = 60, 18
"""The smallest terminal: less than the ordinary 80x24, which a status line or a window's frame makes smaller."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal of this size shows the notice alone."""
    return size.width < MIN_WIDTH or size.height < MIN_HEIGHT


def notice_size(screen: Screen[Any], size: Size) -> None:
    """Cover a screen with the notice while the terminal is too small for it."""
    small = is_too_small(size)
    if small and not screen.query(TooSmall):
        screen.mount(TooSmall())
    screen.set_class(small, "-kecil")


class TooSmall(LineCanvas):
    """The notice; it covers everything, questions as well."""

    def paint(self, width: int, height: int) -> list[Strip]:
        """Say it, in the middle."""
        lines = (
            "Jendela terlalu kecil.",
            f"Kini {width}x{height}; perbesar sampai {MIN_WIDTH}x{MIN_HEIGHT},",
            "atau kecilkan huruf dengan Ctrl+-.",
            "Isian tetap aman. Ctrl+Q keluar.",
        )
        top = max((height - len(lines)) // 2, 0)
        blank = [self.line(width=width)] * height
        blank[top : top + len(lines)] = [
            self.line((" " * max((width - cell_len(line)) // 2, 0) + line, None), width=width) for line in lines
        ]
        return blank
