"""The line of the tour: what can be done next, above the status line. It takes no key and no focus."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from textual.geometry import Size
from textual.strip import Strip

from pmm_tui.tui.widgets.canvas import LineCanvas
from pmm_tui.tui.widgets.line_text import fit, wrap

_ROOMY = 22
"""Lines of a terminal from which on the whole sentence is shown; on a smaller one the page needs the room."""
_NARROW = 80
_MOST = 3


class Said(Struct, frozen=True):
    """What the tour says: how far it is, the step, what to do for it, the keys that lead on or out; `long`: in more lines."""

    head: str
    title: str
    sentence: str
    tail: str
    long: bool = False


class TourLine(LineCanvas):
    """Hidden while the tour says nothing; else always as high on one terminal, so that the page above it stays where it is."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.said: Said | None = None
        self.display = False

    def set(self, said: Said | None, terminal: Size) -> None:
        """Show this on a terminal of this size; None hides the line."""
        self.said = said
        height = self._rows_on(terminal) if said else 0
        if self.display != bool(said):
            self.display = bool(said)
        if said and (self.styles.height is None or self.styles.height.value != height):
            self.styles.height = height
        self.repaint()

    def _rows_on(self, terminal: Size) -> int:
        assert self.said is not None
        if not self.said.sentence or terminal.height < _ROOMY:
            return 1
        if self.said.long:
            return min(len(self._wrapped(terminal.width)), _MOST)
        return 2 if terminal.width >= _NARROW else _MOST

    @property
    def _lead(self) -> int:
        assert self.said is not None
        return cell_len(self.said.head) + 2

    def _wrapped(self, width: int) -> list[str]:
        """The step and its sentence, and the keys at the end where they have room in the last line."""
        assert self.said is not None
        said, room = self.said, width - self._lead - 1
        lines = list(wrap(f"{said.title}. {said.sentence}" if said.sentence else said.title, room))
        return lines if cell_len(lines[-1]) + cell_len(said.tail) + 2 <= room else [*lines, ""]

    def paint(self, width: int, height: int) -> list[Strip]:
        """As many lines as there are."""
        if self.said is None:
            return []
        said, styles, ellipsis = self.said, self.look.styles, self.look.signs.ellipsis
        room = width - self._lead - 1
        if height == 1:
            lines = [fit(said.title, max(room - cell_len(said.tail) - 2, 0), ellipsis)]
        else:
            lines = self._wrapped(width)[:height]
            lines += [""] * (height - len(lines))
        last = fit(lines[-1], max(room - cell_len(said.tail) - 2, 0), ellipsis)
        gap = " " * max(room - cell_len(last) - cell_len(said.tail), 0)
        strips = []
        for number, line in enumerate(lines):
            lead = f" {said.head} " if number == 0 else " " * self._lead
            text = last if number == height - 1 else line
            named = number == 0 and text.startswith(said.title)
            title, rest = (said.title, text[len(said.title) :]) if named else ("", text)
            pieces = [(lead, styles.accent), (title, styles.strong), (rest, None)]
            strips.append(self.line(*pieces, *([(gap + said.tail, styles.dim)] if number == height - 1 else []), width=width))
        return strips
