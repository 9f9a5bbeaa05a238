"""Laptops of a school and the reference server in this process: no port, no other process, each with its own database."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import httpx

from pmm_tui.server.asgi import create_app
from pmm_tui.server.engine import Database
from pmm_tui.server.sekolah import load_school
from pmm_tui.server.tokens import create_token
from pmm_tui.services.compare import Comparison, compare
from pmm_tui.services.decisions import Decided, QueueRow, decide, queue
from pmm_tui.services.in_force import InForce, find_in_force
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.plan_reading import ReadingSheet, mark_opened, open_plan
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.submit import Submission, is_ready, submit
from pmm_tui.skp.model import KepalaSekolah, Pegawai, RencanaKinerja, Sekolah
from pmm_tui.skp.plan_state import State
from pmm_tui.skp.wire import Keputusan
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.results import SendReport
from pmm_tui.sync.sender import send_due
from tests.server.sample_school import NIP, OTHER_NIP

NPSN, OTHER_NPSN = "20512345", "20598765"
EARLIER, PERIODE = "2025", "2026"
NOW = datetime(2026, 1, 8, 2, 0, tzinfo=UTC)
TEACHERS = (
    Pegawai(nama="Ani Lestari", nip=OTHER_NIP, status_kepegawaian="PPPK"),
    Pegawai(nama="Budi Santoso", nip=NIP, status_kepegawaian="PNS"),
)

Respond = Callable[[httpx.Request], httpx.Response | None]


class Server:
    """The reference server. `between` may answer in its place (None: it answers itself), `change` changes what it answered."""

    def __init__(self, folder: Path, name: str = "a") -> None:
        self.url = f"https://{name}.sekolah.sch.id"
        self._path = folder / f"server-{name}.db"
        self.between: Respond = lambda _: None
        self.change: Callable[[httpx.Request, httpx.Response], httpx.Response] = lambda _, answered: answered
        self.requests: list[httpx.Request] = []
        self._start()

    def _start(self) -> None:
        self._database = Database(str(self._path))
        self._asgi = httpx.ASGITransport(create_app(self._database, now=lambda: NOW))

    def school(self, npsn: str = NPSN, teachers: tuple[Pegawai, ...] = TEACHERS, *, named: bool = True) -> str:
        """Load a school; returns its operator's token. Not `named`: only its number is known."""
        kepala = KepalaSekolah(nama="Dra. Siti Nurhaliza, M.Pd.", nip="197001011995122001")
        profile = Sekolah(npsn=npsn, nama=f"SMP Negeri {npsn[-2:]}", jenjang="SMP", kepala_sekolah=kepala)
        load_school(str(self._path), profile if named else Sekolah(npsn=npsn), teachers)
        return create_token(str(self._path), npsn, "operator")

    def head(self, npsn: str = NPSN, role: str = "kepala_sekolah") -> str:
        """A token of the school's head."""
        return create_token(str(self._path), npsn, role, label="Kepala sekolah")

    def decisions(self, npsn: str = NPSN) -> list[tuple[str, int, str, str]]:
        """Every decision that it ever stored for a school: NIP, revision, decision and note, in their order."""
        query = (
            "SELECT p.nip, k.revisi, k.keputusan, k.catatan FROM keputusan k JOIN sekolah s ON s.id = k.sekolah_id"
            " JOIN pegawai p ON p.sekolah_id = k.sekolah_id AND p.id = k.pegawai_id WHERE s.npsn = ? ORDER BY k.urut"
        )
        with self._database.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query, (npsn,)).all()]

    def copy(self, target: Path) -> None:
        """Make a backup."""
        self._database.close()
        shutil.copyfile(self._path, target)
        self._start()

    def put_back(self, source: Path) -> None:
        """Come back from a backup."""
        self._database.close()
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(source, self._path)
        self._start()

    def close(self) -> None:
        """End it."""
        self._database.close()

    def held(self, npsn: str = NPSN) -> list[tuple[str, str, int, int, bytes]]:
        """Every envelope that it ever stored for a school: NIP, period, revision, base and bytes."""
        query = (
            "SELECT p.nip, a.periode, a.revisi, a.dasar, a.isi FROM amplop a JOIN sekolah s ON s.id = a.sekolah_id"
            " JOIN pegawai p ON p.sekolah_id = a.sekolah_id AND p.id = a.pegawai_id WHERE s.npsn = ? ORDER BY 1, 2, 3"
        )
        with self._database.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query, (npsn,)).all()]

    def revisions(self, npsn: str = NPSN) -> list[tuple[int, int]]:
        """Revision and base of every envelope of a school."""
        return [(revision, base) for _, _, revision, base, _ in self.held(npsn)]

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer one request."""
        await request.aread()
        self.requests.append(request)
        if between := self.between(request):
            return between
        answered = await self._asgi.handle_async_request(request)
        raw = b"".join([chunk async for chunk in answered.aiter_raw()])
        return self.change(request, httpx.Response(answered.status_code, headers=answered.headers, stream=httpx.ByteStream(raw)))

    async def post(self, token: str, *lines: bytes) -> list[dict[str, Any]]:
        """Send envelopes as some other conforming program does; returns their results."""
        async with httpx.AsyncClient(transport=_Network(self), base_url=self.url) as http:
            headers = {"authorization": f"Bearer {token}", "content-type": "application/x-ndjson"}
            answered = await http.post("/v1/rencana", content=b"\n".join(lines) + b"\n", headers=headers)
        assert answered.status_code == 200, answered.text
        return list(answered.json()["hasil"])


class _Network(httpx.AsyncBaseTransport):
    def __init__(self, server: Server) -> None:
        self._server = server

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._server.handle_async_request(request)


class Laptop:
    """One operator's computer: its records, its token, the server that it is set to, and what its operator does."""

    def __init__(self, path: Path, server: Server, token: str) -> None:
        self.path, self.server, self.token = path, server, token
        self.now = NOW
        self.store = Store.open(path)

    # ---- network

    def client(self) -> Client:
        """A connection of this laptop."""
        return Client(ServerSettings(url=self.server.url, token=self.token, total=20), transport=_Network(self.server))

    async def pull(self, periode: str = PERIODE) -> PullReport:
        """`tarik`."""
        setup = self.in_force(periode)
        async with self.client() as client:
            ended = setup.ended(self.now.date())
            return await pull(self.store, client, periode, lambda: self.now, npsn=setup.sekolah.npsn, ended=ended)

    async def send(self, *, forced: bool = True, insist: bool = False) -> SendReport:
        """`kirim`."""
        setup = self.in_force()
        return await send_due(
            self.store,
            self.client,
            now=lambda: self.now,
            forced=forced,
            insist=insist,
            random=lambda: 0.5,
            npsn=setup.sekolah.npsn,
            ended=setup.ended(self.now.date()),
        )

    # ---- what the operator does

    def in_force(self, periode: str = PERIODE) -> InForce:
        """What is in force here."""
        return find_in_force(self.store.reference.get, self.now.date(), chosen=periode)

    def teacher(self, nip: str = NIP) -> Pegawai:
        """A teacher of the list."""
        return next(one for one in self.store.roster.all() if one.nip == nip)

    def write(self, rencana: RencanaKinerja, periode: str = PERIODE, nip: str = NIP) -> None:
        """Fill a plan in."""
        draft = self.store.drafts.get(self.teacher(nip).id, periode)
        edit = draft.edit + 1 if draft else 1
        assert self.store.drafts.save(self.teacher(nip).id, periode, rencana, edit, self.now)

    def draft(self, periode: str = PERIODE, nip: str = NIP) -> RencanaKinerja | None:
        """The plan as it stands here."""
        draft = self.store.drafts.get(self.teacher(nip).id, periode)
        return draft.rencana if draft else None

    def row(self, periode: str = PERIODE, nip: str = NIP) -> PlanRow:
        """The teacher's row in the list."""
        rows = all_rows(self.store, self.in_force(periode), self.now.date())
        return next(row for row in rows if row.pegawai.nip == nip)

    def state(self, periode: str = PERIODE, nip: str = NIP) -> State:
        """How the list says that a plan stands."""
        return self.row(periode, nip).state

    def submit(self, periode: str = PERIODE, nip: str = NIP, replacing: int | None = None) -> Submission:
        """`ajukan ID`, with `--gantikan REVISI` where one is given."""
        return submit(self.store, self.row(periode, nip), self.in_force(periode), self.now, replacing=replacing)

    def submit_all_complete(self, periode: str = PERIODE) -> list[Submission]:
        """`ajukan --semua-lengkap`."""
        setup = self.in_force(periode)
        ready = [row for row in all_rows(self.store, setup, self.now.date()) if is_ready(row)]
        return [submit(self.store, row, setup, self.now) for row in ready]

    def look(self, periode: str = PERIODE, nip: str = NIP) -> Comparison:
        """`beda ID`: what stands here and on the server."""
        found = compare(self.store, self.in_force(periode), self.teacher(nip).id)
        assert found is not None
        return found

    def newest(self, periode: str = PERIODE, nip: str = NIP) -> OutboxEntry | None:
        """The newest envelope of a plan."""
        return self.store.outbox.newest(self.teacher(nip).id, periode)

    def states(self) -> list[str]:
        """The states of all envelopes, oldest first."""
        return [entry.keadaan for entry in reversed(self.store.outbox.all())]

    async def hand_in(self, rencana: RencanaKinerja, periode: str = PERIODE, nip: str = NIP) -> SendReport:
        """Fill a plan in, submit it and send it."""
        self.write(rencana, periode, nip)
        assert self.submit(periode, nip).result == "antre"
        return await self.send()

    def open_screen(self, periode: str = PERIODE, nip: str = NIP) -> PlanSession:
        """Open a plan on the screen."""
        return PlanSession(_Desk(self), self.in_force(periode), self.teacher(nip), lambda _: None, lambda _: None)

    # ---- what a head does

    def desk(self, periode: str = PERIODE, nip: str = NIP) -> QueueRow:
        """The teacher's row in the head's list."""
        return next(row for row in queue(self.store, self.in_force(periode)) if row.pegawai.nip == nip)

    def read(self, periode: str = PERIODE, nip: str = NIP) -> ReadingSheet:
        """Read a plan to its end."""
        sheet = open_plan(self.store, self.in_force(periode), self.desk(periode, nip), self.now.date())
        mark_opened(self.store, sheet, self.now)
        return sheet

    def decide(self, keputusan: Keputusan, note: str = "", periode: str = PERIODE, nip: str = NIP, **more: Any) -> Decided:
        """`putuskan ID`."""
        return decide(self.store, self.in_force(periode), self.desk(periode, nip), keputusan, self.now, note=note, **more)

    def decision_states(self) -> list[str]:
        """The states of all decisions, oldest first."""
        return [entry.keadaan for entry in reversed(self.store.decisions.all())]

    # ---- the data folder

    def close(self) -> None:
        """Close the program."""
        self.store.close()

    def copy(self, target: Path) -> None:
        """Copy the data folder, with the program closed."""
        self.store.close()
        shutil.copytree(self.path.parent, target)
        self.store = Store.open(self.path)

    def put_back(self, source: Path) -> None:
        """Put the data folder back from a copy."""
        self.store.close()
        shutil.rmtree(self.path.parent)
        shutil.copytree(source, self.path.parent)
        self.store = Store.open(self.path)


class _Desk:
    """What a plan on the screen asks of the laptop."""

    def __init__(self, laptop: Laptop) -> None:
        self.store, self._laptop = laptop.store, laptop

    def now(self) -> datetime:
        return self._laptop.now

    def today(self) -> date:
        return self._laptop.now.date()

    def server(self) -> str:
        return self._laptop.server.url

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        raise AssertionError("nothing went wrong")


class World:
    """Servers and laptops of one test, in a folder; `close` ends them all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._servers: list[Server] = []
        self._laptops: list[Laptop] = []

    def server(self, name: str = "a") -> Server:
        """Start a server."""
        self._servers.append(Server(self.folder, name))
        return self._servers[-1]

    def laptop(self, server: Server, token: str) -> Laptop:
        """Set up a laptop."""
        folder = self.folder / f"laptop-{len(self._laptops)}"
        folder.mkdir()
        self._laptops.append(Laptop(folder / "pmm-tui.db", server, token))
        return self._laptops[-1]

    def close(self) -> None:
        """End all."""
        for one in (*self._laptops, *self._servers):
            one.close()


def changed(answered: httpx.Response, change: Callable[[bytes], bytes]) -> httpx.Response:
    """An answer with another body, uncompressed."""
    content = change(answered.read())
    kind = answered.headers["content-type"]
    return httpx.Response(answered.status_code, headers={"content-type": kind}, stream=httpx.ByteStream(content))
