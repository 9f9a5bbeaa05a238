"""How a plan stands by the server's word, and taking that in, whichever way it came."""

from __future__ import annotations

import msgspec

from pmm_tui.skp.decision import MAX_EXPECTATION, MAX_EXPECTATIONS
from pmm_tui.skp.wire import Change
from pmm_tui.store import Store
from pmm_tui.text import clean, shorten

_LONGEST_ID = 40


def take_standing(store: Store, pegawai_id: int, told: Change) -> None:
    """Note what the server tells of a plan; in the database's thread, inside the caller's transaction."""
    note, when, status = shorten(told.catatan, 1000), shorten(clean(told.waktu), 60), shorten(clean(told.status), 60)
    store.outbox.hold(pegawai_id, told.periode, told.revisi, told.sha256, status, note, when)
    store.decisions.take_told(pegawai_id, standing_of(told, status, note, when))


def standing_of(told: Change, status: str, note: str, when: str) -> Change:
    """How a plan stands by the server's word, cut to what a screen can bear."""
    texts = list(told.ekspektasi.items())[:MAX_EXPECTATIONS]
    expected = {shorten(clean(name), 80): shorten(text, MAX_EXPECTATION) for name, text in texts}
    number = clean(told.keputusan) if len(told.keputusan) <= _LONGEST_ID else ""
    return msgspec.structs.replace(told, status=status, catatan=note, waktu=when, keputusan=number, ekspektasi=expected)
