"""`pmm-tui lokasi`: where everything is."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import RunContext
from pmm_tui.locations import SYNC_MESSAGES
from pmm_tui.private_file import there


def run(args: argparse.Namespace, context: RunContext) -> int:
    """List the places, also those that are not there yet; works with a broken configuration as well."""
    places = context.locations
    found = {
        "konfigurasi": context.config_file,
        "data": places.data_folder,
        "basis_data": places.database,
        "log": places.log_folder,
        "laporan": places.report_folder,
        "ekspor": places.export_folder,
        "latihan": places.for_practice().data_folder,
        "server": places.server_database,
        "pesan_sinkron": context.config_file.with_name(SYNC_MESSAGES),
    }
    if context.school:
        from pmm_tui.cli.kept_schools import folders  # lazy: only where several schools are kept

        found |= {f"sekolah_{npsn}": folder for npsn, folder in folders(context).items()}
    if args.json:
        context.out.document({name: {"jalur": str(path), "ada": there(path)} for name, path in found.items()})
    else:
        if context.school:
            context.out.line(f"Sekolah NPSN {context.school}")
        rows = [(name.replace("_", " "), str(path), "" if there(path) else "(belum ada)") for name, path in found.items()]
        context.out.table(("Apa", "Tempat", ""), rows)
    return 0
