"""What can be written on the command line; nothing is imported here that a command needs to run."""

from __future__ import annotations

import argparse
from typing import Any

from pmm_tui import __version__
from pmm_tui.cli import DEFAULTS
from pmm_tui.cli.indonesian import Parser
from pmm_tui.cli.parser_check import add_check
from pmm_tui.cli.parser_confirm import add_confirm
from pmm_tui.cli.parser_copy import add_copying
from pmm_tui.cli.parser_desk import add_desk
from pmm_tui.cli.parser_import import add_import
from pmm_tui.cli.parser_print import add_print
from pmm_tui.cli.parser_schools import add_school, add_schools
from pmm_tui.cli.parser_send import add_send
from pmm_tui.cli.parser_server import add_server
from pmm_tui.cli.system_parser import add_account_filter, add_atasan, add_systems
from pmm_tui.cli.teacher_parser import add_teacher

EPILOG = """kode keluar:
  0    semua selesai
  1    ada yang ditolak atau perlu diperiksa
  2    perintah atau konfigurasi keliru
  3    program sudah terbuka di jendela lain
  4    penyimpanan bermasalah (disk, basis data)
  5    server tidak terjangkau, atau yang menjawab bukan server kita
  130  dihentikan

Keluaran perintah ditulis ke stdout, keterangan dan kesalahan ke stderr.
Variabel: PMM_TUI_CONFIG, PMM_TUI_DATA, PMM_TUI_SEKOLAH, PMM_TUI_SERVER, PMM_TUI_TOKEN, PMM_TUI_DAPODIK_TOKEN, PMM_TUI_SANDI."""


def build_parser() -> Parser:
    """Build the whole command line; each leaf sets `module` (in `pmm_tui.cli.commands`) and `action`."""
    parser = Parser(
        prog="pmm-tui",
        description="Mengisi Perencanaan Kinerja (SKP) guru dengan papan tik, juga tanpa jaringan.",
        epilog=EPILOG,
    )
    parser.add_argument("--version", action="version", version=f"pmm-tui {__version__}", help="tampilkan versi program")
    parser.add_argument("--config", metavar="BERKAS", help="berkas konfigurasi (TOML)").complete = _FILE  # type: ignore[attr-defined]
    add_school(parser, "")
    parser.set_defaults(**DEFAULTS, parser=parser)
    commands = parser.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    early = (_layar, _latihan, _impor, _daftar, _guru, _rencana, _check, _beda, _cetak)
    for add in (*early, _ajukan, _kirim, _tarik, _katalog, _systems, _schools, _server, _rest):
        add(commands)
    return parser


_FILE = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f"}
_FOLDER = {"bash": "_shtab_compgen_dirs", "zsh": "_files -/", "tcsh": "d"}


def _command(commands: Any, name: str, text: str, module: str, action: str = "", *, of: str = "pjc") -> argparse.ArgumentParser:
    """Add a command; `of` names its common options: p(eriode), j(son), c(onfig), u(ji coba)."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    parser.set_defaults(module=module, action=action, parser=parser)
    if "c" in of:
        option = parser.add_argument("--config", metavar="BERKAS", default=argparse.SUPPRESS, help="berkas konfigurasi (TOML)")
        option.complete = _FILE  # type: ignore[attr-defined]
        if module != "server":
            add_school(parser, argparse.SUPPRESS, module, action)
    if "p" in of:
        parser.add_argument("--periode", metavar="ID", default="", help="periode, misalnya 2026 (bawaan: yang berlaku)")
    if "j" in of:
        parser.add_argument("--json", action="store_true", help="tulis satu dokumen JSON ke stdout")
    if "u" in of:
        parser.add_argument("--uji-coba", action="store_true", help="periksa dan laporkan saja, jangan ubah apa pun")
    return parser


def _layar(commands: Any) -> None:
    _command(commands, "layar", "buka layar pengisian (bawaan)", "layar", of="pc")


def _latihan(commands: Any) -> None:
    practice = _command(commands, "latihan", "berlatih dengan sekolah khayalan di komputer ini", "latihan", of="")
    practice.add_argument("--ulang", action="store_true", help="mulai latihan dari awal")
    practice.add_argument("--tur", action="store_true", help="mulai tur 10 menit, yang mengajar sambil mencoba")
    practice.add_argument("--plt", action="store_true", help="kepala sekolahnya hanya pelaksana tugas")
    practice.add_argument("--kepala", action="store_true", help="berlatih sebagai kepala sekolah, dengan rencana yang menunggu")
    practice.add_argument("--pengembang", action="store_true", help="untuk pembuat program: konsol Textual, gambar layar (Alt+P)")


def _impor(commands: Any) -> None:
    add_import(commands, _command, _FILE)


def _daftar(commands: Any) -> None:
    daftar = _command(commands, "daftar", "tampilkan guru dan keadaan rencananya", "daftar")
    daftar.add_argument(
        "--cari", metavar="TEKS", default="", help="hanya yang nama, nomor, status, jenis PTK atau golongannya cocok"
    )
    text = f"hanya yang begini keadaannya, boleh diulang: {', '.join(STATUS)}"
    daftar.add_argument("--status", metavar="STATUS", action="append", default=[], choices=STATUS, help=text)
    for name, what in (("--kepegawaian", "status kepegawaian"), ("--jenis", "jenis PTK")):
        text = f'hanya {what} ini, boleh diulang; "-": yang kosong'
        daftar.add_argument(name, metavar="NAMA", action="append", default=[], help=text)
    add_account_filter(daftar)
    text = "hanya yang bermasalah, atau yang bermasalah KODE (dari periksa --json); boleh diulang"
    daftar.add_argument("--masalah", metavar="KODE", nargs="?", const="*", action="append", default=[], help=text)
    text = f"urutkan menurut: {', '.join(COLUMNS)} (bawaan: nama)"
    daftar.add_argument("--urut", metavar="KOLOM", choices=COLUMNS, default=COLUMNS[0], help=text)
    daftar.add_argument("--terbalik", action="store_true", help="urutkan terbalik")


STATUS = ("semua", "belum", "siap", "perlu-anda", "antre", "selesai", "belum-dimulai", "draf", "lengkap", "terkirim",
          "perlu-diperbaiki", "bentrok", "disetujui", "dikembalikan", "berubah", "lebih-baru-di-server", "tidak-perlu")  # fmt: skip
"""The groups of states, then each state; `services.roster_filter` and `skp.plan_state` have them."""
COLUMNS = ("nama", "nomor", "jenis", "kepegawaian", "status", "masalah", "bagian", "waktu")


def _guru(commands: Any) -> None:
    add_teacher(commands, _command)


def _systems(commands: Any) -> None:
    add_systems(commands, _command, _FILE)
    add_atasan(commands, _command)


def _schools(commands: Any) -> None:
    add_schools(commands, _command, Parser)


def _rencana(commands: Any) -> None:
    rencana = _command(commands, "rencana", "rencana sebagai berkas teks (TOML)", "rencana_ekspor", of="")
    parts = rencana.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    export = _command(parts, "ekspor", "tulis rencana ke berkas TOML", "rencana_ekspor")
    _who(export, "--semua", "semua guru")
    folder = export.add_argument("--ke", metavar="MAP", required=True, help="folder tujuan; dibuat bila belum ada")
    folder.complete = _FOLDER  # type: ignore[attr-defined]
    export.add_argument("--timpa", action="store_true", help="timpa berkas yang sudah ada")
    impor = _command(parts, "impor", "baca rencana dari berkas TOML sebagai draf", "rencana_impor", of="jcu")
    _file(impor, "berkas", "BERKAS", "berkas rencana, atau folder berisi berkas rencana", nargs="+")
    over = "dari folder: ganti juga rencana yang di komputer ini sudah berisi lain"
    impor.add_argument("--timpa", action="store_true", help=over)
    add_copying(commands, _command, _who)


def _check(commands: Any) -> None:
    add_check(commands, _command)


def _ajukan(commands: Any) -> None:
    add_confirm(commands, _command, _who)
    ajukan = _command(commands, "ajukan", "segel rencana yang lengkap dan masukkan ke Kotak Kirim", "ajukan", of="pjcu")
    _who(ajukan, "--semua-lengkap", "semua rencana yang lengkap dan belum diajukan")
    text = "gantikan revisi ini di server, sesudah melihat bedanya dengan: pmm-tui beda ID"
    ajukan.add_argument("--gantikan", metavar="REVISI", type=int, default=None, help=text)
    add_desk(commands, _command)


def _beda(commands: Any) -> None:
    beda = _command(commands, "beda", "tampilkan beda rencana di sini dengan yang dipegang server", "beda")
    beda.add_argument("id", metavar="ID", help="nomor guru pada daftar, NIP, atau NUPTK")
    choice = beda.add_mutually_exclusive_group()
    choice.add_argument("--ambil", action="store_true", help="pakai milik server sebagai isi di sini; dapat dibatalkan")
    choice.add_argument("--batal", action="store_true", help="kembalikan isi sebelum --ambil")


def _cetak(commands: Any) -> None:
    add_print(commands, _command, _who, _FOLDER)


def _kirim(commands: Any) -> None:
    add_send(commands, _command, _FILE)


def _tarik(commands: Any) -> None:
    _command(commands, "tarik", "ambil data sekolah, guru, rapor dan katalog dari server", "tarik")


def _katalog(commands: Any) -> None:
    katalog = _command(commands, "katalog", "tampilkan katalog yang berlaku, tahap hari ini dan isi yang belum pasti", "katalog")
    text = "periksa berkas katalog saja, tanpa memakainya"
    katalog.add_argument("--periksa", metavar="BERKAS", default="", help=text).complete = _FILE  # type: ignore[attr-defined]


def _server(commands: Any) -> None:
    add_server(commands, _command, _FILE, Parser)


def _rest(commands: Any) -> None:
    cadangan = _command(commands, "cadangan", "salin data ke berkas cadangan yang sudah diperiksa", "cadangan", of="jc")
    cadangan.add_argument("ke", metavar="KE", nargs="?", default="", help="berkas atau folder tujuan, misalnya USB")
    cadangan.add_argument("--buat-folder", action="store_true", help="buat folder tujuan bila belum ada, tanpa bertanya")
    pulihkan = _command(commands, "pulihkan", "kembalikan data dari cadangan dan catatan pemulihan", "pulihkan", of="jc")
    pulihkan.add_argument("berkas", metavar="BERKAS", nargs="?", default="", help="cadangan (bawaan: yang isinya paling banyak)")
    pulihkan.add_argument("--ya", action="store_true", help="ganti juga data utuh yang lebih baru, tanpa bertanya")
    _command(commands, "lokasi", "tampilkan tempat konfigurasi dan data", "lokasi", of="jc")
    _command(commands, "diagnosa", "periksa program, data dan server; tanpa rahasia dan data pribadi", "diagnosa")
    completion = _command(commands, "pelengkap", "tampilkan pelengkap perintah untuk shell", "pelengkap", of="")
    completion.add_argument("shell", metavar="SHELL", choices=SHELL, help=", ".join(SHELL))


SHELL = ("bash", "zsh", "fish", "tcsh", "powershell")


def _who(parser: argparse.ArgumentParser, every: str, text: str) -> None:
    parser.add_argument("id", metavar="ID", nargs="*", help="nomor guru dari daftar, NIP atau NUPTK")
    parser.add_argument(every, action="store_true", dest="semua", help=text)


def _file(parser: argparse.ArgumentParser, name: str, metavar: str, text: str, **more: Any) -> None:
    parser.add_argument(name, metavar=metavar, help=text, **more).complete = _FILE  # type: ignore[attr-defined]
