"""What can be written behind `pmm-tui rapor`, `belajar-id`, `bantu-sinkron` and `atasan`; a part of `parser`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from pmm_tui.cli.indonesian import Parser

Command = Callable[..., argparse.ArgumentParser]

ACCOUNT_STATES = ("belum-dicek", "tidak-ada", "belum-aktif", "aktif", "lupa-sandi", "bukan-induk")
"""The states of an account; `skp.account` has them."""


def add_systems(commands: Any, command: Command, file: dict[str, str]) -> None:
    """Add what the other systems of the school need; `command` adds a command with the options that all share."""
    _rapor(commands, command, file)
    _belajar_id(commands, command, file)
    help_text = "cari pesan e-Kinerja atau Sinkron: sebabnya, di mana dan oleh siapa diperbaiki, langkahnya"
    helped = command(commands, "bantu-sinkron", help_text, "bantu_sinkron", of="jc")
    helped.add_argument("teks", metavar="TEKS", nargs="*", help="sebagian pesannya; kosong: semua yang ada di daftar")


def add_account_filter(daftar: argparse.ArgumentParser) -> None:
    """Add the filter of `pmm-tui daftar` by accounts."""
    text = f"hanya yang akun belajar.id-nya begini, boleh diulang: {', '.join(ACCOUNT_STATES)}"
    daftar.add_argument("--belajar-id", metavar="KEADAAN", action="append", default=[], choices=ACCOUNT_STATES, help=text)


def add_atasan(commands: Any, command: Command) -> None:
    """Add `pmm-tui atasan`."""
    text = "tampilkan atau isi atasan kepala sekolah (kepala dinas), sekali untuk sekolah ini"
    atasan = command(commands, "atasan", text, "atasan", of="jcu")
    for name, what in _ATASAN.items():
        atasan.add_argument(f"--{name}", metavar="ISI", default=None, help=what)


_ATASAN = {
    "nama": "nama lengkap dengan gelar", "nip": "NIP, 18 angka", "pangkat": "misalnya Pembina Utama Muda, IV/c",
    "jabatan": "misalnya Kepala Dinas Pendidikan", "unit-kerja": "misalnya Dinas Pendidikan Kabupaten Contoh",
}  # fmt: skip


def _rapor(commands: Any, command: Command, file: dict[str, str]) -> None:
    rapor = command(commands, "rapor", "Rapor Pendidikan sekolah: ambil dari unduhan, isi sendiri, tampilkan", "rapor", of="")
    parts = rapor.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    taken = command(parts, "impor", "ambil capaian dari unduhan Rapor Pendidikan (XLSX)", "rapor", "impor", of="pjcu")
    taken.add_argument("berkas", metavar="BERKAS", help="berkas unduhan").complete = file  # type: ignore[attr-defined]
    taken.add_argument("--ya", action="store_true", help="pakai juga bila berkasnya tidak menyebut sekolah mana pun")
    typed = command(parts, "isi", "isi capaian dengan tangan; yang tidak disebut tetap", "rapor", "isi", of="pjcu")
    text = "id komponen atau indikator dan capaiannya (baik, sedang, kurang); kosong sesudah =: lepaskan isian itu"
    typed.add_argument("capaian", metavar="ID=CAPAIAN", nargs="+", help=text)
    command(parts, "tampil", "tampilkan capaian yang berlaku dan dari mana", "rapor", "tampil", of="pjc")
    text = "pakai Rapor Pendidikan dari server, lepaskan yang diimpor dan diisi sendiri"
    command(parts, "pakai-server", text, "rapor", "pakai-server", of="pjcu")


def _belajar_id(commands: Any, command: Command, file: dict[str, str]) -> None:
    accounts = command(commands, "belajar-id", "akun belajar.id guru: ambil dari CSV, tandai, tampilkan", "belajar_id", of="")
    parts = accounts.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    text = "ambil akun dari unduhan PTK (CSV atau XLSX); kolom sandi dibuang tanpa dibaca"
    taken = command(parts, "impor", text, "belajar_id", "impor", of="jcu")
    taken.add_argument("berkas", metavar="BERKAS", help="berkas unduhan").complete = file  # type: ignore[attr-defined]
    text = "keadaan akun yang keadaannya tidak disebut berkas dan belum diketahui (bawaan: belum-aktif)"
    taken.add_argument("--keadaan", choices=ACCOUNT_STATES[2:], default="belum-aktif", help=text)
    taken.add_argument("--timpa", action="store_true", help="ganti juga akun tersimpan yang berbeda, sesudah melihat bedanya")
    marked = command(parts, "tandai", "tandai keadaan akun guru menurut pemeriksaan hari ini", "belajar_id", "tandai", of="jcu")
    marked.add_argument("id", metavar="ID", nargs="+", help="nomor guru dari daftar, NIP atau NUPTK")
    marked.add_argument("--keadaan", choices=ACCOUNT_STATES, required=True, help=", ".join(ACCOUNT_STATES))
    marked.add_argument("--akun", metavar="ALAMAT", default=None, help="alamat akunnya, untuk seorang guru")
    shown = command(parts, "tampil", "tampilkan akun setiap guru dan keadaannya", "belajar_id", "tampil", of="jc")
    shown.add_argument("--belum-punya", action="store_true", help="hanya yang belum punya akun, dan apa yang dilakukan")
