"""Left in the middle: however the program ended, it comes back to the same teacher, pane, field and text."""

from __future__ import annotations

import re
import signal
from collections.abc import Callable

import pytest

from tests.journeys.machine import Machine
from tests.journeys.steps import AHMAD, downloads, inside, open_plan, start
from tests.terminal import Terminal

DESCRIPTION = "Menyusun modul ajar bersama MGMP k"
"""Typed half way through."""
SAVED = re.compile(r"^ Tersimpan \d\d\.\d\d(?! \*)", re.M)
"""How the status line says that all is on the disk; a star says that something is not."""


def _quit(t: Terminal) -> None:
    t.press("ctrl+q")
    assert t.exit_code() == 0
    assert t.modes_left == set()


def _terminate(t: Terminal) -> None:
    t.kill(signal.SIGTERM)
    assert t.exit_code() == 0
    assert t.modes_left == set()


def _hang_up(t: Terminal) -> None:
    t.hang_up()
    assert t.exit_code() >= 0  # it ended by itself


def _kill(t: Terminal) -> None:
    t.silence(1.0)  # twice what an edit may take to be saved
    t.until(lambda screen: SAVED.search(screen) is not None, "all saved")
    t.kill(signal.SIGKILL)
    assert t.exit_code() == -signal.SIGKILL


@pytest.mark.parametrize("leave", [_quit, _terminate, _hang_up, _kill], ids=["ctrl+q", "SIGTERM", "SIGHUP", "kill -9"])
def test_comes_back_to_the_field(machine: Machine, leave: Callable[[Terminal], None]) -> None:
    """Left in a field while typing (by kill -9: once all is called saved), it opens there again with all that was typed."""
    assert machine.run("impor", downloads(machine.home)).code == 0
    machine.skip_wizard()
    with machine.open() as t:
        t.wait("tidak menerima sambungan")  # said once, and from then on the status line is the plan's
        open_plan(t, "Ma'ruf", AHMAD)
        start(t)
        t.press("enter")
        t.wait("RHK Pengembangan Kompetensi", inside("Tambah"), "Tersimpan")
        t.press("down", "enter")
        t.wait("1 RHK", inside("  Uraian RHK"))
        t.type(DESCRIPTION)
        t.wait(DESCRIPTION)
        leave(t)
    with machine.open() as t:
        t.wait(AHMAD, "RHK Pengembangan Kompetensi", "1 RHK", inside(f"  Uraian RHK         ▐{DESCRIPTION}"))
        t.type("elas")
        t.wait(inside(f"  Uraian RHK         ▐{DESCRIPTION}elas"))
        t.press("ctrl+q")
        assert t.exit_code() == 0
