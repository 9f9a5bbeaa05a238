"""Commands and the bare store, killed at any moment."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.conftest import Banyak
from tests.faults.storage.conftest import Catat
from tests.faults.storage.flow import Alur, Kirim
from tests.faults.storage.flow_list import ALUR
from tests.faults.storage.parent import Induk
from tests.faults.storage.storage_kit import Komputer, isi

BuatAlur = Callable[..., Alur]
SEMUA = (*ALUR, "kirim")


@pytest.fixture
def buat_alur(folder: Path, request: pytest.FixtureRequest) -> BuatAlur:
    """Make a flow ready, in the test's own folder unless another is named."""

    def make(name: str, mulai: int, di: Path = folder) -> Alur:
        di.mkdir(exist_ok=True)
        return Kirim(di, mulai).ke(request.getfixturevalue("server")) if name == "kirim" else ALUR[name](di)

    return make


@pytest.mark.parametrize("name", SEMUA)
def test_killed_at_a_random_moment(name: str, buat_alur: BuatAlur, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """Dead at any moment, a command leaves what its flow promises; done again it comes to its end."""
    alur = buat_alur(name, 8000)
    chance = random.Random(name)
    killed, longest = 0, 0.05
    while killed < banyak(3, 120):
        alur.computer.ulangi()
        started = time.perf_counter()
        pid = induk.begin(alur.computer.env, *alur.work)
        time.sleep(chance.random() * longest)
        victim = induk.kill(pid)
        if victim.terbunuh:
            killed += 1
            alur.tengah(victim)
        else:  # it was faster
            longest = time.perf_counter() - started
        done = induk.run(alur.computer.env, *alur.work)
        assert done.code in (alur.again if victim.terbunuh else (*alur.once, *alur.again)), done
        alur.akhir(done)
    catat(kills_of_commands=killed)


def test_the_bare_store(folder: Path, induk: Induk, banyak: Banyak, catat: Catat) -> None:
    """Whatever it said was saved or sealed is there after the kill, the newest draft of each teacher at the least."""
    computer = Komputer(folder, 5)
    chance = random.Random(9)
    drafts: dict[int, int] = {}
    sealed: set[tuple[str, str]] = set()
    promises = 0
    for number in range(kills := banyak(50, 3000)):
        if number % 40 == 0:
            computer.ulangi()
            drafts, sealed = {}, set()
        pid = induk.begin(computer.env, ":toko", str(computer.basis), str(number * 10_000 + 10))
        time.sleep(0.005 + chance.random() * 0.05)
        victim = induk.kill(pid)
        assert victim.terbunuh, victim
        for line in victim.out.splitlines(keepends=True):
            match line.split(" "):
                case ["draf", id, count] if count.endswith("\n"):
                    drafts[int(id)] = int(count)
                case ["segel", nip, sha256] if sha256.endswith("\n"):
                    sealed.add((nip, sha256.strip()))
        found = isi(computer.basis)
        assert sealed <= {(a.nip, a.sha256) for a in found.amplop}
        assert {a.keadaan for a in found.amplop} <= {"queued", "unknown", "superseded"}
        for teacher, told in drafts.items():
            assert int(found.draf[teacher].pengembangan_kompetensi.rhk[0].uraian.removeprefix("Isi ")) >= told
        promises += (told := len(victim.out.splitlines()))
        catat(kills_of_the_bare_store=1, promises_of_the_bare_store=told)
    assert promises > kills
