"""Submitting: the one way in which a plan is sealed into the outbox, from the screen and from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.services.listing import PlanRow
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_state import State
from pmm_tui.store import OutboxEntry, Store


class Submission(Struct, frozen=True):
    """What became of a plan that was to be submitted: its result, why it was none, and the envelope's revision (0: none)."""

    result: Literal["antre", "akan-antre", "tetap", "ditolak"]
    reason: str = ""
    revision: int = 0


def is_ready(row: PlanRow) -> bool:
    """Whether a plan is complete and was not submitted as it stands."""
    return row.state in (State.COMPLETE, State.CHANGED) and not row.blocking


def submit(store: Store, row: PlanRow, periode: str, at: datetime, *, dry_run: bool = False) -> Submission:
    """Seal a plan of the list unless something is in the way; raises StorageError."""
    if row.rencana is None:
        return Submission("ditolak", "Rencananya belum dimulai.")
    if row.state.is_submitted:
        return Submission("tetap", f"Sudah {row.state.word} dan tidak berubah.")
    if row.blocking:
        return Submission("ditolak", f"{len(row.blocking)} masalah harus diselesaikan dulu.")
    if dry_run:
        return Submission("akan-antre")
    return Submission("antre", revision=seal(store, row.pegawai, periode, row.rencana, row.edit, at).revisi)


def seal(store: Store, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, edit: int, at: datetime) -> OutboxEntry:
    """Seal a plan as it stands, with the teacher as the roster has them now; raises StorageError.

    `edit` is the draft's edit that `rencana` is.
    """
    return store.outbox.seal(store.roster.get(pegawai.id) or pegawai, periode, rencana, edit, at)
