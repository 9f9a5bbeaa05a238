"""`pmm-tui impor`: the school's teachers from a Dapodik file."""

from __future__ import annotations

import argparse
from pathlib import Path

from pmm_tui.cli.context import Konteks
from pmm_tui.roster.compare import jumlah, ringkasan
from pmm_tui.roster.model import BarisBanding
from pmm_tui.services.roster_import import preview, take


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Read the file, tell what each row does, and store it unless only tried out; exit code 1 when a row was refused."""
    with konteks.open_store() as store:
        in_force = konteks.in_force(store)
        found = preview(store, Path(args.berkas), in_force.katalog, konteks.today())
        if not args.uji_coba:
            take(store, found.rows)
    counts = jumlah(found.rows)
    if args.json:
        konteks.out.document({"uji_coba": args.uji_coba, **ringkasan(found.reading, found.rows)})
    else:
        konteks.out.say(f"{found.reading.berkas}: {found.reading.asal}")
        for row in found.rows:
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
