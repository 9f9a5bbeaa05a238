"""Commands whose disk refuses a chosen call: a sentence, nothing half, and with the disk in order again it completes."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from pmm_tui.store.file import remove_stale
from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.flow import Flow
from tests.faults.storage.parent import Ending, Parent
from tests.faults.storage.syscalls import AT, KINDS
from tests.faults.storage.test_kill_commands import EVERY, MakeFlow, make_flow

__all__ = ["make_flow"]

_FULL, _DAMAGED = f"error=ENOSPC:when={AT}+", f"error=EIO:when={AT}"
_LOCKED, _QUOTA = f"error=EROFS:when={AT}+", f"error=EDQUOT:when={AT}+"


@pytest.mark.parametrize(
    "refused_parent", [_FULL, _DAMAGED, _LOCKED, _QUOTA], indirect=True, ids=["full", "once", "closed", "quota"]
)
def test_refused_at_a_call(
    folder: Path, make_flow: MakeFlow, parent: Parent, refused_parent: Parent, many: Count, record: Record
) -> None:
    """Whatever call is refused, once or from then on, the command ends with a sentence or did without; then it completes."""
    chance = random.Random(11)
    tried = refused = 0
    for name in EVERY:
        flow = make_flow(name, 7000, folder / name)
        for kind in KINDS if many(False, True) else (chance.choice(("pwrite", chance.choice([*KINDS]))),):
            for number in range(1, 31) if many(False, True) else (chance.choice((1, 2, 5, 12)),):
                flow.computer.repeat()
                victim = refused_parent.run(flow.computer.env, *flow.work, call=(kind, number))
                look_at(flow, victim)
                tried, refused = tried + 1, refused + (victim.code == 4)
                if victim.code:
                    victim = parent.run(flow.computer.env, *flow.work)
                    assert victim.code in (*flow.once, *flow.again), (name, kind, number, victim)
                _tomorrow(flow)
                flow.end(victim)
    assert refused
    record(commands_with_a_refused_call=tried, of_which_ended_with_a_sentence=refused)


def _tomorrow(flow: Flow) -> None:
    """Remove what could not be removed, as the first start of another day does."""
    folder = flow.computer.database.parent
    for rest in folder.glob(f".{flow.computer.database.name}.*"):
        os.utime(rest, (0, 0))
    remove_stale(folder, f".{flow.computer.database.name}.*")


def look_at(flow: Flow, victim: Ending) -> None:
    """Look at a command whose disk refused something, and at what it has left."""
    told = victim.out + victim.err
    assert victim.code in (*flow.once, 1, 4), victim
    assert "Traceback" not in told, victim
    assert "Program keliru" not in told, (victim, [r.read_text() for r in flow.computer.home.rglob("laporan-*.txt")])
    flow.middle(victim)
