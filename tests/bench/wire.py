"""What goes over the wire: `python tests/bench/wire.py [--putaran N] [--tautan N] [--json BERKAS]`.

Needs the extra `test`. Bytes are counted on IPv4, with every header and acknowledgement, by capture in a network namespace of its
own (Linux, where such namespaces may be had: as root, or where users may make them). Elsewhere the bytes of TLS are counted by a
proxy, and the headers are missing. A cell is the median of the rounds, with the lowest and the highest where they differ.

Then the real app sends 40 plans over two slow lines (tautan.py), and a clock in it tells for how long it ever did not listen.
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

from tests.bench.link import EDGE, GPRS, Sifat, tautan  # noqa: E402
from tests.bench.wire_cases import BANYAK, EMPAT_PULUH, KASUS, KITA, NAIF, NAIF_TETAP, Kasus, Kerja  # noqa: E402
from tests.bench.wire_count import Hitungan, Penghitung, Perantara  # noqa: E402
from tests.bench.wire_kit import HTTPS, Operator, di_sini  # noqa: E402
from tests.bench.wire_server import Peladen, peladen  # noqa: E402

PUTARAN, LEWAT = 7, 3
SASARAN = ((EDGE, 10.0), (GPRS, 60.0))
"""The lines, and the seconds that 40 plans may take."""
CELAH = 100.0
"""Milliseconds for which the app may not listen."""

Terhitung = dict[str, dict[str, list[Hitungan]]]
Baris = tuple[str, float, float]


def hitung(folder: Path, server: Peladen, capture: Penghitung | None, putaran: int) -> Terhitung:
    """Count every case of everybody, round by round."""
    found: Terhitung = {kasus.nama: {who: [] for who in kasus.kerja} for kasus in KASUS}
    for nomor in range(putaran):
        for kasus in KASUS:
            for who, work in kasus.kerja.items():
                found[kasus.nama][who].append(asyncio.run(_satu(work, folder, server, capture)))
        print(f"{nomor + 1}/{putaran}", file=sys.stderr)
    return found


async def _satu(work: Kerja, folder: Path, server: Peladen, capture: Penghitung | None) -> Hitungan:
    async with _counter(server, capture) as counter:
        with Operator(folder, server.database, counter.port) as operator:
            return await work(operator, counter)


@asynccontextmanager
async def _counter(server: Peladen, capture: Penghitung | None) -> AsyncIterator[Penghitung]:
    if capture is not None:
        yield capture
        return
    async with Perantara(server.port) as proxy:
        yield proxy


def lewat(folder: Path, server: Peladen, sifat: Sifat, benih: int) -> dict[str, float]:
    """Let the app send 40 plans over a line; see kawat_layar."""
    with Operator(folder, server.database, server.port) as operator:
        asyncio.run(operator.know_teachers())
        operator.seal(BANYAK)
    with tautan(server.port, sifat, benih) as port:
        command = [sys.executable, "-m", "tests.bench.wire_screen"]
        done = subprocess.run(command, cwd=_ROOT, env=operator.environment(port), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def taksiran(count: Hitungan, requests: int, sifat: Sifat) -> float:
    """Seconds that a count takes on a line that never stalls: its bytes, and a round trip for TCP, TLS and each request."""
    return count.ip * 8 / sifat.laju + (2 * count.sambungan + requests) * sifat.pulang_pergi


def tabel(rows: Sequence[Sequence[str]]) -> str:
    """A table; the first row is its head."""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    widths = [max(len(line[n]) for line in lines) for n in range(len(rows[0]))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in padded)


def sel(values: Sequence[float], digits: int = 0) -> str:
    """Median (lowest-highest) of some numbers."""
    low, mid, high = (f"{value:,.{digits}f}" for value in (min(values), median(values), max(values)))
    return mid if low == high else f"{mid} ({low}-{high})"


def _bytes(counts: Sequence[Hitungan], captured: bool) -> list[float]:
    return [count.ip if captured else count.tls for count in counts]


def tabel_kasus(found: Terhitung, captured: bool) -> str:
    """The bytes of every case."""
    rows = [["bytes", "at most", NAIF, NAIF_TETAP, KITA, "up + down", "packets"]]
    for kasus in KASUS:
        counts = found[kasus.nama]
        cells = [sel(_bytes(counts[who], captured)) if who in counts else "-" for who in (NAIF, NAIF_TETAP, KITA)]
        ours = counts[KITA]
        up, down = (median(map(side, ours)) for side in ((_naik, _turun) if captured else (_isi_naik, _isi_turun)))
        packets = sel([count.paket_naik + count.paket_turun for count in ours]) if captured else "-"
        rows.append([kasus.nama, f"{kasus.paling if captured else kasus.tls:,}", *cells, f"{up:,.0f} + {down:,.0f}", packets])
    return tabel(rows)


def _naik(count: Hitungan) -> int:
    return count.naik


def _turun(count: Hitungan) -> int:
    return count.turun


def _isi_naik(count: Hitungan) -> int:
    return count.isi_naik


def _isi_turun(count: Hitungan) -> int:
    return count.isi_turun


def tabel_tautan(found: Terhitung, runs: dict[str, list[dict[str, float]]], captured: bool) -> str:
    """The lines: seconds that the app took, and that the others would take where nothing stalls; the app's longest gap."""
    counts = found[EMPAT_PULUH.nama]
    others = (NAIF, NAIF_TETAP) if captured else ()
    rows = [[f"{BANYAK} plans over", "at most s", *(f"{who}, reckoned s" for who in others), f"{KITA} s", "longest gap ms"]]
    for sifat, most in SASARAN:
        reckoned = [f"{taksiran(counts[who][0], BANYAK, sifat):,.0f}" for who in others]
        ours = runs[sifat.nama]
        seconds, gaps = sel([run["detik"] for run in ours], 1), sel([run["celah_ms"] for run in ours])
        rows.append([sifat.nama, f"{most:g}", *reckoned, seconds, gaps])
    return tabel(rows)


def sasaran(found: Terhitung, runs: dict[str, list[dict[str, float]]], captured: bool) -> list[Baris]:
    """What is to be reached: figure, measured, at most."""
    figures: list[Baris] = []
    for kasus in KASUS:
        ours = found[kasus.nama][KITA]
        tls = median(count.tls for count in ours)
        if captured:
            figures.append((f"{kasus.nama}, IPv4 bytes", median(count.ip for count in ours), kasus.paling))
            figures.append(_headers(kasus, ours))
        figures.append((f"{kasus.nama}, TLS bytes", tls, kasus.tls))
    for sifat, most in SASARAN:
        if ours_runs := runs[sifat.nama]:
            figures.append((f"{BANYAK} plans over {sifat.nama}, s", max(run["detik"] for run in ours_runs), most))
            figures.append((f"longest gap meanwhile, {sifat.nama}, ms", median(run["celah_ms"] for run in ours_runs), CELAH))
    return figures


def _headers(kasus: Kasus, ours: Sequence[Hitungan]) -> Baris:
    """What makes the limit on TLS mean as much as the one on IPv4."""
    return f"{kasus.nama}, headers round TLS", median(count.ip - count.tls for count in ours), kasus.paling - kasus.tls


def main() -> int:
    """Measure and print; exit code 1 when a figure is not reached."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--putaran", type=int, default=PUTARAN, metavar="N", help=f"rounds (default {PUTARAN})")
    parser.add_argument("--tautan", type=int, default=LEWAT, metavar="N", help=f"runs over each slow line (default {LEWAT})")
    parser.add_argument("--json", type=Path, metavar="BERKAS", help="write all numbers of all rounds")
    args = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="pmm-tui-bench-")))
        stack.enter_context(di_sini())
        capture, port = _capture(stack)
        server = stack.enter_context(peladen(folder, port))
        found = hitung(folder, server, capture, args.putaran)
        runs = {sifat.nama: [lewat(folder, server, sifat, benih) for benih in range(args.tautan)] for sifat, _ in SASARAN}
    captured = capture is not None
    if args.json:
        args.json.write_text(json.dumps(_numbers(found, runs, captured), indent=1) + "\n", "utf-8")
    print(tabel_kasus(found, captured), end="\n\n")
    if args.tautan:
        print(tabel_tautan(found, runs, captured), end="\n\n")
    if not captured:
        print("No network namespace to be had here: bytes of TLS, without the headers of IP and TCP.\n")
    figures = sasaran(found, runs, captured)
    for name, measured, most in figures:
        print(f"{'ok ' if measured <= most else 'NOT'} {name}: {measured:,.0f}, at most {most:,.0f}")
    return int(any(measured > most for _, measured, most in figures))


def _capture(stack: ExitStack) -> tuple[Penghitung | None, int]:
    """A capture of the port that the server is to have; nothing, and any port, where there cannot be one."""
    if sys.platform != "linux":
        return None, 0
    from tests.bench.wire_capture import Tangkapan, masuk_ruang  # lazy: Linux only

    return (stack.enter_context(Tangkapan(HTTPS)), HTTPS) if masuk_ruang() else (None, 0)


def _numbers(found: Terhitung, runs: dict[str, Any], captured: bool) -> dict[str, Any]:
    return {"captured": captured, "counts": to_builtins(found), "lines": runs}


if __name__ == "__main__":
    sys.exit(main())
