"""Weeks of a school by USB stick, by chance: files lost, cut off, replayed, sent from two computers, and the network beside it.

Whatever happened, in the end every plan that was submitted stands on the server once, at its school, with its receipt here.
"""

from __future__ import annotations

import random
from pathlib import Path

import httpx
import pytest

from pmm_tui.errors import PmmError, StorageError
from pmm_tui.services import transfer, transfer_disk
from pmm_tui.skp.wire import digest
from tests.faults.conftest import Count
from tests.server.sample_school import NIP, OTHER_NIP, complete_plan
from tests.sync.parcels import PASSPHRASE, cheap_keys
from tests.sync.two_laptops import NPSN, OTHER_NPSN, PERIODE, TEACHERS, World
from tests.sync.world import problem

pytestmark = pytest.mark.anyio
PLANS = tuple(map(complete_plan, ("penerapan-disiplin-positif", "keteraturan-suasana-kelas")))

_ACTS = ("submit",) * 4 + ("write",) * 4 + ("send",) * 4 + ("trouble", "take", "take", "replay", "network", "lose")


class Weeks:
    """A laptop without a network, another with one, another school's, and one stick."""

    def __init__(self, folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = World(folder)
        self.chance = random.Random(seed)
        self.server = self.world.server()
        token = self.server.school()
        self.away, self.near = self.world.laptop(self.server, token), self.world.laptop(self.server, token)
        self.other = self.world.laptop(self.server, self.server.school(OTHER_NPSN))
        self.away.store.roster.write(TEACHERS)
        self.stick = folder / "kiriman.pmm"
        self.copies: list[bytes] = []
        self.submitted: set[bytes] = set()
        self.pulled = False
        real = transfer_disk.write_bytes

        def write(path: Path, content: bytes) -> None:
            if self.pulled and self.chance.random() < 0.5:
                raise StorageError("USB terlepas.")
            real(path, content)

        monkeypatch.setattr(transfer, "write_bytes", write)

    # ---- what may happen

    def submit(self) -> None:
        """A plan is written, or written anew, and submitted."""
        nip = self.chance.choice((NIP, OTHER_NIP))
        self.away.write(self.chance.choice(PLANS), nip=nip)
        self.away.submit(nip=nip)

    def write(self) -> None:
        """What waits goes into the file; another content of it is kept unless the operator says so."""
        transfer.write_file(
            self.away.store, self.stick, PASSPHRASE, NPSN, PERIODE, self.away.now, replace=self.chance.random() < 0.5
        )
        self._copy()

    def _copy(self) -> None:
        """Keep the file as it is, to come back with later."""
        if self.stick.exists():
            self.copies.append(self.stick.read_bytes())

    async def send(self, *, trouble: bool = False) -> None:
        """The file is sent, from the right computer or another school's, perhaps with trouble on the way."""
        self.pulled = trouble
        broken = {number for number in range(6) if trouble and self.chance.random() < 0.3}
        count = iter(range(10_000))

        def between(request: httpx.Request) -> httpx.Response | None:
            return problem(503, type="/problems/penuh") if next(count) in broken else None

        self.server.between = between
        try:
            await transfer.send_file(self.stick, PASSPHRASE, self.chance.choice((self.near, self.near, self.other)).client)
        finally:
            self.server.between = lambda _: None
            self.pulled = False
            self._copy()

    def take(self) -> None:
        """The file is taken, here or at the other school."""
        if self.chance.random() < 0.2:
            with pytest.raises(PmmError):
                transfer.take_file(self.other.store, self.stick, PASSPHRASE, OTHER_NPSN)
        transfer.take_file(self.away.store, self.stick, PASSPHRASE, NPSN)

    def replay(self) -> None:
        """An older copy of the file comes back."""
        self.stick.write_bytes(self.chance.choice(self.copies))

    def lose(self) -> None:
        """The stick is lost."""
        self.stick.unlink(missing_ok=True)

    async def network(self) -> None:
        """For once there is a network here."""
        await self.away.send()

    async def step(self) -> None:
        """One of these, if it can be done."""
        act = self.chance.choice(
            ("submit", "write", "write", "send", "send", "trouble", "take", "take", "replay", "lose", "network")
        )
        try:
            match act:
                case "send":
                    await self.send()
                case "trouble":
                    await self.send(trouble=True)
                case "network":
                    await self.network()
                case "replay":
                    if self.copies:
                        self.replay()
                case _:
                    getattr(self, act)()
        except PmmError:
            return  # refused with a sentence: nothing to write, no file, another school's, a stick that was pulled out

    async def end(self) -> None:
        """The stick goes to and fro until nothing waits."""
        for _ in range(6):
            self.lose()
            self.write()
            await transfer.send_file(self.stick, PASSPHRASE, self.near.client)
            transfer.take_file(self.away.store, self.stick, PASSPHRASE, NPSN)
            if not self.away.store.outbox.waiting():
                return


@pytest.mark.parametrize("lot", range(2))
async def test_weeks(lot: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: Count) -> None:
    """Nothing is lost, twice or elsewhere, and nothing is called sent that is not there with that receipt."""
    cheap_keys(monkeypatch)
    for number in range(many(6, 300)):
        folder = tmp_path / f"{lot}-{number}"
        folder.mkdir()
        weeks = Weeks(folder, 1000 * lot + number, monkeypatch)
        for _ in range(40):
            await weeks.step()
        try:
            weeks.submit()
            await weeks.end()
            here = {entry.line: entry for entry in weeks.away.store.outbox.all() if entry.keadaan != "superseded"}
            there = [bytes(line) for *_, line in weeks.server.held()]
            assert len(set(there)) == len(there)
            assert set(there) == set(here), "every plan that was not replaced before it left, and nothing else"
            assert {entry.keadaan for entry in here.values()} == {"sent"}
            assert all(entry.tanda_terima and digest(line) == entry.sha256 for line, entry in here.items())
            assert weeks.server.held(OTHER_NPSN) == []
            assert weeks.near.store.outbox.all() == weeks.other.store.outbox.all() == ()
            assert (await weeks.away.pull()).stop is None
            assert weeks.away.store.outbox.waiting() == 0
        finally:
            weeks.world.close()
            monkeypatch.undo()
            cheap_keys(monkeypatch)
