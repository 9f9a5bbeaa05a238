"""The next teacher with the same choices, in the real program: six keys of the list, and the practice server holds the plan."""

from __future__ import annotations

from tests.journeys.machine import Machine
from tests.journeys.steps import SUBMITTED, inside, short_plan
from tests.terminal import Terminal

KEYS = 6
"""Keys for the next teacher: fill, to the end, confirmed, submit, and the two of the question."""


def _confirmed_and_submitted(t: Terminal, *first: str) -> None:
    """From the page that Alt+S has opened: to its end, confirm (`first`: the keys that say how), submit, yes."""
    t.wait("1 dari 1", "Diisi seperti Ahmad Dhani")
    t.press("end")
    t.wait("Spasi: sudah dikonfirmasi guru")
    t.think()
    t.press("space")
    if first:
        t.wait("Tanggal", inside("1 (•) Dibaca di layar"))
        t.think()
        t.press(*first)
    t.wait("Dikonfirmasi: dibaca di layar")
    t.press("f9")
    t.wait("Ajukan Perencanaan Kinerja?", inside("Batal"))
    t.think()
    t.press("down")
    t.wait(inside("Ajukan"))
    t.think()
    t.press("enter")
    t.wait("Daftar Guru", without="1 dari 1")


def test_the_next_teacher_takes_six_keys(machine: Machine) -> None:
    """After one plan by hand and one for which it was said how teachers confirm; each is submitted with a receipt."""
    with machine.open("latihan", "--ulang") as t:
        t.wait("1 dari 40 selesai", inside(" Agus Salim"))
        t.press("down", "enter")
        t.wait("Ahmad Dhani Firmansyah", "Jenjang jabatan")
        short_plan(t)
        t.wait(SUBMITTED, "R-")
        t.press("escape")
        t.wait("2 dari 40 selesai", inside(" Ahmad Dhani"))
        t.press(*["down"] * 6)  # past those who have a duty of their own
        t.wait(inside(" Drs. H. Ma'ruf"))
        t.press("alt+s")
        _confirmed_and_submitted(t, "f9")
        t.wait("3 dari 40 selesai", inside(" Dwi Lestari"))
        before = t.pressed
        t.press("alt+s")
        _confirmed_and_submitted(t)
        assert t.pressed - before == KEYS
        t.wait("4 dari 40 selesai")
        t.press("ctrl+q")
        assert t.exit_code() == 0
