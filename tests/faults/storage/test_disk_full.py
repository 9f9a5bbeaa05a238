"""A disk that is full, closed, held or gone, at every step: a sentence, nothing half, and later it completes."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.flow import Flow
from tests.faults.storage.parent import Ending, Parent
from tests.faults.storage.test_kill_commands import EVERY, MakeFlow, make_flow
from tests.faults.storage.test_refused import look_at

__all__ = ["make_flow"]

_PAGE = 4096
_BALLAST = "ballast"
_OPENS_RECORDS = [name for name in EVERY if name != "kirim dari berkas"]


def _files(flow: Flow) -> dict[Path, bytes]:
    """Every file of the operator's, to the byte."""
    return {path: path.read_bytes() for path in flow.computer.home.rglob("*") if path.is_file() and path.name != "pmm-tui.log"}


def _done(flow: Flow, parent: Parent, victim: Ending) -> None:
    """With the disk in order again the command completes."""
    if victim.code:
        victim = parent.run(flow.computer.env, *flow.work)
        assert victim.code in (*flow.once, *flow.again), victim
    flow.end(victim)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "skema baru"])
def test_no_file_may_grow(name: str, make_flow: MakeFlow, parent: Parent, many: Count, record: Record) -> None:
    """Where files may have so many bytes and no more, a command ends with the sentence of a full disk or gets through."""
    flow = make_flow(name, 7100)
    chance = random.Random(name)
    refused = 0
    limits = range(0, 160_000, 512) if many(False, True) else (0, 700, *(chance.randrange(_PAGE, 130_000) for _ in range(2)))
    for limit in limits:
        flow.computer.repeat()
        victim = parent.run(flow.computer.env, ":tight", str(limit), *flow.work)
        look_at(flow, victim)
        refused += victim.code == 4
        _done(flow, parent, victim)
    assert refused
    record(commands_where_no_file_may_grow=len(limits), of_these_ended_with_a_sentence=refused)


@pytest.mark.parametrize("name", EVERY)
def test_a_small_disk(name: str, small_disk: Path, make_flow: MakeFlow, parent: Parent, many: Count, record: Record) -> None:
    """On a disk with room for so many pages and no more, the same."""
    flow = make_flow(name, 7200, small_disk)
    chance = random.Random(name)
    # 30: room for what SQLite writes first, its log, and not for the file that it is to become
    rooms = range(140) if many(False, True) else (0, 1, chance.randrange(2, 20), 30, chance.randrange(20, 70))
    refused = 0
    for room in rooms:
        (small_disk / _BALLAST).unlink(missing_ok=True)
        flow.computer.repeat()
        _leave(small_disk, room * _PAGE)
        victim = parent.run(flow.computer.env, *flow.work)
        (small_disk / _BALLAST).unlink()
        look_at(flow, victim)
        if victim.code == 4:
            assert "penuh" in victim.err, victim
            refused += 1
        _done(flow, parent, victim)
    assert refused
    record(commands_on_a_small_disk=len(rooms), of_them_ended_with_a_sentence=refused)


def _leave(disk: Path, room: int) -> None:
    """Fill a disk but for so many bytes."""
    state = os.statvfs(disk)
    with (disk / _BALLAST).open("wb") as file:
        file.write(bytes(state.f_bavail * state.f_frsize - room))


@pytest.mark.parametrize("name", _OPENS_RECORDS)
def test_a_disk_that_may_only_be_read(name: str, small_disk: Path, make_flow: MakeFlow, parent: Parent) -> None:
    """On a disk that takes nothing, not even from the superuser, the command says so and changes nothing."""
    flow = make_flow(name, 7300, small_disk)
    flow.computer.repeat()
    before = _files(flow)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    victim = parent.run(flow.computer.env, *flow.work)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert _files(flow) == before, victim
    look_at(flow, victim)
    assert victim.code == 4, victim
    assert "PMM_TUI_DATA" in victim.err, victim
    _done(flow, parent, victim)


@pytest.mark.parametrize("name", [name for name in _OPENS_RECORDS if name not in ("mulai pertama", "pulihkan", "pulihkan bernama")])
def test_a_file_that_is_held(name: str, make_flow: MakeFlow, parent: Parent) -> None:
    """While another program holds the database every command says so with exit code 3 and changes nothing."""
    flow = make_flow(name, 7400)
    flow.computer.repeat()
    before = _files(flow)
    with Store.open(flow.database):
        victim = parent.run(flow.computer.env, *flow.work)
    assert victim.code == 3, victim
    assert "sudah terbuka di jendela lain" in victim.err
    assert _files(flow) == before
    _done(flow, parent, victim)
