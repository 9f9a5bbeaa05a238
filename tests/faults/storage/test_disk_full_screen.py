"""The screen on a disk that takes nothing for a while: it says so, calls nothing saved, loses nothing, and goes on."""

from __future__ import annotations

import os
import random
import resource
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.storage.conftest import Record
from tests.faults.storage.parent import Parent
from tests.faults.storage.screens import Typing, text_of
from tests.faults.storage.storage_kit import Computer, content

Mount = Callable[[], None]
_NOT_STARTED = "Rencana belum tersimpan"


def _full(t: Typing, _: Computer) -> Mount:
    """No file may grow any more."""
    was = resource.prlimit(t.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    def room() -> None:
        with suppress(ProcessLookupError):  # killed meanwhile
            resource.prlimit(t.pid, resource.RLIMIT_FSIZE, was)

    return room


def _vanished(_: Typing, computer: Computer) -> Mount:
    """The folder with the records is gone."""
    folder = computer.database.parent
    away = folder.with_name("lenyap")
    folder.rename(away)

    def back() -> None:
        away.rename(folder)

    return back


@pytest.mark.parametrize(("take", "told"), [(_full, "Disk penuh"), (_vanished, "hilang")], ids=["full", "gone"])
def test_nothing_is_lost_while_nothing_can_be_saved(
    folder: Path, parent: Parent, many: Count, record: Record, take: Callable[[Typing, Computer], Mount], told: str
) -> None:
    """It is said, and nothing typed meanwhile is called saved; with the disk back all of it is, killed before what was promised."""
    computer = Computer(folder, 1)
    chance = random.Random(told)
    for number in range(times := many(3, 150)):
        computer.repeat()
        computer.to(1, "pengembangan_kompetensi", "rhk/0/uraian")
        before = text_of(content(computer.database).drafts[1])
        with Typing(parent, computer.env, before, chance) as t:
            t.ready()
            _type(t, chance)
            _saved(t)
            promised = t.promise
            give = take(t, computer)
            t.letter("x")
            t.wait(_NOT_STARTED, told)
            assert t.promise == promised, t.history()
            if number % 3 == 2:
                t.kill_now()
                give()
                assert text_of(content(computer.database).drafts[1]) == t.states[promised].text
                continue
            give()
            t.press("down")
            t.think()
            t.press("enter")
            t.until(lambda screen: _NOT_STARTED not in screen, "the fields again")
            _type(t, chance)
            _saved(t)
            t.kill_now()
        assert text_of(content(computer.database).drafts[1]) == t.states[-1].text, t.history()
    record(disks_taken_from_the_screen=times)


def _type(t: Typing, chance: random.Random) -> None:
    for _ in range(chance.randrange(1, 5)):
        t.letter(chance.choice("abcdefgh"))


def _saved(t: Typing) -> None:
    t.until(lambda _: t.promise == len(t.states) - 1, "all called saved")


def test_a_stick_that_is_pulled(small_disk: Path, parent: Parent) -> None:
    """With the records' disk taken away the screen says so and stays."""
    computer = Computer(small_disk, 1)
    computer.to(1, "pengembangan_kompetensi", "rhk/0/uraian")
    before = text_of(content(computer.database).drafts[1])
    with Typing(parent, computer.env, before, random.Random(1)) as t:
        t.ready()
        subprocess.run(["umount", "-l", str(small_disk)], check=True)
        assert not os.path.exists(computer.database)
        t.letter("x")
        t.wait(_NOT_STARTED, "hilang")
        assert not t.already_dead()
