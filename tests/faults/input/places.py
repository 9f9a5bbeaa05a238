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
from pmm_tui.skp.wire import Dipegang, MasalahTerkirim
from pmm_tui.store.outbox_entry import Conflict, Rejected, Sent
from pmm_tui.tui.ports import HasilKirim, HasilTarik, Pengaturan
from tests.faults.input.payloads import SERANGAN, serang
from tests.tui.fake_services import SAAT
from tests.tui.samples import ANI, rencana_penuh
from tests.tui.stage import Panggung

Kata = Callable[[int], str]
"""The word for a place."""
TEMPAT = {
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
TEMPAT_LAIN = {
    3: "golongan",
    10: "golongan di rencana",
    13: "pangkat kepala",
    32: "capaian",
    63: "pointer",
    65: "kode",
    66: "status",
}
"""Places whose word is looked at but not always shown."""


def teks(kata: str) -> str:
    """As long as a catalogue's text may be (`skp.katalog.Teks`; a longer one is refused), on one line."""
    return kata.replace("\n", " ")[:600]


def kata(putaran: int) -> Kata:
    """The words of a round: as many rounds as there are attacks put each of them into each place."""
    names = list(SERANGAN)
    places = [*TEMPAT, *TEMPAT_LAIN]
    step = len(names) // len(places) + 1
    return lambda tempat: serang(names[(places.index(tempat) * step + putaran) % len(names)], tempat)


def tersimpan(teks: str) -> str:
    """As far as a database can hold it: no half characters, no NUL."""
    return teks.encode("utf-8", "ignore").decode().replace("\0", "")


def _katalog(w: Kata) -> Katalog:
    k = bundled()

    def ganti(items: tuple[Any, ...], **isi: int) -> tuple[Any, ...]:
        return tuple(structs.replace(item, **{nama: teks(w(tempat)) for nama, tempat in isi.items()}) for item in items)

    perilaku = tuple(structs.replace(p, label=teks(w(31)), indikator=ganti(p.indikator, label=24)) for p in k.perilaku)
    golongan = structs.replace(k.golongan, pns=ganti(k.golongan.pns, pangkat=28))
    return structs.replace(
        k,
        indikator=ganti(k.indikator, label=20),
        komponen=ganti(k.komponen, label=29),
        kompetensi=ganti(k.kompetensi, peran=21, satuan=6, catatan=22, bukti=22),
        tugas_tambahan=ganti(k.tugas_tambahan, label=23),
        perilaku=perilaku,
        jenjang_jabatan=ganti(k.jenjang_jabatan, label=25),
        periode=ganti(k.periode, label=26),
        skema=ganti(k.skema, label=27),
        golongan=golongan,
        rapor=structs.replace(k.rapor, capaian=ganti(k.rapor.capaian, label=30)),
        praktik=structs.replace(k.praktik, rhk_pola=teks(f"{{indikator}} {w(20)}")),
    )


def _rencana(w: Kata) -> RencanaKinerja:
    rhk = RHK(uraian=tersimpan(w(5)), satuan=tersimpan(w(6)), bukti=tersimpan(w(7)), target=2)
    return structs.replace(
        rencana_penuh(),
        data_diri=DataDiri(golongan=tersimpan(w(10))[:300], jenjang_jabatan="ahli-muda", sesuai=True),
        pengembangan_kompetensi=PengembanganKompetensi(rhk=(rhk, RHK(kompetensi="peserta-pelatihan-mandiri", target=4))),
        tugas_tambahan=TugasTambahan(tugas=(Tugas(tugas="wali-kelas", nomor_sk=tersimpan(w(8)), tanggal_sk=tersimpan(w(9))),)),
    )


def siapkan(u: Panggung, w: Kata, putaran: int) -> list[Pegawai]:
    """Put the round's words into the records and the outside; returns its teachers, the last one's plan complete."""
    lay, store = u.layanan, u.store
    lay.katalog = _katalog(w)
    lay.sekolah = Sekolah(
        npsn="69900001", nama=w(11), jenjang="SMP", kepala_sekolah=KepalaSekolah(nama=w(12), pangkat=w(13), plt=True)
    )
    lay.rapor = Rapor(
        capaian={"aktivitas-interaktif": "kurang", "instruksi-pembelajaran": w(32)}, rekomendasi=("aktivitas-interaktif",)
    )
    lay.alamat = w(33)
    lay.hasil_kirim = HasilKirim(kalimat=w(34), beres=False)
    lay.hasil_tarik = HasilTarik(kalimat=w(35), beres=False)
    lay.setelan = Pengaturan(url=w(40), nama=w(41), kepala=w(42), kepala_nip=w(3), npsn=w(3), jenjang=w(3))
    nama = tersimpan(w(0))
    satu = Pegawai(
        nama=nama,
        nip=f"198507142010{putaran % 9:02}1{putaran % 1000:03}",
        jenis_ptk=tersimpan(w(1)),
        status_kepegawaian=tersimpan(w(2)),
        golongan=tersimpan(w(3)),
        tugas_tambahan=tersimpan(w(4)),
    )
    awal = 10**15 + putaran * 10
    lain = [structs.replace(ANI, nama=f"{nama} {n}", nip="", nuptk=str(awal + n)) for n in range(4)]
    lain[-1] = structs.replace(ANI, nama=f"{nama} 3", nip=f"1985071420100220{putaran % 100:02}")
    lama = {p.id for p in store.roster.all()}
    store.roster.write([satu, *lain])
    baru = sorted((p for p in store.roster.all() if p.id not in lama), key=lambda p: p.id)
    rencana = _rencana(w)
    for pegawai in baru:
        store.drafts.save(pegawai.id, "2026", rencana_penuh() if pegawai is baru[-1] else rencana, 1, SAAT)
    _kiriman(u, w, baru[1:4], rencana)
    return baru


def _kiriman(u: Panggung, w: Kata, guru: list[Pegawai], rencana: RencanaKinerja) -> None:
    """One refused, one taken and sent back by the head, one in conflict."""
    outbox = u.store.outbox
    sealed = [outbox.seal(pegawai, "2026", rencana, 1, SAAT) for pegawai in guru]
    outbox.mark_sending([k.id for k in sealed])
    t = tersimpan
    masalah = (MasalahTerkirim(t(w(63)), t(w(65)), t(w(60))), MasalahTerkirim("/" + t(w(63)), t(w(65)), t(w(60))))
    outbox.record_all({sealed[0].id: Rejected(masalah)})
    outbox.record_all({sealed[1].id: Sent(tanda_terima=t(w(61)), waktu=t(w(62)), status=t(w(66)))})
    outbox.hold(guru[1].id, "2026", 1, sealed[1].sha256, "dikembalikan", t(w(64)), t(w(62)))
    outbox.record_all({sealed[2].id: Conflict(Dipegang(7, "f" * 64))})
