"""Whose records a copy holds, before it is taken in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from pmm_tui.errors import PmmError
from pmm_tui.store import Store
from pmm_tui.store.recovery.inspection import duplicate
from pmm_tui.sync.known_school import owner_of


def owner_of_copy(path: Path, workshop: Path) -> str:
    """The NPSN of the school whose records lie in a database file that nobody has open; empty where that cannot be known.

    It is looked at in a copy inside the folder `workshop`, which is removed again.
    """
    try:
        with tempfile.TemporaryDirectory(prefix=".pmm-tui-periksa-", dir=workshop) as folder:
            copy = Path(folder) / "periksa.db"
            duplicate(path, copy)
            with Store.open(copy) as store:
                return owner_of(store)
    except (PmmError, OSError):
        return ""  # whoever takes the copy says what is wrong with it
