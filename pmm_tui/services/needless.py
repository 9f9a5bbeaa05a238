"""Saying that teachers need no plan in the period (honor, pensiun, mutasi, or why else), and taking that back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.overview import PlanLine
from pmm_tui.skp.plan_state import State
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import OPEN_STATES
from pmm_tui.text import clean

REASONS = ("honor", "pensiun", "mutasi")
"""The reasons that are offered; any other short text is one too."""
MAX_REASON = 60
"""Characters of a reason."""

WAITING = "Rencananya menunggu di Kotak Kirim dan akan tetap terkirim; kirim dulu, lalu tandai."
UNSEEN = "Server memegang isi yang belum dilihat di sini; lihat bedanya dulu, lalu tandai."
STILL_SENT = "Rencananya sudah terkirim dan tetap ada di server."


class Marked(Struct, frozen=True):
    """What became of one teacher's mark, and what is to be known of it; `tetap`: it was so already."""

    pegawai: Pegawai
    result: Literal["ditandai", "dibatalkan", "tetap", "ditolak"]
    note: str = ""


def read_reason(typed: str) -> str:
    """A reason as it is kept; raises InputError for an empty or a long one."""
    reason = " ".join(clean(typed).split())
    if not reason or len(reason) > MAX_REASON:
        raise InputError(f"Alasan tidak perlu: tulis {', '.join(REASONS)} atau alasan lain, paling panjang {MAX_REASON} huruf.")
    return reason


def mark_not_needed(
    store: Store, in_force: InForce, lines: Iterable[PlanLine], reason: str, now: datetime, *, dry_run: bool = False
) -> tuple[Marked, ...]:
    """Mark the teachers of these lines, all that can be in one transaction; plans that were begun stay as they are.

    Refused where a plan waits to be sent, and where the server holds what nobody here has seen. Raises InputError for a reason that
    is none, StorageError.
    """
    reason, lines = read_reason(reason), tuple(lines)
    found = {line.pegawai.id: _before(store, in_force.periode, line, reason) for line in lines}
    wanted = [row_id for row_id, marked in found.items() if marked.result == "ditandai"]
    done = wanted if dry_run or not wanted else store.not_needed.mark(wanted, in_force.periode, reason, now)
    for row_id in set(wanted).difference(done):  # sealed in this moment
        found[row_id] = Marked(found[row_id].pegawai, "ditolak", WAITING)
    return tuple(found[line.pegawai.id] for line in lines)


def unmark_not_needed(
    store: Store, in_force: InForce, lines: Iterable[PlanLine], now: datetime, *, dry_run: bool = False
) -> tuple[Marked, ...]:
    """Take the marks of these teachers back: their plans stand again as they did. Raises StorageError."""
    lines = tuple(lines)
    marked = [line.pegawai.id for line in lines if line.not_needed]
    if marked and not dry_run:
        store.not_needed.unmark(marked, in_force.periode, now)
    return tuple(
        Marked(line.pegawai, "dibatalkan") if line.not_needed else Marked(line.pegawai, "tetap", "Tidak bertanda.")
        for line in lines
    )


def _before(store: Store, periode: str, line: PlanLine, reason: str) -> Marked:
    """What marking will come to, as far as is known before."""
    if line.state.needs_look:
        return Marked(line.pegawai, "ditolak", UNSEEN)
    entry = store.outbox.newest(line.pegawai.id, periode)
    if entry is not None and entry.keadaan in OPEN_STATES:
        return Marked(line.pegawai, "ditolak", WAITING)
    sent = STILL_SENT if entry is not None and entry.tanda_terima else ""
    same = line.state is State.NOT_NEEDED and line.not_needed == reason
    return Marked(line.pegawai, "tetap" if same else "ditandai", sent)
