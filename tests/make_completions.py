"""Writes the shell completions that are shipped: `python -m tests.make_completions`, after the command line changed."""

from __future__ import annotations

from pathlib import Path

import shtab

from pmm_tui.cli.parser import SHELL, build_parser

FOLDER = Path(__file__).parents[1] / "pmm_tui" / "completions"


def text(shell: str) -> str:
    """The completion of a shell."""
    return str(shtab.complete(build_parser(), shell=shell)).rstrip() + "\n"


if __name__ == "__main__":
    for shell in SHELL:
        (FOLDER / f"pmm-tui.{shell}").write_text(text(shell), "utf-8", newline="\n")
