"""Random evenings of an operator and two heads on a line that breaks: what stands was read, no word is replaced unseen."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import msgspec

from pmm_tui.errors import InputError
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.store.decision_settle import STATUS
from tests.faults.conftest import Count
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.two_laptops import NPSN, Laptop, Server, World

STEPS = 40
CHOICES = [one.id for one in bundled().indikator]
NIPS = (NIP, OTHER_NIP)


class Evening:
    """One session: what its people do by chance, and what each head has read."""

    def __init__(self, world: World, chance: random.Random) -> None:
        self.chance = chance
        self.server = world.server()
        self.operator = world.laptop(self.server, self.server.school())
        self.heads = [world.laptop(self.server, self.server.head()) for _ in range(2)]
        self.made: dict[str, int] = {}
        self.counts: dict[str, int] = {}

    def cut(self) -> None:
        """Let the line break before or after the next request with a body, or not at all."""
        manner = self.chance.choice(["", "", "before", "after"])
        left = [manner]

        def before(request: httpx.Request) -> httpx.Response | None:
            if left == ["before"] and request.method == "POST":
                left.clear()
                raise httpx.ReadError("reset")
            return None

        def after(request: httpx.Request, answered: httpx.Response) -> httpx.Response:
            if left == ["after"] and request.method == "POST":
                left.clear()
                raise httpx.ReadError("reset")
            return answered

        self.server.between, self.server.change = before, after

    async def step(self) -> None:
        """Somebody does something."""
        acts = [self.write, self.send_plans, self.pull, self.read, self.decide, self.send, *[self.visit] * 4]
        act: Callable[[], Awaitable[None]] = self.chance.choice(acts)
        await act()

    async def visit(self) -> None:
        """A head reads a plan and decides on it at once, with the line or without."""
        head, nip = self.chance.choice(self.heads), self.chance.choice(NIPS)
        if self.chance.random() < 0.5:
            await head.pull()
        await self.read(head, nip)
        await self.decide(head, nip)
        if self.chance.random() < 0.7:
            await self.send(head)

    async def write(self) -> None:
        """The operator changes a plan and submits it, where it is not locked."""
        nip = self.chance.choice(NIPS)
        self.operator.write(complete_plan(self.chance.choice(CHOICES)), nip=nip)
        self.operator.submit(nip=nip)

    async def send_plans(self) -> None:
        """The operator sends and fetches, takes what is newer on the server."""
        self.cut()
        await self.operator.send(insist=True)
        await self.operator.pull()

    async def read(self, head: Laptop | None = None, nip: str = "") -> None:
        """A head reads a plan to its end, with the decision that stands as far as is known here."""
        try:
            sheet = (head or self.chance.choice(self.heads)).read(nip=nip or self.chance.choice(NIPS))
        except InputError:
            return
        assert sheet.plan.line
        self.counts["read"] = self.counts.get("read", 0) + 1

    async def decide(self, head: Laptop | None = None, nip: str = "") -> None:
        """A head decides, in whatever way."""
        head, nip = head or self.chance.choice(self.heads), nip or self.chance.choice(NIPS)
        word = self.chance.choice(["setujui", "kembalikan", "buka"])
        done = head.decide(word, self.chance.choice(["", "Kurang.", "Pindah."]), nip=nip)  # type: ignore[arg-type]
        if done.result == "antre":
            self.made[done.number] = self.heads.index(head)
        self.counts[done.result] = self.counts.get(done.result, 0) + 1

    async def send(self, head: Laptop | None = None) -> None:
        """A head sends."""
        self.cut()
        report = await (head or self.chance.choice(self.heads)).send(insist=True)
        for name, count in (("decided", report.decided), ("conflicts", report.undecided), ("cut", report.decisions_deferred)):
            self.counts[name] = self.counts.get(name, 0) + count

    async def pull(self) -> None:
        """A head fetches."""
        await self.chance.choice(self.heads).pull()

    def check(self) -> None:
        """What must hold after every step."""
        rows = self.rows()
        stored = {row[0]: row for row in rows}
        for head in self.heads:
            for entry in head.store.decisions.all():
                assert entry.keadaan != "sent" or entry.nomor in stored or self.agreed(entry.tanda_terima), entry
        standing: dict[tuple[str, int], str] = {}
        for number, teacher, revision, _, line, sha256 in rows:
            decision = msgspec.json.decode(line)
            assert number in self.made
            assert sha256.startswith(decision["dibaca"]), "decided on what was not read"
            assert decision["dasar"] == standing.get((teacher, revision), ""), "replaced a word that was not known"
            standing[teacher, revision] = number
            head = self.heads[self.made[number]]
            kept = head.store.database.call(
                lambda head=head, sha256=sha256: head.store.database.connection.execute(
                    "SELECT 1 FROM dibaca WHERE sha256 = ?", (sha256,)
                ).fetchone()  # type: ignore[misc]
            )
            assert kept, "decided on what this head has not read"
        for teacher, revision, status, number in self.plans():
            assert number == standing.get((teacher, revision), "")
            assert status == (STATUS[stored[number][3]] if number else "diajukan")

    def agreed(self, receipt: str) -> bool:
        """Whether a receipt is of a decision that says the same: two heads of one mind have one."""
        with self.server._database.read() as conn:
            return bool(conn.exec_driver_sql("SELECT 1 FROM keputusan WHERE tanda_terima = ?", (receipt,)).first())

    def rows(self) -> list[tuple[str, str, int, str, bytes, str]]:
        """Every decision in its order: id, teacher, revision, decision, bytes, and the digest of the plan."""
        query = (
            "SELECT k.id, k.pegawai_id, k.revisi, k.keputusan, k.isi, a.sha256 FROM keputusan k JOIN amplop a"
            " USING (sekolah_id, pegawai_id, periode, revisi) ORDER BY k.urut"
        )
        with self.server._database.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query).all()]

    def plans(self) -> list[tuple[str, int, str, str]]:
        """Every revision: teacher, number, status and the decision that stands."""
        with self.server._database.read() as conn:
            return [tuple(row) for row in conn.exec_driver_sql("SELECT pegawai_id, revisi, status, keputusan FROM amplop").all()]

    async def quiet(self) -> None:
        """The line is well again: everybody sends and fetches until nothing waits, and all say the same."""
        self.server.between, self.server.change = lambda _: None, lambda _, answered: answered
        for _ in range(4):
            for one in (self.operator, *self.heads):
                await one.send(insist=True)
                await one.pull()
        self.check()
        stands = {(teacher, revision): status for teacher, revision, status, _ in self.plans()}
        for head in self.heads:
            assert head.store.decisions.waiting() == 0
            for plan in head.store.decisions.desk("2026"):
                teacher = head.store.roster.get(plan.pegawai_id)
                assert teacher is not None
                assert stands[teacher.id_server, plan.revisi] == plan.status


async def _evening(folder: Path, seed: int) -> dict[str, int]:
    folder.mkdir()
    world = World(folder)
    try:
        evening = Evening(world, random.Random(seed))
        laptops: list[Laptop] = [evening.operator, *evening.heads]
        for one in laptops:
            assert (await one.pull()).stop is None
        for nip in NIPS:
            await evening.operator.hand_in(complete_plan(), nip=nip)
        for _ in range(STEPS):
            await evening.step()
            evening.check()
        await evening.quiet()
        server: Server = evening.server
        evening.counts["stored"] = len(server.decisions(NPSN))
        return evening.counts
    finally:
        world.close()


def test_random_evenings(tmp_path: Path, many: Count) -> None:
    """After each step nothing stands that was not read, nothing was replaced unseen; in the end all agree."""
    total: dict[str, int] = {}
    for seed in range(sessions := many(15, 1500)):
        for name, count in asyncio.run(_evening(tmp_path / str(seed), seed)).items():
            total[name] = total.get(name, 0) + count
    print(f"evenings {sessions}, {total}")
    assert min(total[name] for name in ("stored", "cut", "ditolak")) > sessions
    assert total["conflicts"] > sessions // 3
