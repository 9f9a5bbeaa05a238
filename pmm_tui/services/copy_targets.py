"""The plans that something is copied onto: how each stands, and why nothing may be copied onto some."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from pmm_tui.services.in_force import InForce
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.plan_state import SealedPlan, State, mark_counts, plan_state
from pmm_tui.store import Store

_UNSEEN = "server memegang isi yang belum dilihat di sini; lihat bedanya dulu"
_DAMAGED = "drafnya rusak; kembalikan cadangan terakhir"
_APPROVED = "sudah disetujui kepala sekolah; minta dikembalikan dulu bila harus diubah"


class Target(Struct, frozen=True):
    """A teacher's plan and the edit of its draft (None and 0: there is none); `refusal` is why nothing may be copied onto it."""

    pegawai: Pegawai
    rencana: RencanaKinerja | None
    edit: int
    refusal: str


def read_targets(store: Store, in_force: InForce, ids: Collection[int]) -> tuple[Target, ...]:
    """The plans of the teachers with these ids in the period in force, by name; not judged, which takes longer than all of this.

    Raises StorageError.
    """
    periode, wanted = in_force.periode, frozenset(ids)
    drafts, edits = store.drafts.all(periode), store.drafts.edits(periode)
    sealed, needless = store.outbox.standing(periode), store.not_needed.all(periode)
    newer = {pegawai_id for pegawai_id, _ in store.held.unseen(periode)}
    targets = []
    for pegawai in store.roster.all():
        if pegawai.id in wanted:
            one, draft, entry = pegawai.id, drafts.get(pegawai.id), sealed.get(pegawai.id)
            rencana, edit = (draft.rencana, draft.edit) if draft else (None, 0)
            why = _refusal(rencana, edit, entry, newer=one in newer, needless=needless.get(one, ""))
            if not why and rencana is None and one in edits:
                why = _DAMAGED
            targets.append(Target(pegawai, rencana, edit, why))
    return tuple(targets)


def _refusal(rencana: RencanaKinerja | None, edit: int, entry: SealedPlan | None, *, newer: bool, needless: str) -> str:
    if needless and mark_counts(entry, newer=newer):
        return f"ditandai tidak perlu ({needless})"
    state = plan_state(rencana, edit, (), entry, newer=newer)  # problems only tell drafts apart, which may all be filled
    if state.needs_look:
        return _UNSEEN
    if state is State.APPROVED or (state is State.CHANGED and entry is not None and entry.status_server == "disetujui"):
        return _APPROVED
    return f"sudah diajukan ({state.word})" if state.is_submitted else ""
