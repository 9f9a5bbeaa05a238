"""The screen, killed at any moment: what it called saved or sent is so, once, and half a second of typing is the most that goes."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.parent import Parent, ParentTerminal
from tests.faults.storage.screens import Submission, Typing, text_of
from tests.faults.storage.storage_kit import Computer, content, on_server, teacher
from tests.journeys.real_server import RealServer
from tests.journeys.steps import downloads

_PANE = ("pengembangan_kompetensi", "rhk/0/uraian")
_ONE_LIFE = 12  # kills after which the records start from the beginning
_ONE_ORIGINAL = 6  # every so many starts are the program itself, not a fork of the mother


def test_killed_while_typing(folder: Path, parent: Parent, many: Count, record: Record) -> None:
    """Killed while letters, undo, redo, fields and panes follow each other, no field is older than what was called saved."""
    computer = Computer(folder, 1)
    chance = random.Random(20260110)
    for number in range(many(20, 6000)):
        if number % _ONE_LIFE == 0:
            computer.repeat()
        computer.to(1, *_PANE)
        before = text_of(content(computer.database).drafts[1])
        with Typing(None if number % _ONE_ORIGINAL == 0 else parent, computer.env, before, chance) as t:
            t.ready()
            for _ in range(chance.randrange(1, 6)):
                t.something()
            t.look(chance.choice((0.0, chance.random() * 0.5)))
            t.kill_now()
        assert text_of(content(computer.database).drafts[1]) in t.allowed(), t.history()
        record(kills_of_the_screen_typing=1)


def test_a_lie_is_caught(folder: Path, parent: Parent) -> None:
    """A program that calls saved what it does not save is found out: the bookkeeping can fail."""
    computer = Computer(folder, 1)
    computer.to(1, *_PANE)
    before = text_of(content(computer.database).drafts[1])
    with Typing(parent, computer.env, before, random.Random(1), work=[":liar"]) as t:
        t.ready()
        for letter in "bohong":
            t.letter(letter)
        t.until(lambda _: t.promise == len("bohong"), "all called saved")
        t.kill_now()
    assert text_of(content(computer.database).drafts[1]) not in t.allowed()


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM], ids=["SIGHUP", "SIGTERM"])
def test_ended_by_a_signal(folder: Path, many: Count, record: Record, number: signal.Signals) -> None:
    """A closed window and a shutdown lose nothing of what the screen has shown, saved or not."""
    computer = Computer(folder, 1)
    chance = random.Random(number)
    for _ in range(many(2, 200)):
        computer.repeat()
        computer.to(1, *_PANE)
        before = text_of(content(computer.database).drafts[1])
        with Typing(None, computer.env, before, chance) as t:
            t.ready()
            t.something()
            t.something()
            shown = t.visible()
            t.hang_up() if number is signal.SIGHUP else t.kill(number)
            assert t.exit_code() >= 0
        assert text_of(content(computer.database).drafts[1]) in {k.text for k in t.states[shown:]}, t.history()
        record(ends_by_a_signal=1)


def test_killed_while_submitting(folder: Path, parent: Parent, server: RealServer, many: Count, record: Record) -> None:
    """Killed while a plan is sealed and sent, what was called queued is in the outbox, what was called received is on the server.

    Then everything goes out, and the server holds each plan once, byte for byte.
    """
    computer = Computer(folder, kills := many(12, 1500))
    computer.env |= {"PMM_TUI_SERVER": server.url, "PMM_TUI_TOKEN": server.token}
    assert parent.run(computer.env, "tarik").code == 0
    chance = random.Random(4)
    already = set(on_server(server.database))
    promises = 0
    for id in range(1, kills + 1):
        computer.to(id, "rangkuman", "dikonfirmasi_guru")
        with Submission(parent, computer.env) as t:
            t.submit()
            if id % 3 == 0:
                t.wait_for_promise()
            t.look(chance.random() * chance.choice((0.1, 0.5)))
            t.kill_now()
        found = content(computer.database)
        ours = [a for a in found.envelopes if a.nip == teacher(id).nip]
        assert (t.queued or bool(t.receipt)) <= len(ours) <= 1
        if t.receipt:
            assert [(a.state, a.receipt) for a in ours] == [("sent", t.receipt)]
            assert t.receipt in {a.receipt for a in on_server(server.database)}
        promises += t.queued or bool(t.receipt)
        record(kills_of_the_screen_submitting=1)
    sent = parent.run(computer.env, "kirim")
    assert sent.code == 0, sent.err
    sealed = content(computer.database).envelopes
    assert sorted(sealed) == sorted(set(on_server(server.database)) - already)
    assert len({a.nip for a in sealed}) == len(sealed)
    assert promises >= kills // 3


def test_killed_while_importing(folder: Path, parent: Parent, many: Count, record: Record) -> None:
    """Killed while teachers are imported, all of them are there or none, and all when the screen said so."""
    computer = Computer(folder, 1)
    path = downloads(computer.home)
    chance = random.Random(12)
    for _ in range(many(4, 300)):
        computer.repeat()
        with ParentTerminal(parent, computer.env) as t:
            t.wait("Semua 1 ")
            t.press("f4")
            t.wait("Unduh Daftar Guru dari Dapodik")
            t.type(str(path))
            t.press("enter", "enter")
            t.wait("Impor guru: pratinjau", "Baru 12")
            t.press("f9")
            t.look(chance.random() * 0.2)
            t.kill_now()
            said = "12 guru disimpan" in t.shown()
        there = len(content(computer.database).names)
        assert there in ((13,) if said else (1, 13))
        record(kills_of_the_screen_importing=1)
