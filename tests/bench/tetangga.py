"""The neighbours: other ways to ask somebody at a terminal, where they are on this computer or can be put there.

`whiptail` and `dialog` are taken from the system; `questionary` is installed by pip into a folder of its own.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.bench.ukur import Angka, Ukur, beberapa

UKURAN = (100, 30)
_GURU = [f"Guru nomor {n}" for n in range(40)]
_QUESTIONARY = f"import questionary; questionary.select('Guru', {_GURU!r}).ask()"
_PIP = ["-m", "pip", "install", "-q", "--disable-pip-version-check"]


def tetangga(folder: Path) -> dict[str, list[str]]:
    """Return the command line of each neighbour that there is; those that are missing are told on stderr."""
    rows = [part for n, nama in enumerate(_GURU) for part in (str(n), nama, "off")]
    menu = ["--radiolist", "Guru", "24", "70", "16", *rows]
    found = {name: [path, *menu] for name in ("whiptail", "dialog") if (path := shutil.which(name))}
    rumah = folder / "tetangga"
    venv.create(rumah, with_pip=True)
    python = str(rumah / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    if subprocess.run([python, *_PIP, "questionary"], check=False, capture_output=True).returncode == 0:
        found["questionary"] = [python, "-c", _QUESTIONARY]
    for name in ("whiptail", "dialog", "questionary"):
        if name not in found:
            print(f"{name}: not on this computer, not measured", file=sys.stderr)
    return found


def daftar(argv: list[str], env: dict[str, str]) -> Angka:
    """One run: the list appears, the arrow goes down it, nobody touches it."""
    with Ukur(argv, env, size=UKURAN) as t:
        found = t.start("Guru nomor 5")
        found |= beberapa(t, "arrow in the list", ["down"] * 8)
        found |= t.idle("idle in the list", 3)
        t.press("escape" if "python" not in argv[0] else "ctrl+c")
        return found
