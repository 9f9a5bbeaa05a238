"""Sebagai Atasan or Sebagai Pegawai: a token with both roles chooses, and may choose again."""

from __future__ import annotations

from collections.abc import Callable

from pmm_tui.services.roles import Role, known_roles
from pmm_tui.tui.messages import RoleRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.screens.choose import Choice, ChoiceScreen
from pmm_tui.tui.screens.screen import PmmScreen

_ROLES: dict[Role, tuple[str, str]] = {
    "kepala_sekolah": ("Sebagai Atasan", "membaca, menyetujui dan mengembalikan rencana guru"),
    "operator": ("Sebagai Pegawai", "mengisi dan mengajukan rencana"),
}
"""What each role is called, and what it does."""


def ask_role(screen: PmmScreen) -> None:
    """Ask in which role to work; Esc asks again at the next start."""

    def answered(role: str | None) -> None:
        for known in _ROLES:
            if role == known:
                screen.app.post_message(RoleRequested(known))

    choices = [Choice(role, label, note=note) for role, (label, note) in _ROLES.items()]
    screen.app.push_screen(ChoiceScreen("Masuk sebagai", choices), answered)


def role_entries(screen: PmmScreen) -> list[Entry]:
    """What the palette offers who has both roles: the other one."""

    def takes(role: Role) -> Callable[[], object]:
        return lambda: screen.app.post_message(RoleRequested(role))

    roles = known_roles(screen.shell.store)
    here: Role = "kepala_sekolah" if screen.PLACE in ("kepala", "telaah") else "operator"
    return [
        Entry(
            id=f"peran:{role}",
            label=f"{_ROLES[role][0]}: {_ROLES[role][1]}",
            run=takes(role),
            words="peran ganti",
            scope="di mana saja",
        )
        for role in (roles if len(roles) > 1 else ())
        if role != here
    ]
