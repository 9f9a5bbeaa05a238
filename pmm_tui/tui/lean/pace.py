"""How fast a terminal takes what is written, told by its answers: frames that a slow line cannot carry are skipped, not queued.

In a burst the terminal is asked for its cursor position (`CSI 6n`, four bytes); while more than a line can carry has not been
answered, the next frame waits, and takes in all that changed meanwhile.
"""

from __future__ import annotations


class Pace:
    """How much of what was written the terminal has seen, told by its answers."""

    WINDOW = 400
    """Bytes that may be on the way before a frame waits: 0.4 s at 9600 bit/s."""
    ASK = 300
    """Bytes after which the terminal is asked."""
    PATIENCE = 10.0
    """Seconds after which an answer of a terminal that has answered before is no longer expected."""
    FIRST = 0.25
    """The same for one that has not: it may not know the question. An answer that comes later still counts."""

    def __init__(self) -> None:
        self._open: list[int] = []  # bytes up to each unanswered question
        self._since = 0  # bytes since the last question
        self._last = 0.0
        self._mute = False
        self._heard = False

    def may_write(self, now: float) -> bool:
        """Whether a frame should go out now."""
        if self._open and now - self._last >= self.patience:
            self._mute = not self._heard
            self._open.clear()
        return not self._open or sum(self._open) + self._since < self.WINDOW

    @property
    def patience(self) -> float:
        """Seconds that a frame waits at most."""
        return self.PATIENCE if self._heard else self.FIRST

    def wrote(self, size: int, now: float) -> bool:
        """Count a frame; true when the terminal should be asked behind it."""
        if not self._open and now - self._last > 1.0:
            self._since = 0
        self._last = now
        self._since += size
        if self._mute or self._since < self.ASK:
            return False
        self._open.append(self._since)
        self._since = 0
        return True

    def answered(self) -> None:
        """The terminal answered the oldest question."""
        self._heard, self._mute = True, False
        if self._open:
            self._open.pop(0)
