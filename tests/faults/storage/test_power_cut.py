"""The power goes: whatever of the unsynced is there afterwards, what was told to be safe is safe, and the store opens."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pmm_tui.errors import PmmError
from pmm_tui.store import Store
from pmm_tui.store.file import copies, side_file, wrecks
from pmm_tui.store.journal import Journal
from pmm_tui.store.recovery.restore import restore
from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.disk import Disk
from tests.faults.storage.flow_data import Migration, Restore
from tests.faults.storage.storage_kit import MOMENT, PERIODE, content
from tests.faults.storage.trace import record_calls
from tests.faults.storage.victim import NEW

State = dict[Path, bytes]


class Cut(AssertionError):
    """What was promised is not there, or what is there is damaged."""


def _recorded(folder: Path, path: Path, trace: Path, *work: str) -> Disk:
    """Let a function of `victim` work on `path`; the model ends with the very files that the real disk has."""
    disk = Disk(folder)
    disk.play(record_calls([*work[:1], str(path), *work[1:]], trace))
    assert disk.content() == {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return disk


def _states(disk: Disk, count: int, seed: int) -> Iterator[tuple[State, list[str]]]:
    """So many states after a cut, and what had been said until then. The files are laid out in the place of the real ones."""
    chance = random.Random(seed)
    for _ in range(count):
        at = disk.moment(chance)
        state = disk.after_cut(at, chance)
        shutil.rmtree(disk.root)
        disk.root.mkdir()
        for path, data in state.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield state, [line for when, line in disk.said if when < at]


class Work:
    """What the store has after a cut, against what it had said. Equal files are opened once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[bytes, tuple[int, dict[int, int], set[str]]] = {}
        self._sound: set[bytes] = set()
        self.different: set[int] = set()

    def look(self, state: State, said: list[str]) -> None:
        """Raise Cut when something is missing or damaged."""
        self.different.add(hash(frozenset(state.items())))
        self._copies(state, sum(line.startswith("salinan") for line in said))
        teachers, drafts, sealed = self._store(state)
        for line in said:
            match line.split():
                case ["guru", count] if teachers < int(count):
                    raise Cut(f"{teachers} teachers")
                case ["draf", id, number] if drafts.get(int(id), 0) < int(number):
                    raise Cut(f"draft {id}: {drafts.get(int(id))} instead of {number}")
                case ["segel", sha256] if sha256 not in sealed:
                    raise Cut(f"envelope {sha256}")

    def _store(self, state: State) -> tuple[int, dict[int, int], set[str]]:
        mark = hashlib.sha256()
        for path in (self._path, side_file(self._path), Journal(self._path).path):
            mark.update(repr(len(state.get(path, b""))).encode() + state.get(path, b""))
        if (known := self._known.get(mark.digest())) is None:
            known = self._known[mark.digest()] = self._opened()
        return known

    def _opened(self) -> tuple[int, dict[int, int], set[str]]:
        try:
            with Store.open(self._path) as store:
                if not store.database.check(full=True).good:
                    raise Cut("damaged")
                drafts = {id: draft.edit for id, draft in store.drafts.all(PERIODE).items()}
                found = len(store.roster.all()), drafts, {k.sha256 for k in store.outbox.all()}
        except PmmError as error:
            raise Cut(error.sentence) from None
        if not found[2] <= {entry.sha256 for entry in Journal(self._path).entries()}:
            raise Cut("an envelope that the recovery log does not have")
        return found

    def _copies(self, state: State, told: int) -> None:
        found = [content for path, content in state.items() if path.parent.name == "cadangan" and not path.name.startswith(".")]
        if len(found) < told:
            raise Cut("a copy is missing")
        for copy in copies(self._path):
            content = state[copy]
            if content not in self._sound:
                _must_be_whole(copy)
                self._sound.add(content)


def _must_be_whole(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as connection:
        try:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise Cut(f"{copy.name} is damaged")
        except sqlite3.Error as error:
            raise Cut(f"{copy.name}: {error}") from None


@pytest.fixture
def trace(folder: Path) -> Callable[..., tuple[Disk, Work]]:
    """Record the daily work that belongs to a number, with a wrong switch if any."""

    def make(seed: int, *switches: str) -> tuple[Disk, Work]:
        path = folder / f"disk-{seed}" / "pmm" / "pmm-tui.db"
        path.parents[1].mkdir()
        return _recorded(path.parents[1], path, folder / "trace", "work", str(seed), *switches), Work(path)

    return make


def test_daily_work(trace: Callable[..., tuple[Disk, Work]], many: Count, record: Record) -> None:
    """First start, roster, drafts, seals, daily copies, clean ends: nothing that was told is lost, nothing is damaged."""
    each = many(950, 1420)
    for seed in range(many(3, 60)):
        disk, work = trace(seed)
        for state, said in _states(disk, each, seed):
            work.look(state, said)
        assert len(work.different) > each // 4
        record(power_cuts_in_daily_work=each, different_ones=len(work.different))


@pytest.mark.parametrize(("switch", "told"), [("normal", "draft|envelope|teachers"), ("careless", "recovery log|copy|teachers")])
def test_what_is_not_synced_is_found_out(trace: Callable[..., tuple[Disk, Work]], record: Record, switch: str, told: str) -> None:
    """With synchronous=NORMAL, and with a log that is not synced, promises are broken: the model can see it."""
    disk, work = trace(4, switch)
    broken = []
    for state, said in _states(disk, 150, 4):
        try:
            work.look(state, said)
        except Cut as error:
            broken.append(str(error))
    assert len(broken) > 15
    record(**{f"of_150_cuts_with_{switch}_found_out": len(broken)})


def test_restoring(folder: Path, many: Count, record: Record) -> None:
    """While a damaged database is brought back the damaged file survives the cut, and doing it again brings everything back."""
    flow = Restore(folder)
    flow.computer.repeat()
    disk = _recorded(flow.database.parent, flow.database, folder / "trace", "bring_back")
    for state, said in _states(disk, many(100, 10_000), 5):
        if state.get(flow.database) != flow.original[0]:
            assert flow.original in [(state[wreck], state.get(side_file(wreck), b"")) for wreck in wrecks(flow.database)]
        if not (said or _whole(flow.database)):
            restore(flow.database, MOMENT)
        found = content(flow.database)
        assert len({a.nip for a in found.envelopes}) == len(found.envelopes) == len(found.drafts) == 4
        record(power_cuts_while_restoring=1)


def test_changing_the_schema(folder: Path, many: Count, record: Record) -> None:
    """While a new version changes the database, all that was in it survives the cut, and the next start goes on."""
    flow = Migration(folder)
    flow.computer.repeat()
    disk = _recorded(flow.database.parent, flow.database, folder / "trace", "migrate")
    for _ in _states(disk, count := many(150, 5_000), 6):
        assert content(flow.database, NEW) == flow.as_before
    record(power_cuts_while_changing_the_schema=count)


def _whole(path: Path) -> bool:
    try:
        with Store.open(path) as store:
            return store.database.check(full=True).good
    except PmmError:
        return False
