"""Copies to the operator's places that were begun: what a killed one leaves there, hidden and with personal data, is found.

The list lies beside the database; a copy that ends, well or not, leaves it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from glob import escape
from pathlib import Path

from pmm_tui import held_file
from pmm_tui.errors import StorageError
from pmm_tui.private_file import read_regular, write_private

_MOST = 20  # places that are remembered
_LONGEST = 64 * 1024  # bytes of the list


@contextlib.contextmanager
def noted(database: Path, target: Path) -> Iterator[None]:
    """Keep a copy in the list while it is made."""
    target = target.absolute()
    others = [place for place in places(database) if place != target]
    was_there = target.parent.is_dir()
    _write(database, [target, *others][:_MOST])
    try:
        yield
    finally:
        left = (was_there or target.parent.is_dir()) and not _cleared(target)  # a stick that was pulled out
        _write(database, [target, *others] if left else others)


def clear(database: Path) -> int:
    """Remove what killed copies left in the places that are there; how many places may still have something.

    Only for whoever has the database open: then no copy of it is being made.
    """
    left = [place for place in places(database) if not _cleared(place)]
    _write(database, left)
    return len(left)


def places(database: Path) -> list[Path]:
    """The copies that were begun and, as far as is known, neither ended nor cleared away."""
    try:
        content = read_regular(_list(database), _LONGEST)
    except OSError:
        return []
    return [Path(os.fsdecode(name)) for name in content.split(b"\0") if name]


def _cleared(place: Path) -> bool:
    """Whether nothing is left of a copy; one whose stick is elsewhere waits for the next time."""
    try:
        if not place.parent.is_dir():
            return False
        for half in place.parent.glob(f".{escape(place.name)}.baru-*"):
            held_file.remove(half, missing_ok=True)
    except OSError:
        return False
    return True


def _list(database: Path) -> Path:
    return database.with_name(f"{database.stem}-cadangan-belum-selesai")


def _write(database: Path, found: list[Path]) -> None:
    with contextlib.suppress(StorageError, OSError):  # a disk without room for this has none to tell of either
        if found:
            write_private(_list(database), b"\0".join(os.fsencode(place) for place in found))
        else:
            held_file.remove(_list(database), missing_ok=True)
