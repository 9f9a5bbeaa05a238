"""`pmm-tui rencana`: plans out to TOML files and in again."""

from __future__ import annotations

import argparse

from pmm_tui.cli.context import Konteks


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Run `ekspor` or `impor`."""
    # Lazy: each direction brings only its own half.
    if args.aksi == "ekspor":
        from pmm_tui.cli.commands.rencana_ekspor import ekspor

        return ekspor(args, konteks)
    from pmm_tui.cli.commands.rencana_impor import impor

    return impor(args, konteks)
