"""A terminal that is gone (issue 3, points 1 and 8): the program saves, closes and ends within seconds, and never spins."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.faults.conftest import Count
from tests.faults.input.cases import PERIODE

if sys.platform == "linux":
    from pmm_tui.store import Store
    from tests.faults.input.window import MuteWindow, Window, open_window
    from tests.journeys.machine import Machine
    from tests.journeys.steps import AHMAD, downloads, inside, open_plan, start


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs a pty")

DESCRIPTION = "Menyusun modul ajar"
SECONDS = 5.0
"""Until it has to be over; on a machine that does much else."""
CPU = 1.0
"""Seconds of a processor that saving and ending may take."""


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A computer with twelve teachers and a server that nobody runs."""
    monkeypatch.chdir(tmp_path)
    machine = Machine(tmp_path)
    assert machine.run("impor", downloads(machine.home)).code == 0
    machine.env["PMM_TUI_SERVER"] = "http://127.0.0.1:9"
    return machine


def _close(t: Window, *codes: int) -> float:
    """Close the window; returns the processor time that the program took from then to its end with 0, or one of `codes`."""
    assert isinstance(t, MuteWindow)
    before, begun = t.cpu_now(), time.monotonic()
    t.hang_up()
    assert t.exit_code(SECONDS) in (0, *codes)
    assert time.monotonic() - begun <= SECONDS
    return t.cpu - before


def _typing(t: Window) -> None:
    open_plan(t, "Ma'ruf", AHMAD)
    start(t)
    t.press("enter")
    t.wait("RHK Pengembangan Kompetensi", inside("Tambah"))
    t.press("down", "enter")
    t.wait("Uraian RHK")
    t.type(DESCRIPTION)
    t.wait(DESCRIPTION)


def test_it_is_saved_though_no_signal_came(machine: Machine) -> None:
    """With the last letters still unsaved, and nobody to tell: all of it is on the disk, and the processor is free again."""
    with open_window(machine, mute=True) as t:
        _typing(t)
        assert _close(t) <= CPU
    with Store.open(machine.database) as store:
        assert not store.database.unclean
        (draft,) = store.drafts.all(PERIODE).values()
    assert draft.rencana.pengembangan_kompetensi.rhk[0].uraian == DESCRIPTION


@pytest.mark.parametrize("place", ["awal", "daftar", "dialog", "bantuan", "kotak", "impor", "pengaturan"])
def test_wherever_one_was(place: str, machine: Machine) -> None:
    """From the very start, from a list, and from whatever is open over it."""
    with open_window(machine, mute=True) as t:
        if place == "awal":
            t.until(lambda _: bool(t.chunks), "the first byte")
        else:
            t.wait("Daftar Guru", "Semua 12 ")
        keys = {"dialog": ("enter", "Jenjang jabatan"), "bantuan": ("f1", "Tombol di sini"), "kotak": ("f8", "Kotak Kirim")}
        keys |= {"impor": ("f4", "Unduh Daftar Guru"), "pengaturan": ("f7", "Alamat server")}
        if place in keys:
            t.press(keys[place][0])
            t.wait(keys[place][1])
        if place == "dialog":
            t.press("enter")
            t.wait("Data diri sudah sesuai?")
        used = _close(t, *((2,) if place == "awal" else ()))  # 2: gone before there was a look at the terminal
    assert used <= (2.5 if place == "awal" else CPU)  # at the start what was begun is finished first
    with Store.open(machine.database) as store:
        assert not store.database.unclean


def test_a_long_answer_does_not_hold_it(machine: Machine) -> None:
    """Much was waiting to be written when the terminal went: the writer's queue is no trap."""
    with open_window(machine, mute=True, TERM="xterm") as t:
        t.wait("Daftar Guru", "Semua 12 ")
        for _ in range(200):
            t.press("ctrl+l", "down", "pagedown", "up", "pageup")
        assert _close(t) <= 4 * CPU


def test_practice_ends_its_server_too(machine: Machine) -> None:
    """Nothing of the practice mode stays behind."""
    with open_window(machine, "latihan", mute=True) as t:
        t.wait("1 dari 40 selesai", "Dari server")
        (child,) = t.children()
        _close(t)
    assert not Path(f"/proc/{child}").exists()


def test_at_any_moment(machine: Machine, many: Count) -> None:
    """Taken away at moments that nobody chose, it always ends by itself and leaves a clean end behind."""
    for number in range(many(4, 300)):
        with open_window(machine, mute=True) as t:
            t.read(5)
            for _ in range(number * 7 % 40):
                t.press("down" if number % 2 else "f1")
                t.read(0.01)
            t.read((number * 37 % 100) / 100)
            t.hang_up()
            assert t.exit_code(2 * SECONDS) in (0, 2)
        with Store.open(machine.database) as store:
            assert not store.database.unclean
