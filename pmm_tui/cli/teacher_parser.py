"""What can be written behind `pmm-tui guru`; a part of `parser`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from pmm_tui.cli.indonesian import Parser


def add_teacher(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `pmm-tui guru`; `command` is what adds a command with the options that all share."""
    guru = command(commands, "guru", "tambah atau betulkan seorang guru, atau tandai yang tidak perlu rencana", "guru", of="")
    parts = guru.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    added = command(parts, "tambah", "tambah seorang guru yang diketik sendiri", "guru", "tambah", of="pjcu")
    changed = command(parts, "ubah", "betulkan data seorang guru; yang tidak disebut tetap", "guru", "ubah", of="pjcu")
    changed.add_argument("id", metavar="ID", help="nomor guru pada daftar, NIP, atau NUPTK")
    for parser in (added, changed):
        for name, text in _TYPED.items():
            parser.add_argument(f"--{name}", metavar="ISI", required=parser is added and name == "nama", default=None, help=text)
        parser.add_argument("--ya", action="store_true", help="simpan juga bila ditanyakan apakah ini orang yang sama")
    command(parts, "urungkan", "urungkan tambah atau ubah yang terakhir", "guru", "urungkan", of="jc")
    needless = command(
        parts, "tidak-perlu", "tandai guru yang tidak perlu rencana pada periode ini", "guru", "tidak-perlu", of="pjcu"
    )
    needless.add_argument("id", metavar="ID", nargs="+", help="nomor guru dari daftar, NIP atau NUPTK")
    choice = needless.add_mutually_exclusive_group(required=True)
    choice.add_argument("--alasan", metavar="TEKS", default=None, help="honor, pensiun, mutasi, atau alasan lain yang pendek")
    choice.add_argument("--batal", action="store_true", help="batalkan tandanya; rencana yang sudah dimulai kembali")


_TYPED = {
    "nama": "nama lengkap dengan gelar", "nip": "NIP, 18 angka", "nuptk": "NUPTK, 16 angka", "jk": "L atau P",
    "tanggal-lahir": "misalnya 1985-07-14 atau 14 Juli 1985", "status-kepegawaian": "misalnya PNS, PPPK, GTY/PTY",
    "jenis-ptk": "misalnya Guru Mapel", "tugas-tambahan": "seperti di Dapodik", "golongan": "misalnya III/c atau IX",
    "jenjang-jabatan": "misalnya Ahli Muda",
}  # fmt: skip
