"""The tour of the practice mode, as far as a screen knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pmm_tui.tui.palette_entry import Entry


class Guide(Protocol):
    """What a screen asks of the tour."""

    def follow(self) -> None:
        """Look how far it is, once all that happens now has happened."""

    def turn(self) -> None:
        """Begin it or go on with it; close it where it runs."""

    def skip(self) -> None:
        """Go on to the next step without doing this one."""

    def entries(self) -> Sequence[Entry]:
        """Return what the palette offers of it."""
