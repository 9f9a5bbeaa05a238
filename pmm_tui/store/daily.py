"""A checked copy of the database each day, the last seven kept."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

from pmm_tui.store.database import Database

KEPT = 7
"""Days whose copies are kept."""


def folder_of(path: Path) -> Path:
    """Where the copies of a database lie."""
    return path.parent / "cadangan"


def copies(path: Path) -> list[Path]:
    """The copies of a database, the newest first; those made before a migration are among them."""
    try:
        found = [copy for copy in folder_of(path).iterdir() if copy.suffix == path.suffix and copy.name.startswith(path.stem)]
        return sorted(found, key=lambda copy: copy.stat().st_mtime, reverse=True)
    except OSError:
        return []


def ensure_today(database: Database, hari_ini: date) -> bool:
    """Make today's copy unless it is there, and drop those beyond the last seven; false when it was there. Raises StorageError."""
    daily = f"{database.path.stem}-harian-"
    target = folder_of(database.path) / f"{daily}{hari_ini:%Y%m%d}{database.path.suffix}"
    if target.exists():
        return False
    database.backup(target)
    old = sorted((copy for copy in copies(database.path) if copy.name.startswith(daily)), key=lambda copy: copy.name, reverse=True)
    for copy in old[KEPT:]:
        with contextlib.suppress(OSError):
            copy.unlink()
    return True
