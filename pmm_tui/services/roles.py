"""Which role a token has: what the server last said of it decides the first screen."""

from __future__ import annotations

from typing import Literal

from pmm_tui.store import Store
from pmm_tui.store.token_roles import Role, roles_in

__all__ = ["FirstScreen", "Role", "choose_role", "first_screen", "known_roles"]

FirstScreen = Literal["operator", "kepala", "pilih"]
"""The list of teachers, the head's desk, or the choice between both."""

_CHOSEN = "peran/pilihan"


def known_roles(store: Store) -> tuple[Role, ...]:
    """The roles of the token, as the server last told; the operator's before it was asked."""
    return roles_in(store.reference.get("sekolah")) or ("operator",)


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
