"""What is run and measured: one function for each program, which gives its numbers of one run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from tests.bench.install import DEAD, Installed
from tests.bench.measure import Figures, Measure, Slow, several

SIZE = (100, 30)
READY = r"Semua (guru \()?40.*Agus Salim.*Bantuan"
"""The list stands, in either look."""
RENCANA = ["enter"] * 5 + ["f4", "enter", "enter"] * 2 + ["f6", "enter"] + ["enter"] * 7 + ["enter"] * 4
"""From a teacher of the roster: Data Diri, Rapor, indicator, two RHK, no duty, seven perilaku, submit and confirm."""


def start(argv: Sequence[str], env: dict[str, str], ready: str, leave: str) -> Figures:
    """One start and no more, so that many can take turns within a minute."""
    with Measure(argv, env, size=SIZE) as t:
        found = t.start(ready)
        t.leave(leave)
        return {name: found[name] for name in ("first byte ms", "ready ms", "ready CPU ms")}


def bare(p: Installed) -> Figures:
    """One run of the bare app."""
    with Measure(p.bare, p.machine(), size=SIZE) as t:
        return {**t.start("Siap"), **t.idle("idle", 3), **t.leave("ctrl+q")}


def plain_form(p: Installed) -> Figures:
    """One run of the plain form."""
    with Measure(p.plain, p.machine(), size=SIZE) as t:
        found = t.start("Praktik guru 5")
        _quietly(t, "f3")
        found |= several(t, "arrow in the list", ["down"] * 8)
        found |= t.key("open a dialog", "f2")
        found |= t.key("close a dialog", "f2")
        _quietly(t, "f4")
        found |= several(t, "character", "Menyusun modul ajar")
        found |= t.idle("idle in a field", 3)
        found |= several(t, "tab, first visit", ["f6"] * 4)
        found |= several(t, "tab, later", ["f6"] * 5)
        return {**found, **t.leave("ctrl+q")}


def screen(p: Installed, *, thrifty: bool = False) -> Figures:
    """One run of the program, through list, form, dialogs and all panes."""
    with Measure(p.argv, p.machine(thrifty=thrifty), size=SIZE) as t:
        found = t.start(READY)
        found |= t.idle("idle in the list", 3)
        found |= several(t, "arrow in the list", ["down"] * 8)
        _quietly(t, "pagedown")
        found |= several(t, "arrow that scrolls", ["down"] * 6)
        t.press("end")
        t.silence(0.2)
        t.press("home", "down")
        t.silence(0.2)
        found |= t.key("open a plan", "enter")
        found |= t.key("open a dialog", "enter")
        found |= t.key("close a dialog", "escape")
        for key in ("enter", "down", "enter", "enter"):  # an answer is a key by itself
            _quietly(t, key)
        found |= several(t, "tab, first visit", ["f6"] * 4)
        found |= several(t, "tab, later", ["f7"] * 4 + ["f6"] * 4)
        _quietly(t, "f7")
        found |= several(t, "arrow in choices", ["down"] * 8)
        _quietly(t, "f7", "f7")
        found |= t.key("open the list of RHK", "f4")
        found |= several(t, "arrow in the list of RHK", ["down"] * 4)
        found |= t.key("close the list of RHK", "escape")
        _quietly(t, "down", "enter")
        found |= several(t, "character", "Menyusun modul ajar")
        found |= t.idle("idle in a field", 3)
        found |= t.key("open the help", "f1")
        found |= t.key("close the help", "f1")
        return {**found, **t.leave("f12")}


def slow(p: Installed, *, thrifty: bool = False) -> Figures:
    """One run over a line of 9600 bit/s, which takes what is written no faster."""
    with Slow(p.argv, p.machine(thrifty=thrifty), size=SIZE) as t:
        found = {"9600 bit/s, first screen ms": t.start(READY)["settled ms"]}
        found["9600 bit/s, arrow ms"] = several(t, "arrow", ["down"] * 8)["arrow ms"]
        found["9600 bit/s, behind 15 arrows held ms"] = t.held("down", 15, 0.1)
        return found


def without_server(p: Installed) -> Figures:
    """One start with a server that is not reached."""
    with Measure(p.argv, p.machine() | DEAD, size=SIZE) as t:
        found = t.start(READY)
        t.wait("tidak menerima sambungan")
        return {**found, **t.idle("idle in the list", 3), **t.leave("f12")}


def plan_keys(p: Installed) -> int:
    """Keys for a whole plan, pressed one by one; the program itself says that the plan is on its way."""
    with Measure(p.argv, p.machine() | DEAD, size=(80, 24)) as t:
        t.start(READY)
        _quietly(t, "down")
        before = t.pressed
        _quietly(t, *RENCANA)
        t.wait("Antre, akan dikirim saat ada jaringan")
        return t.pressed - before


def without_screen(p: Installed) -> Figures:
    """How long `--help` takes, and Python alone, and how many modules are loaded by it."""
    code = "import sys; before = set(sys.modules); from pmm_tui.cli.main import main; main(['--help']); "
    code += "print(len(set(sys.modules) - before), file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", code], env=p.env, capture_output=True, text=True, check=True)
    return {
        "python ms": _spent([sys.executable, "-c", "pass"], p),
        "--help ms": _spent([*p.argv, "--help"], p),
        "--help modules": float(told.stderr),
    }


def _spent(argv: Sequence[str], p: Installed) -> float:
    begun = time.perf_counter()
    subprocess.run(argv, env=p.env, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begun) * 1000


def _quietly(t: Measure, *keys: str) -> None:
    for key in keys:
        t.key("", key)


START: dict[str, Callable[[Installed], Figures]] = {
    "bare": lambda p: start(p.bare, p.machine(), "Siap", "ctrl+q"),
    "plain form": lambda p: start(p.plain, p.machine(), "Praktik guru 5", "ctrl+q"),
    "pmm-tui": lambda p: start(p.argv, p.machine(), READY, "f12"),
    "--help": without_screen,
}
"""Only to the first screen, so that the starts which are compared lie a second apart, not minutes."""


PROGRAM: dict[str, Callable[[Installed], Figures]] = {
    "bare": bare,
    "plain form": plain_form,
    "pmm-tui": lambda p: screen(p) | slow(p),
    "hemat": lambda p: screen(p, thrifty=True) | slow(p, thrifty=True),
    "server down": without_server,
}
