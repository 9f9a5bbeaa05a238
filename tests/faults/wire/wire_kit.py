"""Schools on the real server, clients' stores with plans to send, and a witness who asks neither of them but reads their files."""

from __future__ import annotations

import asyncio
import itertools
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from pmm_tui.server.sekolah import muat_sekolah
from pmm_tui.server.tokens import buat_token
from pmm_tui.skp.model import RHK, KepalaSekolah, Pegawai, PengembanganKompetensi, RencanaKinerja, Sekolah
from pmm_tui.store import Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits, ServerSettings
from pmm_tui.sync.pull import Tarikan, pull
from pmm_tui.sync.results import Ringkasan
from pmm_tui.sync.sender import send_due
from tests.server.sample_school import rencana_lengkap

PERIODE = "2026"
MULAI = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
TERBUKA = ("queued", "sending", "unknown")
_SUKU = (
    ("me", "pem", "ber", "ter", "ke", "se"),
    ("lajar", "nilai", "guna", "cipta", "susun"),
    ("an", "kan", "i", "nya"),
)
_KATA = tuple(map("".join, itertools.product(*_SUKU)))
_npsn = itertools.count(20_600_001)


class Jam:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = MULAI

    def __call__(self) -> datetime:
        return self.now

    def maju(self, **units: float) -> None:
        """Move it, back too."""
        self.now += timedelta(**units)


class Sekolahan(Struct, frozen=True):
    """A school on the server: its number and the operator's token."""

    npsn: str
    token: str
    token_kepala: str


class Amplop(Struct, frozen=True, order=True):
    """An envelope as the server's file has it."""

    npsn: str
    nip: str
    periode: str
    revisi: int
    sha256: str
    tanda_terima: str
    berdiri: bool


def guru(nomor: int) -> Pegawai:
    """The teacher of that number."""
    return Pegawai(nama=f"Guru Ke-{nomor:02}", nip=f"19850714201001{1000 + nomor:04}", status_kepegawaian="PNS", golongan="III/c")


def rencana(isi: int) -> RencanaKinerja:
    """A plan without fault; one number, one content, in words as different as teachers'."""
    words = random.Random(isi).choices(_KATA, k=24)
    bebas = RHK(uraian=f"{isi} {' '.join(words)}", satuan=words[0], bukti=f"Bukti {words[1]} {words[2]}", target=1 + isi % 9)
    lengkap = rencana_lengkap()
    rhk = (*lengkap.pengembangan_kompetensi.rhk, bebas)
    return lengkap.with_section(PengembanganKompetensi(rhk=rhk)).with_section(lengkap.rangkuman)


def buat_sekolah(database: Path, banyak_guru: int) -> Sekolahan:
    """Load a school with its teachers into the server's database."""
    npsn = str(next(_npsn))
    kepala = KepalaSekolah(nama="Dra. Siti Nurhaliza, M.Pd.", nip="197001011995122001")
    sekolah = Sekolah(npsn=npsn, nama="SMP Negeri 3 Kota Baru", jenjang="SMP", kepala_sekolah=kepala)
    muat_sekolah(str(database), sekolah, map(guru, range(1, banyak_guru + 1)))
    return Sekolahan(npsn, *(buat_token(str(database), npsn, peran) for peran in ("operator", "kepala_sekolah")))


def setelan(url: str, token: str, total: float = 5.0) -> ServerSettings:
    """How a client reaches a server; every exchange has `total` seconds."""
    return ServerSettings(url=url, token=token, total=total)


class Klien:
    """One operator's computer: a store, a clock, and the program's own ways to send and to fetch."""

    def __init__(self, path: Path, settings: ServerSettings, *, gzip: bool = True, jam: Jam | None = None) -> None:
        self.path = path
        self.settings = settings
        self.gzip = gzip
        self.jam = jam or Jam()
        self.store = Store.open(path)

    def client(self) -> Client:
        """A client of these settings."""
        return Client(self.settings, gzip=self.gzip)

    def kirim(self, limits: Limits | None = None, *, forced: bool = True) -> Ringkasan:
        """One run of the sender, by the operator's wish."""
        return asyncio.run(self._send(limits, forced))

    async def _send(self, limits: Limits | None, forced: bool) -> Ringkasan:
        return await send_due(self.store, self.client, now=self.jam, forced=forced, limits=limits, random=lambda: 0.5)

    def tarik(self) -> Tarikan:
        """Fetch what the server lends and what changed."""
        return asyncio.run(self._pull())

    async def _pull(self) -> Tarikan:
        async with self.client() as client:
            return await pull(self.store, client, PERIODE, self.jam)

    def sampai_tuntas(self, limit: int = 12) -> None:
        """Let the program send by itself, each time after more than the longest wait there is, until nothing waits."""
        for _ in range(limit):
            if not self.menunggu:
                return
            self.jam.maju(hours=8)
            hasil = self.kirim(forced=False)
        assert not self.menunggu, f"still waiting: {hasil}"

    def ajukan_semua(self, isi: int) -> None:
        """Seal a new plan for every teacher, whose content `isi` decides."""
        for nomor, pegawai in enumerate(self.store.roster.all()):
            self.store.outbox.seal(pegawai, PERIODE, rencana(1000 * isi + nomor), 1, self.jam())

    @property
    def menunggu(self) -> int:
        """How many envelopes are not settled."""
        counts = self.store.outbox.counts()
        return sum(counts[keadaan] for keadaan in TERBUKA)

    def buka_ulang(self) -> None:
        """Close the program and start it again."""
        self.store.close()
        self.store = Store.open(self.path)

    def tutup(self) -> None:
        """Close the program."""
        self.store.close()


def isi_toko(path: Path, settings: ServerSettings, banyak: int) -> None:
    """Make a store as it is before sending: the server's roster fetched, and a plan sealed for each of the first teachers."""
    klien = Klien(path, settings)
    try:
        assert klien.tarik().stop is None
        for nomor, pegawai in enumerate(klien.store.roster.all()[:banyak], 1):
            klien.store.outbox.seal(pegawai, PERIODE, rencana(nomor), 1, klien.jam())
    finally:
        klien.tutup()


def salin(source: Path, target: Path) -> Path:
    """Copy a store that is closed."""
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    return target


class Saksi:
    """Reads the server's file, as nobody's client."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def amplop(self, npsn: str) -> list[Amplop]:
        """Every envelope that a school's server ever stored."""
        query = (
            "SELECT s.npsn, p.nip, a.periode, a.revisi, a.sha256, a.tanda_terima, r.revisi = a.revisi"
            " FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id"
            " JOIN pegawai p ON p.sekolah_id = a.sekolah_id AND p.id = a.pegawai_id"
            " JOIN rencana r ON r.sekolah_id = a.sekolah_id AND r.pegawai_id = a.pegawai_id AND r.periode = a.periode"
            " WHERE s.npsn = ?"
        )
        return sorted(Amplop(*row[:-1], bool(row[-1])) for row in self._rows(query, npsn))

    def guru(self, npsn: str) -> int:
        """How many teachers a school has."""
        return int(self._rows("SELECT count(*) FROM pegawai p JOIN sekolah s ON s.id = p.sekolah_id WHERE s.npsn = ?", npsn)[0][0])

    def isi(self, npsn: str) -> set[bytes]:
        """The bytes of every envelope of a school."""
        query = "SELECT a.isi FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id WHERE s.npsn = ?"
        return {bytes(row[0]) for row in self._rows(query, npsn)}

    def kosongkan(self) -> None:
        """Take every envelope off the server, so that the next case begins like the first."""
        with closing(self._connect()) as connection:
            connection.executescript(
                "PRAGMA synchronous = OFF; BEGIN IMMEDIATE; DELETE FROM rencana; DELETE FROM amplop;"
                " UPDATE sekolah SET urut = 0; COMMIT;"
            )

    def palsu(self, klien: Klien, npsn: str, *, tanda_terima: bool = True) -> list[str]:
        """Every envelope that a client calls sent and the server does not hold so: revision, digest and receipt."""
        held = {(a.nip, a.periode, a.revisi, a.sha256): a.tanda_terima for a in self.amplop(npsn)}
        wrong = []
        for kiriman in klien.store.outbox.all():
            receipt = held.get((kiriman.kunci.get("nip", ""), kiriman.periode, kiriman.revisi, kiriman.sha256))
            if kiriman.keadaan == "sent" and (receipt is None or (tanda_terima and receipt != kiriman.tanda_terima)):
                wrong.append(f"{kiriman.kunci} revisi {kiriman.revisi}: {kiriman.tanda_terima} / {receipt}")
        return wrong

    def _rows(self, query: str, *values: str) -> list[tuple]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.database, timeout=20, isolation_level=None)
