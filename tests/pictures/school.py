"""The practice mode's school with a plan in every state that there is, and with what the head and another computer said."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from pmm_tui.practice.school import school_teachers
from pmm_tui.roster.model import ComparedRow, FieldChange, Remark
from pmm_tui.skp.model import RHK, DataDiri, Pegawai, PengembanganKompetensi, Rangkuman, RencanaKinerja, Tugas, TugasTambahan
from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import Outcome, Rejected, Sent
from pmm_tui.tui.ports import SendOutcome, Settings
from tests.tui import held
from tests.tui.fake_services import MOMENT, FakeServices
from tests.tui.samples import TRAINING, full_plan, started_plan

NOTE = "Target RHK 2 belum terukur, tolong perbaiki angka dan buktinya."
APPROVED = ("Agus", "I Gusti", "Ni Luh", "Theresia", "Yohanes")
SENT = ("Ahmad", "Hendrikus", "La Ode", "Marthen", "Nurul", "Petrus", "Sri", "Wayan")
QUEUED = ("Drs. H. Ma'ruf", "Lilis")
READY = ("Dwi", "Rina")
BEGUN = ("Dewi", "Muhammad", "Siti Nurhaliza")
NOT_NEEDED = (("Anisa", "honor"), ("Ujang", "pensiun"))


def pictured_plan(pegawai: Pegawai) -> RencanaKinerja:
    """A plan as most teachers have one: two RHK, a duty, and the teacher's word on paper."""
    return replace(
        full_plan(),
        data_diri=DataDiri(golongan=pegawai.golongan, jenjang_jabatan="ahli-muda", sesuai=True),
        pengembangan_kompetensi=PengembanganKompetensi(
            rhk=(RHK(kompetensi=TRAINING, target=3), RHK(kompetensi="peserta-seminar-lokakarya", target=2))
        ),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk="421.3/15/2026", tanggal_sk="2026-01-05"),)),
        rangkuman=Rangkuman(dikonfirmasi_guru=True, cara="kertas", tanggal="2026-01-08"),
    )


def pictured_services(store: Store) -> FakeServices:
    """The outside: what waits is tried again in five minutes, and a list to import has every kind of row."""
    services = FakeServices(store)
    services.send_result = SendOutcome(sentence="", ok=True, retry_in=290)
    services.stored_settings = Settings(url="https://pmm.contoh.id", school_name=services.sekolah.nama, jenjang="SMP", kepala="Nur")
    one, other = (
        Pegawai(nama=name, nip=nip) for name, nip in (("Wulandari, S.Pd.", "199401012026042001"), ("Ujang Supriatna", ""))
    )
    rows = (
        ComparedRow(row=6, outcome="baru", name=one.nama, pegawai=one),
        ComparedRow(row=7, outcome="ditolak", name="Eko", reasons=(Remark("NIP", "NIP tersimpan sebagai angka."),)),
        ComparedRow(
            row=8,
            outcome="diperbarui",
            name=other.nama,
            pegawai=other,
            old=other,
            field_changes=(FieldChange("golongan", "Pangkat Golongan", "III/c", "III/d"),),
        ),
    )
    services.read_result = (rows, 'guru.xlsx: XLSX, lembar "Guru", judul di baris 5.')
    return services


def fill(store: Store) -> None:
    """Put the school into an empty store."""
    store.roster.write(school_teachers())
    everybody = store.roster.all()
    now = MOMENT

    def find(name: str) -> Pegawai:
        return next(one for one in everybody if one.nama.startswith(name))

    def plan(name: str) -> RencanaKinerja:
        return pictured_plan(find(name))

    def draft(name: str, rencana: RencanaKinerja, edit: int = 1, when: datetime = now) -> None:
        store.drafts.save(find(name).id, "2026", rencana, edit, when)

    def send(name: str, hours: int, outcome: Outcome | None = None, status: str = "diajukan") -> OutboxEntry:
        when = now - timedelta(hours=hours)
        draft(name, plan(name), when=when)
        entry = store.outbox.seal(find(name), "2026", plan(name), 1, when)
        store.outbox.mark_sending([entry.id])
        receipt = Sent(receipt=f"TT-2026-{entry.id:04}", at=(when + timedelta(minutes=1)).isoformat(), status=status)
        store.outbox.record_all({entry.id: outcome or receipt})
        return entry

    for number, name in enumerate((*APPROVED, *SENT)):
        send(name, 60 - 3 * number, status="disetujui" if name in APPROVED else "diajukan")
    returned = send("Cut", 50)
    at = (now - timedelta(hours=20)).isoformat()
    store.outbox.hold(find("Cut").id, "2026", returned.revisi, returned.sha256, "dikembalikan", NOTE, at)
    send("Fransiska", 6, Rejected((WireMasalah("/tugas_tambahan/tugas/0/nomor_sk", "sk", "Nomor SK tidak dikenal dinas."),)))
    send("Hasanuddin", 30)
    draft("Hasanuddin", replace(plan("Hasanuddin"), rangkuman=Rangkuman()), 2)
    for name in QUEUED:
        draft(name, plan(name))
        store.outbox.seal(find(name), "2026", plan(name), 1, now - timedelta(minutes=12))
    for name in READY:
        draft(name, plan(name))
    for name in BEGUN:
        draft(name, replace(started_plan(), praktik_pembelajaran=plan(name).praktik_pembelajaran))
    without_target = PengembanganKompetensi(rhk=(RHK(kompetensi=TRAINING, target=0),))
    draft("André", replace(plan("André"), pengembangan_kompetensi=without_target, rangkuman=Rangkuman()))
    draft("Ekawati", plan("Ekawati"))
    held.conflict(store, find("Ekawati"), plan("Ekawati"), held.tell(store, find("Ekawati"), held.theirs()))
    draft("Fitri", plan("Fitri"))
    held.tell(store, find("Fitri"), held.theirs())
    for name, reason in NOT_NEEDED:
        store.not_needed.mark([find(name).id], "2026", reason, now)
