"""What a start costs in both looks, with 40 and with 1,000 teachers, and in practice: `python tests/bench/starts.py [--rounds N]`.

Linux only, extra `test`. All take turns, the bare Textual app among them, in every round in another order; times and memory are
told as multiples of the bare app's of the same round, lowest and median. Bytes are exact.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmm_tui.store import Store
from tests.bench.big_school import fill
from tests.bench.install import Installed, installed
from tests.bench.measure import Figures, Measure

SIZE = (100, 30)
MANY, ENVELOPES = 1000, 160
FORTY = r"Agus Salim.*Bantuan"
THOUSAND = r"Guru Nomor 0001.*Bantuan"
MOST = {"ready": 1.25, "big": 1.25 * 1.3, "practice": 1.75, "memory": 1.25}
"""At most so many times the bare app: ready with 40 teachers, with 1,000 and in practice; and the memory."""


def start(argv: list[str], env: dict[str, str], ready: str, leave: str) -> Figures:
    """One start, until nothing more comes; the memory is the program's own, without its children."""
    with Measure(argv, env, size=SIZE) as t:
        found = t.start(ready)
        found["start MB"] = t.peak()
        t.press(leave)
        t.exit_code()
        return found


def programs(p: Installed) -> dict[str, Callable[[], Figures]]:
    """All that are started, by name."""
    big = p.folder / "besar"
    with Store.open(big / "pmm-tui.db") as store:
        fill(store, MANY, 2, ENVELOPES)
    made: dict[str, Callable[[], Figures]] = {"bare": lambda: start(p.bare, p.machine(), "Siap", "ctrl+q")}
    for thrifty, look in ((False, "penuh"), (True, "hemat")):
        made |= {
            f"{look}, 40": lambda thrifty=thrifty: start(p.argv, p.machine(thrifty=thrifty), FORTY, "f12"),
            f"{look}, {MANY:,}": lambda thrifty=thrifty: start(p.argv, p.machine(thrifty=thrifty, sample=big), THOUSAND, "f12"),
            f"{look}, practice": lambda thrifty=thrifty: practice(p, thrifty=thrifty),
        }
    used = p.machine()
    start([*p.argv, "latihan"], used, FORTY, "f12")
    return made | {"penuh, practice again": lambda: start([*p.argv, "latihan"], used, FORTY, "f12")}


def practice(p: Installed, *, thrifty: bool = False) -> Figures:
    """One first start of the practice mode."""
    return start([*p.argv, "latihan"], p.machine(thrifty=thrifty), FORTY, "f12")


def main() -> int:
    """Measure and print; exit code 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=9, metavar="N", help="rounds (default 9)")
    args = parser.parse_args()
    with installed() as p:
        program = programs(p)
        found: dict[str, list[Figures]] = {name: [] for name in program}
        names = list(program)
        for number in range(args.rounds):
            first = number % len(names)
            for name in names[first:] + names[:first]:
                found[name].append(program[name]())
            print(f"{number + 1}/{args.rounds}", file=sys.stderr)
    bad = 0
    print(f"{'times bare, lowest and median':30}{'ready':>12}{'CPU':>12}{'memory':>12}{'bytes':>16}")
    for name, runs in found.items():
        cells = []
        for figure in ("ready ms", "ready CPU ms", "start MB"):
            times = [run[figure] / bare[figure] for run, bare in zip(runs, found["bare"], strict=True)]
            ready = "practice" if "practice" in name else "big" if f"{MANY:,}" in name else "ready"
            most = MOST["memory" if figure == "start MB" else ready]
            bad += figure != "ready CPU ms" and median(times) > most
            cells.append(f"{min(times):.2f} {median(times):.2f}{'!' if median(times) > most else ' '}")
        sizes = [int(run["start bytes"]) for run in runs]
        print(f"{name:30}{''.join(f'{cell:>12}' for cell in cells)}{f'{min(sizes):,} {int(median(sizes)):,}':>16}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
