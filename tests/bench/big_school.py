"""Whether a big school is as quick as a small one: `python tests/bench/big_school.py [--putaran N]`. Linux only, extra `test`.

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
from tests.bench.install import Terpasang, terpasang
from tests.bench.measure import Angka, Ukur

PALING_BANYAK = 1.3
SEGURU_KB = 2.0
KECIL, BESAR = (100, 2, 160), (1000, 50, 5000)
UKURAN = (100, 30)
SAAT = datetime(2026, 1, 8, 2, tzinfo=UTC)
SIAP = r"Semua guru \(\d+\).*Bantuan"


def isi(store: Store, guru: int, rhk: int, amplop: int) -> None:
    """Fill a store; the first teacher of the list has the plan, the last ones the envelopes."""
    store.roster.write(Pegawai(nama=f"Guru Nomor {n:04}", nip=f"19850714{2009 + n // 999}012{n % 999 + 1:03}") for n in range(guru))
    teachers = store.roster.all()
    bebas = tuple(RHK(uraian=f"Menyusun modul ajar ke-{n}", satuan="modul", bukti="Modul", target=2) for n in range(rhk))
    mulai = RencanaKinerja(data_diri=DataDiri(sesuai=True), rapor_pendidikan=RaporPendidikan(dimengerti=True))
    store.drafts.save(teachers[0].id, "2026", mulai.with_section(PengembanganKompetensi(rhk=bebas)), 1, SAAT)
    periode = [p.id for p in bundled().periode]
    for n in range(amplop):
        pegawai = teachers[len(teachers) // 2 + n % (len(teachers) // 2)]
        kiriman = store.outbox.seal(pegawai, periode[n % len(periode)], mulai, n + 1, SAAT)
        store.outbox.mark_sending([kiriman.id])
        store.outbox.record_all({kiriman.id: Sent(f"R-{n:04}-AAAA", "2026-01-08T02:11:05Z", "diajukan")})


def jalan(p: Terpasang, contoh: Path) -> Angka:
    """One run through list, search, outbox and the long pane."""
    with Ukur(p.argv, p.machine(contoh=contoh), size=UKURAN) as t:
        mulai = t.start(SIAP)
        found = {"start": mulai["ready CPU ms"], "memory, MB": t.peak()}
        t.silence(1.0)
        found["arrow in the list"] = tombol(t, ["down"] * 30)
        found["page, end, home"] = tombol(t, ["pagedown", "pageup", "end", "home"] * 3)
        found["letter of a search"] = tombol(t, [*"nomor 0", *["backspace"] * 7])
        found["filter"] = tombol(t, ["f2"] * 6)
        t.press("home")
        t.silence(0.5)
        found["open the outbox"] = tombol(t, ["f8"])
        found["arrow in the outbox"] = tombol(t, ["down"] * 20)
        found["close the outbox"] = tombol(t, ["escape"])
        found["open a plan"] = tombol(t, ["enter"])
        found["next pane"] = tombol(t, ["f6"])
        found["arrow in a pane"] = tombol(t, ["down"] * 20)
        t.press("ctrl+home")
        t.silence(0.3)
        found["letter in a field"] = tombol(t, list("modul ajar"))
        t.silence(1.0)
        found["close a plan"] = tombol(t, ["escape"])
        t.leave("f12")
        return found


def ingatan(p: Terpasang, contoh: Path) -> float:
    """MB with the list on the screen."""
    with Ukur(p.argv, p.machine(contoh=contoh), size=UKURAN) as t:
        t.start(SIAP)
        t.silence(1.0)
        peak = t.peak()
        t.leave("f12")
        return peak


def tombol(t: Ukur, keys: Sequence[str]) -> float:
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
    parser.add_argument("--putaran", type=int, default=7, metavar="N", help="rounds (default 7)")
    args = parser.parse_args()
    with terpasang() as p:
        contoh = {}
        for name, banyak in (("small", KECIL), ("big", BESAR), ("teachers", (BESAR[0], *KECIL[1:]))):
            contoh[name] = p.folder / name
            with Store.open(contoh[name] / "pmm-tui.db") as store:
                isi(store, *banyak)
            jalan(p, contoh[name])  # the first touch of every file
        runs: dict[str, list[Angka]] = {"small": [], "big": []}
        teachers = []
        for nomor in range(args.putaran):
            for name in ("small", "big") if nomor % 2 else ("big", "small"):
                runs[name].append(jalan(p, contoh[name]))
            teachers.append(ingatan(p, contoh["teachers"]) - ingatan(p, contoh["small"]))
            print(f"{nomor + 1}/{args.putaran}", file=sys.stderr)
        for folder in contoh.values():
            shutil.rmtree(folder)
    kb = median(teachers) * 1024 / (BESAR[0] - KECIL[0])
    bad = int(kb > SEGURU_KB)
    print(f"{'':22}{'small':>8}{'big':>8}{'times':>8}")
    for name in runs["small"][0]:
        small, big = (median(run[name] for run in runs[which]) for which in ("small", "big"))
        times = median(b[name] / s[name] for b, s in zip(runs["big"], runs["small"], strict=True))
        bad += times > PALING_BANYAK
        print(f"{name:22}{small:8.2f}{big:8.2f}{times:8.2f}{'  NOT' if times > PALING_BANYAK else ''}")
    print(f"memory, for each teacher more: {kb:.2f} kB")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
