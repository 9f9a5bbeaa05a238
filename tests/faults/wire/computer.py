"""An operator's computer in a random session, and what its operator has seen, kept independently of the program."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.services.compare import Comparison, compare, take_theirs, undo_take
from pmm_tui.services.in_force import InForce, find_in_force
from pmm_tui.services.listing import PlanRow, all_rows
from pmm_tui.services.plan_session import PlanSession
from pmm_tui.services.submit import Submission, is_ready, submit
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.skp.wire import open_envelope
from pmm_tui.store import OutboxEntry, Store
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.pull import PullReport, pull
from pmm_tui.sync.results import Answered, SendReport
from pmm_tui.sync.sender import send_due
from tests.faults.wire.wire_kit import WireClient

PERIODS = ("2025", "2026")
"""The first has ended when a session begins."""
Seen = tuple[str, str, bytes]
"""A teacher's NIP, a period and the content of a plan; the content is the envelope's digest where it cannot be read."""


def content(rencana: RencanaKinerja) -> bytes:
    """A plan as one value to compare."""
    return msgspec.json.encode(rencana)


class Sealed(Struct, frozen=True):
    """Bytes that a computer sealed: of which school, and what its operator had seen by then."""

    npsn: str
    seen: frozenset[Seen]


class Computer(WireClient):
    """One operator's computer.

    `npsn` is its school, `seen` whatever was in a draft, was sealed or was shown by a look here; `registry` gets every envelope
    that is sealed. `at` is the place that it is set to, `doubted` tells that it has not asked since its server changed.
    """

    def __init__(self, path: Path, settings: ServerSettings, npsn: str, registry: dict[str, Sealed]) -> None:
        super().__init__(path, settings)
        self.npsn = npsn
        self.seen: set[Seen] = set()
        self.at = 0
        self.strange = self.doubted = self.wandered = False
        self.look: Comparison | None = None
        self.screen: PlanSession | None = None
        self._registry = registry
        self._known: set[bytes] = set()
        self._copy: tuple[Path, set[Seen]] | None = None

    # ---- what was seen

    def observe(self) -> None:
        """Note what is in the drafts, and what was sealed since, with what had been seen by then."""
        nips = {pegawai.id: pegawai.nip for pegawai in self.store.roster.all()}
        for periode in PERIODS:
            for draft in self.store.drafts.all(periode).values():
                self.seen.add((nips[draft.pegawai_id], periode, content(draft.rencana)))
        for entry in self.own_entries():
            self.seen.add((nips[entry.pegawai_id], entry.periode, content(open_envelope(entry.line).rencana)))
            if entry.line not in self._known:
                self._known.add(entry.line)
                self._registry.setdefault(entry.sha256, Sealed(self.npsn, frozenset(self.seen)))

    def own_entries(self) -> list[OutboxEntry]:
        """What was sealed here."""
        return [entry for entry in self.store.outbox.all() if not entry.asal]

    def _shown(self, found: Comparison, nip: str) -> None:
        """The operator looks at what the server holds: its content, or that it cannot be read."""
        periode = found.plan.periode
        if found.theirs is not None:
            self.seen.add((nip, periode, content(found.theirs)))
        elif found.unreadable:
            self.seen.add((nip, periode, found.plan.sha256.encode()))

    # ---- what the operator does

    def in_force(self, periode: str) -> InForce:
        """What is in force here."""
        return find_in_force(self.store.reference.get, self.today(), chosen=periode)

    def teacher(self, number: int) -> Pegawai:
        """A teacher of the list."""
        return self.store.roster.all()[number]

    def edit(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> None:
        """Fill a plan in."""
        draft = self.store.drafts.get(pegawai.id, periode)
        assert self.store.drafts.save(pegawai.id, periode, rencana, draft.edit + 1 if draft else 1, self.clock())
        self.screen = None

    def seal(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> None:
        """Seal without asking any service."""
        draft = self.store.drafts.get(pegawai.id, periode)
        self.store.outbox.seal(pegawai, periode, rencana, draft.edit if draft else 1, self.clock(), self.npsn)

    def rows(self, periode: str) -> tuple[PlanRow, ...]:
        """The list."""
        return all_rows(self.store, self.in_force(periode), self.today())

    def submit(self, pegawai: Pegawai, periode: str, replacing: int | None = None) -> tuple[PlanRow, Submission]:
        """Submit one plan, replacing a revision where one is named."""
        row = next(row for row in self.rows(periode) if row.pegawai.id == pegawai.id)
        return row, submit(self.store, row, self.in_force(periode), self.clock(), replacing=replacing)

    def submit_all(self, periode: str) -> list[tuple[PlanRow, Submission]]:
        """Submit all that is complete."""
        setup = self.in_force(periode)
        return [(row, submit(self.store, row, setup, self.clock())) for row in self.rows(periode) if is_ready(row)]

    def looks(self, pegawai: Pegawai, periode: str) -> Comparison | None:
        """Look at what stands here and on the server."""
        self.look = compare(self.store, self.in_force(periode), pegawai.id)
        if self.look is not None:
            self._shown(self.look, pegawai.nip)
        return self.look

    def takes(self, found: Comparison) -> None:
        """Take the server's plan."""
        take_theirs(self.store, found, self.clock())
        self.screen = None

    def takes_back(self, pegawai: Pegawai, periode: str) -> bool:
        """Take that back."""
        return undo_take(self.store, pegawai.id, periode, self.clock())

    def opens(self, pegawai: Pegawai, periode: str) -> None:
        """Open a plan on the screen."""
        self.screen = PlanSession(self, self.in_force(periode), pegawai, lambda _: None, lambda _: None)

    async def settles(self, screen: PlanSession, take: int) -> None:
        """Look at both on the screen and take the server's word for every `take`-th field that differs; 0: for none."""
        found = await screen.compare()
        if found is None:
            return
        self._shown(found, screen.pegawai.nip)
        places = [one.place for one in found.differences]
        await screen.settle(found, places[::take] if take else [])

    # ---- what a screen asks of its computer

    def now(self) -> Any:
        """The time."""
        return self.clock()

    def today(self) -> Any:
        """The day."""
        return self.clock().date()

    def server(self) -> str:
        """Where plans go."""
        return self.settings.url

    def save_emergency_copy(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja) -> Path:
        """Nothing goes wrong with these disks."""
        raise AssertionError(pegawai, periode, rencana)

    # ---- network

    def pull(self, periode: str = PERIODS[1]) -> PullReport:
        """Fetch; nobody's own work gives way to what comes."""
        before = {periode: self.store.drafts.all(periode) for periode in PERIODS}
        found = asyncio.run(self._fetch(periode))
        taken = {content(open_envelope(entry.line).rencana) for entry in self.store.outbox.all() if entry.asal}
        for periode, drafts in before.items():
            now = self.store.drafts.all(periode)
            replaced = [draft for key, draft in drafts.items() if now[key].rencana != draft.rencana]
            assert all(content(draft.rencana) in taken for draft in replaced), "a pull replaced what was written here"
        if replaced or found.changes:
            self.screen = None
        if found.stop is None and not self.strange:
            self.doubted = False
        self.observe()
        return found

    async def _fetch(self, periode: str) -> PullReport:
        setup = self.in_force(periode)
        ended = setup.ended(self.today())
        async with self.client() as client:
            return await pull(self.store, client, periode, self.clock, npsn=setup.sekolah.npsn, ended=ended)

    async def _send(self, limits: Any, forced: bool) -> SendReport:
        return await self.send_with(self.client, forced, limits)

    async def send_with(self, client: Any, forced: bool = True, limits: Any = None) -> SendReport:
        """One run of the sender over clients that `client` makes."""
        setup = self.in_force(PERIODS[1])
        found = await send_due(
            self.store,
            client,
            now=self.clock,
            forced=forced,
            limits=limits,
            random=lambda: 0.5,
            npsn=setup.sekolah.npsn,
            ended=setup.ended(self.today()),
        )
        self.observe()
        return found

    # ---- the data folder

    def opened(self, path: Path) -> None:
        """Go on with another file of records."""
        self.store.close()
        self.path, self.store = path, Store.open(path)
        self.look = self.screen = None

    def reopen(self) -> None:
        """Close the program and start it again."""
        self.opened(self.path)

    def copies(self, target: Path) -> None:
        """Copy the data folder, as onto a stick."""
        self.store.close()
        shutil.copytree(self.path.parent, target, dirs_exist_ok=True)
        self._copy = target / self.path.name, set(self.seen)
        self.opened(self.path)

    def puts_back(self, target: Path) -> None:
        """Put the data folder back from its copy: the program knows only what the copy knew, whatever the operator remembers."""
        if self._copy is not None:
            shutil.copytree(self._copy[0].parent, target, dirs_exist_ok=True)
            self.opened(target / self._copy[0].name)
            self.seen = set(self._copy[1])
            self.doubted = True


class WithoutReceipts(Client):
    """A line on which every receipt gets lost: empty, blank or missing."""

    def __init__(self, settings: ServerSettings, receipt: str | None) -> None:
        super().__init__(settings)
        self._receipt = receipt

    async def post_batch(self, lines: Sequence[bytes]) -> Any:
        """Send, and lose the receipts."""
        answer = await super().post_batch(lines)
        if isinstance(answer, Answered):
            for item in answer.items:
                item.pop("tanda_terima", None)
                item.update({} if self._receipt is None else {"tanda_terima": self._receipt})
        return answer
