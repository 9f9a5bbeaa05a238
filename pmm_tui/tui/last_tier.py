"""Which look was chosen last, the full or the thrifty one: for the terminal here, and for one at the other end of a line."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from pmm_tui.errors import PmmError
from pmm_tui.store import Store

LAST_TIER = "tampilan"
"""The name of the memo."""


class Tiers(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`penuh` or `hemat` for each kind of line; empty where nothing was chosen."""

    here: str = msgspec.field(default="", name="di_sini")
    remote: str = msgspec.field(default="", name="jarak_jauh")


def read_tier(store: Store, *, remote: bool) -> str:
    """Return what was chosen last on this kind of line; empty when nothing was, or it cannot be read."""
    with suppress(PmmError):
        tiers = _tiers(store)
        return tiers.remote if remote else tiers.here
    return ""


def remember_tier(store: Store, *, remote: bool, thrifty: bool) -> None:
    """Begin with this look next time on this kind of line; nobody waits for it, and closing the store finishes it."""
    tier = "hemat" if thrifty else "penuh"

    def write() -> None:
        tiers = msgspec.structs.replace(_tiers(store), **{"remote" if remote else "here": tier})
        store.reference.set_memo(LAST_TIER, msgspec.json.encode(tiers).decode())

    with suppress(PmmError):
        store.database.submit(write)


def _tiers(store: Store) -> Tiers:
    try:
        return msgspec.json.decode(store.reference.memo(LAST_TIER) or "{}", type=Tiers)
    except msgspec.DecodeError:
        return Tiers()
