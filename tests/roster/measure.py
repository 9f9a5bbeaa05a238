"""Reads every file of a folder in a fresh process and prints, a line each, what came of it and what it cost.

Run as `python -m tests.roster.measure FOLDER NAME...`. The memory is the largest so far of this process and of any child, in bytes.
The time is the processor's, of both together, and the deadline far away: what is measured must not depend on
how busy the computer is.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

from pmm_tui.errors import InputError
from pmm_tui.roster import read
from pmm_tui.roster.read import read_roster
from pmm_tui.skp.katalog_reader import bundled


def memory() -> int:
    """The peak of this process and the peak among its children, together.

    Linux counts in RUSAGE_SELF what the process that started this one had; its own peak stands in /proc.
    """
    if sys.platform == "win32":
        return 0
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if sys.platform == "linux":
        own = int(Path("/proc/self/status").read_text("ascii", "ignore").partition("VmHWM:")[2].split()[0])
    return unit * (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def main(folder: str, *names: str) -> None:
    katalog = bundled()
    read.SECONDS = 60.0
    for name in names:
        begun = sum(os.times()[:4])
        try:
            rows, sentence = len(read_roster(Path(folder, name), katalog, date(2026, 1, 8)).rows), ""
        except InputError as error:
            rows, sentence = 0, error.sentence
        seconds = sum(os.times()[:4]) - begun
        print(json.dumps({"name": name, "rows": rows, "sentence": sentence, "seconds": seconds, "memory": memory()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
