"""`pmm-tui server`: run the reference server, and set up its tokens and schools."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec import Struct, structs

from pmm_tui.cli.context import RunContext
from pmm_tui.errors import InputError, UsageError
from pmm_tui.extras import install_command
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.toml_text import read_toml
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, Sekolah

MAX_PROFILE = 256 * 1024


class SchoolProfile(Struct, frozen=True, kw_only=True):
    """A school as `--profil` tells it: the school's own keys, and its results by period (`[rapor."2026"]`)."""

    nama: str = ""
    jenjang: str = ""
    kepala_sekolah: KepalaSekolah = KepalaSekolah()
    rapor: dict[str, Rapor] = {}


def run(args: argparse.Namespace, context: RunContext) -> int:
    """Run the server until it is stopped, or one of its commands."""
    database = args.database or str(context.locations.server_database)
    work = {
        "jalan": _serve,
        "token-buat": _make_token,
        "token-daftar": _list_tokens,
        "token-cabut": _revoke_token,
        "sekolah": _load_school,
    }[args.action]
    try:
        return work(args, context, database)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "sqlalchemy"):
            raise
        raise UsageError(f"Server butuh paket tambahan; pasang dengan: {install_command('server')}") from None


# Each imports its part of the server lazily: the program itself works without the server's packages.


def _serve(args: argparse.Namespace, context: RunContext, database: str) -> int:
    from pmm_tui.server.serve import serve

    def ready(url: str) -> None:
        context.out.line(url)
        context.out.say("Server siap; hentikan dengan Ctrl+C.")

    serve(
        args.alamat,
        args.port,
        database,
        on_ready=ready,
        log=context.out.say,
        say=context.out.say,
        katalog=context.full_katalog(),
        tls_certificate=Path(args.tls_sertifikat) if args.tls_sertifikat else None,
        tls_key=Path(args.tls_kunci) if args.tls_kunci else None,
    )
    return 0


def _make_token(args: argparse.Namespace, context: RunContext, database: str) -> int:
    from pmm_tui.server.tokens import create_token

    context.out.line(create_token(database, args.npsn, args.peran, days_valid=args.berlaku, label=args.nama))
    context.out.say("Simpan token ini sekarang; tidak dapat ditampilkan lagi.")
    return 0


def _list_tokens(args: argparse.Namespace, context: RunContext, database: str) -> int:
    from pmm_tui.server.tokens import list_tokens

    tokens = list_tokens(database)
    if args.json:
        context.out.document({"token": [structs.asdict(token) for token in tokens]})
    else:
        rows = [(t.id, t.npsn, t.peran, t.dibuat, t.habis or "-", t.dicabut or "-", t.nama or "-") for t in tokens]
        context.out.table(("ID", "NPSN", "Peran", "Dibuat", "Habis", "Dicabut", "Nama"), rows)
    return 0


def _revoke_token(args: argparse.Namespace, context: RunContext, database: str) -> int:
    from pmm_tui.server.tokens import revoke_token

    revoke_token(database, args.id)
    context.out.say("Token dicabut; permintaan berikutnya dengan token itu ditolak.")
    return 0


def _load_school(args: argparse.Namespace, context: RunContext, database: str) -> int:
    from pmm_tui.server.sekolah import load_school

    profile = _profile(Path(args.profil)) if args.profil else None
    pegawai, refused = _teachers(Path(args.guru), context) if args.guru else ((), 0)
    sekolah = Sekolah(npsn=args.npsn.strip().upper())
    if profile:
        sekolah = structs.replace(sekolah, nama=profile.nama, jenjang=profile.jenjang, kepala_sekolah=profile.kepala_sekolah)
    load = load_school(database, sekolah, pegawai, profile.rapor if profile else None)
    context.out.say(f"Guru: {load.new} baru, {load.updated} diperbarui, {load.same} sama, {refused} ditolak.")
    return int(refused > 0)


def _teachers(path: Path, context: RunContext) -> tuple[tuple[Pegawai, ...], int]:
    """The teachers of a Dapodik file, and how many rows were refused; those are told."""
    from pmm_tui.roster.read import read_roster
    from pmm_tui.services.clock_check import check_clock

    if wrong := check_clock(context.now(), None).sentence:
        context.out.say(wrong)
    reading = read_roster(path, context.full_katalog(), context.today())
    for told in reading.notes:
        context.out.say(told)
    for row in reading.rows:
        for note in row.reasons:
            context.out.say(f"{row.place} ditolak: {row.name.removesuffix('.')}. {note.column}: {note.message}")
    gone = [row for row in reading.rows if row.pegawai is not None and row.left]
    for row in gone:
        context.out.say(f'{row.place} dilewati: {row.name.removesuffix(".")}. Menurut berkas: "{row.left}".')
    found = tuple(row.pegawai for row in reading.rows if row.pegawai is not None and not row.left)
    return found, len(reading.rows) - len(found) - len(gone)


def _profile(path: Path) -> SchoolProfile:
    text = read_text(
        path,
        MAX_PROFILE,
        InputError,
        unreadable=lambda why: f"{path}: profil sekolah tidak dapat dibaca ({why}); periksa --profil.",
        too_large=f"{path}: lebih besar dari {MAX_PROFILE // 1024} kB; tunjuk profil sekolah yang benar dengan --profil.",
        not_utf8=lambda _: f"{path}: bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    return read_toml(text, SchoolProfile, str(path))
