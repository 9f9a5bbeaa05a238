"""Submitting: the one way in which a plan is sealed into the outbox, from the screen and from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.services.compare import NOT_HERE, Comparison, compare, decide
from pmm_tui.services.in_force import InForce
from pmm_tui.services.listing import PlanRow
from pmm_tui.services.status_words import APPROVED_THERE
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.skp.plan_state import State
from pmm_tui.store import OutboxEntry, Store


class Submission(Struct, frozen=True):
    """What became of a plan that was to be submitted: its result, why it was none, and the envelope's revision (0: none).

    `replaces` is what the server holds and what differs from it; None where it holds nothing.
    """

    result: Literal["antre", "akan-antre", "tetap", "ditolak"]
    reason: str = ""
    revision: int = 0
    replaces: Comparison | None = None


def is_ready(row: PlanRow) -> bool:
    """Whether a plan is complete and was not submitted as it stands."""
    return row.state in (State.COMPLETE, State.CHANGED) and not row.blocking


def submit(
    store: Store,
    row: PlanRow,
    in_force: InForce,
    at: datetime,
    *,
    dry_run: bool = False,
    replacing: int | None = None,
) -> Submission:
    """Seal a plan of the list unless something is in the way; raises StorageError.

    `replacing` is the revision on the server that the operator has seen and lets ours replace.
    """
    if row.state is State.NOT_NEEDED:
        return Submission("ditolak", f"Ditandai tidak perlu ({row.line.not_needed}); batalkan tandanya dulu bila perlu rencana.")
    if row.rencana is None:
        return Submission("ditolak", "Rencananya belum dimulai.")
    if row.state.is_submitted:
        return Submission("tetap", f"Sudah {row.state.word} dan tidak berubah.")
    held = compare(store, in_force, row.pegawai.id)
    if refusal := _unseen(row, held, replacing, in_force.option):
        return Submission("ditolak", refusal)
    if held is not None and held.plan.status == "disetujui":
        return Submission("ditolak", APPROVED_THERE)
    if row.blocking:
        return Submission("ditolak", f"{len(row.blocking)} masalah harus diselesaikan dulu.")
    if dry_run:
        return Submission("akan-antre", replaces=held)
    if held is not None and row.state.needs_look:
        decide(store, held)
    sealed = seal(store, row.pegawai, in_force, row.rencana, row.edit, at)
    return Submission("antre", revision=sealed.revisi, replaces=held)


def _unseen(row: PlanRow, held: Comparison | None, replacing: int | None, option: str) -> str:
    """Why a plan may not replace what the server holds; empty when it may. `option` names the period in a command."""
    revision, number = held.revision if held else 0, f"{row.pegawai.id}{option}"
    if replacing is not None and replacing != revision:
        return f"Server kini memegang revisi {revision}, bukan {replacing}; lihat dulu dengan: pmm-tui beda {number}."
    if replacing is None and held is not None and row.state.needs_look:
        step = f"Lihat bedanya dengan: pmm-tui beda {number}, lalu ajukan {number} --gantikan {revision}."
        what = f"Di server ada {held.whose}, yang akan tergantikan" if revision else "Server tidak memegang rencana ini lagi"
        return f"{what}. {step}"
    return NOT_HERE if held is not None and held.absent and row.state.needs_look else ""


def seal(store: Store, pegawai: Pegawai, in_force: InForce, rencana: RencanaKinerja, edit: int, at: datetime) -> OutboxEntry:
    """Seal a plan as it stands, with the teacher as the roster has them now; raises StorageError.

    `edit` is the draft's edit that `rencana` is. Whoever submits a plan says that it is needed.
    """
    if store.not_needed.get(pegawai.id, in_force.periode):
        store.not_needed.unmark([pegawai.id], in_force.periode, at)
    named = store.roster.get(pegawai.id) or pegawai
    npsn = in_force.sekolah.npsn
    return store.outbox.seal(named, in_force.periode, rencana, edit, at, "" if npsn_fault(npsn) else npsn)
