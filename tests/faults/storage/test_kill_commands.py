"""Commands and the bare store, killed at any moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.flow import Flow
from tests.faults.storage.flow_list import FLOWS, WITH_SERVER
from tests.faults.storage.parent import Parent
from tests.faults.storage.storage_kit import Computer, content

MakeFlow = Callable[..., Flow]
EVERY = (*FLOWS, *WITH_SERVER)


@pytest.fixture
def make_flow(folder: Path, request: pytest.FixtureRequest) -> MakeFlow:
    """Make a flow ready, in the test's own folder unless another is named."""

    def make(name: str, first: int, inside: Path = folder) -> Flow:
        inside.mkdir(exist_ok=True)
        if name in WITH_SERVER:
            return WITH_SERVER[name](inside, first).to(request.getfixturevalue("server"))
        return FLOWS[name](inside)

    return make


@pytest.mark.parametrize("name", EVERY)
def test_killed_at_a_random_moment(name: str, make_flow: MakeFlow, parent: Parent, many: Count, record: Record) -> None:
    """Dead at any moment, a command leaves what its flow promises; done again it comes to its end."""
    flow = make_flow(name, 8000)
    chance = random.Random(name)
    killed, longest = 0, 0.05
    while killed < many(3, 120):
        flow.computer.repeat()
        started = time.perf_counter()
        pid = parent.begin(flow.computer.env, *flow.work)
        time.sleep(chance.random() * longest)
        victim = parent.kill(pid)
        if victim.killed:
            killed += 1
            flow.middle(victim)
        else:  # it was faster
            longest = time.perf_counter() - started
        done = parent.run(flow.computer.env, *flow.work)
        assert done.code in (flow.again if victim.killed else (*flow.once, *flow.again)), done
        flow.end(done)
    record(kills_of_commands=killed)


def test_the_bare_store(folder: Path, parent: Parent, many: Count, record: Record) -> None:
    """Whatever it said was saved or sealed is there after the kill, the newest draft of each teacher at the least."""
    computer = Computer(folder, 5)
    chance = random.Random(9)
    drafts: dict[int, int] = {}
    sealed: set[tuple[str, str]] = set()
    promises = 0
    for number in range(kills := many(50, 3000)):
        if number % 40 == 0:
            computer.repeat()
            drafts, sealed = {}, set()
        pid = parent.begin(computer.env, ":bare_store", str(computer.database), str(number * 10_000 + 10))
        time.sleep(0.005 + chance.random() * 0.05)
        victim = parent.kill(pid)
        assert victim.killed, victim
        for line in victim.out.splitlines(keepends=True):
            match line.split(" "):
                case ["draf", id, count] if count.endswith("\n"):
                    drafts[int(id)] = int(count)
                case ["segel", nip, sha256] if sha256.endswith("\n"):
                    sealed.add((nip, sha256.strip()))
        found = content(computer.database)
        assert sealed <= {(a.nip, a.sha256) for a in found.envelopes}
        assert {a.state for a in found.envelopes} <= {"queued", "unknown", "superseded"}
        for teacher, told in drafts.items():
            assert int(found.drafts[teacher].pengembangan_kompetensi.rhk[0].uraian.removeprefix("Isi ")) >= told
        promises += (told := len(victim.out.splitlines()))
        record(kills_of_the_bare_store=1, promises_of_the_bare_store=told)
    assert promises > kills
