"""Which keys a person has pressed one by one, and which came from a held key or a paste: only the former answer a question."""

from __future__ import annotations

from msgspec import Struct

PAUSE = 0.05
"""Seconds between two keys of a person, at least; what comes closer came in a burst, or in one read."""
SILENCE = 0.4
"""Seconds without a key after which the same key again is pressed anew; a held one comes every 33 ms or so."""


class Arrival(Struct, frozen=True):
    """When a key came, and how long after the last one of any kind; `since_same` is None where another key came between."""

    at: float
    since_any: float
    since_same: float | None = None

    @property
    def deliberate(self) -> bool:
        """Whether a person has pressed this key by itself: not held, not pasted."""
        return self.since_any >= PAUSE and (self.since_same is None or self.since_same >= SILENCE)


class KeyRuns:
    """Takes notice of keys as they come."""

    def __init__(self) -> None:
        self._key = ""
        self._at = float("-inf")

    def arrived(self, key: str, at: float) -> Arrival:
        """Take notice of a key that came at `at` seconds; an empty one is a paste."""
        since = at - self._at
        arrival = Arrival(at, since, since if key == self._key else None)
        self._key, self._at = key, at
        return arrival


def is_deliberate(app: object, after: float = float("-inf")) -> bool:
    """Whether what is at work was pressed by itself, and came later than `after`; also where no key is at work (a click)."""
    arrival: Arrival | None = getattr(app, "key_at_work", None)
    return arrival is None or (arrival.deliberate and arrival.at > after)
