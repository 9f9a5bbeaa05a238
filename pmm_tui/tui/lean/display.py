"""A mixin that lets any Textual app write to its terminal through a `ScreenWriter`: only cells that differ.

    class MyApp(LeanDisplay, App): ...

It stands between Textual's compositor and its driver, on the whole screen as below the prompt (`inline=True`). Where Textual is not
as it is known here (8.2), without a terminal, or when anything goes wrong, Textual writes by itself as before. `lean = False`
switches it off.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

from textual import events
from textual.geometry import Offset
from textual.timer import Timer

from pmm_tui.tui.lean.pace import Line, Pace
from pmm_tui.tui.lean.painted import PaintedCells
from pmm_tui.tui.lean.private import (
    can_synchronize,
    cursor_left_at,
    driver_of,
    drops_frames,
    is_closed,
    is_update,
    known,
)
from pmm_tui.tui.lean.terminal import TRIAL, TRIED, terminal_of
from pmm_tui.tui.lean.writer import ScreenWriter

_SYNC_FROM = 512  # bytes from which a frame is worth the 16 bytes that keep it from tearing
_LATE_STEP = 0.25  # seconds between looks at whether an answer is late
_CHUNK = 8192  # what a Windows console takes at once


class LeanDisplay(PaintedCells):
    """The mixin; what it adds to the app begins with `lean`, but for `forget_terminal`.

    It measures the line and tells by `lean_measured` and `lean_slow`, which an app may override; by itself it changes nothing.
    """

    lean = True
    """Whether to write only what differs; without effect where Textual is not `known`."""

    _lean: ScreenWriter | None = None
    _lean_pace: Pace | None = None
    _lean_tries = False
    _lean_slow_told = False
    _lean_waits = False
    _lean_timer: Timer | None = None
    _lean_until = 0.0
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
        if self._lean_begin() is not None and self._lean_timer is None:
            # One for all waits, made here: a timer keeps the screen that was shown when it was made, even a while after its end.
            self._lean_timer = self.set_interval(_LATE_STEP, self._lean_late, pause=True)
        if self._lean is not None and self._lean_may_repeat:
            self._lean_tries = True
            if self._lean_pace is not None:
                self._lean_pace.tried(time.monotonic())
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
        assert self._lean_pace is not None
        now = time.monotonic()
        if not self._lean_pace.may_write(now):
            if not self._lean_waits:
                self._lean_waits = True
                self._lean_until = now + self._lean_pace.patience
                if self._lean_timer is not None:
                    self._lean_timer.resume()
            return
        if self._lean_waits:
            self._lean_done_waiting()
            self._lean_tell()
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
        """Write what waits, although the answer has not come in its time."""
        if self._lean_waits and time.monotonic() >= self._lean_until:
            self._lean_done_waiting()
            self._lean_flush()

    def _lean_done_waiting(self) -> None:
        self._lean_waits = False
        if self._lean_timer is not None:
            self._lean_timer.pause()

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """Take the terminal's answer: it has seen what was written before it was asked."""
        if self._lean is None or self._lean_pace is None:
            return
        came = time.monotonic() - (events.Event().time - event.time)  # it may have waited for its turn
        if self._lean_tries:
            self._lean_tries = False
            self._lean_pace.trial_answered(came)
            if (event.x, event.y) == TRIED:
                self._lean.terminal = self._lean.terminal._replace(rep=True)
            return
        before = self._lean_pace.rate
        self._lean_pace.answered(came)
        if self._lean_pace.rate != before:
            self.lean_measured()
        self._lean_tell()
        if self._lean_waits:
            self._lean_flush()

    # ---- how fast the line is

    @property
    def lean_line(self) -> Line:
        """What is known of the line to the terminal."""
        return self._lean_pace.line(time.monotonic()) if self._lean_pace is not None else Line()

    @property
    def lean_previews(self) -> bool:
        """Whether the line carries what nobody has asked for; so does one of which nothing is known."""
        return self._lean_pace is None or self._lean_pace.is_easy()

    def lean_measured(self) -> None:
        """Called when the rate of the line has been measured, for the first time or anew."""

    def lean_slow(self, rate: float | None) -> None:
        """Called once, when the line has turned out to be slow: bytes a second, None where only frames were skipped."""

    def _lean_tell(self) -> None:
        if not self._lean_slow_told and self._lean_pace is not None and self._lean_pace.is_slow(time.monotonic()):
            self._lean_slow_told = True
            self.lean_slow(self._lean_pace.rate)

    def lean_takes_pointer(self, shape: str) -> bool:
        """Write the shape of the mouse pointer only when it changes: Textual does so with every screen."""
        changed, self._lean_pointer = shape != self._lean_pointer, shape
        return changed

    async def on_resize(self, event: events.Resize) -> None:
        self.forget_terminal()  # Textual calls the handler of each class, its own as well
