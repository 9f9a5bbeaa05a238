"""What is said after teachers were imported: how many, what was left alone, and what has to be mended before entry."""

from __future__ import annotations

from pmm_tui.errors import PmmError
from pmm_tui.services.prerequisites import prerequisites
from pmm_tui.tui.keys import keys_of
from pmm_tui.tui.messages import RosterImported
from pmm_tui.tui.ports import Shell


async def tell_imported(shell: Shell, event: RosterImported) -> None:
    """Say it at once, and what the check before entry finds once that is counted, in the store's own thread."""
    left = ((event.undecided, "belum diputuskan"), (event.refused, "ditolak"))
    told = ", ".join(f"{count} baris {word}" for count, word in left if count)
    again = f"; {told}, lihat lagi dengan mengimpor berkas yang sama" if told else ""
    said = f"{event.written} guru disimpan{again}"
    shell.announce(said, not told)
    try:
        found = await shell.store.database.ask(prerequisites, shell.store, shell.in_force, shell.services.today())
    except PmmError:  # whoever reads next will tell
        return
    if found.to_mend:
        key = keys_of("prasyarat", shell.keymap)[0]
        shell.announce(f"{said}. Pra-perencanaan: {found.to_mend} perlu diperbaiki ({key})", not told)
