"""`pmm-tui tarik`: fetch what the server lends: school, teachers, rapor, catalogue, and what the head decided."""

from __future__ import annotations

import argparse
import asyncio

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.server_settings import exit_code
from pmm_tui.services.delivery_words import not_fetched_sentence, pull_sentence
from pmm_tui.services.in_force import InForce
from pmm_tui.services.roles import known_roles
from pmm_tui.store import Store
from pmm_tui.sync.pull import PullReport, pull


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Fetch; exit code 1 when something needs attention, 5 when the server was not reached."""
    with context.open_store() as store:
        in_force = context.in_force(store)
        periode = in_force.periode
        found = asyncio.run(_pull(store, context, in_force))
        left_out = not_fetched_sentence(found, known_roles(store))
    if args.json:
        context.out.document(
            {
                "periode": periode,
                "sekolah": found.sekolah,
                "pegawai_baru": found.new_teachers,
                "pegawai_berubah": found.changed_teachers,
                "pegawai_sama": found.known_teachers,
                "rapor": found.rapor,
                "katalog": found.katalog,
                "perubahan": found.changes,
                "selisih_jam_detik": round(found.clock_skew),
                "catatan": [*found.sentences, *found.news, *([left_out] if left_out else [])],
                "sebab": found.stop.reason if found.stop else "",
            }
        )
    context.out.say(f"{pull_sentence(found)} {left_out}".strip())
    if found.stop:
        return exit_code(found.stop)
    return int(bool(found.sentences))


async def _pull(store: Store, context: RunContext, in_force: InForce) -> PullReport:
    async with context.client() as client:
        ended, npsn = in_force.ended(context.today()), in_force.sekolah.npsn
        return await pull(store, client, in_force.periode, context.now, npsn=npsn, ended=ended)
