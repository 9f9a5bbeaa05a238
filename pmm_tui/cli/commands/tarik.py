"""`pmm-tui tarik`: fetch what the server lends: school, teachers, rapor, catalogue, and what the head decided."""

from __future__ import annotations

import argparse
import asyncio

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.services.delivery_words import pull_sentence
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
    konteks.out.say(pull_sentence(found))
    if found.stop:
        return exit_code(found.stop)
    return int(bool(found.kalimat))


async def _pull(store: Store, konteks: Konteks, periode: str) -> Tarikan:
    async with konteks.client() as client:
        return await pull(store, client, periode, konteks.now)
