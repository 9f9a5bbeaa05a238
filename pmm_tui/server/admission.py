"""The bounded queue before the work, and the bucket for failed logins.

A request beyond the bound is refused before its body is read, with the time after which to come back, so that the peak of a
deadline day costs little.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from pmm_tui.server.responses import Problem

_LONGEST = 900.0  # seconds: nobody is sent away for longer than the client's own longest pause
_SMOOTH = 0.2  # weight of the newest measurement
_FIRST_GUESS = 0.05  # seconds for one request, before anything was measured
_ADDRESSES = 4096


class Gate:
    """Admits at most `places` requests at once, and no more than `workers` can finish within `queue_seconds`."""

    def __init__(self, places: int, workers: int, queue_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = places
        self._workers = workers
        self._queue_seconds = queue_seconds
        self._clock = clock
        self._inside = 0
        self._each = _FIRST_GUESS
        self._last_slot = 0.0

    def enter(self) -> None:
        """Take a place; raises Problem 503 with a Retry-After when there is none."""
        if self._inside >= self._places or self._wait() > self._queue_seconds:
            seconds = self._next_slot()
            detail = f"Server sedang penuh. Rencana aman di komputer pengirim; coba lagi {seconds} detik lagi."
            raise Problem(503, "penuh", "Server penuh", detail, {"retry-after": str(seconds)})
        self._inside += 1

    def leave(self, worked: float | None) -> None:
        """Give the place back. `worked` is how many seconds the work itself took, None when there was none."""
        self._inside -= 1
        if worked is not None:
            self._each += _SMOOTH * (worked - self._each)

    def _wait(self) -> float:
        return self._inside * self._each / self._workers

    def _next_slot(self) -> int:
        """Seconds until a refused request may come back: behind those inside and those who were told to come back before it."""
        now = self._clock()
        slot = max(now + self._wait(), self._last_slot + self._each / self._workers)
        self._last_slot = min(slot, now + _LONGEST)
        return max(1, math.ceil(self._last_slot - now))


class Bucket:
    """Limits the failed logins of an address: `burst` at once, then one every `seconds`."""

    def __init__(self, burst: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._seconds = seconds
        self._clock = clock
        self._full_at: OrderedDict[str, float] = OrderedDict()  # when the address has all its tries again

    def fail(self, address: str) -> int:
        """Note a failed login; return 0, or the seconds to wait when the address has none left."""
        now = self._clock()
        full_at = max(now, self._full_at.pop(address, now)) + self._seconds
        over = full_at - now - self._burst * self._seconds
        self._full_at[address] = full_at - self._seconds if over > 0 else full_at
        while len(self._full_at) > _ADDRESSES:
            self._full_at.popitem(last=False)
        return max(1, math.ceil(over)) if over > 0 else 0
