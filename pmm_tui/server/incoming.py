"""Bodies on their way. They hold no place, only memory: a school's together no more than its share of it.

Past its share the body of that school that has been coming longest, and is not whole yet, gives way: a crowd of slow bodies drives
out itself, and an honest one, which is short, is whole before its turn comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pmm_tui.server.limits import Limits


class Body:
    """One body: how many bytes are held for it, whether it is whole, and whether it has to give way."""

    def __init__(self, of: Bodies, school: str) -> None:
        self._of = of
        self.school = school
        self.held = 0
        self.whole = False
        self.gives_way = False
        self.waits: asyncio.Timeout | None = None

    def grow(self, held: int) -> None:
        """Note that so many bytes are held now; raises TimeoutError when the body has to give way."""
        self._of.total += held - self.held
        self.held = held
        self._of.make_room(self.school)
        if self.gives_way:
            raise TimeoutError

    def give_way(self) -> None:
        """End it, at once when it waits for its next piece."""
        self.gives_way = True
        if self.waits is not None:
            with suppress(RuntimeError):  # it has just ended by itself
                self.waits.reschedule(asyncio.get_running_loop().time())


class Bodies:
    """All bodies that the server holds, by school, oldest first."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._of: dict[str, list[Body]] = {}
        self.total = 0

    @contextmanager
    def coming(self, school: str) -> Iterator[Body]:
        """Hold a body of a school while the block runs."""
        body = Body(self, school)
        own = self._of.setdefault(school, [])
        own.append(body)
        self.make_room(school)
        try:
            yield body
        finally:
            own.remove(body)
            self.total -= body.held
            if not own:
                del self._of[school]

    def make_room(self, school: str) -> None:
        """Let the oldest give way while the school holds too much, and the greediest school's while all together do."""
        limits, own = self._limits, self._of[school]
        left = [body for body in own if not body.gives_way]
        if len(left) > limits.school_bodies or sum(body.held for body in left) > limits.school_body_bytes:
            _first_gives_way(own)
        elif self.total > limits.all_body_bytes:
            _first_gives_way(max(self._of.values(), key=lambda bodies: sum(body.held for body in bodies)))


def _first_gives_way(bodies: list[Body]) -> None:
    for body in bodies:
        if not body.whole and not body.gives_way:
            body.give_way()
            return
