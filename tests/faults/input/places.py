"""The places where a word from outside can stand, and the records and answers that put a word into each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import structs

from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import (
    RHK,
    DataDiri,
    KepalaSekolah,
    Pegawai,
    PengembanganKompetensi,
    Rapor,
    RencanaKinerja,
    Sekolah,
    Tugas,
    TugasTambahan,
)
from pmm_tui.skp.wire import Held, WireMasalah
from pmm_tui.store.outbox_entry import Conflict, Rejected, Sent
from pmm_tui.tui.ports import FetchOutcome, SendOutcome, Settings
from tests.faults.input.payloads import ATTACKS, attack
from tests.tui.fake_services import MOMENT
from tests.tui.samples import ANI, full_plan
from tests.tui.stage import Stage

Words = Callable[[int], str]
"""The word for a place."""
PLACES = {
    0: "nama", 1: "jenis PTK", 2: "status kepegawaian", 4: "tugas menurut Dapodik", 5: "uraian", 6: "satuan", 7: "bukti",
    8: "nomor SK", 9: "tanggal SK", 11: "sekolah", 12: "kepala", 20: "label indikator", 21: "RHK", 22: "bukti katalog",
    23: "label tugas", 24: "label perilaku", 25: "label jenjang", 26: "label periode", 27: "label skema", 28: "pangkat",
    29: "label komponen", 30: "label capaian", 31: "nilai BerAKHLAK", 33: "alamat server", 34: "hasil kirim", 35: "hasil tarik",
    36: "hasil uji", 37: "galat uji", 40: "alamat di pengaturan", 41: "sekolah di pengaturan", 42: "kepala di pengaturan",
    50: "nama di berkas", 51: "kolom", 52: "alasan", 53: "nilai lama", 54: "nilai baru", 55: "peringatan", 56: "asal berkas",
    57: "galat berkas", 58: "nama berkas", 59: "map berkas", 60: "penolakan server", 61: "tanda terima", 62: "waktu server",
    64: "catatan kepala sekolah", 70: "galat penyimpanan", 71: "letak darurat", 72: "pemberitahuan", 80: "tempelan di isian",
    81: "tempelan di pencarian",
}  # fmt: skip
"""Every place where a word from outside can stand, by number."""
OTHER_PLACES = {
    3: "golongan",
    10: "golongan di rencana",
    13: "pangkat kepala",
    32: "capaian",
    63: "pointer",
    65: "kode",
    66: "status",
}
"""Places whose word is looked at but not always shown."""


def text(word: str) -> str:
    """As long as a catalogue's text may be (`skp.katalog.Text`; a longer one is refused), on one line."""
    return word.replace("\n", " ")[:600]


def words_of(turn: int) -> Words:
    """The words of a round: as many rounds as there are attacks put each of them into each place."""
    names = list(ATTACKS)
    places = [*PLACES, *OTHER_PLACES]
    step = len(names) // len(places) + 1
    return lambda place: attack(names[(places.index(place) * step + turn) % len(names)], place)


def saved(text: str) -> str:
    """As far as a database can hold it: no half characters, no NUL."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


def _katalog(w: Words) -> Katalog:
    k = bundled()

    def replace(items: tuple[Any, ...], **content: int) -> tuple[Any, ...]:
        return tuple(structs.replace(item, **{name: text(w(place)) for name, place in content.items()}) for item in items)

    perilaku = tuple(structs.replace(p, label=text(w(31)), indikator=replace(p.indikator, label=24)) for p in k.perilaku)
    golongan = structs.replace(k.golongan, pns=replace(k.golongan.pns, pangkat=28))
    return structs.replace(
        k,
        indikator=replace(k.indikator, label=20),
        komponen=replace(k.komponen, label=29),
        kompetensi=replace(k.kompetensi, peran=21, satuan=6, catatan=22, bukti=22),
        tugas_tambahan=replace(k.tugas_tambahan, label=23),
        perilaku=perilaku,
        jenjang_jabatan=replace(k.jenjang_jabatan, label=25),
        periode=replace(k.periode, label=26),
        skema=replace(k.skema, label=27),
        golongan=golongan,
        rapor=structs.replace(k.rapor, capaian=replace(k.rapor.capaian, label=30)),
        praktik=structs.replace(k.praktik, rhk_pola=text(f"{{indikator}} {w(20)}")),
    )


def _rencana(w: Words) -> RencanaKinerja:
    rhk = RHK(uraian=saved(w(5)), satuan=saved(w(6)), bukti=saved(w(7)), target=2)
    return structs.replace(
        full_plan(),
        data_diri=DataDiri(golongan=saved(w(10))[:300], jenjang_jabatan="ahli-muda", sesuai=True),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(rhk, RHK(kompetensi="peserta-pelatihan-mandiri", target=4))),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk=saved(w(8)), tanggal_sk=saved(w(9))),)),
    )


def prepare(u: Stage, w: Words, turn: int) -> list[Pegawai]:
    """Put the round's words into the records and the outside; returns its teachers, the last one's plan complete."""
    services, store = u.services, u.store
    services.katalog = _katalog(w)
    services.sekolah = Sekolah(
        npsn="69900001", nama=w(11), jenjang="SMP", kepala_sekolah=KepalaSekolah(nama=w(12), pangkat=w(13), plt=True)
    )
    services.rapor = Rapor(
        capaian={"aktivitas-interaktif": "kurang", "instruksi-pembelajaran": w(32)}, rekomendasi=("aktivitas-interaktif",)
    )
    services.address = w(33)
    services.send_result = SendOutcome(sentence=w(34), ok=False)
    services.pull_result = FetchOutcome(sentence=w(35), ok=False)
    services.stored_settings = Settings(url=w(40), school_name=w(41), kepala=w(42), kepala_nip=w(3), npsn=w(3), jenjang=w(3))
    name = saved(w(0))
    one = Pegawai(
        nama=name,
        nip=f"198507142010{turn % 9:02}1{turn % 1000:03}",
        jenis_ptk=saved(w(1)),
        status_kepegawaian=saved(w(2)),
        golongan=saved(w(3)),
        tugas_tambahan=saved(w(4)),
    )
    start = 10**15 + turn * 10
    others = [structs.replace(ANI, nama=f"{name} {n}", nip="", nuptk=str(start + n)) for n in range(4)]
    others[-1] = structs.replace(ANI, nama=f"{name} 3", nip=f"1985071420100220{turn % 100:02}")
    old = {p.id for p in store.roster.all()}
    store.roster.write([one, *others])
    new = sorted((p for p in store.roster.all() if p.id not in old), key=lambda p: p.id)
    rencana = _rencana(w)
    for pegawai in new:
        store.drafts.save(pegawai.id, "2026", full_plan() if pegawai is new[-1] else rencana, 1, MOMENT)
    _envelopes(u, w, new[1:4], rencana)
    return new


def _envelopes(u: Stage, w: Words, teachers: list[Pegawai], rencana: RencanaKinerja) -> None:
    """One refused, one taken and sent back by the head, one in conflict."""
    outbox = u.store.outbox
    sealed = [outbox.seal(pegawai, "2026", rencana, 1, MOMENT) for pegawai in teachers]
    outbox.mark_sending([k.id for k in sealed])
    t = saved
    masalah = (WireMasalah(t(w(63)), t(w(65)), t(w(60))), WireMasalah("/" + t(w(63)), t(w(65)), t(w(60))))
    outbox.record_all({sealed[0].id: Rejected(masalah)})
    outbox.record_all({sealed[1].id: Sent(receipt=t(w(61)), at=t(w(62)), status=t(w(66)))})
    outbox.hold(teachers[1].id, "2026", 1, sealed[1].sha256, "dikembalikan", t(w(64)), t(w(62)))
    outbox.record_all({sealed[2].id: Conflict(Held(7, "f" * 64))})
