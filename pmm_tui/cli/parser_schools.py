"""What can be written on the command line about several schools: which one is meant, and the command that keeps them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

NEEDS_NO_NAME = {
    "layar", "latihan", "sekolah", "server", "pelengkap", "lokasi", "diagnosa",  # which school is no question, or is shown
    "daftar", "periksa", "rencana_ekspor", "cetak", "katalog", "cadangan", "bantu_sinkron",  # only read
    "kirim", "tarik",  # whose school it is, is asked of the server before anything goes
}  # fmt: skip
"""The commands (modules) that may leave out which school is meant although there are several; any other is refused then."""
_ONLY_READS = {("rapor", "tampil"), ("belajar_id", "tampil"), ("templat", "daftar")}
_LEFT_OUT = {"": "", "layar": " (bawaan: yang terakhir dibuka)"}


def must_name(module: str, action: str) -> bool:
    """Whether a command has to say which school it means where there are several."""
    return module not in NEEDS_NO_NAME and (module, action) not in _ONLY_READS


def add_school(parser: argparse.ArgumentParser, default: Any, module: str = "", action: str = "") -> None:
    """Add `--sekolah`, which names the school that is meant; without a `module` it is that of all commands."""
    if module and must_name(module, action):
        text = "sekolah yang dimaksud; wajib bila ada beberapa sekolah"
    else:
        left_out = _LEFT_OUT.get(module, " (bawaan: yang pertama)")
        text = f"sekolah yang dimaksud, bila komputer ini menyimpan beberapa{left_out}"
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
