"""The head's desk: what waits for this head, reading a plan, and deciding on it; the same for the screen and the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError, ShapeError
from pmm_tui.services.decision_words import QueueState, decided_sentence, trouble_sentence
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.decision import MAX_EXPECTATION, MAX_EXPECTATIONS, needs_note
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.skp.wire import Keputusan
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DecisionEntry, DeskPlan
from pmm_tui.store.decision_settle import STATUS

_DEFAULTS = "keputusan/ekspektasi"
_BY_STATUS = {"disetujui": QueueState.APPROVED, "dikembalikan": QueueState.RETURNED}


class QueueRow(Struct, frozen=True, kw_only=True):
    """A teacher in the head's list.

    `plan` is what the server holds, None where nothing was handed in. `decision` is the newest one of this desk about it, where it
    is about the revision that stands or needs a look. `pending`: it waits to be sent.
    """

    pegawai: Pegawai
    state: QueueState
    plan: DeskPlan | None = None
    decision: DecisionEntry | None = None
    pending: bool = False

    @property
    def opened(self) -> bool:
        """Whether the revision that stands was read to its end here."""
        return self.plan is not None and self.plan.read

    @property
    def note(self) -> str:
        """The note of the decision that counts here: our own on its way, else the one that stands."""
        said = self.decision.said if self.decision and self.pending else None
        return said.catatan if said else self.plan.catatan if self.plan else ""

    @property
    def trouble(self) -> str:
        """What has become of a decision that did not come through; empty where nothing is wrong."""
        return trouble_sentence(self.decision) if self.decision and self.decision.keadaan in ("rejected", "conflict") else ""


class Decided(Struct, frozen=True):
    """What became of a decision: `antre` (sealed), `dapat` (a trial), `tetap` (that is how it stands), or `ditolak` and why."""

    row: QueueRow
    result: Literal["antre", "dapat", "tetap", "ditolak"]
    reason: str = ""
    number: str = ""


def queue(store: Store, in_force: InForce) -> tuple[QueueRow, ...]:
    """Every teacher by name with the plan of the period as this desk sees it; the head, whose plan others decide on, left out."""
    periode, head = in_force.periode, in_force.sekolah.kepala_sekolah.nip
    plans = {plan.pegawai_id: plan for plan in store.decisions.desk(periode)}
    newest = store.decisions.newest(periode)
    return tuple(
        _row(pegawai, plans.get(pegawai.id), newest.get(pegawai.id))
        for pegawai in store.roster.all()
        if not (head and pegawai.nip == head)
    )


def row_of(store: Store, in_force: InForce, pegawai: Pegawai) -> QueueRow:
    """One teacher's row as it is now."""
    periode = in_force.periode
    return _row(pegawai, store.decisions.plan(pegawai.id, periode), store.decisions.newest(periode, pegawai.id).get(pegawai.id))


def decide(
    store: Store,
    in_force: InForce,
    row: QueueRow,
    keputusan: Keputusan,
    at: datetime,
    *,
    note: str = "",
    expectations: Mapping[str, str] | None = None,
    dry_run: bool = False,
) -> Decided:
    """Seal one decision unless something is in the way; raises StorageError.

    What was read is decided on: where another revision stands by now, or this one was not read to its end, it is refused.
    `expectations` are texts by perilaku; empty ones are left out, and None takes the school's own for an approval.
    """
    fresh = row_of(store, in_force, row.pegawai)
    note = note.strip()
    texts = default_expectations(store) if expectations is None and keputusan == "setujui" else expectations or {}
    said = filled(texts)
    if refusal := _refusal(row, fresh, keputusan, note):
        return Decided(fresh, "ditolak", refusal)
    assert fresh.plan is not None
    if _stands(fresh, keputusan, note, None if expectations is None else said):
        return Decided(fresh, "tetap", decided_sentence(fresh.state))
    if dry_run:
        return Decided(fresh, "dapat")
    npsn = in_force.sekolah.npsn
    try:
        sealed = store.decisions.seal(fresh.pegawai, fresh.plan, keputusan, note, said, at, "" if npsn_fault(npsn) else npsn)
    except ShapeError as error:
        return Decided(fresh, "ditolak", error.sentence)
    return Decided(row_of(store, in_force, row.pegawai), "antre", number=sealed.nomor)


def approve_several(
    store: Store, in_force: InForce, rows: Iterable[QueueRow], at: datetime, *, dry_run: bool = False
) -> tuple[Decided, ...]:
    """Approve each that was opened; the others are refused, each with its reason. Raises StorageError."""
    return tuple(decide(store, in_force, row, "setujui", at, dry_run=dry_run) for row in rows)


def withdraw(store: Store, row: QueueRow) -> bool:
    """Take a decision back of which no byte has left yet; false where that is too late."""
    return row.plan is not None and store.decisions.withdraw(row.pegawai.id, row.plan.periode)


def default_expectations(store: Store) -> dict[str, str]:
    """The school's own expectation texts by perilaku, which an approval takes unless it says others."""
    try:
        return msgspec.json.decode(store.reference.memo(_DEFAULTS) or "{}", type=dict[str, str])
    except msgspec.DecodeError:
        return {}


def set_default_expectations(store: Store, texts: Mapping[str, str]) -> None:
    """Keep the school's own expectation texts; raises InputError for one that no decision can carry, StorageError."""
    said = filled(texts)
    if len(said) > MAX_EXPECTATIONS or any(len(text) > MAX_EXPECTATION for text in said.values()):
        raise InputError(
            f"Ekspektasi paling panjang {MAX_EXPECTATION} huruf untuk satu perilaku, paling banyak {MAX_EXPECTATIONS}."
        )
    store.reference.set_memo(_DEFAULTS, msgspec.json.encode(said).decode())


def filled(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that say something."""
    return {name: text.strip() for name, text in texts.items() if text.strip()}


def _row(pegawai: Pegawai, plan: DeskPlan | None, decision: DecisionEntry | None) -> QueueRow:
    if plan is None:
        return QueueRow(pegawai=pegawai, state=QueueState.MISSING)
    state = _BY_STATUS.get(plan.status, QueueState.WAITING)
    about = decision is not None and (decision.revisi, decision.sha256_rencana) == (plan.revisi, plan.sha256)
    pending = about and decision is not None and decision.is_open
    if pending and decision is not None:
        state = _BY_STATUS[STATUS[decision.keputusan]]
    shown = decision if decision and (about or decision.keadaan in ("rejected", "conflict")) else None
    return QueueRow(pegawai=pegawai, state=state, plan=plan, decision=shown, pending=pending)


def _refusal(row: QueueRow, fresh: QueueRow, keputusan: Keputusan, note: str) -> str:
    """Why a plan cannot be decided on like this; empty when it can."""
    if fresh.plan is None or row.plan is None:
        return "Rencananya belum diajukan."
    if (row.plan.revisi, row.plan.sha256) != (fresh.plan.revisi, fresh.plan.sha256):
        return f"Revisi {fresh.plan.revisi} sudah menggantikan yang dibaca; baca dulu yang terbaru."
    if not fresh.plan.line:
        return "Isinya belum ada di komputer ini; ambil dulu dengan: pmm-tui tarik."
    if not fresh.opened:
        return "Belum dibaca sampai selesai di sini; baca dulu rencananya."
    approved = fresh.plan.status == "disetujui"  # by the server's word, whatever waits here
    if keputusan == "buka" and not approved:
        return "Rencana ini tidak sedang disetujui, jadi tidak ada yang dibuka kembali."
    if keputusan == "kembalikan" and approved:
        return "Rencana ini sudah disetujui; buka kembali dengan alasannya."
    if needs_note(keputusan) and not note:
        return "Catatan untuk guru belum diisi; tulis apa yang harus diperbaiki."
    return ""


def _stands(row: QueueRow, keputusan: Keputusan, note: str, expectations: Mapping[str, str] | None) -> bool:
    """Whether the plan stands just so already, by the server's word; None for the expectations says nothing of them."""
    plan = row.plan
    if plan is None or row.pending or keputusan == "buka":
        return False
    same = expectations is None or plan.ekspektasi == expectations
    return same and (plan.status, plan.catatan) == (STATUS[keputusan], note)
