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
    for name, means in (
        ("--centang", "centang hal ini, diingat juga sesudah impor; ID nomor guru, NIP, NUPTK, atau sekolah"),
        ("--lepas", "lepas centang hal ini"),
    ):
        check.add_argument(name, metavar="ID:KODE", nargs="+", action="extend", default=[], help=means)
