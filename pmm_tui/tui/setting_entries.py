"""The settings as the palette finds them: those of the look act at once, the others open in Pengaturan at their field."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import structs

from pmm_tui.tui.messages import SettingsRequested
from pmm_tui.tui.setting_words import FIELDS, LOOK_GROUPS

if TYPE_CHECKING:
    from pmm_tui.tui.screens.palette import Entry
    from pmm_tui.tui.screens.screen import PmmScreen


def setting_entries(screen: PmmScreen) -> list[Entry]:
    """Return an entry for each setting."""
    from pmm_tui.tui.screens.palette import Entry  # it imports this module, also lazily

    def looks(name: str, value: object) -> Callable[[], object]:
        return lambda: screen.shell.change_look(structs.replace(screen.shell.services.look(), **{name: value}))

    def opens(field: str) -> Callable[[], object]:
        return lambda: screen.app.post_message(SettingsRequested(field))

    now = screen.shell.services.look()
    found = [
        Entry(
            id=f"{group.name}:{value}",
            label=f"{group.label}: {label}",
            words=group.words,
            run=looks(group.name, value),
            scope="sekarang" if getattr(now, group.name) == value else "pengaturan",
        )
        for group in LOOK_GROUPS
        for value, label in group.values
    ]
    found += [
        Entry(id=f"atur:{field}", label=f"{label} (pengaturan)", words=words, run=opens(field), scope="pengaturan")
        for field, label, words in FIELDS
    ]
    return found
