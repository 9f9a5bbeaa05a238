"""A page that is read to its end before anything can be decided of it."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.message import Message

from pmm_tui.tui.key_runs import is_deliberate
from pmm_tui.tui.widgets.reading_page import ReadingPage
from pmm_tui.tui.widgets.rows import Row


class ReviewPage(ReadingPage):
    """Enter and Space read on until the end was shown; from then on they are its screen's.

    `ended` tells whether the end was shown since the page began; `deciding` are the keys that decide from then on; `skips`: nothing
    can be decided of what is shown, and Enter is its screen's from the beginning.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ended = False
        self._ended_at = float("inf")
        self.deciding = {"enter", "space"}
        self.skips = False
        self._shown_at = float("-inf")

    def show(self, rows: tuple[Row, ...], *, anew: bool) -> None:
        """Show a page; `anew`: its end was not shown."""
        if anew:
            self.ended, self._ended_at, self._shown_at = False, float("inf"), self.moment
        super().show(rows, anew=anew)

    @property
    def moment(self) -> float:
        """The time of the keys' clock at which the key at work came, or now."""
        at_work = getattr(self.app, "key_at_work", None)
        return Message().time if at_work is None else float(at_work.at)

    def end_shown(self) -> None:
        """Take notice that the end was shown; only keys that come later decide."""
        if not self.ended:
            self.ended, self._ended_at = True, self.moment

    def decides(self) -> bool:
        """Whether the key at work was pressed by itself after the end was shown."""
        return self.ended and is_deliberate(self.app, self._ended_at)

    def passes(self) -> bool:
        """Whether the key at work was pressed by itself after the page was shown."""
        return is_deliberate(self.app, self._shown_at)

    def asks(self, key: str) -> bool:
        """What decides is somebody's word."""
        return (self.ended or self.skips) and key in self.deciding

    def on_key(self, event: events.Key) -> None:
        if self.skips and event.key == "enter":
            return
        if event.key in ("enter", "space"):
            if not self.ended:
                event.stop()
                event.prevent_default()
                self.read_on(max(self.size.height - 2, 1))
            else:
                event.prevent_default()  # the page's own way with Space is to scroll
            return
        super().on_key(event)
