"""`pmm-tui tarik`: fetch what the server lends: school, teachers, rapor, catalogue, and what the head decided."""

from __future__ import annotations

import argparse
import asyncio

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.store import Store
from pmm_tui.sync.pull import Tarikan, pull


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Fetch; exit code 1 when something that came could not be taken, 5 when the server was not reached."""
    with konteks.open_store() as store:
        periode = konteks.in_force(store).periode
        found = asyncio.run(_pull(store, konteks, periode))
    if args.json:
        konteks.out.document(
            {
                "periode": periode,
                "sekolah": found.sekolah,
                "pegawai_baru": found.pegawai_baru,
                "pegawai_berubah": found.pegawai_berubah,
                "rapor": found.rapor,
                "katalog": found.katalog,
                "perubahan": found.perubahan,
                "selisih_jam_detik": round(found.selisih_jam),
                "catatan": list(found.kalimat),
                "sebab": found.stop.karena if found.stop else "",
            }
        )
    konteks.out.say(kalimat_tarikan(found))
    if found.stop:
        return exit_code(found.stop)
    return int(bool(found.kalimat))


async def _pull(store: Store, konteks: Konteks, periode: str) -> Tarikan:
    async with konteks.client() as client:
        return await pull(store, client, periode, konteks.now)


def kalimat_tarikan(found: Tarikan) -> str:
    """What a fetch brought, in sentences, and the trouble that ended it early."""
    parts = (
        (found.sekolah, "data sekolah"),
        (found.pegawai_baru, f"{found.pegawai_baru} guru baru"),
        (found.pegawai_berubah, f"{found.pegawai_berubah} guru diperbarui"),
        (found.rapor, "Rapor Pendidikan"),
        (found.katalog, "katalog"),
        (found.perubahan, f"{found.perubahan} kabar rencana"),
    )
    news = ", ".join(text for new, text in parts if new)
    nothing = "" if found.stop else "Tidak ada yang baru di server."
    said = f"Dari server: {news}." if news else nothing
    return " ".join((said, *found.kalimat, found.stop.karena if found.stop else "")).strip()
