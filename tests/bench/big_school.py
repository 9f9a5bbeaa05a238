"""Whether a big school is as quick as a small one: `python tests/bench/big_school.py [--rounds N]`. Linux only, extra `test`.

Small: 100 teachers (four pages), a plan with 2 RHK, 160 envelopes. Big: 1,000 teachers, a plan with 50 RHK (the most there may be),
5,000 envelopes. They take turns; a figure is the processor time of a key, the median of many and of the rounds, and the big
one's as a multiple of the small one's.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, DataDiri, Pegawai, PengembanganKompetensi, RaporPendidikan, RencanaKinerja
from pmm_tui.store import Store
from pmm_tui.store.outbox_entry import Sent
from tests.bench.install import Installed, installed
from tests.bench.measure import Figures, Measure

MAX_KEYS = 1.3
KB_PER_TEACHER = 2.0
SMALL, LARGE = (100, 2, 160), (1000, 50, 5000)
SIZE = (100, 30)
MOMENT = datetime(2026, 1, 8, 2, tzinfo=UTC)
READY = r"Semua \d+ .*Bantuan"


def fill(store: Store, many: int, rhk: int, envelopes: int) -> None:
    """Fill a store; the first teacher of the list has the plan, the last ones the envelopes."""
    store.roster.write(Pegawai(nama=f"Guru Nomor {n:04}", nip=f"19850714{2009 + n // 999}012{n % 999 + 1:03}") for n in range(many))
    teachers = store.roster.all()
    free = tuple(RHK(uraian=f"Menyusun modul ajar ke-{n}", satuan="modul", bukti="Modul", target=2) for n in range(rhk))
    start = RencanaKinerja(data_diri=DataDiri(sesuai=True), rapor_pendidikan=RaporPendidikan(dimengerti=True))
    store.drafts.save(teachers[0].id, "2026", start.with_section(PengembanganKompetensi(rhk=free)), 1, MOMENT)
    periode = [p.id for p in bundled().periode]
    for n in range(envelopes):
        pegawai = teachers[len(teachers) // 2 + n % (len(teachers) // 2)]
        entry = store.outbox.seal(pegawai, periode[n % len(periode)], start, n + 1, MOMENT)
        store.outbox.mark_sending([entry.id])
        store.outbox.record_all({entry.id: Sent(f"R-{n:04}-AAAA", "2026-01-08T02:11:05Z", "diajukan")})


def run_program(p: Installed, sample: Path) -> Figures:
    """One run through list, search, outbox and the long pane."""
    with Measure(p.argv, p.machine(sample=sample), size=SIZE) as t:
        start = t.start(READY)
        found = {"start": start["ready CPU ms"], "memory, MB": t.peak()}
        t.silence(1.0)
        found["arrow in the list"] = keys(t, ["down"] * 30)
        found["page, end, home"] = keys(t, ["pagedown", "pageup", "end", "home"] * 3)
        found["letter of a search"] = keys(t, [*"nomor 0", *["backspace"] * 7])
        found["filter"] = keys(t, ["f2"] * 6)
        found["sending finished"] = keys(t, ["f9"] * 5)
        t.press("home")
        t.silence(0.5)
        found["open the outbox"] = keys(t, ["f8"])
        found["arrow in the outbox"] = keys(t, ["down"] * 20)
        found["close the outbox"] = keys(t, ["escape"])
        found["open a plan"] = keys(t, ["enter"])
        found["next pane"] = keys(t, ["f6"])
        found["arrow in a pane"] = keys(t, ["down"] * 20)
        t.press("ctrl+home")
        t.silence(0.3)
        found["letter in a field"] = keys(t, list("modul ajar"))
        t.silence(1.0)
        found["close a plan"] = keys(t, ["escape"])
        t.leave("f12")
        return found


def memory(p: Installed, sample: Path) -> float:
    """MB with the list on the screen."""
    with Measure(p.argv, p.machine(sample=sample), size=SIZE) as t:
        t.start(READY)
        t.silence(1.0)
        peak = t.peak()
        t.leave("f12")
        return peak


def keys(t: Measure, keys: Sequence[str]) -> float:
    """Milliseconds of processor time a key, the median."""
    spent = []
    for key in keys:
        before = t.cpu()
        t.key("", key)
        spent.append((t.cpu() - before) * 1000)
    return median(spent)


def main() -> int:
    """Measure and print; exit code 1 when the big school is slower than it may be."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, metavar="N", help="rounds (default 7)")
    args = parser.parse_args()
    with installed() as p:
        sample = {}
        for name, many in (("small", SMALL), ("big", LARGE), ("teachers", (LARGE[0], *SMALL[1:]))):
            sample[name] = p.folder / name
            with Store.open(sample[name] / "pmm-tui.db") as store:
                fill(store, *many)
            run_program(p, sample[name])  # the first touch of every file
        runs: dict[str, list[Figures]] = {"small": [], "big": []}
        teachers = []
        for number in range(args.rounds):
            for name in ("small", "big") if number % 2 else ("big", "small"):
                runs[name].append(run_program(p, sample[name]))
            teachers.append(memory(p, sample["teachers"]) - memory(p, sample["small"]))
            print(f"{number + 1}/{args.rounds}", file=sys.stderr)
        for folder in sample.values():
            shutil.rmtree(folder)
    kb = median(teachers) * 1024 / (LARGE[0] - SMALL[0])
    bad = int(kb > KB_PER_TEACHER)
    print(f"{'':22}{'small':>8}{'big':>8}{'times':>8}")
    for name in runs["small"][0]:
        small, big = (median(run[name] for run in runs[which]) for which in ("small", "big"))
        times = median(b[name] / s[name] for b, s in zip(runs["big"], runs["small"], strict=True))
        bad += times > MAX_KEYS
        print(f"{name:22}{small:8.2f}{big:8.2f}{times:8.2f}{'  NOT' if times > MAX_KEYS else ''}")
    print(f"memory, for each teacher more: {kb:.2f} kB")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
