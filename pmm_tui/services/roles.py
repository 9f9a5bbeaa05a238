"""Which role a token has: what the server last said of it decides the first screen."""

from __future__ import annotations

from contextlib import suppress
from typing import Literal

import msgspec
from msgspec import Struct

from pmm_tui.store import Store

Role = Literal["operator", "kepala_sekolah"]
FirstScreen = Literal["operator", "kepala", "pilih"]
"""The list of teachers, the head's desk, or the choice between both."""

_ROLES: tuple[Role, ...] = ("kepala_sekolah", "operator")
_CHOSEN = "peran/pilihan"


class _Told(Struct, frozen=True):
    peran: str = ""
    semua_peran: tuple[str, ...] = ()


def roles_of(value: bytes) -> tuple[Role, ...]:
    """The roles that an answer to `GET /v1/sekolah` names, the head's first; none where it says nothing that is known."""
    with suppress(msgspec.MsgspecError, UnicodeDecodeError):
        told = msgspec.json.decode(value, type=_Told)
        named = {told.peran, *told.semua_peran}
        return tuple(role for role in _ROLES if role in named)
    return ()


def known_roles(store: Store) -> tuple[Role, ...]:
    """The roles of the token, as the server last told; the operator's before it was asked."""
    kept = store.reference.get("sekolah")
    return (roles_of(kept.body) if kept else ()) or ("operator",)


def first_screen(store: Store) -> FirstScreen:
    """What is opened first; whoever has both roles chooses, and comes back to what was chosen last."""
    roles = known_roles(store)
    if len(roles) == 1:
        return "kepala" if roles == ("kepala_sekolah",) else "operator"
    chosen = store.reference.memo(_CHOSEN)
    return "kepala" if chosen == "kepala_sekolah" else "operator" if chosen == "operator" else "pilih"


def choose_role(store: Store, role: Role | None) -> None:
    """Remember which of two roles was chosen; None asks again the next time."""
    store.reference.set_memo(_CHOSEN, role or "")
