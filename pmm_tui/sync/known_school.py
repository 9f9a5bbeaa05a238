"""Which address and token were last known to be our school's; read without anything of the network."""

from __future__ import annotations

from contextlib import suppress

import msgspec
from msgspec import Struct

from pmm_tui.store import Store

_KEY = "sekolah/kenal"


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


def moved_sentence(store: Store, url: str) -> str:
    """What is to be said where the configuration names another address than the one that has what was sent; else nothing."""
    known = known_school(store)
    if known is None or not url or known.url == url.rstrip("/") or not store.outbox.any_sent():
        return ""
    return "Alamat server berganti: yang terkirim ada di server lama, dan dikirim juga ke server baru saat Kirim berikutnya."
