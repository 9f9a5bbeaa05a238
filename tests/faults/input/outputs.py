"""What the command line says after words that attack came in: all of it harmless, and readable."""

from __future__ import annotations

import json
import re

from tests.faults.input.cases import Computer
from tests.faults.input.in_process import Output, run_program
from tests.faults.input.payloads import ATTACKS, flood, forbidden, honest

TEXTS = [name for name in ATTACKS if not re.search("[\ud800-\udfff]", ATTACKS[name])]
"""Those that are text: unpaired surrogates can be in an answer of a server and in names of files, not in a file's text."""
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("daftar",),
    ("periksa",),
    ("antrean", "--semua"),
    ("templat", "daftar"),
    ("ajukan", "--semua-lengkap", "--uji-coba"),
    ("kirim", "--uji-coba"),
    ("diagnosa",),
    ("lokasi",),
)


def nip(number: int) -> str:
    """A NIP of the right shape."""
    return f"19850714201001{1 + number % 2}{number:03}"


def safe(said: Output, *, most_lines: int = 1_000_000) -> None:
    """Nothing in it that a terminal obeys, no flood, no line too many, no trace of a crash."""
    assert forbidden(said.everything) == []
    assert flood(said.everything) <= 3
    assert said.everything.count("\n") <= most_lines
    assert "Program keliru" not in said.err
    assert "Traceback" not in said.everything


def every(k: Computer) -> dict[str, Output]:
    """Every command that only tells, as text and as JSON, all of it safe; JSON says the same after it was read."""
    found = {}
    for command in COMMANDS:
        for options in ((), ("--json",)):
            said = run_program(k, *command, *options)
            safe(said)
            if options:
                json.loads(said.out)
            found[" ".join((*command, *options))] = said
    return found


def readable(found: dict[str, Output], command: str, words: set[str]) -> None:
    assert words <= honest(found[command].everything)
    assert words <= honest(found[f"{command} --json"].everything)


def export_plans(k: Computer, folder: str) -> str:
    """Export the first teacher's plan and import it again; returns the file's text, which is safe to look at in a terminal."""
    siti = "198507142010012012"
    said = run_program(k, "rencana", "ekspor", siti, "--ke", k.work / folder, "--timpa")
    safe(said)
    (path,) = (k.work / folder).iterdir()
    text = path.read_text("utf-8")
    assert forbidden(text) == []
    assert run_program(k, "rencana", "impor", path).code in (0, 1)
    return text
