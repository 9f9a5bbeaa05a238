"""What the screen costs, beside a bare Textual app, a plain form and neighbours.

`python tests/bench/screen.py [--rounds N] [--json FILE]`. Linux only; needs the extra `test`. The programs take turns in
every round, so that a noisy minute of the machine hits all of them. A cell is the median of the rounds, with the lowest and the
highest where they differ. Bytes are exact and do not depend on the machine. Times do: compare them inside one run only, as the
ratios below the table do.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.install import Installed, installed
from tests.bench.measure import Figures
from tests.bench.neighbours import neighbours
from tests.bench.program import PROGRAM, START, plan_keys

ROUNDS = 7
START_EACH = 3
"""Starts of each program for a round: they take little, and their times are the ones that differ most."""

BYTES = (
    ("arrow in the list, at most", 108, 36),
    ("arrow in choices, at most", 108, 36),
    ("character", 50, 34),
    ("tab, first visit", 3700, 1850),
    ("tab, first visit, at most", 3700, 1850),
    ("tab, later", 1800, 900),
    ("tab, later, at most", 1800, 900),
    ("open a dialog", 1000, 1000),
    ("close a dialog", 1000, 1000),
    ("open the help", 1000, 1000),
    ("close the help", 1000, 1000),
    ("arrow that scrolls", 108, 36),
    ("start", 4500, 3700),
)
"""Bytes that are to be reached: figure, at most, at most with the thrifty look."""


HALF = {
    "arrow in the list": 0.5,
    "character": 0.5,
    "tab, first visit": 0.4,
    "tab, later": 0.4,
}
"""Key to last byte: at most so much of what the plain form needs."""


Program = Mapping[str, Callable[[Installed], Figures]]
Finding = dict[str, list[Figures]]
"""The numbers of every run, by program."""


LINK = {"first screen": 4000, "arrow": 150, "behind 15 arrows held": 1000}
"""Milliseconds over a line of 9600 bit/s that really takes no more."""


def measure(program: Program, p: Installed, rounds: int) -> Finding:
    """Let every program run once in every round, each round in another order."""
    names = list(program)
    found: Finding = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            found[name].append(program[name](p))
        print(f"{number + 1}/{rounds}", file=sys.stderr)
    return found


def cell(values: Sequence[float]) -> str:
    """Median (lowest-highest) of some numbers."""
    low, mid, high = (f"{v:,.0f}" if v >= 100 or v == int(v) else f"{v:.1f}" for v in (min(values), median(values), max(values)))
    return mid if low == high else f"{mid} ({low}-{high})"


def table(found: Finding) -> str:
    """A table of all numbers, a program a column."""
    rows = dict.fromkeys(name for runs in found.values() for run in runs for name in run)
    head = ["", *found]
    lines = [head, ["---"] * len(head)]
    for row in rows:
        lines.append([row, *(cell([run[row] for run in runs]) if row in runs[0] else "-" for runs in found.values())])
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def targets(found: Finding, starts: Finding, keys: int) -> list[tuple[str, float, float]]:
    """What the project wants: figure, measured, at most."""

    def mid(program: str, name: str) -> float:
        return median(run[name] for run in found[program])

    def ratio(above: str, name: str, below: str, under: str = "", runs: Finding = found) -> float:
        """Round by round, so that what slows both down cancels."""
        pairs = zip(runs[above], runs[below], strict=True)
        return median(a[name] / b[under or name] for a, b in pairs)

    ours = "pmm-tui"
    figures = [
        ("ready, times bare", ratio(ours, "ready ms", "bare", runs=starts), 1.25),
        ("CPU to ready, times bare", ratio(ours, "ready CPU ms", "bare", runs=starts), 1.25),
        ("memory with 40 teachers, times bare", ratio(ours, "start MB", "bare"), 1.25),
        ("memory after all panes, times bare", ratio(ours, "peak MB", "bare"), 1.25),
        ("keys for a whole plan", keys, 45),
        ("exit, times bare", ratio(ours, "exit ms", "bare"), 0.8),
        ("terminal modes left switched", mid(ours, "modes left"), 0),
        ("first sign of life, times python -c pass", ratio(ours, "first byte ms", "--help", "python ms", starts), 3),
        ("--help, times python -c pass", ratio("--help", "--help ms", "--help", "python ms", starts), 3),
    ]
    for where in ("idle in the list", "idle in a field"):
        figures += [
            (f"{where}, {unit}", mid(ours, f"{where} {unit}"), most)
            for unit, most in (("bytes/s", 0), ("CPU %", 0.2), ("wakeups/s", 10))
        ]
    figures += [
        (f"{name}, time to the last byte, times plain form", ratio(ours, f"{name} ms", "plain form"), most)
        for name, most in HALF.items()
    ]
    figures += [
        (f"9600 bit/s, {name} ms{also}", mid(program, f"9600 bit/s, {name} ms"), most)
        for name, most in LINK.items()
        for program, also in ((ours, ""), ("hemat", ", hemat"))
    ]
    for name, most, thrifty in BYTES:
        figures += [
            (f"{name} bytes", mid(ours, f"{name} bytes"), most),
            (f"{name} bytes, hemat", mid("hemat", f"{name} bytes"), thrifty),
        ]
    return figures


def main() -> int:
    """Measure and print; exit code 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds (default {ROUNDS})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers of all rounds")
    args = parser.parse_args()
    with installed() as p:
        keys = plan_keys(p)  # also the first touch of every file, so that the first round is like the others
        starts = measure(START, p, args.rounds * START_EACH)
        found = measure(PROGRAM | neighbours(p.folder), p, args.rounds)
    if args.json:
        told = {"keys for a whole plan": keys, "starts": starts, "rounds": found}
        args.json.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    ours = {name: found.pop(name) for name in PROGRAM}
    for part in (starts, ours, found):
        print(table(part), end="\n\n")
    figures = targets(ours, starts, keys)
    for name, measured, most in figures:
        print(f"{'ok ' if measured <= most else 'NOT'} {name}: {measured:,.2f}, at most {most:,}")
    return int(any(measured > most for _, measured, most in figures))


if __name__ == "__main__":
    sys.exit(main())
