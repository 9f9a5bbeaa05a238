"""An operator's computer: a home folder of its own, and the program as an operator starts it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec import Struct

import pmm_tui
from tests.terminal import Terminal

PROGRAM = (sys.executable, "-m", "pmm_tui")
_ROOT = Path(pmm_tui.__file__).parents[1]


class CommandResult(Struct, frozen=True):
    """What a command line came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


class Machine:
    """A computer on which nothing was configured. `env` is the whole environment of the program on it."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "operator"
        self.home.mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "PYTHONPATH": str(_ROOT),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "PMM_TUI_DATA": str(self.home / "pmm"),
        }

    @property
    def database(self) -> Path:
        """The database."""
        return self.home / "pmm" / "pmm-tui.db"

    def skip_wizard(self) -> None:
        """Name a server, which spares the first-run wizard; nothing listens there."""
        self.env |= {"PMM_TUI_SERVER": "http://127.0.0.1:9", "PMM_TUI_TOKEN": "token-yang-tidak-dipakai"}

    def open(self, *arguments: str, size: tuple[int, int] = (80, 24), term: str = "xterm-256color") -> Terminal:
        """Start the program on a terminal."""
        return Terminal([*PROGRAM, *arguments], self.env, size=size, term=term)

    def run(self, *arguments: str | Path) -> CommandResult:
        """Run a command line without a terminal."""
        told = subprocess.run(
            [*PROGRAM, *map(str, arguments)],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in told.stderr
        return CommandResult(told.returncode, told.stdout, told.stderr)

    def rows(self, query: str, database: Path | None = None) -> list[tuple[Any, ...]]:
        """Ask a database that no program holds open."""
        with closing(sqlite3.connect(database or self.database)) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            return base.execute(query).fetchall()
