"""The same school at its head's computer: plans that wait, one that came again, and decisions of every state."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from pmm_tui.practice.school import school_teachers
from pmm_tui.skp.model import RHK, Pegawai, PengembanganKompetensi
from pmm_tui.skp.wire import Held
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Conflict, Outcome, Sent
from tests.pictures.school import pictured_plan
from tests.tui import desk_school
from tests.tui.fake_services import MOMENT
from tests.tui.samples import TRAINING

WAITING = ("Ahmad", "Fransiska", "Komang", "La Ode", "Rahmat", "Siti Nurhaliza", "Yusuf")
READ = ("Ahmad", "Fransiska")
AGAIN = "La Ode"


def fill_desk(store: Store, roles: tuple[str, ...]) -> None:
    """Put the school into an empty store, for a token of these roles."""
    store.roster.write(school_teachers())

    def find(name: str) -> Pegawai:
        return desk_school.one(store, name)

    for name in WAITING:
        desk_school.hold(store, find(name), pictured_plan(find(name)))
    for name in (*READ, AGAIN):
        desk_school.read(store, find(name))
    moved = PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=5), RHK(kompetensi="peserta-seminar-lokakarya", target=2)))
    desk_school.hold(store, find(AGAIN), replace(pictured_plan(find(AGAIN)), pengembangan_kompetensi=moved), 2)
    desk_school.hold(store, find("Cut"), pictured_plan(find("Cut")), 1, "dikembalikan", "Target RHK 2 belum terukur.")
    for name in ("Agus", "I Gusti", "Ni Luh"):
        desk_school.hold(store, find(name), pictured_plan(find(name)), 1, "disetujui")
    decide(store, find("Wayan"), Sent(receipt="K-7QWD-A211", at=MOMENT.isoformat(), status="disetujui"))
    decide(store, find("Theresia"), None)
    decide(store, find("Zulkifli"), Conflict(Held(2, "a" * 64)))
    desk_school.take_role(store, *roles)


def decide(store: Store, pegawai: Pegawai, outcome: Outcome | None) -> None:
    """Let the head have read and approved a plan; None: it waits to be sent."""
    desk_school.hold(store, pegawai, pictured_plan(pegawai))
    desk_school.read(store, pegawai)
    plan = store.decisions.plan(pegawai.id, "2026")
    assert plan is not None
    entry = store.decisions.seal(pegawai, plan, "setujui", "", {}, MOMENT - timedelta(minutes=8))
    if outcome is not None:
        store.decisions.mark_sending([entry.id])
        store.decisions.record_all({entry.id: outcome})
