"""What is run and measured: one function for each program, which gives its numbers of one run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from tests.bench.install import MATI, Terpasang
from tests.bench.measure import Angka, Lambat, Ukur, beberapa

UKURAN = (100, 30)
SIAP = r"Semua guru \(40\).*Agus Salim.*Bantuan"
RENCANA = ["enter"] * 5 + (["enter"] * 3) * 2 + ["f6", "enter"] + ["enter"] * 7 + ["enter"] * 4
"""From a teacher of the roster: Data Diri, Rapor, indicator, two RHK, no duty, seven perilaku, submit and confirm."""


def mulai(argv: Sequence[str], env: dict[str, str], ready: str, leave: str) -> Angka:
    """One start and no more, so that many can take turns within a minute."""
    with Ukur(argv, env, size=UKURAN) as t:
        found = t.start(ready)
        t.leave(leave)
        return {name: found[name] for name in ("first byte ms", "ready ms", "ready CPU ms")}


def telanjang(p: Terpasang) -> Angka:
    """One run of the bare app."""
    with Ukur(p.bare, p.machine(), size=UKURAN) as t:
        return {**t.start("Siap"), **t.idle("idle", 3), **t.leave("ctrl+q")}


def biasa(p: Terpasang) -> Angka:
    """One run of the plain form."""
    with Ukur(p.plain, p.machine(), size=UKURAN) as t:
        found = t.start("Praktik guru 5")
        _quietly(t, "f3")
        found |= beberapa(t, "arrow in the list", ["down"] * 8)
        found |= t.key("open a dialog", "f2")
        found |= t.key("close a dialog", "f2")
        _quietly(t, "f4")
        found |= beberapa(t, "character", "Menyusun modul ajar")
        found |= t.idle("idle in a field", 3)
        found |= beberapa(t, "tab, first visit", ["f6"] * 4)
        found |= beberapa(t, "tab, later", ["f6"] * 5)
        return {**found, **t.leave("ctrl+q")}


def layar(p: Terpasang, *, hemat: bool = False) -> Angka:
    """One run of the program, through list, form, dialogs and all panes."""
    with Ukur(p.argv, p.machine(hemat=hemat), size=UKURAN) as t:
        found = t.start(SIAP)
        found |= t.idle("idle in the list", 3)
        found |= beberapa(t, "arrow in the list", ["down"] * 8)
        _quietly(t, "pagedown")
        found |= beberapa(t, "arrow that scrolls", ["down"] * 6)
        t.press("end")
        t.silence(0.2)
        t.press("home", "down")
        t.silence(0.2)
        found |= t.key("open a plan", "enter")
        found |= t.key("open a dialog", "enter")
        found |= t.key("close a dialog", "escape")
        _quietly(t, "enter", "enter", "enter")
        found |= beberapa(t, "tab, first visit", ["f6"] * 4)
        found |= beberapa(t, "tab, later", ["f7"] * 4 + ["f6"] * 4)
        _quietly(t, "f7")
        found |= beberapa(t, "arrow in choices", ["down"] * 8)
        _quietly(t, "f7", "f7")
        found |= t.key("open the list of RHK", "f4")
        found |= beberapa(t, "arrow in the list of RHK", ["down"] * 4)
        found |= t.key("close the list of RHK", "escape")
        _quietly(t, "down", "enter")
        found |= beberapa(t, "character", "Menyusun modul ajar")
        found |= t.idle("idle in a field", 3)
        found |= t.key("open the help", "f1")
        found |= t.key("close the help", "f1")
        return {**found, **t.leave("f12")}


def lambat(p: Terpasang, *, hemat: bool = False) -> Angka:
    """One run over a line of 9600 bit/s, which takes what is written no faster."""
    with Lambat(p.argv, p.machine(hemat=hemat), size=UKURAN) as t:
        found = {"9600 bit/s, first screen ms": t.start(SIAP)["settled ms"]}
        found["9600 bit/s, arrow ms"] = beberapa(t, "arrow", ["down"] * 8)["arrow ms"]
        found["9600 bit/s, behind 15 arrows held ms"] = t.held("down", 15, 0.1)
        return found


def tanpa_server(p: Terpasang) -> Angka:
    """One start with a server that is not reached."""
    with Ukur(p.argv, p.machine() | MATI, size=UKURAN) as t:
        found = t.start(SIAP)
        t.wait("tidak menerima sambungan")
        return {**found, **t.idle("idle in the list", 3), **t.leave("f12")}


def tombol_rencana(p: Terpasang) -> int:
    """Keys for a whole plan, pressed one by one; the program itself says that the plan is on its way."""
    with Ukur(p.argv, p.machine() | MATI, size=(80, 24)) as t:
        t.start(SIAP)
        _quietly(t, "down")
        before = t.pressed
        _quietly(t, *RENCANA)
        t.wait("Antre, akan dikirim saat ada jaringan")
        return t.pressed - before


def impor(p: Terpasang) -> Angka:
    """How long `--help` takes, and Python alone, and how many modules are loaded by it."""
    code = "import sys; before = set(sys.modules); from pmm_tui.cli.main import main; main(['--help']); "
    code += "print(len(set(sys.modules) - before), file=sys.stderr)"
    told = subprocess.run([sys.executable, "-c", code], env=p.env, capture_output=True, text=True, check=True)
    return {
        "python ms": _spent([sys.executable, "-c", "pass"], p),
        "--help ms": _spent([*p.argv, "--help"], p),
        "--help modules": float(told.stderr),
    }


def _spent(argv: Sequence[str], p: Terpasang) -> float:
    begun = time.perf_counter()
    subprocess.run(argv, env=p.env, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begun) * 1000


def _quietly(t: Ukur, *keys: str) -> None:
    for key in keys:
        t.key("", key)


MULAI: dict[str, Callable[[Terpasang], Angka]] = {
    "bare": lambda p: mulai(p.bare, p.machine(), "Siap", "ctrl+q"),
    "plain form": lambda p: mulai(p.plain, p.machine(), "Praktik guru 5", "ctrl+q"),
    "pmm-tui": lambda p: mulai(p.argv, p.machine(), SIAP, "f12"),
    "--help": impor,
}
"""Only to the first screen, so that the starts which are compared lie a second apart, not minutes."""


PROGRAM: dict[str, Callable[[Terpasang], Angka]] = {
    "bare": telanjang,
    "plain form": biasa,
    "pmm-tui": lambda p: layar(p) | lambat(p),
    "hemat": lambda p: layar(p, hemat=True) | lambat(p, hemat=True),
    "server down": tanpa_server,
}
