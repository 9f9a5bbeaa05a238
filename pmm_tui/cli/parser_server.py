"""What can be written on the command line about the reference server."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Command = Callable[..., argparse.ArgumentParser]
ROLES = ("operator", "kepala_sekolah", "keduanya")


def add_server(commands: Any, command: Command, file: dict[str, str], parser_class: type[argparse.ArgumentParser]) -> None:
    """Add `server` and what is below it; `command` adds one command with its common options, `file` completes a path."""
    server = command(commands, "server", "jalankan atau atur server acuan", "server", "jalan", of="c")
    server.add_argument("--alamat", default="127.0.0.1", help="alamat untuk mendengarkan (bawaan: 127.0.0.1)")
    server.add_argument("--port", type=int, default=8711, help="port (bawaan: 8711)")
    _database(server, "")
    for name, text in (("--tls-sertifikat", "sertifikat TLS (PEM)"), ("--tls-kunci", "kunci TLS (PEM)")):
        server.add_argument(name, metavar="BERKAS", help=text).complete = file  # type: ignore[attr-defined]
    parts = server.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=parser_class)
    _token(parts, command, parser_class)
    sekolah = command(parts, "sekolah", "isi data sekolah dan gurunya di server", "server", "sekolah", of="")
    sekolah.add_argument("--npsn", required=True, help="NPSN sekolah")
    for name, text in (("--profil", "profil sekolah (TOML)"), ("--guru", "berkas Daftar Guru dari Dapodik")):
        sekolah.add_argument(name, metavar="BERKAS", help=text).complete = file  # type: ignore[attr-defined]
    _database(sekolah, argparse.SUPPRESS)


def _token(parts: Any, command: Command, parser_class: type[argparse.ArgumentParser]) -> None:
    token = command(parts, "token", "token masuk ke server", "server", "token", of="")
    actions = token.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=parser_class)
    create = command(actions, "buat", "buat token dan tampilkan sekali", "server", "token-buat", of="")
    create.add_argument("--npsn", required=True, help="NPSN sekolah")
    create.add_argument("--peran", required=True, choices=ROLES, help="peran pemegang token")
    create.add_argument("--berlaku", metavar="HARI", type=int, default=None, help="masa berlaku dalam hari (bawaan: tanpa batas)")
    create.add_argument("--nama", default="", help='nama yang dibaca rekan di samping rencana kiriman, misalnya "Laptop TU"')
    listed = command(actions, "daftar", "tampilkan token yang ada, tanpa isinya", "server", "token-daftar", of="j")
    revoke = command(actions, "cabut", "cabut token", "server", "token-cabut", of="")
    revoke.add_argument("id", metavar="ID", help="id dari token daftar")
    for parser in (create, listed, revoke):
        _database(parser, argparse.SUPPRESS)


def _database(parser: argparse.ArgumentParser, default: Any) -> None:
    parser.add_argument("--database", metavar="URL", default=default, help="URL SQLAlchemy (bawaan: SQLite di folder data)")
