"""A page that is read: rows without a cursor that scroll, and that tell when their end was shown."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.message import Message
from textual.timer import Timer

from pmm_tui.tui.widgets.rows import Row
from pmm_tui.tui.widgets.scrolled_rows import ScrolledRows
from pmm_tui.tui.widgets.too_small import is_too_small

REST = 0.6
"""Seconds that a page which fits has to stand, without a key, until it counts as read."""


class ReadingPage(ScrolledRows, can_focus=True):
    """Arrows, PgUp, PgDn, Home and End scroll, Space too; Enter does nothing: one that is held must not read."""

    class EndShown(Message):
        """The last line stands on the screen: reached by a key, or there for a while on a page that fits."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._timer: Timer | None = None
        self._free = True

    @property
    def rests(self) -> bool:
        """Whether what it waits to tell was told."""
        return self._timer is None

    @property
    def at_end(self) -> bool:
        """Whether the last line is in sight."""
        self._lay_out(self.size.width)
        return bool(self.size.height) and self._top + self.size.height >= len(self._layout)

    def show(self, rows: tuple[Row, ...], *, anew: bool) -> None:
        """Show a page; `anew`: from its top, and what is read of it is to be told again."""
        self.rows = rows
        if anew:
            self._top = 0
        self.repaint()
        if anew:
            self.wait_for_rest()

    def wait_for_rest(self) -> None:
        """Tell of a page that fits once it has stood there for a while; any key begins the while anew."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        self._timer = None
        if self.at_end and not self._top and self.screen is self.app.screen and not is_too_small(self.app.size):
            self.post_message(self.EndShown())

    def on_key(self, event: events.Key) -> None:
        page = max(self.size.height - 2, 1)
        steps = {
            "down": 1, "up": -1, "tab": 1, "shift+tab": -1, "pagedown": page, "pageup": -page, "space": page,
            "home": -len(self._layout), "end": len(self._layout), "ctrl+home": -len(self._layout), "ctrl+end": len(self._layout),
        }  # fmt: skip
        if event.key not in steps:
            return
        event.stop()
        event.prevent_default()
        self.read_on(steps[event.key])

    def read_on(self, lines: int) -> None:
        """Scroll by so many lines, and tell when that has brought the end."""
        self.scroll_lines(lines)
        if self.at_end and lines > 0:
            if self._timer is not None:
                self._timer.stop()
                self._timer = None
            self.post_message(self.EndShown())
        elif self._timer is not None:
            self.wait_for_rest()

    def on_resize(self) -> None:
        self._top = max(min(self._top, len(self._layout) - self.size.height), 0)
        self.wait_for_rest()

    def on_mouse_scroll_down(self) -> None:
        self.scroll_lines(1)
        if self.at_end:
            self.post_message(self.EndShown())

    def on_mouse_scroll_up(self) -> None:
        self.scroll_lines(-1)
