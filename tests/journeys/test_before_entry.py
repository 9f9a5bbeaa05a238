"""Before entry: what has to be mended is found from the list, ticked, and the tick outlives a kill and the next import."""

from __future__ import annotations

import signal

from tests.journeys.machine import Machine
from tests.journeys.steps import downloads, inside
from tests.terminal import Terminal


def _open_list(t: Terminal) -> None:
    t.wait("Semua 12 ")
    t.press("alt+p")
    t.wait("Pra-perencanaan", "perlu diperbaiki")


def test_a_tick_outlives_a_kill_and_an_import(machine: Machine) -> None:
    """The command beside the open window sees it, and after the next import the row is ticked still."""
    roster = downloads(machine.home)
    assert machine.run("impor", roster).code == 0
    machine.skip_wizard()
    with machine.open() as t:
        _open_list(t)
        t.type("unit kerja")
        t.wait(inside("[ ] ? Sekolah"))
        t.press("insert")
        t.wait(inside("[x] ? Sekolah"), "Dicentang")
        told = machine.run("periksa", "--prasyarat")
        assert "[x] Unit kerja (unor)" in told.out
        t.kill(signal.SIGKILL)
        assert t.exit_code() == -signal.SIGKILL
    assert machine.run("impor", roster).code == 0
    with machine.open() as t:
        _open_list(t)
        t.type("unit kerja")
        t.wait(inside("[x] ? Sekolah"))
        t.press("ctrl+q")
        assert t.exit_code() == 0
