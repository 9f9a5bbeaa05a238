"""One request that tells whether anything on the server is new.

A server may give the school a `versi` that changes with everything that the token can read. The ETag of that answer then stands for
all of it: a 304 says in one exchange what takes six otherwise. It is believed only after a pull that began with that ETag and took
everything in, so what came later than the ETag is asked for again, and what was refused too.
"""

from __future__ import annotations

from typing import Any

import msgspec

from pmm_tui.store import Store
from pmm_tui.text import clean_tree

_KEY = "tarik/versi"
_NAME = "versi"
_Kept = tuple[str, str, str]


def hint(store: Store, url: str, periode: str) -> str:
    """The ETag of the school that stands for everything here; empty when there is none. In the database's thread."""
    try:
        server, of, etag = msgspec.json.decode(store.reference.memo(_KEY) or "null", type=_Kept)
    except msgspec.DecodeError:
        return ""
    return etag if (server, of) == (url, periode) else ""


def forget(store: Store) -> None:
    """Drop the ETag: something is new, and until all of it is here no ETag stands for everything. In the database's thread."""
    if store.reference.memo(_KEY):
        store.reference.set_memo(_KEY, "")


def remember(store: Store, url: str, periode: str) -> None:
    """Keep the school's ETag, where it stands for everything: all of that was taken in. In the database's thread."""
    kept = store.reference.get("sekolah")
    if kept is None or not kept.etag or not _has_version(kept.body):
        return
    store.reference.set_memo(_KEY, msgspec.json.encode((url, periode, kept.etag)).decode())


def same_but_version(kept: bytes, value: Any) -> bool:
    """Whether a school is the one that was kept; its `versi` aside, which is about other things."""
    before, after = _table(kept), clean_tree(value)
    return isinstance(after, dict) and before | {_NAME: None} == after | {_NAME: None}


def _has_version(body: bytes) -> bool:
    version = _table(body).get(_NAME)
    return isinstance(version, str) and bool(version)


def _table(body: bytes) -> dict[str, Any]:
    try:
        table = msgspec.json.decode(body)
    except msgspec.DecodeError:
        return {}
    return table if isinstance(table, dict) else {}
