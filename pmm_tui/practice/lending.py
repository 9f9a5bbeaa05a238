"""What the practice school lends, put into the records at once, so that the first list does not wait for a server that is starting.

It is what the first fetch brings, teacher for teacher in the same order. No ETag is kept with it and no id of the server's, for
those are made there: so the first fetch is a whole one, finds no teacher that is new, and adds them. Plans are not lent, for their
receipts are the server's too: those that were handed in before (`handed_in`) come with that fetch, as plans of other computers do.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.practice.school import RAPOR, school, school_teachers
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import Sekolah
from pmm_tui.store import Store
from pmm_tui.store.token_roles import is_head


def lend(store: Store, acting_head: bool, now: datetime, *, head: bool = False) -> None:
    """Put in what is not there: the school with its head of now, its results, and its teachers where there are none.

    `head`: whoever practises is the head, which decides the first screen.
    """
    store.database.call(_lend, store, school(acting_head), now, head)


def _lend(store: Store, sekolah: Sekolah, now: datetime, head: bool) -> None:
    reference = store.reference
    kept = reference.get("sekolah")
    with suppress(ShapeError):
        if kept and decode_json(kept.body, Sekolah, "sekolah") == sekolah and is_head(kept) == head:
            return
    with store.database.transaction():
        told = {**msgspec.to_builtins(sekolah), **({"peran": "kepala_sekolah"} if head else {})}
        reference.put("sekolah", "", msgspec.json.encode(told), now)
        for periode in bundled().periode:
            if reference.get(name := f"rapor/{periode.id}") is None:
                reference.put(name, "", msgspec.json.encode(RAPOR), now)
        if not store.roster.names():
            store.roster.write(sorted(school_teachers(), key=lambda one: one.nama))
