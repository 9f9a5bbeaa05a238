"""Which keys a person has pressed one by one, and which came from a held key or a paste: only the former answer a question."""

from __future__ import annotations

from msgspec import Struct

PAUSE = 0.05
"""Seconds between two keys of a person, at least; what comes closer came in a burst, or in one read."""
SILENCE = 0.4
"""Seconds without a key after which the same key again is pressed anew; a held one comes every 33 ms or so."""


class Arrival(Struct, frozen=True):
    """When a key came, and how long after the last one of any kind.

    `since_same` is None where another key came between, `until_next` where none has come yet; `behind_burst`: those before it came
    together.
    """

    at: float
    since_any: float
    since_same: float | None = None
    behind_burst: bool = False
    until_next: float | None = None

    @property
    def deliberate(self) -> bool:
        """Whether a person has pressed this key by itself: not held, not pasted."""
        alone = self.since_any >= (SILENCE if self.behind_burst else PAUSE)
        not_held = self.since_same is None or self.since_same >= SILENCE
        return alone and not_held and (self.until_next is None or self.until_next >= PAUSE)


class KeyRuns:
    """Takes notice of keys as they come."""

    def __init__(self) -> None:
        self._key = ""
        self._at = float("-inf")
        self._burst = False

    def arrived(self, key: str, at: float) -> Arrival:
        """Take notice of a key that came at `at` seconds; an empty one is a paste."""
        since = at - self._at
        arrival = Arrival(at, since, since if key == self._key else None, self._burst)
        self._key, self._at, self._burst = key, at, since < PAUSE
        return arrival


def is_deliberate(app: object, after: float = float("-inf")) -> bool:
    """Whether what is at work was pressed by itself, and came later than `after`; also where no key is at work (a click)."""
    arrival: Arrival | None = getattr(app, "key_at_work", None)
    return arrival is None or (arrival.deliberate and arrival.at > after)
