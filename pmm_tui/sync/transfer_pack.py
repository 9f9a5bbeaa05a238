"""Puts what waits here into the content of a transfer file. Everything here runs in the database's thread.

What was written into a file may be sent from there at any time: it is noted like an attempt whose answer did not come, so it waits
on, goes again with the same bytes, and is never changed or withdrawn meanwhile.
"""

from __future__ import annotations

import os
from datetime import datetime

import msgspec
from msgspec import Struct

from pmm_tui.store import Store, carried
from pmm_tui.store.decision_entry import Sealed
from pmm_tui.store.outbox_entry import Deferred
from pmm_tui.store.times import to_text
from pmm_tui.sync.roster_merge import disputed, told_roster
from pmm_tui.sync.transfer_file import Item, Parcel

_ALL = 1_000_000
_ORIGIN = "berkas/asal"
_WRITTEN = "berkas/ditulis"


class Packed(Struct, frozen=True, kw_only=True):
    """The content to write, the ids of the envelopes and decisions in it, and what stays here and why.

    `later` counts newer revisions that follow once the one before them has its receipt.
    """

    parcel: Parcel
    plans: tuple[int, ...]
    decisions: tuple[int, ...]
    held_back: tuple[str, ...] = ()
    later: int = 0


class Written(
    Struct, frozen=True, kw_only=True, rename={"at": "pada", "name": "berkas", "plans": "rencana", "decisions": "keputusan"}
):
    """When a transfer file was last written here, its name, and how much went into it."""

    at: datetime
    name: str
    plans: int
    decisions: int


def origin_of(store: Store) -> str:
    """The name of these records in files: drawn once, says nothing."""
    if not (known := store.reference.memo(_ORIGIN)):
        known = os.urandom(8).hex()
        store.reference.set_memo(_ORIGIN, known)
    return known


def pack(store: Store, npsn: str, periode: str, now: datetime) -> Packed:
    """Gather what waits: of each plan the oldest that is not settled; and ask how the plans stand that were sent in `periode`."""
    plans, decisions = store.outbox.due(_ALL), store.decisions.due(_ALL)
    everybody = disputed(store.roster.all(), told_roster(store.reference.get("pegawai")))
    going = [entry for entry in plans if entry.pegawai_id not in everybody]
    asked = carried.awaiting_word(store.database, periode)
    parcel = Parcel(
        npsn=npsn,
        origin=origin_of(store),
        written=to_text(now),
        plans=(*map(_item, going), *(Item(teacher=teacher, sha256=sha256) for teacher, sha256 in asked)),
        decisions=tuple(map(_item, decisions)),
    )
    return Packed(
        parcel=parcel,
        plans=tuple(entry.id for entry in going),
        decisions=tuple(entry.id for entry in decisions),
        held_back=tuple(dict.fromkeys(everybody[entry.pegawai_id] for entry in plans if entry.pegawai_id in everybody)),
        later=store.outbox.waiting() - len(plans),
    )


def mark(store: Store, packed: Packed) -> bool:
    """Note, before the file is written, that these are on their way; false where one no longer may go."""
    with store.database.transaction():
        plans, decisions = store.outbox.mark_sending(packed.plans), store.decisions.mark_sending(packed.decisions)
    return (plans, decisions) == (packed.plans, packed.decisions)


def settle(store: Store, packed: Packed, note: str, *, untouched: bool) -> None:
    """Note after the write that they wait on; `untouched`: the file was not written, so nothing of them ever left."""
    with store.database.transaction():
        store.outbox.record_all(dict.fromkeys(packed.plans, Deferred(note, untouched, tried=False)))
        store.decisions.record_all(dict.fromkeys(packed.decisions, Deferred(note, untouched, tried=False)))


def remember(store: Store, written: Written) -> None:
    """Keep when and where a file was written."""
    store.reference.set_memo(_WRITTEN, msgspec.json.encode(written).decode())


def last_written(store: Store) -> Written | None:
    """When a file was last written here; None for never."""
    try:
        return msgspec.json.decode(store.reference.memo(_WRITTEN) or "null", type=Written | None)
    except msgspec.DecodeError:
        return None


def _item(entry: Sealed) -> Item:
    return Item(teacher=entry.pegawai_id, sha256=entry.sha256, text=entry.line.decode())
