"""What the services ask of whoever runs them: the records, the clock, where plans go, and a place for what the records refuse."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import Store


class Surroundings(Protocol):
    """What a plan session asks of the outside."""

    store: Store

    def now(self) -> datetime:
        """The time, aware."""

    def today(self) -> date:
        """The day."""

    def server(self) -> str:
        """Where plans are sent to, for people; empty when no server is set."""

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        """Write a plan to a file of its own when the database cannot take it; raises PmmError."""
