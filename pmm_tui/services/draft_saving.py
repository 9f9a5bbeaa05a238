"""The draft of an open plan, which a fetch may replace meanwhile: what is typed is saved all the same."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.errors import StorageError
from pmm_tui.skp.model import RencanaKinerja
from pmm_tui.store import Draft, Store


def save_newest(store: Store, pegawai_id: int, periode: str, rencana: RencanaKinerja, edit: int, at: datetime) -> int:
    """Save an edit, as the one after a draft that has replaced the one it was made of; returns its number. Raises StorageError.

    In the database's thread.
    """
    if store.drafts.save(pegawai_id, periode, rencana, edit, at) is None:
        stored = store.drafts.get(pegawai_id, periode)
        if stored is not None and stored.rencana != rencana:
            edit = stored.edit + 1
            store.drafts.save(pegawai_id, periode, rencana, edit, at)
    return edit


def stored_draft(store: Store, pegawai_id: int, periode: str) -> Draft | None:
    """The stored draft; None also where it can no longer be read: what is on the screen is better then."""
    try:
        return store.drafts.get(pegawai_id, periode)
    except StorageError:
        return None
