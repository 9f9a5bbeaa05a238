"""The entry of the program: a sign of life where it will take a moment, then the command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

_SCREEN_COMMANDS = ("layar", "latihan")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `pmm-tui` and return its exit code (see `--help`)."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    words = arguments[2:] if arguments[:1] == ["--sekolah"] else arguments
    opens = (not words or words[0] in _SCREEN_COMMANDS) and "--help" not in arguments and os.environ.get("TERM") != "dumb"
    if opens and sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write("Membuka pmm-tui ...\n")
        sys.stderr.flush()
    from pmm_tui.cli.run import run  # after the sign: the rest of the program

    return run(arguments)
