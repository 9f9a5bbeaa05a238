"""Where the operator was, kept as a memo so that the next start comes back to it."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from pmm_tui.errors import PmmError
from pmm_tui.store import Store

LAST_PLACE = "tempat"
"""The name of the memo."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a section of a teacher's plan."""

    pegawai: int
    section: str = msgspec.field(default="", name="bagian")
    row: str = msgspec.field(default="", name="kursor")
    periode: str


class LastPlace:
    """Writes without waiting: nobody's typing hangs on it, and closing the store finishes it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def remember(self, pegawai: int, periode: str, section: str, row: str) -> None:
        """Begin here next time."""
        place = Place(pegawai=pegawai, periode=periode, section=section, row=row)
        self._write(msgspec.json.encode(place).decode())

    def forget(self) -> None:
        """Begin at the list next time."""
        self._write("")

    def read(self) -> Place | None:
        """Return where to begin; None for the list."""
        try:
            return msgspec.json.decode(self._store.reference.memo(LAST_PLACE) or "null", type=Place | None)
        except msgspec.DecodeError:
            return None

    def _write(self, memo: str) -> None:
        with suppress(PmmError):
            self._store.database.submit(self._store.reference.set_memo, LAST_PLACE, memo)
