"""A school as its head's computer knows it: plans that wait, that moved on, that were decided on, and that are not there."""

from __future__ import annotations

import msgspec
from msgspec import structs

from pmm_tui.skp import wire
from pmm_tui.skp.model import (
    RHK,
    Pegawai,
    PengembanganKompetensi,
    Rangkuman,
    RencanaKinerja,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.wire import Change
from pmm_tui.store import Store
from pmm_tui.store.decision_entry import DecisionEntry
from pmm_tui.store.outbox_entry import HeldPlan
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, BUDI, CITRA, DEDI, full_plan

EKA = structs.replace(ANI, nama="Eka Putri, S.Pd.", nip="198507142010012009")
FAJAR = structs.replace(BUDI, nama="Fajar Nugroho, S.Pd.", nip="199003032015031009", nuptk="")
SCHOOL = (ANI, BUDI, CITRA, DEDI, EKA, FAJAR)
"""Ani, Eka and Fajar wait, Budi's second revision too; Citra's was returned; Dedi has none."""
NOTE = "Target belum terukur."


def plan(target: int = 4) -> RencanaKinerja:
    """A whole plan with a duty, confirmed by the teacher."""
    return structs.replace(
        full_plan(target),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421.3/21", tanggal_sk="2026-01-05"),)),
        rangkuman=Rangkuman(dikonfirmasi_guru=True, cara="pesan", tanggal="2026-01-08"),
    )


def long_plan() -> RencanaKinerja:
    """A plan that no terminal shows at once."""
    rhk = tuple(RHK(uraian=f"Kegiatan nomor {n}", satuan="kegiatan", bukti="laporan", target=n) for n in range(1, 41))
    return structs.replace(plan(), pengembangan_kompetensi=PengembanganKompetensi(rhk=rhk))


def hold(
    store: Store,
    pegawai: Pegawai,
    rencana: RencanaKinerja,
    revision: int = 1,
    status: str = "diajukan",
    note: str = "",
    by: str = "TU",
) -> HeldPlan:
    """Let the server hold a plan, as a head's computer is told."""
    line = wire.seal(wire.envelope_of(pegawai, "2026", revision, revision - 1, rencana))
    sha256, when = wire.digest(line), MOMENT.isoformat()
    held = HeldPlan(
        pegawai_id=pegawai.id, periode="2026", revisi=revision, sha256=sha256, line=line, tanda_terima=f"R-{pegawai.id:04}",
        waktu=when, status=status, catatan=note, oleh=by,
    )  # fmt: skip
    store.outbox.hold(pegawai.id, "2026", revision, sha256, status, note, when)
    store.held.put(held)
    if status != "diajukan":
        told = Change(pegawai="g", periode="2026", revisi=revision, sha256=sha256, status=status, catatan=note, waktu=when)
        store.decisions.take_told(pegawai.id, told)
    return held


def read(store: Store, pegawai: Pegawai) -> None:
    """Let the head have read the revision that stands."""
    found = store.decisions.plan(pegawai.id, "2026")
    assert found is not None
    store.decisions.mark_read(found, MOMENT)


def take_role(store: Store, *roles: str) -> None:
    """Let the server have told which roles the token has."""
    told = {"npsn": "69900001", "peran": roles[0], "semua_peran": list(roles)}
    store.reference.put("sekolah", "", msgspec.json.encode(told), MOMENT)


def fill(store: Store) -> None:
    """Fill the desk of `SCHOOL`, for a token of the head alone."""
    store.roster.write(SCHOOL)
    ani, budi, citra, _, eka, fajar = (one(store, p.nama) for p in SCHOOL)
    for pegawai in (ani, eka, fajar):
        hold(store, pegawai, plan())
    hold(store, budi, plan())
    read(store, budi)
    hold(store, budi, plan(2), 2)
    hold(store, citra, plan(), 1, "dikembalikan", NOTE)
    take_role(store, "kepala_sekolah")


def one(store: Store, name: str) -> Pegawai:
    """The teacher whose name begins so."""
    return next(p for p in store.roster.all() if p.nama.startswith(name))


def decided(store: Store) -> list[tuple[str, str, str]]:
    """What was decided: whose plan, what, and the note, in order."""
    names = store.roster.names()
    return [(names[d.pegawai_id].partition(" ")[0], d.keputusan, _note(d)) for d in reversed(store.decisions.all("2026"))]


def _note(decision: DecisionEntry) -> str:
    return decision.said.catatan if decision.said else ""
