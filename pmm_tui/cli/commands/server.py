"""`pmm-tui server`: run the reference server, and set up its tokens and schools."""

from __future__ import annotations

import argparse
from pathlib import Path

from msgspec import Struct, structs

from pmm_tui.cli.context import Konteks
from pmm_tui.cli.in_force import own_katalog
from pmm_tui.errors import InputError, UsageError
from pmm_tui.shapes.bounded_file import read_text
from pmm_tui.shapes.toml_text import baca_toml
from pmm_tui.skp.katalog import Katalog
from pmm_tui.skp.katalog_reader import bundled
from pmm_tui.skp.model import KepalaSekolah, Pegawai, Rapor, Sekolah

MAX_PROFIL = 256 * 1024


class ProfilSekolah(Struct, frozen=True, kw_only=True):
    """A school as `--profil` tells it: the school's own keys, and its results by period (`[rapor."2026"]`)."""

    nama: str = ""
    jenjang: str = ""
    kepala_sekolah: KepalaSekolah = KepalaSekolah()
    rapor: dict[str, Rapor] = {}


def run(args: argparse.Namespace, konteks: Konteks) -> int:
    """Run the server until it is stopped, or one of its commands."""
    database = args.database or str(konteks.locations.server_database)
    work = {
        "jalan": _serve,
        "token-buat": _make_token,
        "token-daftar": _list_tokens,
        "token-cabut": _revoke_token,
        "sekolah": _load_school,
    }[args.aksi]
    try:
        return work(args, konteks, database)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn", "sqlalchemy"):
            raise
        raise UsageError('Server butuh paket tambahan; pasang dengan: pip install "pmm-tui[server]"') from None


# Each imports its part of the server lazily: the program itself works without the server's packages.


def _serve(args: argparse.Namespace, konteks: Konteks, database: str) -> int:
    from pmm_tui.server.serve import serve

    def ready(url: str) -> None:
        konteks.out.line(url)
        konteks.out.say("Server siap; hentikan dengan Ctrl+C.")

    serve(
        args.alamat,
        args.port,
        database,
        siap=ready,
        catat=konteks.out.say,
        narasi=konteks.out.say,
        katalog=_katalog(konteks),
        tls_sertifikat=Path(args.tls_sertifikat) if args.tls_sertifikat else None,
        tls_kunci=Path(args.tls_kunci) if args.tls_kunci else None,
    )
    return 0


def _katalog(konteks: Konteks) -> Katalog:
    return own_katalog(konteks.config, konteks.config_file) or bundled()


def _make_token(args: argparse.Namespace, konteks: Konteks, database: str) -> int:
    from pmm_tui.server.tokens import buat_token

    konteks.out.line(buat_token(database, args.npsn, args.peran, berlaku_hari=args.berlaku))
    konteks.out.say("Simpan token ini sekarang; tidak dapat ditampilkan lagi.")
    return 0


def _list_tokens(args: argparse.Namespace, konteks: Konteks, database: str) -> int:
    from pmm_tui.server.tokens import daftar_token

    tokens = daftar_token(database)
    if args.json:
        konteks.out.document({"token": [structs.asdict(token) for token in tokens]})
    else:
        rows = [(t.id, t.npsn, t.peran, t.dibuat, t.habis or "-", t.dicabut or "-") for t in tokens]
        konteks.out.table(("ID", "NPSN", "Peran", "Dibuat", "Habis", "Dicabut"), rows)
    return 0


def _revoke_token(args: argparse.Namespace, konteks: Konteks, database: str) -> int:
    from pmm_tui.server.tokens import cabut_token

    cabut_token(database, args.id)
    konteks.out.say("Token dicabut; permintaan berikutnya dengan token itu ditolak.")
    return 0


def _load_school(args: argparse.Namespace, konteks: Konteks, database: str) -> int:
    from pmm_tui.server.sekolah import muat_sekolah

    profil = _profile(Path(args.profil)) if args.profil else None
    pegawai, refused = _teachers(Path(args.guru), konteks) if args.guru else ((), 0)
    sekolah = Sekolah(npsn=args.npsn.strip().upper())
    if profil:
        sekolah = structs.replace(sekolah, nama=profil.nama, jenjang=profil.jenjang, kepala_sekolah=profil.kepala_sekolah)
    muatan = muat_sekolah(database, sekolah, pegawai, profil.rapor if profil else None)
    konteks.out.say(f"Guru: {muatan.baru} baru, {muatan.diperbarui} diperbarui, {muatan.sama} sama, {refused} ditolak.")
    return int(refused > 0)


def _teachers(path: Path, konteks: Konteks) -> tuple[tuple[Pegawai, ...], int]:
    """The teachers of a Dapodik file, and how many rows were refused; those are told."""
    from pmm_tui.roster.read import read_roster

    bacaan = read_roster(path, _katalog(konteks), konteks.today())
    for row in bacaan.baris:
        for catatan in row.alasan:
            konteks.out.say(f"baris {row.baris} ditolak: {row.nama}. {catatan.kolom}: {catatan.pesan}")
    found = tuple(row.pegawai for row in bacaan.baris if row.pegawai is not None)
    return found, len(bacaan.baris) - len(found)


def _profile(path: Path) -> ProfilSekolah:
    text = read_text(
        path,
        MAX_PROFIL,
        InputError,
        unreadable=lambda why: f"{path}: profil sekolah tidak dapat dibaca ({why}); periksa --profil.",
        too_large=f"{path}: lebih besar dari {MAX_PROFIL // 1024} kB; tunjuk profil sekolah yang benar dengan --profil.",
        not_utf8=lambda _: f"{path}: bukan teks UTF-8; simpan ulang berkas itu sebagai UTF-8.",
    )
    return baca_toml(text, ProfilSekolah, str(path))
