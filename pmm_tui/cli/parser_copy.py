"""What can be written on the command line about one plan for many: copying, templates, carrying over, taking back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from pmm_tui.cli.indonesian import Parser

PARTS = ("rapor_pendidikan", "praktik_pembelajaran", "pengembangan_kompetensi", "tugas_tambahan", "perilaku_kerja")
"""The sections that can be copied; `skp.plan_carry` has them."""
_Command = Callable[..., argparse.ArgumentParser]
_Who = Callable[[argparse.ArgumentParser, str, str], None]


def add_copying(commands: Any, command: _Command, who: _Who) -> None:
    """Add `salin`, `templat`, `bawa` and `urungkan`; `command` adds one command, `who` its teachers or all of them."""
    copied = command(commands, "salin", "salin isi rencana seorang guru ke rencana guru lain", "salin", of="pjcu")
    copied.add_argument("--dari", metavar="ID", required=True, help="guru sumbernya: nomor dari daftar, NIP atau NUPTK")
    copied.add_argument("--ke", metavar="ID", required=True, nargs="+", action="extend", help="guru yang rencananya diisi")
    _how(copied)
    _templates(commands, command, who)
    carried = command(commands, "bawa", "bawa rencana periode sebelumnya ke periode baru, tiap guru miliknya", "bawa", of="jcu")
    who(carried, "--semua", "semua guru")
    carried.add_argument("--dari", metavar="PERIODE", default="", help="periode asal (bawaan: yang tepat sebelumnya)")
    carried.add_argument("--ke", metavar="PERIODE", default="", help="periode tujuan (bawaan: yang berlaku)")
    _how(carried)
    text = "urungkan salin, templat pakai, bawa, atau konfirmasi bersama yang terakhir; yang sudah diedit lagi tetap"
    command(commands, "urungkan", text, "urungkan", of="pjcu")


def _templates(commands: Any, command: _Command, who: _Who) -> None:
    templates = command(commands, "templat", "rencana bernama yang dapat dipakai untuk banyak guru", "templat", of="")
    parts = templates.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    saved = command(parts, "simpan", "simpan isi rencana seorang guru sebagai templat", "templat", "simpan", of="pjcu")
    saved.add_argument("nama", metavar="NAMA", help='nama templat, misalnya "Guru kelas"')
    saved.add_argument("--dari", metavar="ID", required=True, help="guru sumbernya: nomor dari daftar, NIP atau NUPTK")
    saved.add_argument("--timpa", action="store_true", help="ganti templat yang bernama sama")
    command(parts, "daftar", "tampilkan templat yang ada", "templat", "daftar")
    used = command(parts, "pakai", "isi rencana guru dari templat", "templat", "pakai", of="pjcu")
    used.add_argument("nama", metavar="NAMA", help="nama templat")
    who(used, "--semua", "semua guru")
    _how(used)
    removed = command(parts, "hapus", "hapus templat; rencana yang sudah diisi darinya tetap", "templat", "hapus", of="jcu")
    removed.add_argument("nama", metavar="NAMA", help="nama templat")


def _how(parser: argparse.ArgumentParser) -> None:
    text = f"hanya bagian ini: {', '.join(PARTS)} (bawaan: semuanya)"
    parser.add_argument(
        "--bagian", metavar="BAGIAN", nargs="+", action="extend", default=[], choices=PARTS, type=_section, help=text
    )
    parser.add_argument("--timpa", action="store_true", help="ganti juga bagian yang sudah berisi (bawaan: dibiarkan)")


def _section(typed: str) -> str:
    return typed.replace("-", "_")
