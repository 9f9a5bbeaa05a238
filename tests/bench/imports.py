"""What the start imports, module by module: how much of it is Python's, Textual's and others', and ours.

`python tests/bench/imports.py [--rounds N] [--all]`. Python itself measures (`-X importtime`): the time of each module without
those that it imports, median of the rounds. Times drift with the machine; the shares hardly do.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.install import Installed, installed

ROUNDS = 9
OPEN = (
    "import pmm_tui.cli.main, pmm_tui.quick_start as start; start._load_asyncio(); "
    "import pmm_tui.cli.open_screen, pmm_tui.cli.screen_services, pmm_tui.tui"
)
"""All that is imported before the first screen stands."""
_ROW = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| \s*(\S+)")
_NAMED = {"pmm_tui", "textual", "rich", "msgspec", "platformdirs", "typing_extensions"}


def once(p: Installed) -> dict[str, int]:
    """Microseconds of each module, in one process."""
    argv = [sys.executable, "-X", "importtime", "-c", OPEN]
    told = subprocess.run(argv, env=p.env, capture_output=True, text=True, check=True)
    return {name: int(when) for when, name in _ROW.findall(told.stderr)}


def group_of(name: str) -> str:
    """Whose module it is."""
    root = name.partition(".")[0]
    return root if root in _NAMED else "Python" if root in sys.stdlib_module_names else "others"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds (default {ROUNDS})")
    parser.add_argument("--all", action="store_true", help="every module, not the fifteen dearest of each group")
    args = parser.parse_args()
    with installed() as p:
        rounds = [once(p) for _ in range(args.rounds)]
    each = {name: median(one.get(name, 0) for one in rounds) / 1000 for name in rounds[0]}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(each, key=lambda name: -each[name]):
        groups[group_of(name)].append(name)
    whole = sum(each.values())
    print("| whose | modules | ms | share |\n|---|---|---|---|")
    for group, names in sorted(groups.items(), key=lambda pair: -sum(each[n] for n in pair[1])):
        spent = sum(each[n] for n in names)
        print(f"| {group} | {len(names)} | {spent:.1f} | {spent / whole:.0%} |")
    for group, names in groups.items():
        print(f"\n{group}: " + ", ".join(f"{n} {each[n]:.2f}" for n in (names if args.all else names[:15])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
