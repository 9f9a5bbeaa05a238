"""A checked copy of the database each day, the last seven kept."""

from __future__ import annotations

import contextlib
from datetime import date

from pmm_tui import held_file
from pmm_tui.store.database import Database
from pmm_tui.store.file import copies, copies_folder, remove_stale

KEPT = 7
"""Days whose copies are kept."""


def ensure_today(database: Database, today: date) -> bool:
    """Make today's copy unless it is there, and drop those beyond the last seven; false when it was there. Raises StorageError."""
    daily = f"{database.path.stem}-harian-"
    target = copies_folder(database.path) / f"{daily}{today:%Y%m%d}{database.path.suffix}"
    if target.exists():
        return False
    remove_stale(database.path.parent, f".{database.path.name}.*")
    database.backup(target)
    for kind, kept in ((daily, KEPT), (f"{database.path.stem}-pulih-", KEPT)):
        of_kind = (copy for copy in copies(database.path) if copy.name.startswith(kind))
        for copy in sorted(of_kind, key=lambda copy: copy.name, reverse=True)[kept:]:
            with contextlib.suppress(OSError):
                if copy != target:  # a clock that was set back must not undo today's
                    held_file.remove(copy)
    return True
