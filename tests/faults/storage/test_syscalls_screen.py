"""The screen, killed at a chosen call of the thread that owns the database."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.parent import Parent
from tests.faults.storage.screens import AT_RISK, Submission, Typing, text_of
from tests.faults.storage.storage_kit import Computer, content, teacher
from tests.terminal import Missing

_TYPED = (("pwrite", 10), ("pwrite", 10), ("fdatasync", 4), ("fsync", 2), ("rename", 1))
_SUBMIT = (("pwrite", 24), ("pwrite", 24), ("fdatasync", 8), ("write", 1), ("fsync", 3), ("rename", 1))
"""Kinds of calls, and about how many of each there are."""


def test_killed_at_a_call_while_typing(folder: Path, traced_parent: Parent, many: Count, record: Record) -> None:
    """Dead between any two writes of a save, the field is not older than what was called saved."""
    computer = Computer(folder, 1)
    chance = random.Random(5)
    died = 0
    for _ in range(tries := many(10, 1200)):
        computer.repeat()
        computer.to(1, "pengembangan_kompetensi", "rhk/0/uraian")
        before = text_of(content(computer.database).drafts[1])
        kind, most = chance.choice(_TYPED)
        with Typing(traced_parent, computer.env, before, chance, call=(kind, chance.randint(1, most))) as t:
            with suppress(Missing, OSError):
                t.ready()
                for _ in range(4):
                    t.something()
                    t.look(0.15)
                t.look(AT_RISK)  # by then it is saved, or dead
            died += t.already_dead()
            t.kill_now()
        assert text_of(content(computer.database).drafts[1]) in t.allowed(), t.history()
    assert died > tries // 2
    record(kills_of_the_screen_typing_at_a_call=died)


def test_killed_at_a_call_while_submitting(folder: Path, traced_parent: Parent, many: Count, record: Record) -> None:
    """Dead between any two writes of a seal, the plan is in the outbox once or not at all, and it is when the screen said so."""
    computer = Computer(folder, 1)
    chance = random.Random(6)
    died = 0
    for _ in range(tries := many(8, 800)):
        computer.repeat()
        computer.to(1, "rangkuman", "dikonfirmasi_guru")
        kind, most = chance.choice(_SUBMIT)
        with Submission(traced_parent, computer.env, call=(kind, chance.randint(1, most))) as t:
            with suppress(Missing, OSError):
                t.submit()
                t.wait_for_promise()
            died += t.already_dead()
            t.kill_now()
        assert [a.nip for a in content(computer.database).envelopes] in ([teacher(1).nip], *([] if t.queued else [[]]))
    assert died > tries // 2
    record(kills_of_the_screen_submitting_at_a_call=died)
