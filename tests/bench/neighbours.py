"""The neighbours: programs other people made that ask somebody at a terminal, where they are here or can be put here.

`whiptail` and `dialog` are taken from the system, what is in Python is installed by pip into folders of its own, and `bubble.go`
is compiled where Go and Debian's packages of bubbletea are.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import venv
from collections.abc import Callable
from functools import partial
from pathlib import Path

from msgspec import Struct

from tests.bench.install import Installed
from tests.bench.measure import Figures, Measure, several

SIZE = (100, 30)
_TEACHERS = [f"Guru nomor {n}" for n in range(40)]
_MENU = ["--radiolist", "Guru", "24", "70", "16", *(part for n, name in enumerate(_TEACHERS) for part in (str(n), name, "off"))]
_FORM = ["--form", "Isian", "24", "70", "6", *(part for n in range(1, 7) for part in f"Isian/{n}/1//{n}/20/40/0".split("/"))]
_ROSTER = (("arrow in the list", "down*8"), ("", "down*8"), ("arrow that scrolls", "down*6"), ("idle in the list", ""))
_FIELDS = (("character", "Menyusun"), ("idle in a field", ""))
_OPEN = (("open a dialog", "f1"), ("close a dialog", "escape"))
_PAUSE = ("", "")
_PIP = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
_GO = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}

Steps = tuple[tuple[str, str], ...]
"""What is measured, and the keys: names with blanks between them, `down*8` eight times, or letters; without keys it is watched."""


class Neighbour(Struct, frozen=True):
    """A program: how it is begun in its folder, what its first screen shows (a regular expression), and what is done with it.

    `needed` are the packages that pip installs; without any the system has the program, or not. A `sluggish` one thinks before it
    answers, and between the pieces of an answer.
    """

    argv: list[str]
    ready: str
    steps: Steps
    needed: tuple[str, ...] = ()
    sluggish: bool = False


NEIGHBOURS = {
    "whiptail": Neighbour(["whiptail", *_MENU], "Guru nomor 15", _ROSTER),
    "dialog": Neighbour(["dialog", *_MENU], "Guru nomor 15", _ROSTER),
    "dialog, form": Neighbour(["dialog", *_FORM], "Isian", _FIELDS),
    "bubbletea": Neighbour(
        ["gelembung"],
        "Praktik guru nomor 15",
        (
            ("character", "Menyusun"),
            ("", "ctrl+f"),
            *_ROSTER,
            ("tab, later", "ctrl+t*5"),
            ("open a dialog", "ctrl+o"),
            ("close a dialog", "ctrl+o"),
        ),
    ),
    "questionary": Neighbour(
        ["python", "-c", f"import questionary; questionary.select('Guru', {_TEACHERS!r}).ask()"],
        "Guru nomor 5",
        (("arrow in the list", "down*8"), ("idle in the list", "")),
        ("questionary",),
    ),
    "simple-term-menu": Neighbour(
        ["python", "-c", f"from simple_term_menu import TerminalMenu; TerminalMenu({_TEACHERS!r}, title='Guru').show()"],
        "Guru nomor 5",
        (("arrow in the list", "down*8"), ("", "down*20"), ("arrow that scrolls", "down*6"), ("idle in the list", "")),
        ("simple-term-menu",),
    ),
    "Textual's demo": Neighbour(
        ["python", "-m", "textual"],
        "Home",
        (
            ("arrow in the list", "down*4"),
            ("tab, later", "w h w h"),
            ("open a dialog", "ctrl+p"),
            ("character", "Tema"),
            ("idle in a field", ""),
            ("close a dialog", "escape"),
        ),
        ("textual",),
        sluggish=True,
    ),
    "posting": Neighbour(
        ["posting"],
        "Send",
        (_PAUSE, *_FIELDS, ("", "tab*3"), ("tab, later", "right*3"), ("arrow in the list", "down up down up"), *_OPEN),
        ("posting", "tree-sitter<0.26"),
        sluggish=True,
    ),
    "harlequin": Neighbour(
        ["harlequin", "-a", "sqlite"],
        "main db",
        (_PAUSE, *_FIELDS, ("", "enter*3"), ("arrow in the list", "up down up down"), *_OPEN),
        ("harlequin",),
        sluggish=True,
    ),
    "textual-wtf": Neighbour(
        ["textual-wtf"],
        "Interactive Layout",
        (
            ("", "tab"),
            ("arrow in the list", "down*4"),
            ("", "enter"),
            ("", "tab shift+tab"),
            ("tab, later", "right left right left"),
            ("", "tab*2"),
            *_FIELDS,
        ),
        ("textual-wtf",),
        sluggish=True,
    ),
}


def neighbours(folder: Path) -> dict[str, Callable[[Installed], Figures]]:
    """Put here what can be; returns how each is run. Those that are missing are told on stderr."""
    found = {}
    for name, t in NEIGHBOURS.items():
        program = _install(t, folder / name)
        if program:
            found[name] = partial(_run, t, [program, *t.argv[1:]])
        else:
            print(f"{name}: not on this computer, not measured", file=sys.stderr)
    return found


def _install(t: Neighbour, home: Path) -> str | None:
    """Where the program is, after it was installed; None where that is not possible."""
    if t.argv[0] == "gelembung":
        return _compiled(home)
    if not t.needed:
        return shutil.which(t.argv[0])
    venv.create(home, with_pip=True)
    bin = home / "bin"
    told = subprocess.run([bin / "python", *_PIP, *t.needed], check=False, capture_output=True)
    return str(bin / t.argv[0]) if told.returncode == 0 and (bin / t.argv[0]).exists() else None


def _compiled(home: Path) -> str | None:
    go, program = shutil.which("go"), home / "gelembung"
    if go is None:
        return None
    source = Path(__file__).with_name("bubble.go")
    env = os.environ | _GO | {"GOCACHE": str(home / "cache")}
    told = subprocess.run([go, "build", "-o", program, source], env=env, check=False, capture_output=True)
    return str(program) if told.returncode == 0 else None


def _run(t: Neighbour, argv: list[str], p: Installed) -> Figures:
    """One run: the first screen, every step, and an end without farewell."""
    with Measure(argv, p.machine(), size=SIZE) as u:
        found = u.start(t.ready)
        if t.sluggish:
            u.waiting, u.silent = 1.5, 0.3
        for name, keys in t.steps:
            if keys:
                found |= several(u, name, _keys(keys))
            else:
                found |= u.idle(name, 3)
        found["peak MB"] = u.peak()
        u.kill(signal.SIGKILL)
        return {name: value for name, value in found.items() if not name.startswith((" ", ","))}  # these steps have no name


def _keys(text: str) -> list[str]:
    if text[0].isupper():
        return list(text)
    keys = []
    for part in text.split():
        key, _, times = part.partition("*")
        keys += [key] * int(times or 1)
    return keys
