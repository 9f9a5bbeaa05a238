"""Commands killed at a chosen call that changes a file: nothing is half, nothing is lost, and doing it again completes it."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.flow import Flow
from tests.faults.storage.parent import Parent
from tests.faults.storage.syscalls import KINDS, Call
from tests.faults.storage.test_kill_commands import EVERY, MakeFlow, make_flow

__all__ = ["make_flow"]

_FAST = {"pulihkan": 20, "cadangan": 18}  # kills in the quick form, where they are more than of the other flows


class _Choice:
    """Calls by chance, of every kind; how many there are of a kind is learnt on the way."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._most = dict.fromkeys(KINDS, 2)

    def call(self) -> Call:
        """The next one to die at."""
        kind = self._chance.choice([kind for kind, most in self._most.items() if most])
        return kind, self._chance.randint(1, self._most[kind])

    def learn(self, call: Call, *, died: bool) -> None:
        """Note whether there was such a call."""
        kind, number = call
        self._most[kind] = max(self._most[kind], number * 2) if died else number - 1


@pytest.mark.parametrize("name", EVERY)
def test_killed_at_a_call(
    name: str, make_flow: MakeFlow, parent: Parent, traced_parent: Parent, many: Count, record: Record
) -> None:
    """Dead at any call, and dead again when it is done again, it leaves what its flow promises; in the end it completes."""
    flow = make_flow(name, 9000)
    if many(False, True):
        kills = sum(_at_every_call(flow, parent, traced_parent))
    else:
        kills = _at_some_calls(flow, traced_parent, _FAST.get(name, 10), random.Random(name))
    record(kills_of_commands_at_a_call=kills)


def _at_some_calls(flow: Flow, parent: Parent, kills: int, chance: random.Random) -> int:
    """Each victim finds what the one before has left; one that gets through is looked at, and the next begins anew."""
    flow.computer.repeat()
    choice = _Choice(chance)
    done, fresh = 0, True
    while done < kills or not fresh:
        victim = parent.run(flow.computer.env, *flow.work, call=(call := choice.call()) if done < kills else None)
        if victim.killed:
            done += 1
            choice.learn(call, died=True)
            flow.middle(victim)
            fresh = False
            continue
        if done < kills:
            choice.learn(call, died=False)
        assert victim.code in (*flow.once, *flow.again), victim
        flow.end(victim)
        flow.computer.repeat()
        fresh = True
    return done


def _at_every_call(flow: Flow, parent: Parent, traced_parent: Parent) -> Iterator[int]:
    for kind in KINDS:
        number = 1
        while True:
            flow.computer.repeat()
            victim = traced_parent.run(flow.computer.env, *flow.work, call=(kind, number))
            if not victim.killed:
                break
            flow.middle(victim)
            again = parent.run(flow.computer.env, *flow.work)
            assert again.code in flow.again, (kind, number, again)
            flow.end(again)
            number += 1
            yield 1
