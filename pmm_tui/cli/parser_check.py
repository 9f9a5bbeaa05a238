"""What can be written behind `pmm-tui periksa`; a part of `parser`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_check(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `periksa`; `command` adds one command with its common options."""
    text = "tampilkan semua masalah pada semua rencana, atau yang harus beres sebelum pengisian"
    check = command(commands, "periksa", text, "periksa", of="pjcu")
    before = "pra-perencanaan: yang harus diperbaiki sebelum pengisian, menurut sistem tempat memperbaikinya"
    check.add_argument("--prasyarat", action="store_true", help=before)
    for name, dest, means in (
        ("--centang", "tick", "centang hal ini, diingat juga sesudah impor; ID nomor guru, NIP, NUPTK, atau sekolah"),
        ("--lepas", "untick", "lepas centang hal ini"),
    ):
        check.add_argument(name, dest=dest, metavar="ID:KODE", nargs="+", action="extend", default=[], help=means)
