"""A school to copy plans in: teachers of every kind, and plans in every state."""

from __future__ import annotations

from msgspec import structs

from pmm_tui.services.copying import CopyRow, CopyTrial
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.wire import digest, envelope_of, seal
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import HeldPlan, Outcome, Sent
from tests.services.conftest import NOW, PERIODE
from tests.tui.samples import full_plan

TODAY = NOW.date()
HEAD = Pegawai(nama="Hasan Basri", nip="197001011995031001", jenis_ptk="Kepala Sekolah", status_kepegawaian="PNS")


def save(store: Store, pegawai: Pegawai, rencana: RencanaKinerja | None = None, edit: int = 1, periode: str = PERIODE) -> None:
    """Save a draft; without one a whole plan."""
    assert store.drafts.save(pegawai.id, periode, rencana or full_plan(), edit, NOW)


def submitted(store: Store, pegawai: Pegawai, outcome: Outcome | None = None, status: str = "", periode: str = PERIODE) -> None:
    """A whole plan is saved and sealed, perhaps sent with an outcome, perhaps decided upon by the head."""
    save(store, pegawai, periode=periode)
    entry = store.outbox.seal(pegawai, periode, full_plan(), 1, NOW)
    if outcome is not None:
        store.outbox.mark_sending([entry.id])
        store.outbox.record_all({entry.id: outcome})
    if status:
        store.outbox.hold(pegawai.id, periode, entry.revisi, entry.sha256, status, "Perbaiki.", NOW.isoformat())


SENT = Sent(receipt="TT-1", at=NOW.isoformat(), status="diajukan")


def held_plan(pegawai: Pegawai, rencana: RencanaKinerja, periode: str = PERIODE) -> HeldPlan:
    """What a server hands out of a plan that another computer has sent."""
    line = seal(envelope_of(pegawai, periode, 1, 0, rencana))
    return HeldPlan(pegawai_id=pegawai.id, periode=periode, revisi=1, sha256=digest(line), line=line, read=True)


def hold(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, periode: str = PERIODE) -> None:
    """The server holds a plan that nobody here has seen."""
    plan = held_plan(pegawai, rencana, periode)
    store.outbox.hold(pegawai.id, periode, plan.revisi, plan.sha256, "diajukan", "", NOW.isoformat())
    store.held.put(plan)


def row_of(trial: CopyTrial, pegawai: Pegawai) -> CopyRow:
    """The row of one teacher."""
    (found,) = (row for row in trial.rows if row.pegawai.id == pegawai.id)
    return found


def everyone(store: Store) -> dict[str, tuple[int, RencanaKinerja]]:
    """All drafts of the period, by the teacher's name."""
    names = {one.id: one.nama for one in store.roster.all()}
    return {names[one]: (draft.edit, draft.rencana) for one, draft in store.drafts.all(PERIODE).items()}


def without(rencana: RencanaKinerja, *names: str) -> RencanaKinerja:
    """A plan without these sections."""
    empty = RencanaKinerja()
    return structs.replace(rencana, **{name: getattr(empty, name) for name in names})
