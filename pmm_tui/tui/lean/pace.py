"""How fast a terminal takes what is written, told by its answers: frames that a slow line cannot carry are skipped, not queued.

In a burst the terminal is asked for its cursor position (`CSI 6n`, four bytes); while more than a line can carry has not been
answered, the next frame waits, and takes in all that changed meanwhile. The same answers tell how fast the line is.
"""

from __future__ import annotations

from collections import deque
from typing import NamedTuple


class Line(NamedTuple):
    """What is known of a line: seconds for a round trip, bytes a second, frames that were skipped lately; None: not known."""

    round_trip: float | None = None
    rate: float | None = None
    skipped: int = 0


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
    MEASURED = 1000
    """Bytes from which a frame tells the rate: of fewer the round trip, which is never quite the same, would tell more."""
    WAITED = 0.3
    """Seconds that a frame has to wait to count as skipped; on a fast line it waits as well, but for a moment."""
    LATELY = 30.0
    """Seconds for which a skipped frame counts."""
    SLOW = 1500.0
    """Bytes a second below which a line is slow."""
    MANY = 5
    """Skipped frames that make it slow as well."""
    EASY_RATE, EASY_TRIP = 3000.0, 1.2
    """Bytes a second and seconds for a round trip with which a line carries more than what is asked for."""

    def __init__(self) -> None:
        self._open: list[int] = []  # bytes up to each unanswered question
        self._since = 0  # bytes since the last question
        self._last = 0.0
        self._mute = False
        self._heard = False
        self._tried_at: float | None = None
        self._round_trip: float | None = None
        self._rate: float | None = None
        self._measured: tuple[int, float] | None = None  # bytes and time of the oldest question that is open
        self._sure = True
        self._waits_since: float | None = None
        self._skipped: deque[float] = deque(maxlen=self.MANY)

    def may_write(self, now: float) -> bool:
        """Whether a frame should go out now."""
        if self._open and now - self._last >= self.patience:
            self._mute = not self._heard
            if self._heard:
                self._measured, self._sure = None, False  # the next answer may be that to a question of long ago
            self._open.clear()
        may = not self._open or sum(self._open) + self._since < self.WINDOW
        if not may:
            self._waits_since = now if self._waits_since is None else self._waits_since
        elif self._waits_since is not None:
            if self._heard and now - self._waits_since >= self.WAITED:
                self._skipped.append(now)
            self._waits_since = None
        return may

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
        if self._sure and not self._open and size == self._since >= self.MEASURED:
            self._measured = size, now
        self._open.append(self._since)
        self._since = 0
        return True

    def answered(self, now: float | None = None) -> None:
        """The terminal answered the oldest question; `now` is when, where that is known."""
        self._heard, self._mute = True, False
        if self._open:
            self._open.pop(0)
        if self._measured is not None and self._round_trip is not None and now is not None:
            size, at = self._measured
            self._rate = size / max(now - at - self._round_trip, 0.001)
        self._measured = None

    # ---- how fast the line is

    def tried(self, now: float) -> None:
        """The terminal is asked before anything is painted: its answer takes a round trip."""
        self._tried_at = now

    def trial_answered(self, now: float) -> None:
        """It has answered that."""
        if self._tried_at is not None:
            self._round_trip, self._tried_at = max(now - self._tried_at, 0.0), None

    @property
    def rate(self) -> float | None:
        """Bytes a second, as measured last; None: not known."""
        return self._rate

    def line(self, now: float) -> Line:
        """What is known of the line."""
        return Line(self._round_trip, self._rate, sum(now - at <= self.LATELY for at in self._skipped))

    def is_slow(self, now: float) -> bool:
        """Whether the line carries the least there is better; one that tells nothing is not slow."""
        line = self.line(now)
        return (line.rate is not None and line.rate < self.SLOW) or line.skipped >= self.MANY

    def is_easy(self) -> bool:
        """Whether the line carries what nobody asked for; also one that tells nothing."""
        fast = self._rate is None or self._rate > self.EASY_RATE
        return fast and (self._round_trip is None or self._round_trip < self.EASY_TRIP)
