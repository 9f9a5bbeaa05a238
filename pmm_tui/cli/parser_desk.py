"""What can be written on the command line by a head: the commands of the desk."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any


def add_desk(commands: Any, command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add `antrean` and `putuskan`; `command` adds one command with its common options."""
    desk = command(commands, "antrean", "rencana yang menunggu keputusan kepala sekolah, atau satu rencana selengkapnya", "antrean")
    one = "tampilkan rencana guru ini; sesudah itu tercatat sudah dibaca"
    desk.add_argument("id", metavar="ID", nargs="?", default="", help=one)
    every = "semua guru, juga yang sudah diputuskan dan yang belum mengajukan"
    desk.add_argument("--semua", action="store_true", help=every)
    past = "tampilkan semua revisi dan keputusan rencana guru ini, menurut server"
    desk.add_argument("--riwayat", action="store_true", help=past)
    text = "setujui atau kembalikan rencana yang sudah dibaca, sebagai kepala sekolah"
    decide = command(commands, "putuskan", text, "putuskan", of="pjcu")
    decide.add_argument("id", metavar="ID", nargs="+", help="nomor guru dari antrean, NIP atau NUPTK")
    choice = decide.add_mutually_exclusive_group(required=True)
    for word, means in (
        ("setujui", "setujui; rencana terkunci"),
        ("kembalikan", "kembalikan kepada guru, dengan catatan"),
        ("buka", "buka kembali rencana yang sudah disetujui, dengan alasan; yang lama tetap tersimpan"),
    ):
        choice.add_argument(f"--{word}", action="store_const", const=word, dest="keputusan", help=means)
    decide.add_argument("--catatan", metavar="TEKS", default="", help="catatan untuk guru; wajib selain untuk --setujui")
    ready = "alasan siap pakai dari katalog, di depan catatan; boleh diulang"
    decide.add_argument("--alasan", metavar="ALASAN", action="append", default=[], help=ready)
    expected = "Ekspektasi Khusus Pimpinan untuk satu perilaku; boleh diulang (bawaan: milik sekolah)"
    decide.add_argument("--ekspektasi", metavar="PERILAKU=TEKS", action="append", default=[], help=expected)
