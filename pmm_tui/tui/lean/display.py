"""A mixin that lets any Textual app write to its terminal through a `ScreenWriter`: only cells that differ.

    class MyApp(LeanDisplay, App): ...

It stands between Textual's compositor and its driver, on the whole screen as below the prompt (`inline=True`). Where Textual is not
as it is known here (8.2), without a terminal, or when anything goes wrong, Textual writes by itself as before. `lean = False`
switches it off.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import COLOR_SYSTEMS
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset
from textual.strip import Strip
from textual.timer import Timer

from pmm_tui.tui.lean.cells import narrow
from pmm_tui.tui.lean.pace import Pace
from pmm_tui.tui.lean.private import (
    Overridden,
    can_synchronize,
    cursor_left_at,
    driver_of,
    drops_frames,
    is_closed,
    is_update,
    known,
    rows_below_prompt,
    strips_of,
)
from pmm_tui.tui.lean.terminal import BLANK, PLAIN, TRIAL, TRIED, WIDE_TAIL, Cell, Pen, blank_pen, terminal_of
from pmm_tui.tui.lean.writer import ScreenWriter

_SGR = (1, 2, 3, 4, 5, 6, 7, 8, 9, 21, 53)  # the numbers of the attributes that a pen may have
_FLAGS = ("bold", "dim", "italic", "underline", "blink", "blink2", "reverse", "conceal", "strike", "underline2", "overline")
_SYNC_FROM = 512  # bytes from which a frame is worth the 16 bytes that keep it from tearing
_CHUNK = 8192  # what a Windows console takes at once


class LeanDisplay(Overridden):
    """The mixin; what it adds to the app begins with `lean`, but for `forget_terminal`."""

    lean = True
    """Whether to write only what differs; without effect where Textual is not `known`."""

    _lean: ScreenWriter | None = None
    _lean_rows: list[list[Cell]]
    _lean_pens: dict[Style, Pen]
    _lean_made: dict[Pen, dict[str, Cell]]  # each cell once: a screen of them is small, and equal ones are the same
    _lean_tries = False
    _lean_waits = False
    _lean_timer: Timer | None = None
    _lean_pointer = "default"

    def _lean_begin(self) -> ScreenWriter | None:
        """The writer, or None where Textual has to write by itself."""
        if not self.lean or self.is_headless:
            return None
        if self._lean is None:
            driver: Any = driver_of(self) if known(self) else None
            if driver is None:
                return None
            terminal = terminal_of(os.environ.get("TERM", ""))
            self._lean = ScreenWriter(terminal._replace(rep=False), inline=driver.is_inline)
            self._lean_may_repeat = terminal.rep and not driver.is_inline
            self._lean_rows, self._lean_pens, self._lean_made, self._lean_pace = [], {}, {}, Pace()
            self.app_resume_signal.subscribe(self, lambda _: self.forget_terminal())
            stop = driver.stop_application_mode

            def released() -> None:
                """However the app leaves the terminal, for good or for a while, nothing of the writer's stays behind."""
                self._lean_release()
                stop()

            driver.stop_application_mode = released
        return self._lean

    async def on_compose(self) -> None:
        """Try, before anything is painted, what the name of the terminal does not tell for certain."""
        if self._lean_begin() is not None and self._lean_may_repeat:
            self._lean_tries = True
            self._lean_write(TRIAL)

    def _lean_release(self) -> None:
        """Leave the terminal to somebody else: Textual's own writing, or another program."""
        if self._lean is not None and (text := self._lean.release()):
            self._lean_write(text)

    def _lean_write(self, text: str) -> None:
        driver = driver_of(self)
        if driver is not None:
            for start in range(0, len(text), _CHUNK):
                driver.write(text[start : start + _CHUNK])
            driver.flush()

    def forget_terminal(self) -> None:
        """Paint everything with the next frame: others may have written to the terminal."""
        if self._lean is not None:
            self._lean.forget()

    def lean_show(self, usual: Callable[..., None], *told: Any) -> None:
        """Write what differs; or let Textual write by itself, in its usual way."""
        update = told[-1]
        if update is None or is_closed(self):
            usual(*told)
            return
        if self._lean_begin() is None or not is_update(update):
            self._lean_release()
            usual(*told)
            return
        try:
            self._lean_take(update)
            if drops_frames(self):
                return  # Textual drops this frame, paints all of it again and waits for that; here the next one brings it
            self._lean_flush()
        except Exception:  # an inner part of Textual that is not as it was: its own way always works
            self.lean = False
            self._lean_release()
            usual(*told)
            self.refresh(repaint=True, layout=True)
            return
        self.post_display_hook()

    def _lean_flush(self) -> None:
        """Write what differs, unless the line is still busy."""
        assert self._lean is not None
        now = time.monotonic()
        if not self._lean_pace.may_write(now):
            if not self._lean_waits:
                self._lean_waits = True
                self._lean_timer = self.set_timer(self._lean_pace.patience, self._lean_late)
            return
        self._lean_done_waiting()
        x, y = self.cursor_position
        inline = self._lean.inline
        text = self._lean.frame(self._lean_rows, (x, y) if inline or x or y else None)
        if inline:
            cursor_left_at(self, Offset(x, y))
        if not text:
            return
        size = len(text.encode("utf-8", "replace"))
        if size >= _SYNC_FROM and can_synchronize(self):
            text = f"\x1b[?2026h{text}\x1b[?2026l"
        # Below the prompt Textual's driver keeps the answers for itself.
        if not inline and self._lean_pace.wrote(size, now):
            text += "\x1b[6n"
        self._lean_write(text)

    def _lean_late(self) -> None:
        """Write what waits, although the answer has not come."""
        if self._lean_waits:
            self._lean_done_waiting()
            self._lean_flush()

    def _lean_done_waiting(self) -> None:
        """Stop the timer too: until its time it would keep the screen that waited, and it is not there for the next frame."""
        self._lean_waits = False
        if self._lean_timer is not None:
            self._lean_timer.stop()
            self._lean_timer = None

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """Take the terminal's answer: it has seen what was written before it was asked."""
        if self._lean_tries:
            self._lean_tries = False
            if self._lean is not None and (event.x, event.y) == TRIED:
                self._lean.terminal = self._lean.terminal._replace(rep=True)
        elif self._lean is not None:
            self._lean_pace.answered()
            if self._lean_waits:
                self._lean_flush()

    def lean_takes_pointer(self, shape: str) -> bool:
        """Write the shape of the mouse pointer only when it changes: Textual does so with every screen."""
        changed, self._lean_pointer = shape != self._lean_pointer, shape
        return changed

    async def on_resize(self, event: events.Resize) -> None:
        self.forget_terminal()  # Textual calls the handler of each class, its own as well

    # ---- from Textual's updates to cells

    def _lean_take(self, update: object) -> None:
        width, height = self.size
        rows, inline = self._lean_rows, rows_below_prompt(update)
        if inline is not None:
            rows[:] = [[BLANK] * width for _ in range(inline)]
        elif len(rows) != height or (rows and len(rows[0]) != width):
            rows[:] = [[BLANK] * width for _ in range(height)]
        for y, x, strip in strips_of(update):
            self._lean_put(y, x, strip)

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
            system = COLOR_SYSTEMS.get(self.console.color_system or "", ColorSystem.TRUECOLOR)
            attributes = sum(1 << number for number, name in zip(_SGR, _FLAGS, strict=True) if getattr(style, name))
            colours = [
                ";".join(colour.downgrade(system).get_ansi_codes(foreground)) if colour else ""
                for colour, foreground in ((style.color, True), (style.bgcolor, False))
            ]
            fore, back = ("" if code in ("39", "49") else code for code in colours)
            pen = self._lean_pens[style] = Pen(fore, back, attributes, style.link or "")
        return pen
