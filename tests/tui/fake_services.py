"""What the screens ask of the outside, answered from memory and a real store; every call is noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec import structs

from pmm_tui.practice import school
from pmm_tui.roster.dapodik_web import WebHead
from pmm_tui.roster.model import ComparedRow
from pmm_tui.services.in_force import InForce
from pmm_tui.services.roster_import import RosterRead
from pmm_tui.services.schools import SchoolLine
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.katalog_tables import Periode
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, RencanaKinerja, Sekolah
from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.store.outbox_entry import Outcome, Rejected, Sent
from pmm_tui.tui.dapodik_port import DapodikWish
from pmm_tui.tui.look_values import LookChoice, LookOptions
from pmm_tui.tui.ports import FetchOutcome, SendOutcome, Settings

MOMENT = datetime.fromisoformat("2026-01-10T10:42").astimezone()
"""The fixed clock; local time, so that the screen says 10.42 everywhere."""

KEPALA = KepalaSekolah(nama="Dra. Nur'aini Batubara, M.Pd.", nip="196903121994032001", pangkat="IV/c")
"""The head's name is shorter than the practice school's: that is what the snapshots show."""
SEKOLAH = structs.replace(school.SEKOLAH, kepala_sekolah=KEPALA)
RAPOR = school.RAPOR
OFFLINE = SendOutcome(sentence="Server tidak terjangkau; dicoba lagi nanti.", ok=False)
OK = SendOutcome(sentence="Tidak ada lagi yang menunggu.", ok=True)


class FakeServices:
    """A `Services` without network, files or a clock of its own.

    `notes` holds (name, arguments) of every call in order. `send` and `pull` give `send_result` and `pull_result` (an
    exception there is raised), after `gate` was opened when there is one. `respond` says what the server makes of an envelope
    that is due, None for a server that is not reached.
    """

    def __init__(
        self,
        store: Store,
        *,
        periode: str = "2026",
        sekolah: Sekolah = SEKOLAH,
        rapor: Rapor = RAPOR,
        gate: bool = False,
        check_result: str = "",
        school: str = "",
    ) -> None:
        self.store = store
        self.katalog: Katalog = bundled()
        self.current_periode, self.sekolah, self.rapor = periode, sekolah, rapor
        self.address = "pmm.dinas-contoh.go.id"
        self.is_due = False
        self.wrong_clock = ""
        self.notes: list[tuple[str, Any]] = []
        self.send_result: SendOutcome | Exception | None = None
        self.pull_result: FetchOutcome | Exception = FetchOutcome(sentence="Data sudah terbaru.", ok=True)
        self.try_result: FetchOutcome | Exception = FetchOutcome(sentence="Server menjawab; token diterima.", ok=True)
        self.wish = DapodikWish(url="http://localhost:5774", npsn=sekolah.npsn, fixed=bool(sekolah.npsn))
        self.dapodik_result: RosterRead | Exception = RosterRead((), "Web Service Dapodik.")
        self.dapodik_waits: asyncio.Event | None = None
        self.read_result: tuple[tuple[ComparedRow, ...], str] | Exception = ((), "kosong.csv: CSV.")
        self.faults: dict[str, Exception] = {}
        self.gate = asyncio.Event() if gate else None
        self.respond: Callable[[OutboxEntry], Outcome] | None = None
        self.check_result = check_result
        self.practice = False
        self.stored_settings = Settings()
        self.stored_look = LookChoice()
        self.emergency_file = Path("darurat.toml")
        self.prints = Path("~/Dokumen/pmm-tui")
        self.desktop = True
        self.own_messages = Path("pesan-sinkron.toml")
        self.report: list[BaseException] = []
        self.school = school
        self.school_lines: tuple[SchoolLine, ...] = ()

    def called(self, name: str) -> list[Any]:
        """The arguments of each call of that name."""
        return [content for called, content in self.notes if called == name]

    def _log(self, name: str, content: Any = None) -> None:
        self.notes.append((name, content))
        if name in self.faults:
            raise self.faults[name]

    # ---- the protocol

    def in_force(self) -> InForce:
        return self.in_force_of(self.current_periode)

    def in_force_of(self, periode: str) -> InForce:
        katalog = self.katalog.for_periode(periode)
        return InForce(katalog=katalog, periode=periode, sekolah=self.sekolah, rapor=self.rapor, clock=self.wrong_clock)

    def switch_period(self, periode: str) -> None:
        self._log("switch_period", periode)
        self.current_periode = periode

    def periods(self) -> tuple[tuple[Periode, str], ...]:
        return tuple((p, self.katalog.skema_periode(p.id).label) for p in self.katalog.periode)

    def now(self) -> datetime:
        return MOMENT

    def today(self) -> date:
        return MOMENT.date()

    def server(self) -> str:
        return self.address

    practice = False
    tour = False

    def fetch_due(self) -> bool:
        return self.is_due

    async def check_records(self) -> str:
        self._log("check_records")
        return self.check_result

    async def send(
        self, stop: Callable[[], bool], on_progress: Callable[[int, int], None], forced: bool, insist: bool = False
    ) -> SendOutcome:
        self._log("send", forced, *(["insist"] if insist else []))
        due = self.store.outbox.due(100)
        if self.gate is not None and not due:
            await self.gate.wait()
        if self.respond is not None:
            self.store.outbox.mark_sending([k.id for k in due])
        for done, entry in enumerate(due):
            on_progress(done, len(due))
            if self.gate is not None:
                await self.gate.wait()
            if stop():
                return SendOutcome(sentence="Pengiriman dihentikan.", ok=True)
            if self.respond is not None:
                self.store.outbox.record_all({entry.id: self.respond(entry)})
        if isinstance(self.send_result, Exception):
            raise self.send_result
        return self.send_result or (OFFLINE if self.store.outbox.due(1) else OK)

    async def send_file(
        self, path: Path, passphrase: str, stop: Callable[[], bool], on_progress: Callable[[int, int], None]
    ) -> SendOutcome:
        self._log("send_file", (path, passphrase))
        if isinstance(self.send_result, Exception):
            raise self.send_result
        return self.send_result or OK

    async def pull(self) -> FetchOutcome:
        self._log("pull")
        if self.gate is not None:
            await self.gate.wait()
        if isinstance(self.pull_result, Exception):
            raise self.pull_result
        return self.pull_result

    def settings(self) -> Settings:
        return self.stored_settings

    def look(self) -> LookChoice:
        return self.stored_look

    def save_look(self, choice: LookChoice) -> LookOptions:
        self._log("save_look", choice)
        self.stored_look = choice
        return LookOptions(
            theme=choice.tema, ascii=choice.ascii, thrifty=choice.tingkat == "hemat", mouse=choice.mouse, preview=choice.pratinjau
        )

    async def try_connection(self, settings: Settings) -> FetchOutcome:
        self._log("try_connection", settings)
        if isinstance(self.try_result, Exception):
            raise self.try_result
        return self.try_result

    def save(self, settings: Settings) -> None:
        self._log("save", settings)

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        self._log("save_emergency_copy", (pegawai.id, periode, rencana))
        return self.emergency_file

    def read_roster(self, path: Path, sheets: Sequence[str] = (), columns: Mapping[str, str] | None = None) -> RosterRead:
        self._log("read_roster", path)
        if columns:
            self._log("columns", dict(columns))
        if sheets:
            self._log("sheets", tuple(sheets))
        if isinstance(self.read_result, Exception):
            raise self.read_result
        return RosterRead(*self.read_result)

    def dapodik_wish(self) -> DapodikWish:
        return self.wish

    async def read_dapodik(self, wish: DapodikWish, on_progress: Callable[[str], None]) -> RosterRead:
        self._log("read_dapodik", wish)
        on_progress("Mengambil daftar guru …")
        if self.dapodik_waits is not None:
            await self.dapodik_waits.wait()
        if isinstance(self.dapodik_result, Exception):
            raise self.dapodik_result
        return self.dapodik_result

    def keep_head(self, head: WebHead) -> None:
        self._log("keep_head", head)

    def schools(self) -> tuple[SchoolLine, ...]:
        self._log("schools")
        return self.school_lines

    def add_school(self, npsn: str, name: str) -> str:
        self._log("add_school", (npsn, name))
        return npsn.upper()

    @property
    def export_folder(self) -> Path:
        return self.prints

    @property
    def messages_file(self) -> Path:
        return self.own_messages

    def open_folder(self, path: Path) -> bool:
        self._log("open_folder", path)
        return self.desktop

    def report_bug(self, error: BaseException) -> Path | None:
        self.report.append(error)
        return None


def accepted(entry: OutboxEntry) -> Outcome:
    """A server that takes everything, with a receipt."""
    return Sent(receipt=f"TT-{entry.id:04}", at=MOMENT.isoformat(), status="diajukan")


def rejected(pointer: str, message: str = "Server menolak isian ini.") -> Callable[[OutboxEntry], Outcome]:
    """A server that refuses everything because of one field."""
    return lambda entry: Rejected((WireMasalah(pointer, "uji", message),))
