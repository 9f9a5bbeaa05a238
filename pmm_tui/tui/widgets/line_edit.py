"""A line of text under edit, as a value: every key gives a new one."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

_KATA_KIRI = re.compile(r"\S*\s*$")
_KATA_KANAN = re.compile(r"^\s*\S*")


class Sunting(Struct, frozen=True):
    """Text and where the cursor stands in it, 0 to the text's length; with `semua` the next key replaces it all."""

    teks: str = ""
    kursor: int = 0
    semua: bool = False

    def sisip(self, teks: str, maks: int) -> Sunting:
        """Put `teks` in at the cursor, as much of it as `maks` characters in all allow."""
        if self.semua:
            return Sunting(teks[:maks], len(teks[:maks])) if teks else self
        teks = teks[: max(maks - len(self.teks), 0)]
        return Sunting(self.teks[: self.kursor] + teks + self.teks[self.kursor :], self.kursor + len(teks))

    def _potong(self, dari: int, sampai: int) -> Sunting:
        return Sunting() if self.semua else Sunting(self.teks[:dari] + self.teks[sampai:], dari)

    @property
    def _kiri(self) -> int:
        """Where the word left of the cursor begins."""
        found = _KATA_KIRI.search(self.teks[: self.kursor])
        return found.start() if found else 0

    @property
    def _kanan(self) -> int:
        """Where the word right of the cursor ends."""
        found = _KATA_KANAN.search(self.teks[self.kursor :])
        return self.kursor + (found.end() if found else 0)


TOMBOL: dict[str, Callable[[Sunting], Sunting]] = {
    "left": lambda s: Sunting(s.teks, max(s.kursor - 1, 0)),
    "right": lambda s: Sunting(s.teks, min(s.kursor + 1, len(s.teks))),
    "home": lambda s: Sunting(s.teks, 0),
    "end": lambda s: Sunting(s.teks, len(s.teks)),
    "ctrl+left": lambda s: Sunting(s.teks, s._kiri),
    "ctrl+right": lambda s: Sunting(s.teks, s._kanan),
    "backspace": lambda s: s._potong(max(s.kursor - 1, 0), s.kursor),
    "delete": lambda s: s._potong(s.kursor, min(s.kursor + 1, len(s.teks))),
    "ctrl+w": lambda s: s._potong(s._kiri, s.kursor),
    "ctrl+backspace": lambda s: s._potong(s._kiri, s.kursor),
    "ctrl+delete": lambda s: s._potong(s.kursor, s._kanan),
    "ctrl+u": lambda s: s._potong(0, s.kursor),
    "ctrl+k": lambda s: s._potong(s.kursor, len(s.teks)),
}
"""What the editing keys do."""
