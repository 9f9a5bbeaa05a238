"""The practice school as the tour meets it: one plan approved and one returned before; and what an operator does there."""

from __future__ import annotations

from datetime import datetime

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp import wire
from pmm_tui.skp.model import RHK, DataDiri, Pegawai, PengembanganKompetensi, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import HeldPlan
from pmm_tui.store.steps import DraftChange, Step, StepKind
from tests.tui.samples import TRAINING, full_plan

PERIODE = "2026"
RETURNED, APPROVED = "Yohanes Ndalu", "Zulkifli"


def tour_school(store: Store, now: datetime) -> None:
    """Put the school in."""
    store.roster.write(school_teachers())
    for name, status in ((RETURNED, "dikembalikan"), (APPROVED, "disetujui")):
        sent_elsewhere(store, name, status, now)


def teacher(store: Store, name: str) -> Pegawai:
    """The teacher whose name begins so."""
    return next(p for p in store.roster.all() if p.nama.startswith(name))


def sent_elsewhere(store: Store, name: str, status: str, now: datetime) -> None:
    """Let another computer have sent this teacher's plan, and the head have decided on it."""
    pegawai, plan = teacher(store, name), full_plan()
    line = wire.seal(wire.envelope_of(pegawai, PERIODE, 1, 0, plan))
    held = HeldPlan(
        pegawai_id=pegawai.id,
        periode=PERIODE,
        revisi=1,
        sha256=wire.digest(line),
        line=line,
        tanda_terima="R-1111-AAAA",
        waktu=now.isoformat(),
        status=status,
        catatan="Target belum terukur." if status == "dikembalikan" else "",
    )
    store.outbox.hold(pegawai.id, PERIODE, 1, held.sha256, status, held.catatan, held.waktu)
    store.held.take(held, plan, 1, now, seen=True)


def fill(store: Store, name: str, now: datetime, plan: RencanaKinerja | None = None) -> Pegawai:
    """Save a plan for a teacher, whole but for the teacher's word unless another one is given."""
    pegawai = teacher(store, name)
    draft = store.drafts.get(pegawai.id, PERIODE)
    store.drafts.save(pegawai.id, PERIODE, plan or full_plan(confirmation=False), draft.edit + 1 if draft else 1, now)
    return pegawai


def copy(store: Store, count: int, now: datetime, kind: StepKind = "salin") -> Step:
    """Copy a plan to the first so many teachers that have none; what is a teacher's own is not copied."""
    free = [p.id for p in store.roster.all() if store.drafts.get(p.id, PERIODE) is None]
    changes = [DraftChange(pegawai_id, 0, full_plan(confirmation=False).with_section(DataDiri())) for pegawai_id in free[:count]]
    return store.steps.do(kind, "Salin", PERIODE, changes, now)


def submit(store: Store, name: str, now: datetime) -> Pegawai:
    """Submit a teacher's plan."""
    pegawai = fill(store, name, now, full_plan())
    draft = store.drafts.get(pegawai.id, PERIODE)
    assert draft is not None
    store.outbox.seal(pegawai, PERIODE, draft.rencana, draft.edit, now)
    return pegawai


def mended() -> RencanaKinerja:
    """What the returned plan becomes."""
    return full_plan().with_section(PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=8),)))
