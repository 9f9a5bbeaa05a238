"""What can be written on the command line to note the teachers' word."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

WAYS = {"layar": "dibaca di layar", "kertas": "paraf di kertas", "pesan": "lewat pesan/WhatsApp"}
"""The ways to confirm, which `skp.model` has; no command line is read sooner for importing that."""


def add_confirm(
    commands: Any,
    command: Callable[..., argparse.ArgumentParser],
    who: Callable[[argparse.ArgumentParser, str, str], None],
) -> None:
    """Add `konfirmasi`; `command` adds one command with its common options, `who` the teachers it is about."""
    text = "catat bahwa guru sudah mengonfirmasi rencananya, misalnya menurut satu daftar paraf"
    confirm = command(commands, "konfirmasi", text, "konfirmasi", of="pjcu")
    who(confirm, "--semua-lengkap", "semua rencana yang lengkap dan tinggal menunggu konfirmasi guru")
    ways = "; ".join(f"{cara}: {words}" for cara, words in WAYS.items())
    confirm.add_argument("--cara", choices=tuple(WAYS), required=True, help=f"cara guru mengonfirmasi ({ways})")
    day = "tanggal guru mengonfirmasi, misalnya 15-07-2026; tidak boleh sesudah hari ini"
    confirm.add_argument("--tanggal", metavar="TGL", required=True, help=day)
