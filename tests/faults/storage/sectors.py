"""What of a file is on the disk when the power goes: everything up to its last sync, and of the rest anything."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

SECTOR = 512
Change = tuple[int, int, bytes]
"""When, where (-1: what follows is a new size, as text), what."""


class File:
    """A file's content: changes in their order, and up to when they are safe."""

    def __init__(self, content: bytes = b"") -> None:
        self.changes: list[Change] = [(0, 0, content)] if content else []
        self.safe = 0
        self._known: dict[int, bytes] = {}

    def note(self, at: int, offset: int, content: bytes) -> None:
        """Take a write."""
        self.changes.append((at, offset, content))

    def size(self) -> int:
        """How long the file is for the program."""
        size = 0
        for _, offset, content in self.changes:
            size = int(content) if offset < 0 else max(size, offset + len(content))
        return size

    def content(self) -> bytes:
        """What the program reads."""
        return self._applied(len(self.changes))

    def after_cut(self, at: int, safe: int, chance: random.Random) -> bytes:
        """What may be on the disk when the power goes at `at`, and everything up to `safe` was synced."""
        first = sum(when <= safe for when, _, _ in self.changes)
        later = [change for change in self.changes[first:] if change[0] < at]
        kept = self._applied(first)
        way = chance.randrange(5)
        if not later or way == 0:
            return kept
        if way == 1:
            return _apply(kept, later)
        if way == 2:
            return _apply(kept, later[: chance.randrange(len(later) + 1)])
        chosen = [change for change in later if chance.random() < 0.5]
        return _apply(kept, chosen if way == 3 else [piece for change in chosen for piece in _torn(change, chance)])

    def _applied(self, count: int) -> bytes:
        if count not in self._known:
            near = max((n for n in self._known if n < count), default=0)
            self._known[count] = _apply(self._known.get(near, b""), self.changes[near:count])
        return self._known[count]


def _apply(content: bytes, changes: Iterable[Change]) -> bytes:
    disk = bytearray(content)
    for _, offset, piece in changes:
        if offset < 0:
            size = int(piece)
            disk[size:] = bytes(max(0, size - len(disk)))
        else:
            disk.extend(bytes(max(0, offset - len(disk))))
            disk[offset : offset + len(piece)] = piece
    return bytes(disk)


def _torn(change: Change, chance: random.Random) -> list[Change]:
    """Some sectors of a write."""
    when, offset, content = change
    if offset < 0:
        return [change]
    cuts = [n for n in range(offset, offset + len(content)) if n % SECTOR == 0 or n == offset]
    ends = [*cuts[1:], offset + len(content)]
    pieces = zip(cuts, ends, strict=True)
    return [(when, start, content[start - offset : end - offset]) for start, end in pieces if chance.random() < 0.5]


FOLDER = File()
"""Stands for a folder among the names."""


class Folder:
    """A folder's names: changes in their order, each a set of (name, file or None), and up to when they are safe."""

    def __init__(self) -> None:
        self.changes: list[tuple[int, tuple[tuple[Path, File | None], ...]]] = []
        self.safe = 0
