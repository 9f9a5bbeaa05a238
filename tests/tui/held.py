"""What the server holds beside a plan of the stage: told, and fetched or not."""

from __future__ import annotations

from msgspec import structs

from pmm_tui.skp import wire
from pmm_tui.skp.model import Pegawai, PraktikPembelajaran, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.wire import Held
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Conflict, HeldPlan, Sent
from tests.tui.fake_services import MOMENT
from tests.tui.samples import full_plan

LAPTOP = "Laptop TU"


def theirs() -> RencanaKinerja:
    """A plan that differs from the full one in three sections and has not been confirmed."""
    return structs.replace(
        full_plan(6, confirmation=False),
        praktik_pembelajaran=PraktikPembelajaran(indikator=("aktivitas-interaktif",)),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="800/12", tanggal_sk="2026-01-05"),)),
    )


def tell(
    store: Store,
    pegawai: Pegawai,
    rencana: RencanaKinerja,
    revision: int = 2,
    *,
    by: str = LAPTOP,
    fetched: bool = True,
    readable: bool = True,
    note: str = "",
) -> HeldPlan:
    """Let the server hold this plan as a revision that another computer sent."""
    line = wire.seal(wire.envelope_of(pegawai, "2026", revision, revision - 1, rencana))
    sha256, when = wire.digest(line), MOMENT.isoformat()
    plan = HeldPlan(
        pegawai_id=pegawai.id,
        periode="2026",
        revisi=revision,
        sha256=sha256,
        line=line if readable else b"",
        tanda_terima=f"TT-L-{revision}",
        waktu=when,
        status="dikembalikan" if note else "diajukan",
        catatan=note,
        oleh=by,
    )
    store.outbox.hold(pegawai.id, "2026", revision, sha256, plan.status, note, when)
    if fetched:
        store.held.put(plan)
    return plan


def send(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, edit: int = 1) -> None:
    """Seal a plan here, and let the server take it."""
    entry = store.outbox.seal(pegawai, "2026", rencana, edit, MOMENT)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Sent(f"TT-{entry.id:04}", MOMENT.isoformat(), "diajukan")})


def conflict(store: Store, pegawai: Pegawai, rencana: RencanaKinerja, plan: HeldPlan | None) -> None:
    """Seal a plan here, and let the server answer that it holds another one, or none."""
    entry = store.outbox.seal(pegawai, "2026", rencana, 1, MOMENT)
    store.outbox.mark_sending([entry.id])
    store.outbox.record_all({entry.id: Conflict(Held(plan.revisi, plan.sha256) if plan else None)})
