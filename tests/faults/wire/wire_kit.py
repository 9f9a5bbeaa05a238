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
from typing import Any

from msgspec import Struct

from pmm_tui.server.sekolah import load_school
from pmm_tui.server.tokens import create_token
from pmm_tui.skp.model import RHK, KepalaSekolah, Pegawai, PengembanganKompetensi, RencanaKinerja, Sekolah
from pmm_tui.store import Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits, ServerSettings
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.results import SendReport
from pmm_tui.sync.sender import send_due
from tests.server.sample_school import complete_plan

PERIODE = "2026"
START = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
OPEN = ("queued", "sending", "unknown")
_SYLLABLES = (
    ("me", "pem", "ber", "ter", "ke", "se"),
    ("lajar", "nilai", "guna", "cipta", "susun"),
    ("an", "kan", "i", "nya"),
)
_WORDS = tuple(map("".join, itertools.product(*_SYLLABLES)))
_npsn = itertools.count(20_600_001)


class FakeClock:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **units: float) -> None:
        """Move it, back too."""
        self.now += timedelta(**units)


class Campus(Struct, frozen=True):
    """A school on the server: its number and the operator's token."""

    npsn: str
    token: str
    token_kepala: str


class HeldEnvelope(Struct, frozen=True, order=True):
    """An envelope as the server's file has it."""

    npsn: str
    nip: str
    periode: str
    revision: int
    sha256: str
    receipt: str
    standing: bool


def teacher(number: int) -> Pegawai:
    """The teacher of that number."""
    return Pegawai(nama=f"Guru Ke-{number:02}", nip=f"19850714201001{1000 + number:04}", status_kepegawaian="PNS", golongan="III/c")


def rencana(number: int) -> RencanaKinerja:
    """A plan without fault; one number, one content, in words as different as teachers'."""
    words = random.Random(number).choices(_WORDS, k=24)
    free = RHK(uraian=f"{number} {' '.join(words)}", satuan=words[0], bukti=f"Bukti {words[1]} {words[2]}", target=1 + number % 9)
    complete = complete_plan()
    rhk = (*complete.pengembangan_kompetensi.rhk, free)
    return complete.with_section(PengembanganKompetensi(rhk=rhk)).with_section(complete.rangkuman)


def make_school(database: Path, many_teachers: int) -> Campus:
    """Load a school with its teachers into the server's database."""
    npsn = str(next(_npsn))
    kepala = KepalaSekolah(nama="Dra. Siti Nurhaliza, M.Pd.", nip="197001011995122001")
    sekolah = Sekolah(npsn=npsn, nama="SMP Negeri 3 Kota Baru", jenjang="SMP", kepala_sekolah=kepala)
    load_school(str(database), sekolah, map(teacher, range(1, many_teachers + 1)))
    return Campus(npsn, *(create_token(str(database), npsn, role) for role in ("operator", "kepala_sekolah")))


def settings_for(url: str, token: str, total: float = 5.0) -> ServerSettings:
    """How a client reaches a server; every exchange has `total` seconds."""
    return ServerSettings(url=url, token=token, total=total)


class WireClient:
    """One operator's computer: a store, a clock, and the program's own ways to send and to fetch."""

    def __init__(self, path: Path, settings: ServerSettings, *, gzip: bool = True, clock: FakeClock | None = None) -> None:
        self.path = path
        self.settings = settings
        self.gzip = gzip
        self.clock = clock or FakeClock()
        self.store = Store.open(path)

    def client(self) -> Client:
        """A client of these settings."""
        return Client(self.settings, gzip=self.gzip)

    def send(self, limits: Limits | None = None, *, forced: bool = True) -> SendReport:
        """One run of the sender, by the operator's wish."""
        return asyncio.run(self._send(limits, forced))

    async def _send(self, limits: Limits | None, forced: bool) -> SendReport:
        return await send_due(self.store, self.client, now=self.clock, forced=forced, limits=limits, random=lambda: 0.5)

    def pull(self) -> PullReport:
        """Fetch what the server lends and what changed."""
        return asyncio.run(self._pull())

    async def _pull(self) -> PullReport:
        async with self.client() as client:
            return await pull(self.store, client, PERIODE, self.clock)

    def until_finished(self, limit: int = 12) -> None:
        """Let the program send by itself, each time after more than the longest wait there is, until nothing waits."""
        for _ in range(limit):
            if not self.waiting:
                return
            self.clock.advance(hours=8)
            result = self.send(forced=False)
        assert not self.waiting, f"still waiting: {result}"

    def submit_all(self, number: int) -> None:
        """Seal a new plan for every teacher, whose content `number` decides."""
        for number, pegawai in enumerate(self.store.roster.all()):
            self.store.outbox.seal(pegawai, PERIODE, rencana(1000 * number + number), 1, self.clock())

    @property
    def waiting(self) -> int:
        """How many envelopes are not settled."""
        counts = self.store.outbox.counts()
        return sum(counts[state] for state in OPEN)

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.store.close()
        self.store = Store.open(self.path)

    def close(self) -> None:
        """Close the program."""
        self.store.close()


def fill_store(path: Path, settings: ServerSettings, many: int) -> None:
    """Make a store as it is before sending: the server's roster fetched, and a plan sealed for each of the first teachers."""
    client = WireClient(path, settings)
    try:
        assert client.pull().stop is None
        for number, pegawai in enumerate(client.store.roster.all()[:many], 1):
            client.store.outbox.seal(pegawai, PERIODE, rencana(number), 1, client.clock())
    finally:
        client.close()


def copied(source: Path, target: Path) -> Path:
    """Copy a store that is closed."""
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
    shutil.copyfile(source, target)
    return target


class Witness:
    """Reads the server's file, as nobody's client."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def envelopes(self, npsn: str) -> list[HeldEnvelope]:
        """Every envelope that a school's server ever stored."""
        query = (
            "SELECT s.npsn, p.nip, a.periode, a.revisi, a.sha256, a.tanda_terima, r.revisi = a.revisi"
            " FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id"
            " JOIN pegawai p ON p.sekolah_id = a.sekolah_id AND p.id = a.pegawai_id"
            " JOIN rencana r ON r.sekolah_id = a.sekolah_id AND r.pegawai_id = a.pegawai_id AND r.periode = a.periode"
            " WHERE s.npsn = ?"
        )
        return sorted(HeldEnvelope(*row[:-1], bool(row[-1])) for row in self._rows(query, npsn))

    def teachers(self, npsn: str) -> int:
        """How many teachers a school has."""
        return int(self._rows("SELECT count(*) FROM pegawai p JOIN sekolah s ON s.id = p.sekolah_id WHERE s.npsn = ?", npsn)[0][0])

    def bodies(self, npsn: str) -> set[bytes]:
        """The bytes of every envelope of a school."""
        query = "SELECT a.isi FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id WHERE s.npsn = ?"
        return {bytes(row[0]) for row in self._rows(query, npsn)}

    def clear(self) -> None:
        """Take every envelope off the server, so that the next case begins like the first."""
        with closing(self._connect()) as connection:
            connection.executescript(
                "PRAGMA synchronous = OFF; BEGIN IMMEDIATE; DELETE FROM keputusan; DELETE FROM rencana; DELETE FROM amplop;"
                " DELETE FROM perubahan; UPDATE sekolah SET urut = 0; COMMIT;"
            )

    def falsely_sent(self, client: WireClient, npsn: str, *, same_receipts: bool = True) -> list[str]:
        """Every envelope that a client calls sent and the server does not hold so: revision, digest and receipt."""
        held = {(a.nip, a.periode, a.revision, a.sha256): a.receipt for a in self.envelopes(npsn)}
        wrong = []
        for entry in client.store.outbox.all():
            receipt = held.get((entry.kunci.get("nip", ""), entry.periode, entry.revisi, entry.sha256))
            if entry.keadaan == "sent" and (receipt is None or (same_receipts and receipt != entry.tanda_terima)):
                wrong.append(f"{entry.kunci} revisi {entry.revisi}: {entry.tanda_terima} / {receipt}")
        return wrong

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with closing(self._connect()) as connection:
            return connection.execute(query, values).fetchall()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self.database, timeout=20, isolation_level=None)
