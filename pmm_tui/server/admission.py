"""The bounded queue before the work, each school's share of it, and the bucket for failed logins.

Only a known caller whose body is whole takes a place: nothing slow, and nobody unknown, holds one. Who finds none is told when to
come back, so that the peak of a deadline day costs little.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from pmm_tui.server.responses import Problem

_LONGEST = 900.0  # seconds: nobody is sent away for longer than the client's own longest pause
_SMOOTH = 0.2  # weight of the newest measurement
_FIRST_GUESS = 0.05  # seconds for one request, before anything was measured
_ADDRESSES = 4096


class Gate:
    """Admits at most `places` requests at once, and no more than `workers` can finish within `queue_seconds`."""

    def __init__(
        self,
        places: int,
        workers: int,
        queue_seconds: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        turns: int = 4,
    ) -> None:
        self._places = places
        self._workers = workers
        self._queue_seconds = queue_seconds
        self._clock = clock
        self._most_turns = turns
        self._inside = 0
        self._each = _FIRST_GUESS
        self._last_slot = 0.0
        self._turns: dict[str, list[float]] = {}  # by school: when those who were sent away may come back

    def look(self, school: str) -> None:
        """Raise Problem 503 with a Retry-After when there is no place now."""
        if self._inside >= self._places or self._wait() > self._queue_seconds:
            raise self.refusal(school)

    def enter(self, school: str) -> None:
        """Take a place; raises Problem 503 when there is none."""
        self.look(school)
        self._inside += 1

    def leave(self, worked: float | None) -> None:
        """Give the place back. `worked` is how many seconds the work itself took, None when there was none."""
        self._inside -= 1
        if worked is not None:
            self._each += _SMOOTH * (worked - self._each)

    def refusal(self, school: str) -> Problem:
        """Send a request of the school away, with its turn."""
        seconds = self._next_slot(school)
        detail = f"Server sedang penuh. Rencana aman di komputer pengirim; coba lagi {seconds} detik lagi."
        return Problem(503, "penuh", "Server penuh", detail, {"retry-after": str(seconds)})

    def _wait(self) -> float:
        return self._inside * self._each / self._workers

    def _next_slot(self, school: str) -> int:
        """Seconds until a refused request may come back: behind those inside and those who were told to come back before it.

        A school has a few turns at once. However often it asks meanwhile, it is told the last of them: no school makes the list
        longer for the others than by its share.
        """
        now = self._clock()
        turns = [slot for slot in self._turns.get(school, ()) if slot > now]
        if len(turns) < self._most_turns:
            slot = max(now + self._wait(), self._last_slot + self._each / self._workers)
            self._last_slot = min(slot, now + _LONGEST)
            turns.append(self._last_slot)
        self._turns[school] = turns
        return max(1, math.ceil(turns[-1] - now))


class Shares:
    """How many requests of one school are worked on at once: `each`. Its others wait their turn and hold no place meanwhile.

    At most `waiting` of them wait, and none longer than `seconds`.
    """

    def __init__(self, gate: Gate, each: int, waiting: int, seconds: float) -> None:
        self._gate = gate
        self._each = each
        self._most = each + waiting
        self._seconds = seconds
        self._of: dict[str, _Share] = {}

    def look(self, school: str) -> None:
        """Raise Problem 503 when a request of the school would find no place now, and none to wait."""
        share = self._of.get(school)
        if share is not None and share.crowd >= self._most:
            raise self._gate.refusal(school)
        self._gate.look(school)

    @asynccontextmanager
    async def turn(self, school: str) -> AsyncIterator[None]:
        """Hold one of the school's share and a place while the block runs; raises Problem 503."""
        self.look(school)
        share = self._of.setdefault(school, _Share(self._each))
        share.crowd += 1
        try:
            try:
                async with asyncio.timeout(self._seconds):
                    await share.turns.acquire()
            except TimeoutError:
                raise self._gate.refusal(school) from None
            try:
                yield
            finally:
                share.turns.release()
        finally:
            share.crowd -= 1
            if not share.crowd:
                del self._of[school]


class _Share:
    def __init__(self, each: int) -> None:
        self.turns = asyncio.Semaphore(each)
        self.crowd = 0


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
