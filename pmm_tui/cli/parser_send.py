"""What can be written on the command line about sending: over the network, and by a file on a USB stick."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import Any


def add_send(commands: Any, command: Callable[..., argparse.ArgumentParser], file: Mapping[str, str]) -> None:
    """Add `kirim` and `terima`; `command` adds one command with its common options, `file` is how a shell completes a file."""
    send = command(commands, "kirim", "kirim isi Kotak Kirim ke server, atau lewat berkas di USB", "kirim", of="jcu")
    send.add_argument("--sabar", action="store_true", help="tunggu jeda sesudah kegagalan (untuk penjadwal)")
    send.add_argument("--paksa", action="store_true", help="kirim sekarang juga walau server meminta jeda")
    send.add_argument("--periode-lama", action="store_true", help="kirim lagi juga rencana periode yang sudah berakhir")
    way = send.add_mutually_exclusive_group()
    for option, text in (
        ("--ke-berkas", "tulis yang menunggu ke berkas terenkripsi ini (atau folder USB), untuk dikirim dari komputer lain"),
        ("--dari-berkas", "kirim isi berkas dari komputer lain, dan tulis tanda terimanya ke berkas itu"),
    ):
        way.add_argument(option, metavar="BERKAS", default=None, help=text).complete = file  # type: ignore[attr-defined]
    send.add_argument("--timpa", action="store_true", help="dengan --ke-berkas: ganti juga berkas kiriman yang isinya lain")
    _passphrase(send, file)
    take = command(
        commands, "terima", "catat tanda terima dan putusan dari berkas yang sudah dikirim komputer lain", "terima", of="jcu"
    )
    take.add_argument("berkas", metavar="BERKAS", help="berkas dari kirim --ke-berkas").complete = file  # type: ignore[attr-defined]
    _passphrase(take, file)


def _passphrase(parser: argparse.ArgumentParser, file: Mapping[str, str]) -> None:
    text = "baca kata sandi berkas dari berkas ini (bawaan: PMM_TUI_SANDI, atau ditanyakan)"
    parser.add_argument("--sandi-berkas", metavar="BERKAS", default="", help=text).complete = file  # type: ignore[attr-defined]
