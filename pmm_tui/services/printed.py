"""Whether files were ever made on the screen, remembered as a memo."""

from __future__ import annotations

from contextlib import suppress

from pmm_tui.errors import PmmError
from pmm_tui.store import Store

_MEMO = "dicetak"


def note_printed(store: Store) -> None:
    """Remember that files were made; nobody waits for it to be written."""
    with suppress(PmmError):
        store.database.submit(store.reference.set_memo, _MEMO, "1")


def has_printed(store: Store) -> bool:
    """Whether files were ever made from these records. Raises StorageError."""
    return bool(store.reference.memo(_MEMO))
