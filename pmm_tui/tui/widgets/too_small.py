"""The notice that the terminal is too small."""

from __future__ import annotations

from rich.cells import cell_len
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import Kanvas

MIN_WIDTH, MIN_HEIGHT = 80, 24


class TooSmall(Kanvas):
    """The notice; it covers everything."""

    def gambar(self, lebar: int, tinggi: int) -> list[Strip]:
        """Say it, in the middle."""
        lines = ["Jendela terlalu kecil.", f"Kini {lebar}x{tinggi}; perbesar sampai {MIN_WIDTH}x{MIN_HEIGHT}.", "Isian tetap aman."]
        top = max((tinggi - len(lines)) // 2, 0)
        blank = [self.garis(lebar=lebar)] * tinggi
        blank[top : top + len(lines)] = [
            self.garis((" " * max((lebar - cell_len(line)) // 2, 0) + line, None), lebar=lebar) for line in lines
        ]
        return blank
