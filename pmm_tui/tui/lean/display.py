"""A mixin that lets any Textual app write to its terminal through a `ScreenWriter`: only cells that differ.

    class MyApp(LeanDisplay, App): ...

It stands between Textual's compositor and its driver, on the whole screen as below the prompt (`inline=True`). Where Textual is not
as it is known here (8.2), without a terminal, or when anything goes wrong, Textual writes by itself as before. `lean = False`
switches it off.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from typing import Any

from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip

from pmm_tui.tui.lean.cells import narrow
from pmm_tui.tui.lean.pace import Pace
from pmm_tui.tui.lean.terminal import BLANK, PLAIN, TRIAL, TRIED, WIDE_TAIL, Cell, Pen, blank_pen, terminal_of
from pmm_tui.tui.lean.writer import ScreenWriter

try:
    from rich.cells import split_graphemes
    from textual._compositor import ChopsUpdate, InlineUpdate, LayoutUpdate

    KNOWN = True
except ImportError:  # another Textual, or another rich: it writes by itself
    KNOWN = False

_ATTRIBUTES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 0, 0, 53)  # SGR number of each bit of a rich style, in rich's order
_SYNC_FROM = 512  # bytes from which a frame is worth the 16 bytes that keep it from tearing
_CHUNK = 8192  # what a Windows console takes at once


class LeanDisplay:
    """See the module."""

    lean = True
    """Whether to write only what differs; without effect where Textual is not `KNOWN`."""

    _lean: ScreenWriter | None = None
    _lean_rows: list[list[Cell]]
    _lean_pens: dict[Style, Pen]
    _lean_made: dict[Pen, dict[str, Cell]]  # each cell once: a screen of them is small, and equal ones are the same
    _lean_tries = False
    _lean_waits = False
    _lean_pointer = "default"

    def _lean_begin(self) -> ScreenWriter | None:
        """The writer, or None where Textual has to write by itself."""
        driver = self._driver  # type: ignore[attr-defined]
        if not (KNOWN and self.lean) or driver is None or self.is_headless:  # type: ignore[attr-defined]
            return None
        if self._lean is None:
            terminal = terminal_of(os.environ.get("TERM", ""))
            self._lean = ScreenWriter(terminal._replace(rep=False), inline=driver.is_inline)
            self._lean_may_repeat = terminal.rep and not driver.is_inline
            self._lean_rows, self._lean_pens, self._lean_made, self._lean_pace = [], {}, {}, Pace()
            self.app_resume_signal.subscribe(self, lambda _: self.forget_terminal())  # type: ignore[attr-defined]
            stop = driver.stop_application_mode

            def released() -> None:
                """However the app leaves the terminal, for good or for a while, nothing of the writer's stays behind."""
                self._lean_release()
                stop()

            driver.stop_application_mode = released
        return self._lean

    async def _on_compose(self) -> None:
        """Before anything is painted, try what the name of the terminal does not tell for certain."""
        if self._lean_begin() is not None and self._lean_may_repeat:
            self._lean_tries = True
            self._driver.write(TRIAL)  # type: ignore[attr-defined]
            self._driver.flush()  # type: ignore[attr-defined]

    def _lean_release(self) -> None:
        """Leave the terminal to somebody else: Textual's own writing, or another program."""
        if self._lean is not None and (text := self._lean.release()):
            self._driver.write(text)  # type: ignore[attr-defined]

    def forget_terminal(self) -> None:
        """Paint everything with the next frame: others may have written to the terminal."""
        if self._lean is not None:
            self._lean.forget()

    def _display(self, *told: Any) -> None:
        usual, update = super()._display, told[-1]  # type: ignore[misc]
        if update is None or self._closed:  # type: ignore[attr-defined]
            usual(*told)
            return
        if self._lean_begin() is None or not isinstance(update, (LayoutUpdate, ChopsUpdate, InlineUpdate)):
            self._lean_release()
            usual(*told)
            return
        try:
            self._lean_take(update)
            if self._batch_count or not self._running:  # type: ignore[attr-defined]
                return  # Textual drops this frame, paints all of it again and waits for that; here the next one brings it
            self._lean_flush()
        except Exception:  # an inner part of Textual that is not as it was: its own way always works
            self.lean = False
            self._lean_release()
            usual(*told)
            self.refresh(repaint=True, layout=True)  # type: ignore[attr-defined]
            return
        self.post_display_hook()  # type: ignore[attr-defined]

    def _lean_flush(self) -> None:
        """Write what differs, unless the line is still busy."""
        assert self._lean is not None
        now = time.monotonic()
        if not self._lean_pace.may_write(now):
            if not self._lean_waits:
                self._lean_waits = True
                self.set_timer(self._lean_pace.patience, self._lean_late)  # type: ignore[attr-defined]
            return
        self._lean_waits = False
        x, y = self.cursor_position  # type: ignore[attr-defined]
        inline = self._lean.inline
        text = self._lean.frame(self._lean_rows, (x, y) if inline or x or y else None)
        if inline:
            self._previous_cursor_position = Offset(x, y)  # Textual finds the rows again from there
        if not text:
            return
        size = len(text.encode("utf-8", "replace"))
        if size >= _SYNC_FROM and self._sync_available:  # type: ignore[attr-defined]
            text = f"\x1b[?2026h{text}\x1b[?2026l"
        # Below the prompt Textual's driver keeps the answers for itself.
        if not inline and self._lean_pace.wrote(size, now):
            text += "\x1b[6n"
        driver = self._driver  # type: ignore[attr-defined]
        for start in range(0, len(text), _CHUNK):
            driver.write(text[start : start + _CHUNK])
        driver.flush()

    def _lean_late(self) -> None:
        """The answer has not come: write what waits all the same."""
        if self._lean_waits:
            self._lean_waits = False
            self._lean_flush()

    def _on_cursor_position(self, event: events.CursorPosition) -> None:
        """The terminal has seen what was written before it was asked."""
        if self._lean_tries:
            self._lean_tries = False
            if self._lean is not None and (event.x, event.y) == TRIED:
                self._lean.terminal = self._lean.terminal._replace(rep=True)
        elif self._lean is not None:
            self._lean_pace.answered()
            if self._lean_waits:
                self._lean_flush()

    def _set_pointer_shape(self, shape: str) -> None:
        """Write the shape of the mouse pointer only when it changes: Textual does so with every screen."""
        if shape != self._lean_pointer:
            self._lean_pointer = shape
            super()._set_pointer_shape(shape)  # type: ignore[misc]

    async def _on_resize(self, event: events.Resize) -> None:
        self.forget_terminal()  # Textual calls the handler of each class, its own as well

    # ---- from Textual's updates to cells

    def _lean_take(self, update: LayoutUpdate | ChopsUpdate | InlineUpdate) -> None:
        width, height = self.size  # type: ignore[attr-defined]
        rows = self._lean_rows
        if isinstance(update, InlineUpdate):
            rows[:] = [[BLANK] * width for _ in update.strips]
            for y, strip in enumerate(update.strips):
                self._lean_put(y, 0, strip)
            return
        if len(rows) != height or (rows and len(rows[0]) != width):
            rows[:] = [[BLANK] * width for _ in range(height)]
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                x = update.region.x
                for strip in strips:
                    self._lean_put(y, x, strip)
                    x += strip.cell_length
            return
        for y, x1, x2 in update.spans:
            for end, (x, part) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if part is not None and x <= x2 and end > x1:
                    self._lean_put(y, x, part if end <= x2 else part.crop(0, min(end, x2) - x))

    def _lean_put(self, y: int, x: int, strip: Strip) -> None:
        if not 0 <= y < len(self._lean_rows):
            return
        row = self._lean_rows[y]
        cells = self._lean_cells(strip)
        if x < len(row):
            row[x : x + len(cells)] = cells[: len(row) - x]

    def _lean_cells(self, segments: Iterable[Segment]) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, control in segments:
            if control:
                continue
            pen = PLAIN if style is None else self._lean_pen(style)
            made = self._lean_made.setdefault(pen, {})
            if narrow(text):
                for letter in text:
                    cell = made.get(letter)
                    if cell is None:
                        cell = made[letter] = (letter, blank_pen(pen) if letter == " " else pen)
                    cells.append(cell)
                continue
            for start, end, width in split_graphemes(text)[0]:
                if width:
                    letter = text[start:end]
                    cells.append((letter, blank_pen(pen) if letter == " " else pen))
                    cells += [(WIDE_TAIL, pen)] * (width - 1)
        return cells

    def _lean_pen(self, style: Style) -> Pen:
        pen = self._lean_pens.get(style)
        if pen is None:
            system = self.console._color_system or ColorSystem.TRUECOLOR  # type: ignore[attr-defined]
            bits = style._attributes & style._set_attributes
            attributes = sum(1 << number for bit, number in enumerate(_ATTRIBUTES) if bits >> bit & 1 and number)
            colours = [
                ";".join(colour.downgrade(system).get_ansi_codes(foreground)) if colour else ""
                for colour, foreground in ((style.color, True), (style.bgcolor, False))
            ]
            fore, back = ("" if code in ("39", "49") else code for code in colours)
            pen = self._lean_pens[style] = Pen(fore, back, attributes, style.link or "")
        return pen
