"""Pra-perencanaan as a list: which of the findings are shown, under the names of the systems where they are mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from msgspec import Struct

from pmm_tui.skp.finding import Finding
from pmm_tui.skp.mending import System
from pmm_tui.text import by_name


class Show(Enum):
    """Which findings are shown: the label."""

    ALL = "Semua"
    OPEN = "Belum dicentang"
    MEND = "Perlu diperbaiki"
    BLOCKING = "Menghalangi"

    def passes(self, one: Finding) -> bool:
        """Whether one is shown."""
        match self:
            case Show.ALL:
                return True
            case Show.OPEN:
                return one.is_open
            case Show.MEND:
                return one.to_mend
            case Show.BLOCKING:
                return one.blocks and one.is_open


class SystemRow(Struct, frozen=True):
    """The name of a system above what is mended there: how many, and how many of them are ticked off."""

    system: System
    count: int
    ticked: int


ListRow = SystemRow | Finding


def list_rows(findings: Sequence[Finding], show: Show, text: str = "") -> list[ListRow]:
    """The rows: those that pass and have all words of `text` in their names, sentences or systems, each system's under its name."""
    words = by_name(text).split()
    rows: list[ListRow] = []
    for system in System:
        here = [one for one in findings if one.system is system and show.passes(one) and _has(one, words)]
        if here:
            rows.append(SystemRow(system, len(here), sum(not one.is_open for one in here)))
            rows += here
    return rows


def count_shown(findings: Iterable[Finding]) -> dict[Show, int]:
    """How many each filter shows."""
    every = tuple(findings)
    return {show: sum(map(show.passes, every)) for show in Show}


def _has(one: Finding, words: Sequence[str]) -> bool:
    said = by_name(f"{one.who} {one.sentence} {one.system.label} {one.kind}") if words else ""
    return all(word in said for word in words)
