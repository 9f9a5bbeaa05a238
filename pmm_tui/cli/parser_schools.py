"""What can be written on the command line about several schools: which one is meant, and the command that keeps them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_school(parser: argparse.ArgumentParser, default: Any) -> None:
    """Add `--sekolah`, which names the school that is meant."""
    text = "sekolah yang dimaksud, bila komputer ini menyimpan beberapa (bawaan: yang pertama)"
    parser.add_argument("--sekolah", metavar="NPSN", default=default, help=text)


def add_schools(
    commands: Any, command: Callable[..., argparse.ArgumentParser], parser_class: type[argparse.ArgumentParser]
) -> None:
    """Add `sekolah daftar`, `sekolah tambah` and `sekolah hapus`; `command` adds one command with its common options."""
    schools = command(commands, "sekolah", "beberapa sekolah di satu komputer, masing-masing terpisah", "sekolah", "daftar", of="")
    parts = schools.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=parser_class)
    command(parts, "daftar", "tampilkan sekolah yang ada dan kemajuannya", "sekolah", "daftar", of="j")
    begin = command(
        parts, "tambah", "mulai satu sekolah lagi, dengan data, token dan Kotak Kirim sendiri", "sekolah", "tambah", of="ju"
    )
    begin.add_argument("npsn", metavar="NPSN", help="NPSN sekolah yang baru")
    begin.add_argument("--nama", metavar="NAMA", default="", help="nama sekolah, sampai server menyebutnya")
    end = command(parts, "hapus", "hapus sekolah yang keliru ditambah; hanya yang masih kosong", "sekolah", "hapus", of="j")
    end.add_argument("npsn", metavar="NPSN", help="NPSN sekolah tambahan")
