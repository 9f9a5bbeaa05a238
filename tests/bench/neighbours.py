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

from tests.bench.install import Terpasang
from tests.bench.measure import Angka, Ukur, beberapa

UKURAN = (100, 30)
_GURU = [f"Guru nomor {n}" for n in range(40)]
_MENU = ["--radiolist", "Guru", "24", "70", "16", *(part for n, nama in enumerate(_GURU) for part in (str(n), nama, "off"))]
_FORMULIR = ["--form", "Isian", "24", "70", "6", *(part for n in range(1, 7) for part in f"Isian/{n}/1//{n}/20/40/0".split("/"))]
_DAFTAR = (("arrow in the list", "down*8"), ("", "down*8"), ("arrow that scrolls", "down*6"), ("idle in the list", ""))
_ISIAN = (("character", "Menyusun"), ("idle in a field", ""))
_BUKA = (("open a dialog", "f1"), ("close a dialog", "escape"))
_JEDA = ("", "")
_PIP = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]
_GO = {"GO111MODULE": "off", "GOPATH": "/usr/share/gocode"}

Langkah = tuple[tuple[str, str], ...]
"""What is measured, and the keys: names with blanks between them, `down*8` eight times, or letters; without keys it is watched."""


class Tetangga(Struct, frozen=True):
    """A program: how it is begun in its folder, what its first screen shows (a regular expression), and what is done with it.

    `perlu` are the packages that pip installs; without any the system has the program, or not. A `lamban` one thinks before it
    answers, and between the pieces of an answer.
    """

    argv: list[str]
    siap: str
    langkah: Langkah
    perlu: tuple[str, ...] = ()
    lamban: bool = False


TETANGGA = {
    "whiptail": Tetangga(["whiptail", *_MENU], "Guru nomor 15", _DAFTAR),
    "dialog": Tetangga(["dialog", *_MENU], "Guru nomor 15", _DAFTAR),
    "dialog, form": Tetangga(["dialog", *_FORMULIR], "Isian", _ISIAN),
    "bubbletea": Tetangga(
        ["gelembung"],
        "Praktik guru nomor 15",
        (
            ("character", "Menyusun"),
            ("", "ctrl+f"),
            *_DAFTAR,
            ("tab, later", "ctrl+t*5"),
            ("open a dialog", "ctrl+o"),
            ("close a dialog", "ctrl+o"),
        ),
    ),
    "questionary": Tetangga(
        ["python", "-c", f"import questionary; questionary.select('Guru', {_GURU!r}).ask()"],
        "Guru nomor 5",
        (("arrow in the list", "down*8"), ("idle in the list", "")),
        ("questionary",),
    ),
    "simple-term-menu": Tetangga(
        ["python", "-c", f"from simple_term_menu import TerminalMenu; TerminalMenu({_GURU!r}, title='Guru').show()"],
        "Guru nomor 5",
        (("arrow in the list", "down*8"), ("", "down*20"), ("arrow that scrolls", "down*6"), ("idle in the list", "")),
        ("simple-term-menu",),
    ),
    "Textual's demo": Tetangga(
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
        lamban=True,
    ),
    "posting": Tetangga(
        ["posting"],
        "Send",
        (_JEDA, *_ISIAN, ("", "tab*3"), ("tab, later", "right*3"), ("arrow in the list", "down up down up"), *_BUKA),
        ("posting", "tree-sitter<0.26"),
        lamban=True,
    ),
    "harlequin": Tetangga(
        ["harlequin", "-a", "sqlite"],
        "main db",
        (_JEDA, *_ISIAN, ("", "enter*3"), ("arrow in the list", "up down up down"), *_BUKA),
        ("harlequin",),
        lamban=True,
    ),
    "textual-wtf": Tetangga(
        ["textual-wtf"],
        "Interactive Layout",
        (
            ("", "tab"),
            ("arrow in the list", "down*4"),
            ("", "enter"),
            ("", "tab shift+tab"),
            ("tab, later", "right left right left"),
            ("", "tab*2"),
            *_ISIAN,
        ),
        ("textual-wtf",),
        lamban=True,
    ),
}


def tetangga(folder: Path) -> dict[str, Callable[[Terpasang], Angka]]:
    """Put here what can be; returns how each is run. Those that are missing are told on stderr."""
    found = {}
    for nama, t in TETANGGA.items():
        program = _pasang(t, folder / nama)
        if program:
            found[nama] = partial(_jalan, t, [program, *t.argv[1:]])
        else:
            print(f"{nama}: not on this computer, not measured", file=sys.stderr)
    return found


def _pasang(t: Tetangga, rumah: Path) -> str | None:
    """Where the program is, after it was installed; None where that is not possible."""
    if t.argv[0] == "gelembung":
        return _terjemah(rumah)
    if not t.perlu:
        return shutil.which(t.argv[0])
    venv.create(rumah, with_pip=True)
    bin = rumah / "bin"
    told = subprocess.run([bin / "python", *_PIP, *t.perlu], check=False, capture_output=True)
    return str(bin / t.argv[0]) if told.returncode == 0 and (bin / t.argv[0]).exists() else None


def _terjemah(rumah: Path) -> str | None:
    go, program = shutil.which("go"), rumah / "gelembung"
    if go is None:
        return None
    sumber = Path(__file__).with_name("bubble.go")
    env = os.environ | _GO | {"GOCACHE": str(rumah / "cache")}
    told = subprocess.run([go, "build", "-o", program, sumber], env=env, check=False, capture_output=True)
    return str(program) if told.returncode == 0 else None


def _jalan(t: Tetangga, argv: list[str], p: Terpasang) -> Angka:
    """One run: the first screen, every step, and an end without farewell."""
    with Ukur(argv, p.machine(), size=UKURAN) as u:
        found = u.start(t.siap)
        if t.lamban:
            u.menunggu, u.hening = 1.5, 0.3
        for nama, tombol in t.langkah:
            if tombol:
                found |= beberapa(u, nama, _tombol(tombol))
            else:
                found |= u.idle(nama, 3)
        found["peak MB"] = u.peak()
        u.kill(signal.SIGKILL)
        return {name: value for name, value in found.items() if not name.startswith((" ", ","))}  # these steps have no name


def _tombol(text: str) -> list[str]:
    if text[0].isupper():
        return list(text)
    keys = []
    for part in text.split():
        key, _, times = part.partition("*")
        keys += [key] * int(times or 1)
    return keys
