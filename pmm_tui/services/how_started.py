"""How this program is started again: what its user types, which is seldom the bare name after an install into a folder."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAME = "pmm-tui"


def as_typed(started_as: str) -> str:
    """What to type to start the program that was started as `started_as` (its `sys.argv[0]`); the bare name where that does it.

    A path below the folder where one is is told from there; one with spaces stands in quotes.
    """
    program = Path(started_as)
    if program.name == "__main__.py" and program.parent.name == "pmm_tui":  # python -m pmm_tui
        return f"{_from_here(Path(sys.executable))} -m pmm_tui"
    if program.name.removesuffix(".exe").removesuffix("-script.py") != NAME:
        return NAME  # started by something else, of which nobody can tell
    found = shutil.which(NAME)
    if found and _same(Path(found), program):
        return NAME
    return _from_here(program)


def _same(one: Path, other: Path) -> bool:
    return os.path.normcase(one.absolute().with_suffix("")) == os.path.normcase(other.absolute().with_suffix(""))


def _from_here(program: Path) -> str:
    path = program.absolute()
    here = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    typed = str(here).removesuffix(".exe").removesuffix("-script.py")
    return f'"{typed}"' if " " in typed else typed
