"""Whose plans were worked on since the program started."""

from __future__ import annotations

from collections.abc import Sequence


class Worked:
    """Whose plans were worked on since the program started, by period, the newest first."""

    def __init__(self) -> None:
        self._ids: dict[str, list[int]] = {}

    def note(self, periode: str, pegawai_id: int) -> None:
        """A teacher's plan was worked on just now."""
        others = [other for other in self._ids.get(periode, ()) if other != pegawai_id]
        self._ids[periode] = [pegawai_id, *others]

    def of(self, periode: str) -> Sequence[int]:
        """The teachers of a period, the newest first."""
        return tuple(self._ids.get(periode, ()))
