"""Counts the keys that a piece of work takes through the real app: one counter for every figure that is shown."""

from __future__ import annotations

from msgspec import structs

from pmm_tui.skp.model import Pegawai
from tests.tui.keyboard import key_of
from tests.tui.samples import ANI
from tests.tui.stage import Stage


class KeyCount:
    """Presses keys on the stage, and knows how many; whoever presses through it is counted, and nobody else.

    A journey in a terminal has the same number as `Terminal.pressed`.
    """

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.keys = 0

    async def press(self, script: str) -> None:
        """Press the keys of a script (see `keyboard.key_of`), each a second after the one before, and count them."""
        self.keys += len(key_of(script))
        await self.stage.press(script)

    def take(self) -> int:
        """How many keys were pressed since the last time; counts anew from here."""
        counted, self.keys = self.keys, 0
        return counted


def many_teachers(count: int) -> list[Pegawai]:
    """So many teachers whom every plan of the samples fits, with names in the order of the list."""
    return [structs.replace(ANI, nama=f"Guru {n:02}, S.Pd.", nip=f"{ANI.nip[:15]}{n:03}") for n in range(1, count + 1)]
