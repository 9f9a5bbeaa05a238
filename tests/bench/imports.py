"""What the start imports, module by module: how much of it is Python's, Textual's and others', and ours.

`python tests/bench/imports.py [--putaran N] [--semua]`. Python itself measures (`-X importtime`): the time of each module without
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

from tests.bench.install import Terpasang, terpasang

PUTARAN = 9
BUKA = (
    "import pmm_tui.cli.main, pmm_tui.quick_start as start; start._load_asyncio(); "
    "import pmm_tui.cli.open_screen, pmm_tui.cli.screen_services, pmm_tui.tui"
)
"""All that is imported before the first screen stands."""
_BARIS = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| \s*(\S+)")
_MILIK = {"pmm_tui", "textual", "rich", "msgspec", "platformdirs", "typing_extensions"}


def sekali(p: Terpasang) -> dict[str, int]:
    """Microseconds of each module, in one process."""
    argv = [sys.executable, "-X", "importtime", "-c", BUKA]
    told = subprocess.run(argv, env=p.env, capture_output=True, text=True, check=True)
    return {nama: int(waktu) for waktu, nama in _BARIS.findall(told.stderr)}


def kelompok(nama: str) -> str:
    """Whose module it is."""
    akar = nama.partition(".")[0]
    return akar if akar in _MILIK else "Python" if akar in sys.stdlib_module_names else "others"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--putaran", type=int, default=PUTARAN, metavar="N", help=f"rounds (default {PUTARAN})")
    parser.add_argument("--semua", action="store_true", help="every module, not the fifteen dearest of each group")
    args = parser.parse_args()
    with terpasang() as p:
        rounds = [sekali(p) for _ in range(args.putaran)]
    each = {nama: median(one.get(nama, 0) for one in rounds) / 1000 for nama in rounds[0]}
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for nama in sorted(each, key=lambda nama: -each[nama]):
        groups[kelompok(nama)].append(nama)
    whole = sum(each.values())
    print("| whose | modules | ms | share |\n|---|---|---|---|")
    for group, names in sorted(groups.items(), key=lambda pair: -sum(each[n] for n in pair[1])):
        spent = sum(each[n] for n in names)
        print(f"| {group} | {len(names)} | {spent:.1f} | {spent / whole:.0%} |")
    for group, names in groups.items():
        print(f"\n{group}: " + ", ".join(f"{n} {each[n]:.2f}" for n in (names if args.semua else names[:15])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
