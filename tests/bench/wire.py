"""What goes over the wire: `python tests/bench/wire.py [--rounds N] [--lines N] [--json FILE]`.

Needs the extra `test`. Bytes are counted on IPv4, with every header and acknowledgement, by capture in a network namespace of its
own (Linux, where such namespaces may be had: as root, or where users may make them). Elsewhere the bytes of TLS are counted by a
proxy, and the headers are missing. A cell is the median of the rounds, with the lowest and the highest where they differ.

Then the real app sends 40 plans over two slow lines (link.py), and a clock in it tells for how long it ever did not listen.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

_ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(_ROOT))

from msgspec import to_builtins  # noqa: E402

from tests.bench.link import EDGE, GPRS, LineTraits, line_proxy  # noqa: E402
from tests.bench.wire_cases import CASES, FORTY, KEPT_ALIVE, MANY, NAIVE, OURS, Case, Work  # noqa: E402
from tests.bench.wire_count import CostCounter, Counts, Proxy  # noqa: E402
from tests.bench.wire_kit import HTTPS, Operator, here  # noqa: E402
from tests.bench.wire_server import ServerProcess, server_process  # noqa: E402

ROUNDS, OVER = 7, 3
TARGET = ((EDGE, 10.0), (GPRS, 60.0))
"""The lines, and the seconds that 40 plans may take."""
GAP = 100.0
"""Milliseconds for which the app may not listen."""

Counted = dict[str, dict[str, list[Counts]]]
Row = tuple[str, float, float]


def count(folder: Path, server: ServerProcess, capture: CostCounter | None, rounds: int) -> Counted:
    """Count every case of everybody, round by round."""
    found: Counted = {case.name: {who: [] for who in case.work} for case in CASES}
    for number in range(rounds):
        for case in CASES:
            for who, work in case.work.items():
                found[case.name][who].append(asyncio.run(_one(work, folder, server, capture)))
        print(f"{number + 1}/{rounds}", file=sys.stderr)
    return found


async def _one(work: Work, folder: Path, server: ServerProcess, capture: CostCounter | None) -> Counts:
    async with _counter(server, capture) as counter:
        with Operator(folder, server.database, counter.port) as operator:
            return await work(operator, counter)


@asynccontextmanager
async def _counter(server: ServerProcess, capture: CostCounter | None) -> AsyncIterator[CostCounter]:
    if capture is not None:
        yield capture
        return
    async with Proxy(server.port) as proxy:
        yield proxy


def over(folder: Path, server: ServerProcess, traits: LineTraits, seed: int) -> dict[str, float]:
    """Let the app send 40 plans over a line; see `wire_screen`."""
    with Operator(folder, server.database, server.port) as operator:
        asyncio.run(operator.know_teachers())
        operator.seal(MANY)
    with line_proxy(server.port, traits, seed) as port:
        command = [sys.executable, "-m", "tests.bench.wire_screen"]
        done = subprocess.run(command, cwd=_ROOT, env=operator.environment(port), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def estimate(count: Counts, requests: int, traits: LineTraits) -> float:
    """Seconds that a count takes on a line that never stalls: its bytes, and a round trip for TCP, TLS and each request."""
    return count.ip * 8 / traits.rate + (2 * count.connections + requests) * traits.round_trip


def table(rows: Sequence[Sequence[str]]) -> str:
    """A table; the first row is its head."""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    widths = [max(len(line[n]) for line in lines) for n in range(len(rows[0]))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def cell(values: Sequence[float], digits: int = 0) -> str:
    """Median (lowest-highest) of some numbers."""
    low, mid, high = (f"{value:,.{digits}f}" for value in (min(values), median(values), max(values)))
    return mid if low == high else f"{mid} ({low}-{high})"


def _bytes(counts: Sequence[Counts], captured: bool) -> list[float]:
    return [count.ip if captured else count.tls for count in counts]


def case_table(found: Counted, captured: bool) -> str:
    """The bytes of every case."""
    rows = [["bytes", "at most", NAIVE, KEPT_ALIVE, OURS, "up + down", "packets"]]
    for case in CASES:
        counts = found[case.name]
        cells = [cell(_bytes(counts[who], captured)) if who in counts else "-" for who in (NAIVE, KEPT_ALIVE, OURS)]
        ours = counts[OURS]
        up, down = (median(map(side, ours)) for side in ((_up, _down) if captured else (_payload_up, _payload_down)))
        packets = cell([count.packets_up + count.packets_down for count in ours]) if captured else "-"
        rows.append([case.name, f"{case.most if captured else case.tls:,}", *cells, f"{up:,.0f} + {down:,.0f}", packets])
    return table(rows)


def _up(count: Counts) -> int:
    return count.up


def _down(count: Counts) -> int:
    return count.down


def _payload_up(count: Counts) -> int:
    return count.payload_up


def _payload_down(count: Counts) -> int:
    return count.payload_down


def link_table(found: Counted, runs: dict[str, list[dict[str, float]]], captured: bool) -> str:
    """The lines: seconds that the app took, and that the others would take where nothing stalls; the app's longest gap."""
    counts = found[FORTY.name]
    others = (NAIVE, KEPT_ALIVE) if captured else ()
    rows = [[f"{MANY} plans over", "at most s", *(f"{who}, reckoned s" for who in others), f"{OURS} s", "longest gap ms"]]
    for traits, most in TARGET:
        reckoned = [f"{estimate(counts[who][0], MANY, traits):,.0f}" for who in others]
        ours = runs[traits.name]
        seconds, gaps = cell([run["seconds"] for run in ours], 1), cell([run["gap_ms"] for run in ours])
        rows.append([traits.name, f"{most:g}", *reckoned, seconds, gaps])
    return table(rows)


def targets(found: Counted, runs: dict[str, list[dict[str, float]]], captured: bool) -> list[Row]:
    """What is to be reached: figure, measured, at most."""
    figures: list[Row] = []
    for case in CASES:
        ours = found[case.name][OURS]
        tls = median(count.tls for count in ours)
        if captured:
            figures.append((f"{case.name}, IPv4 bytes", median(count.ip for count in ours), case.most))
            figures.append(_headers(case, ours))
        figures.append((f"{case.name}, TLS bytes", tls, case.tls))
    for traits, most in TARGET:
        if ours_runs := runs[traits.name]:
            figures.append((f"{MANY} plans over {traits.name}, s", max(run["seconds"] for run in ours_runs), most))
            figures.append((f"longest gap meanwhile, {traits.name}, ms", median(run["gap_ms"] for run in ours_runs), GAP))
    return figures


def _headers(case: Case, ours: Sequence[Counts]) -> Row:
    """What makes the limit on TLS mean as much as the one on IPv4."""
    return f"{case.name}, headers round TLS", median(count.ip - count.tls for count in ours), case.most - case.tls


def main() -> int:
    """Measure and print; exit code 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help=f"rounds (default {ROUNDS})")
    parser.add_argument("--lines", type=int, default=OVER, metavar="N", help=f"runs over each slow line (default {OVER})")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all numbers of all rounds")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="pmm-tui-bench-")))
        stack.enter_context(here())
        capture, port = _capture(stack)
        server = stack.enter_context(server_process(folder, port))
        found = count(folder, server, capture, args.rounds)
        runs = {traits.name: [over(folder, server, traits, seed) for seed in range(args.lines)] for traits, _ in TARGET}
    captured = capture is not None
    if args.json:
        args.json.write_text(json.dumps(_numbers(found, runs, captured), indent=1) + "\n", "utf-8")
    print(case_table(found, captured), end="\n\n")
    if args.lines:
        print(link_table(found, runs, captured), end="\n\n")
    if not captured:
        print("No network namespace to be had here: bytes of TLS, without the headers of IP and TCP.\n")
    figures = targets(found, runs, captured)
    for name, measured, most in figures:
        print(f"{'ok ' if measured <= most else 'NOT'} {name}: {measured:,.0f}, at most {most:,.0f}")
    return int(any(measured > most for _, measured, most in figures))


def _capture(stack: ExitStack) -> tuple[CostCounter | None, int]:
    """A capture of the port that the server is to have; nothing, and any port, where there cannot be one."""
    if sys.platform != "linux":
        return None, 0
    from tests.bench.wire_capture import Capture, enter_namespace  # lazy: Linux only

    return (stack.enter_context(Capture(HTTPS)), HTTPS) if enter_namespace() else (None, 0)


def _numbers(found: Counted, runs: dict[str, Any], captured: bool) -> dict[str, Any]:
    return {"captured": captured, "counts": to_builtins(found), "lines": runs}


if __name__ == "__main__":
    sys.exit(main())
