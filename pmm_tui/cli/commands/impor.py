"""`pmm-tui impor`: the school's teachers from a Dapodik file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import Konteks
from pmm_tui.roster.compare import compare, jumlah, ringkasan, to_write
from pmm_tui.roster.model import BarisBanding
from pmm_tui.roster.read import read_roster


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Read the file, tell what each row does, and store it unless only tried out; exit code 1 when a row was refused."""
    with konteks.open_store() as store:
        in_force = konteks.in_force(store)
        bacaan = read_roster(Path(args.berkas), in_force.katalog, konteks.today())
        banding = compare(bacaan, store.roster.all())
        if not args.uji_coba:
            store.roster.write(to_write(banding))
    counts = jumlah(banding)
    if args.json:
        konteks.out.document({"uji_coba": args.uji_coba, **ringkasan(bacaan, banding)})
    else:
        konteks.out.say(f"{bacaan.berkas}: {bacaan.asal}")
        for row in banding:
            for line in _lines(row):
                konteks.out.line(line)
        told = ", ".join(f"{banyak} {keadaan}" for keadaan, banyak in counts.items())
        konteks.out.say(f"{told}{' (uji coba: tidak ada yang disimpan)' if args.uji_coba else ''}.")
    return int(counts["ditolak"] > 0)


def _lines(row: BarisBanding) -> list[str]:
    """What a row does, nothing for one that changes nothing and has no remark."""
    found = [f"  {catatan.kolom}: {catatan.pesan}" for catatan in (*row.alasan, *row.peringatan)]
    if row.keadaan == "sama" and not found:
        return []
    changes = "; ".join(f"{u.kolom}: {u.dari or '(kosong)'} -> {u.menjadi}" for u in row.ubahan)
    return [f"baris {row.baris} {row.keadaan}: {row.nama}{f' ({changes})' if changes else ''}", *found]
