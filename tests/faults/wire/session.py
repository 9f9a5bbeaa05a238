"""Random sessions: two clients of one school and one of another, a server that dies, and every weather between them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pmm_tui.store import Kiriman, Store
from pmm_tui.sync.sender import send_due
from tests.faults.wire.disturbances import LANCAR, Gangguan
from tests.faults.wire.fault_world import Dunia, MatiSaatMengirim
from tests.faults.wire.sentences import cela
from tests.faults.wire.weather import DITOLAK, PORTAL, gangguan
from tests.faults.wire.wire_kit import PERIODE, TERBUKA, Klien, Sekolahan, rencana, salin, setelan
from tests.store.samples import held, terbaru

GURU = 3
_klien = st.integers(0, 2)
_guru = st.integers(0, GURU - 1)
_isi = st.integers(0, 4)


class Sesi(RuleBasedStateMachine):
    """One session; ends with everything settled and named, and server and clients of one opinion."""

    dunia: Dunia

    def __init__(self) -> None:
        super().__init__()
        d = self.dunia
        if not d.peladen.alive:
            self.nyalakan()
        d.perantara.bersih()
        d.perantara.ditahan.clear()
        d.saksi.kosongkan()
        d.sesi += 1
        self._opened = self._lasts = 0
        self.milik = (d.sekolah[0], d.sekolah[0], d.sekolah[1])
        self.klien = [self._open(d.toko[nomor // 2], d.sekolah[nomor // 2], nomor) for nomor in range(3)]

    def _open(self, toko: Path, sekolah: Sekolahan, nomor: int) -> Klien:
        path = salin(toko, self._fresh(nomor))
        return Klien(path, setelan(self.dunia.perantara.url, sekolah.token, total=0.25))

    def _fresh(self, nomor: int) -> Path:
        self._opened += 1
        folder = self.dunia.folder / f"klien-{self.dunia.sesi}-{nomor}-{self._opened}"
        folder.mkdir()
        return folder / "pmm.db"

    # ---- what operators, heads, computers and lines do

    @initialize(semua=st.lists(st.tuples(_klien, _guru, _isi), min_size=3, max_size=9))
    def mulai(self, semua: list[tuple[int, int, int]]) -> None:
        """Begin with plans that wait."""
        for siapa, guru, isi in semua:
            self.ajukan(siapa, guru, isi)

    @rule(siapa=_klien, guru=_guru, isi=_isi)
    def ajukan(self, siapa: int, guru: int, isi: int) -> None:
        """Seal a plan."""
        klien = self.klien[siapa]
        klien.store.outbox.seal(klien.store.roster.all()[guru], PERIODE, rencana(isi), 1, klien.jam())

    @rule(siapa=_klien, cuaca=st.lists(gangguan, max_size=3), sabar=st.booleans(), gzip=st.booleans())
    def kirim(self, siapa: int, cuaca: list[Gangguan], sabar: bool, gzip: bool) -> None:
        """Send while the line does these things, one a connection."""
        self.dunia.perantara.pasang(*cuaca)
        klien = self.klien[siapa]
        klien.gzip = gzip
        before = klien.menunggu
        hasil = klien.kirim(forced=not sabar)
        self._sent_once()
        assert hasil.stop is None or not cela(hasil.stop.karena), (hasil.stop, cela(hasil.stop.karena))
        assert before == 0 or hasil.stop or hasil.deferred or not klien.menunggu, hasil

    @rule(siapa=_klien)
    def kirim_lancar(self, siapa: int) -> None:
        """Send while the line does nothing."""
        self.kirim(siapa, [], sabar=False, gzip=True)

    @rule(siapa=_klien)
    def ditolak(self, siapa: int) -> None:
        """The server refuses the content of what was never sent before; only then is a made-up refusal like the server's."""
        klien = self.klien[siapa]
        due = klien.store.outbox.due(100)
        if due and not any(k.percobaan for k in due):
            self.dunia.perantara.selalu = Gangguan(palsu=DITOLAK)
            klien.kirim()
            self.dunia.perantara.selalu = LANCAR

    @rule(siapa=_klien, cuaca=st.lists(gangguan, max_size=1), sebelum=st.booleans())
    def mati_saat_mengirim(self, siapa: int, cuaca: list[Gangguan], sebelum: bool) -> None:
        """Kill the program in the middle of sending and start it again."""
        self.dunia.perantara.pasang(*cuaca)
        klien, path = self.klien[siapa], self._fresh(siapa)
        asyncio.run(self._send(klien, path, sebelum))
        self._sent_once()
        if path.exists():
            klien.tutup()
            klien.path, klien.store = path, Store.open(path)

    async def _send(self, klien: Klien, path: Path, sebelum: bool) -> None:
        await send_due(klien.store, lambda: MatiSaatMengirim(klien, path, sebelum), now=klien.jam, forced=True, random=lambda: 0.5)

    @rule(siapa=_klien)
    def buka_ulang(self, siapa: int) -> None:
        """Close the program and start it again."""
        self.klien[siapa].buka_ulang()

    @rule(siapa=_klien, hari=st.sampled_from((-3650.0, -30.0, -0.01, 0.01, 0.3, 2.0, 3650.0)))
    def jam_melompat(self, siapa: int, hari: float) -> None:
        """Set a computer's clock."""
        self.klien[siapa].jam.maju(days=hari)

    @rule(siapa=_klien, cuaca=st.lists(gangguan, max_size=2))
    def tarik(self, siapa: int, cuaca: list[Gangguan]) -> None:
        """Fetch what is new, while the line does these things."""
        self.dunia.perantara.pasang(*cuaca)
        tarikan = self.klien[siapa].tarik()
        assert tarikan.stop is None or not cela(tarikan.stop.karena), tarikan.stop

    @rule(siapa=_klien)
    def token_salah(self, siapa: int) -> None:
        """Send once with a token that the server does not know."""
        klien, right = self.klien[siapa], self.klien[siapa].settings
        klien.settings = setelan(right.url, "bukan-token-yang-benar", total=0.25)
        assert klien.kirim().sent == 0
        klien.settings = right

    def _sent_once(self) -> None:
        """Count, and let what lasts for some runs come to its end."""
        self.dunia.kirim += 1
        self._lasts -= 1
        if self._lasts <= 0:
            self.dunia.perantara.selalu = LANCAR
            self.nyalakan()

    @rule(halaman=st.sampled_from(PORTAL), lama=st.integers(1, 3))
    def portal(self, halaman: bytes, lama: int) -> None:
        """A login page answers everybody for the next runs."""
        self.dunia.perantara.selalu, self._lasts = Gangguan(palsu=halaman), lama

    @rule(terbalik=st.booleans())
    def tiba_terlambat(self, terbalik: bool) -> None:
        """Deliver what was held up."""
        self.dunia.perantara.lepaskan(terbalik=terbalik)

    @rule(lama=st.integers(0, 2))
    def server_mati(self, lama: int) -> None:
        """Kill the server; it comes back after that many runs of a sender."""
        self.dunia.peladen.kill()
        self._lasts = lama
        if not lama:
            self.nyalakan()

    def nyalakan(self) -> None:
        """Start the server, if it is dead."""
        if not self.dunia.peladen.alive:
            self.dunia.peladen.start()
            self.dunia.perantara.tujuan = self.dunia.peladen.port

    @rule(sekolah=st.integers(0, 1), mana=st.integers(0, GURU - 1), keputusan=st.sampled_from(("setujui", "kembalikan")))
    def putuskan(self, sekolah: int, mana: int, keputusan: str) -> None:
        """The head decides on a plan that the server holds."""
        if self.dunia.peladen.alive:
            self._decide(self.dunia.sekolah[sekolah], keputusan, mana)

    def _decide(self, sekolah: Sekolahan, keputusan: str, mana: int | None = None) -> None:
        """Decide on one plan of a school, or on all."""
        headers = {"authorization": f"Bearer {sekolah.token_kepala}"}
        base = f"http://127.0.0.1:{self.dunia.peladen.port}"
        with httpx.Client(base_url=base, headers=headers, trust_env=False, timeout=20) as http:
            held = http.get("/v1/rencana").json()["perubahan"]
            for plan in held if mana is None else held[mana : mana + 1]:
                isi = {"revisi": plan["revisi"], "keputusan": keputusan, "catatan": ""}
                http.post(f"/v1/rencana/{PERIODE}/{plan['pegawai']}/keputusan", json=isi).raise_for_status()

    # ---- what must hold

    @invariant()
    def check_steps(self) -> None:
        """After each step: what is called sent is on the server, which holds each revision once and only what clients sealed."""
        d = self.dunia
        d.langkah += 1
        d.perantara.tenang()
        for sekolah in d.sekolah:
            own = [klien for klien, milik in zip(self.klien, self.milik, strict=True) if milik == sekolah]
            held = d.saksi.amplop(sekolah.npsn)
            assert len({(a.nip, a.revisi) for a in held}) == len(held)
            assert d.saksi.isi(sekolah.npsn) <= {k.line for klien in own for k in klien.store.outbox.all()}
            assert d.saksi.guru(sekolah.npsn) == GURU
            for klien in own:
                assert d.saksi.palsu(klien, sekolah.npsn) == []

    def teardown(self) -> None:
        """Let the weather clear and look who says what."""
        try:
            self._heal()
            self._settled()
            self._solved()
        finally:
            for klien in self.klien:
                klien.tutup()

    def _heal(self) -> None:
        d = self.dunia
        self.nyalakan()
        d.perantara.bersih()
        d.perantara.lepaskan()
        d.perantara.tenang()
        for klien in self.klien:
            klien.settings = setelan(d.perantara.url, klien.settings.token, total=10.0)
            klien.sampai_tuntas()
        d.perantara.tenang()

    def _settled(self) -> None:
        """Every envelope is sent, or says what became of it; whatever the server holds, its client calls sent."""
        self.check_steps()
        for klien, sekolah in zip(self.klien, self.milik, strict=True):
            assert klien.tarik().stop is None
            for kiriman in klien.store.outbox.all():
                self._named(klien, kiriman)
            self._same_opinion(klien, sekolah)
        sent = {k.line for klien in self.klien for k in klien.store.outbox.all() if k.keadaan == "sent"}
        for sekolah in self.dunia.sekolah:
            assert self.dunia.saksi.isi(sekolah.npsn) <= sent

    def _named(self, klien: Klien, kiriman: Kiriman) -> None:
        assert kiriman.keadaan not in TERBUKA
        if kiriman.keadaan == "rejected":
            assert kiriman.masalah
            assert all(masalah.pesan for masalah in kiriman.masalah)
        elif kiriman.keadaan == "superseded":
            others = [k for k in klien.store.outbox.all() if k.pegawai_id == kiriman.pegawai_id and k is not kiriman]
            assert kiriman.catatan
            assert any(k.revisi > kiriman.revisi or k.keadaan in ("rejected", "conflict") for k in others)

    def _same_opinion(self, klien: Klien, sekolah: Sekolahan) -> None:
        """A client that has asked knows what the server holds of each plan, and has an envelope of that revision, whose ever."""
        stands = {a.nip: (a.revisi, a.sha256) for a in self.dunia.saksi.amplop(sekolah.npsn) if a.berdiri}
        for pegawai in klien.store.roster.all():
            assert held(klien.store, pegawai.id, PERIODE) == stands.get(pegawai.nip, (0, ""))
        known = {(k.kunci["nip"], k.revisi) for k in klien.store.outbox.all()}
        assert {(nip, revisi) for nip, (revisi, _) in stands.items()} <= known

    def _solved(self) -> None:
        """What was refused or in conflict goes through once its operator has fetched, edited and sealed anew."""
        for sekolah in self.dunia.sekolah:
            self._decide(sekolah, "kembalikan")
        for nomor, klien in enumerate(self.klien):
            assert klien.tarik().stop is None
            unsolved = [k for k in terbaru(klien.store).values() if k.keadaan in ("rejected", "conflict")]
            for kiriman in unsolved:
                pegawai = klien.store.roster.get(kiriman.pegawai_id)
                assert pegawai is not None
                klien.store.outbox.seal(pegawai, PERIODE, rencana(900 + nomor), 2, klien.jam())
            klien.sampai_tuntas()
            assert {k.keadaan for k in terbaru(klien.store).values()} <= {"sent"}
        self.check_steps()
