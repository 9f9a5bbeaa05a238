"""What can be written behind `pmm-tui cetak`; a part of `parser`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_print(
    commands: Any,
    command: Callable[..., argparse.ArgumentParser],
    who: Callable[[argparse.ArgumentParser, str, str], None],
    complete: dict[str, str],
) -> None:
    """Add `cetak`; `command` adds one command, `who` whom it is for, and `complete` says how shells complete a folder."""
    cetak = command(commands, "cetak", "tulis SKP, lembar paraf, lembar isian dan daftar sebagai berkas untuk dicetak", "cetak")
    who(cetak, "--semua", "semua guru")
    cetak.add_argument("--status", metavar="S", default="", help='hanya rencana yang keadaannya S, misalnya "belum-dimulai"')
    cetak.add_argument("--apa", metavar="APA", required=True, choices=PAPERS, help=f"dokumennya: {', '.join(PAPERS)}")
    shape = f"bentuknya: {', '.join(FORMATS)} (bawaan: html)"
    cetak.add_argument("--format", metavar="BENTUK", default="html", choices=FORMATS, help=shape)
    folder = cetak.add_argument("--ke", metavar="MAP", required=True, help="folder tujuan; dibuat bila belum ada")
    folder.complete = complete  # type: ignore[attr-defined]
    cetak.add_argument("--timpa", action="store_true", help="timpa berkas yang sudah ada")
    cetak.add_argument("--gabung", action="store_true", help="satu berkas untuk semua guru, kepala sekolah lebih dulu")
    cetak.add_argument("--kualitatif", action="store_true", help="SKP dan lembar isian dengan pendekatan kualitatif")
    cetak.add_argument("--mendatar", action="store_true", help="SKP pada kertas mendatar")
    cetak.add_argument("--latihan", action="store_true", help="dari sekolah latihan, dengan tanda LATIHAN")


PAPERS = ("skp", "paraf", "isian", "tanda-terima", "daftar", "paraf-rapat", "belum-dikonfirmasi", "perbaikan", "keputusan")
FORMATS = ("html", "pdf", "xlsx", "csv", "teks")
