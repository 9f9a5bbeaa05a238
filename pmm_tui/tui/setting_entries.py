"""The settings as the palette finds them: those of the look act at once, the others open in Pengaturan at their field."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import structs
from textual.message import Message

from pmm_tui.tui.messages import SettingsRequested
from pmm_tui.tui.palette_entry import Entry
from pmm_tui.tui.ports import Shell
from pmm_tui.tui.setting_words import FIELDS, LOOK_GROUPS


def setting_entries(shell: Shell, post: Callable[[Message], object]) -> list[Entry]:
    """Return an entry for each setting."""

    def looks(name: str, value: object) -> Callable[[], object]:
        return lambda: shell.change_look(structs.replace(shell.services.look(), **{name: value}))

    def opens(field: str) -> Callable[[], object]:
        return lambda: post(SettingsRequested(field))

    now = shell.services.look()
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
