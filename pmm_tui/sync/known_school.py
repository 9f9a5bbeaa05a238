"""Which address and token were last known to be our school's, and whose the records are; read without anything of the network."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import Sekolah
from pmm_tui.store import Store

_KEY = "sekolah/kenal"
_OWNER = "sekolah/milik"
"""The memo of the school that the records were made for, once this computer keeps several."""


class Acquaintance(Struct, frozen=True):
    """The pair of address and token whose school was asked, and its NPSN; of the token only a digest is kept."""

    url: str
    token: str
    npsn: str


def known_school(store: Store) -> Acquaintance | None:
    """The pair that was last asked; None before the first time. In the database's thread or anywhere."""
    with suppress(msgspec.DecodeError):
        return msgspec.json.decode(store.reference.memo(_KEY) or "null", type=Acquaintance | None)
    return None


def keep(store: Store, now: Acquaintance) -> None:
    """Remember a pair."""
    if known_school(store) != now:
        store.reference.set_memo(_KEY, msgspec.json.encode(now).decode())


def fetched_npsn(store: Store) -> str:
    """The NPSN of the school as it was last fetched; empty before the first time."""
    kept = store.reference.get("sekolah")
    with suppress(ShapeError):
        return decode_json(kept.body, Sekolah, "sekolah").npsn if kept else ""
    return ""


def made_for(store: Store) -> str:
    """The NPSN that the records were made for; empty where this computer never kept several schools."""
    return store.reference.memo(_OWNER) or ""


def owner_of(store: Store) -> str:
    """The NPSN of the school that the records belong to, by what they were made for or a server said; empty when unknown."""
    known = known_school(store)
    return made_for(store) or (known.npsn if known else "") or fetched_npsn(store)


def make_for(store: Store, npsn: str) -> None:
    """Note that the records are this school's: from then on no other school's token is taken, also while there is no teacher."""
    if made_for(store) != npsn:
        store.reference.set_memo(_OWNER, npsn)


def moved_sentence(store: Store, url: str) -> str:
    """What is to be said where the configuration names another address than the one that has what was sent; else nothing."""
    known = known_school(store)
    if known is None or not url or known.url == url.rstrip("/") or not store.outbox.any_sent():
        return ""
    return "Alamat server berganti: yang terkirim ada di server lama, dan dikirim juga ke server baru saat Kirim berikutnya."
