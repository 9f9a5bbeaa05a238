"""What a template for a whole big school costs: `python tests/bench/templates.py [--teachers N] [--rounds N]`. Linux only.

The command in a process of its own, from its start to its end, with the most memory it had; and its three parts within a process
that runs already, as on the screen. Every second teacher has a plan already, which is replaced, half of these confirmed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parents[2]))

from pmm_tui.services.copying import CopyTrial, do_copy, source_of_template, try_copy
from pmm_tui.services.in_force import InForce
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import RHK, Pegawai, PengembanganKompetensi, Rangkuman, Rapor, RencanaKinerja, Sekolah
from pmm_tui.store import Store
from tests.skp.sample_plan import complete_plan

SECONDS, MB = 2.0, 60.0
"""The most that a thousand teachers may take."""
PERIODE, NAME = "2026", "Semua"
MOMENT = datetime(2026, 1, 8, 2, tzinfo=UTC)
PLAN = complete_plan(bundled(), PERIODE)
IN_FORCE = InForce(katalog=bundled().for_periode(PERIODE), periode=PERIODE, sekolah=Sekolah(jenjang="SMP"), rapor=Rapor())


def other_plan(number: int) -> RencanaKinerja:
    """A plan that the template replaces."""
    rhk = RHK(uraian=f"Menyusun modul ajar ke-{number}", satuan="modul", bukti="Modul", target=2)
    plan = PLAN.with_section(PengembanganKompetensi(rhk=(rhk,)))
    return plan.with_section(Rangkuman(dikonfirmasi_guru=number % 4 == 0))


def fill(folder: Path, many: int) -> None:
    """Make the school."""
    with Store.open(folder / "pmm-tui.db") as store:
        store.roster.write(
            Pegawai(
                nama=f"Guru Nomor {n:04}",
                nip=f"19850714{2009 + n // 999}012{n % 999 + 1:03}",
                status_kepegawaian="PNS",
                jenis_ptk="Guru Mapel",
                tugas_tambahan="Wali Kelas" if n % 3 else "",
            )
            for n in range(many)
        )
        for n, pegawai in enumerate(store.roster.all()):
            if n % 2:
                store.drafts.save(pegawai.id, PERIODE, other_plan(n), 1, MOMENT)
        store.templates.save(NAME, PERIODE, "", PLAN, MOMENT)


class Cost(Struct, frozen=True):
    """What a command took: seconds from start to end, of them processor time, and the most memory in MB."""

    seconds: float
    cpu: float
    memory: float


_ALONE = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
child = subprocess.Popen([sys.executable, "-m", "pmm_tui", *sys.argv[1:]], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps([child.returncode, time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]))
"""
"""Starts the command from a small process: what its starter holds counts as its own memory until it has begun."""


def command(folder: Path, *arguments: str) -> Cost:
    """Run a command of the program in a process of its own."""
    env = os.environ | {"PMM_TUI_DATA": str(folder), "XDG_CONFIG_HOME": str(folder / "config")}
    told = subprocess.run([sys.executable, "-c", _ALONE, *arguments], env=env, capture_output=True, text=True, check=True)
    code, seconds, cpu, memory = json.loads(told.stdout)
    if code not in (0, 1):
        raise SystemExit(told.stderr)
    return Cost(seconds, cpu, memory)


def use_template(folder: Path) -> Cost:
    """The template over all plans."""
    return command(folder, "templat", "pakai", NAME, "--semua", "--timpa", "--periode", PERIODE)


def parts(folder: Path) -> dict[str, float]:
    """Milliseconds of trying, doing and taking back, where the program runs already."""
    found: dict[str, float] = {}

    def timed(name: str, work: Callable[[], object]) -> object:
        begun = time.perf_counter()
        done = work()
        found[name] = (time.perf_counter() - begun) * 1000
        return done

    with Store.open(folder / "pmm-tui.db") as store:
        ids = [one.id for one in store.roster.all()]
        source = source_of_template(store, NAME)
        trial = timed("try", lambda: try_copy(store, IN_FORCE, MOMENT.date(), source, ids, replace=True))
        assert isinstance(trial, CopyTrial)
        assert len(trial.filled) == len(ids)
        step = timed("do", lambda: do_copy(store, IN_FORCE, trial, MOMENT))
        timed("undo", lambda: store.steps.undo(step.id, MOMENT))  # type: ignore[attr-defined]
    return found


def main() -> int:
    """Measure and print; exit code 1 when it takes more than it may."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--teachers", type=int, default=1000, metavar="N", help="teachers (default 1000)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds (default 5)")
    args = parser.parse_args()
    runs, within = [], []
    with tempfile.TemporaryDirectory() as name:
        sample, folder = Path(name) / "sample", Path(name) / "data"
        fill(sample, args.teachers)
        for _ in range(args.rounds):
            for work in (
                lambda: runs.append(use_template(folder)),
                lambda: within.append(parts(folder)),
            ):
                shutil.copytree(sample, folder)
                work()
                shutil.rmtree(folder)
    seconds, cpu, memory = (median(getattr(run, name) for run in runs) for name in ("seconds", "cpu", "memory"))
    told = f"{seconds:.2f} s (at most {SECONDS}), of them {cpu:.2f} s of a processor, {memory:.1f} MB (at most {MB:.0f})"
    print(f"templat pakai for {args.teachers} teachers: {told}")
    for part in within[0]:
        print(f"  {part:5} {median(one[part] for one in within):6.0f} ms")
    return int(seconds > SECONDS or memory > MB)


if __name__ == "__main__":
    sys.exit(main())
