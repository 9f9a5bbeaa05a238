"""Finds the command, runs it, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pmm_tui.cli import DEFAULTS, INTERRUPTED
from pmm_tui.cli.output import Output, console
from pmm_tui.errors import PmmError, StorageError
from pmm_tui.text import clean, shorten

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from pmm_tui.cli.context import RunContext


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit code."""
    out = console()
    code = _guarded(arguments, out)
    try:
        out.flush()
    except PmmError as error:
        return _refused(error.sentence, error.exit_code, [], out)
    return code


def _guarded(arguments: list[str], out: Output) -> int:
    try:
        return _run(_parsed(arguments), out)
    except SystemExit as ended:  # argparse after --help and --version
        return ended.code if isinstance(ended.code, int) else 0
    except PmmError as error:
        return _refused(error.sentence, error.exit_code, arguments, out)
    except KeyboardInterrupt:
        return _refused("Dihentikan.", INTERRUPTED, arguments, out)
    except BrokenPipeError:  # argparse writes its help by itself
        out.raw("")
        return 0
    except OSError as error:  # a place that cannot be used and that nobody asked before using it
        return _refused(_place_fault(error), StorageError.exit_code, arguments, out)
    except Exception as error:
        return _refused(_our_fault(error), PmmError.exit_code, arguments, out)


def _parsed(arguments: list[str]) -> argparse.Namespace:
    """What a command line asks for. The bare name, which opens the screen, needs no parser: that starts it sooner and smaller."""
    if not arguments:
        return SimpleNamespace(**DEFAULTS)  # type: ignore[return-value]
    from pmm_tui.cli.parser import build_parser

    return build_parser().parse_args(arguments)


def _run(args: argparse.Namespace, out: Output) -> int:
    # Lazy, both: `--help` and `--version` need neither the configuration nor any command.
    from pmm_tui.cli.context import RunContext
    from pmm_tui.locations import locate

    context = RunContext(env=os.environ, locations=locate(os.environ), out=out, config=args.config, periode=args.periode)
    context = _at_school(args, context)
    if level := os.environ.get("PMM_TUI_LOG", "").strip():
        from pmm_tui.cli.debug_log import run_logged  # lazy: only for those who look for a fault

        return run_logged(level, context.locations.log_folder, args.module, lambda: _command(args.module)(args, context))
    return _command(args.module)(args, context)


def _at_school(args: argparse.Namespace, context: RunContext) -> RunContext:
    """The surroundings of the school that is meant; a computer that keeps only one is not asked."""
    from pmm_tui.private_file import is_folder  # lazy: `--help` needs no file

    named = args.sekolah or os.environ.get("PMM_TUI_SEKOLAH", "").strip()
    if not (named or is_folder(context.locations.schools_folder)) or args.module in ("server", "pelengkap"):
        return context
    from pmm_tui.cli.kept_schools import TICKS, choose  # lazy: only where several schools are kept

    ticks = getattr(args, "tick", None) or getattr(args, "untick", None)
    chosen = choose(context, named, args.module, TICKS if ticks else args.action)
    chosen.out.school = chosen.school if chosen.several else ""  # so that the next command, as it is told, is of the same one
    return chosen


def _command(module: str) -> Callable[[argparse.Namespace, RunContext], int]:
    """The command that a module of `cli.commands` holds; each is imported only when it is the one that was asked for."""
    match module:
        case "layar":
            from pmm_tui.cli.commands.layar import run as command
        case "latihan":
            from pmm_tui.cli.commands.latihan import run as command
        case "impor":
            from pmm_tui.cli.commands.impor import run as command
        case "daftar":
            from pmm_tui.cli.commands.daftar import run as command
        case "guru":
            from pmm_tui.cli.commands.guru import run as command
        case "rencana_ekspor":
            from pmm_tui.cli.commands.rencana_ekspor import run as command
        case "rencana_impor":
            from pmm_tui.cli.commands.rencana_impor import run as command
        case "salin":
            from pmm_tui.cli.commands.salin import run as command
        case "templat":
            from pmm_tui.cli.commands.templat import run as command
        case "bawa":
            from pmm_tui.cli.commands.bawa import run as command
        case "urungkan":
            from pmm_tui.cli.commands.urungkan import run as command
        case "periksa":
            from pmm_tui.cli.commands.periksa import run as command
        case "beda":
            from pmm_tui.cli.commands.beda import run as command
        case "cetak":
            from pmm_tui.cli.commands.cetak import run as command
        case "konfirmasi":
            from pmm_tui.cli.commands.konfirmasi import run as command
        case "ajukan":
            from pmm_tui.cli.commands.ajukan import run as command
        case "antrean":
            from pmm_tui.cli.commands.antrean import run as command
        case "putuskan":
            from pmm_tui.cli.commands.putuskan import run as command
        case "kirim":
            from pmm_tui.cli.commands.kirim import run as command
        case "terima":
            from pmm_tui.cli.commands.terima import run as command
        case "tarik":
            from pmm_tui.cli.commands.tarik import run as command
        case "katalog":
            from pmm_tui.cli.commands.katalog import run as command
        case "rapor":
            from pmm_tui.cli.commands.rapor import run as command
        case "belajar_id":
            from pmm_tui.cli.commands.belajar_id import run as command
        case "bantu_sinkron":
            from pmm_tui.cli.commands.bantu_sinkron import run as command
        case "atasan":
            from pmm_tui.cli.commands.atasan import run as command
        case "sekolah":
            from pmm_tui.cli.commands.sekolah import run as command
        case "server":
            from pmm_tui.cli.commands.server import run as command
        case "cadangan":
            from pmm_tui.cli.commands.cadangan import run as command
        case "pulihkan":
            from pmm_tui.cli.commands.pulihkan import run as command
        case "lokasi":
            from pmm_tui.cli.commands.lokasi import run as command
        case "diagnosa":
            from pmm_tui.cli.commands.diagnosa import run as command
        case "pelengkap":
            from pmm_tui.cli.commands.pelengkap import run as command
        case _:
            raise AssertionError(f"the parser names no command {module}")
    return command


def _refused(sentence: str, code: int, arguments: list[str], out: Output) -> int:
    out.say(sentence)
    if "--json" in arguments:
        out.document({"galat": sentence, "kode": code})
    return code


def _place_fault(error: OSError) -> str:
    from pmm_tui.private_file import reason  # lazy: rare

    where = shorten(clean(str(error.filename)), 300) if error.filename else "Berkas atau folder"
    return f"{where}: tidak dapat dipakai ({reason(error)}); periksa tempat dan izinnya."


def _our_fault(error: Exception) -> str:
    if isinstance(error, ModuleNotFoundError):
        return f"Pemasangan tidak lengkap: paket {error.name} tidak ada; pasang ulang pmm-tui."
    try:
        from pmm_tui.crash_report import write_report  # lazy: bugs are rare
        from pmm_tui.locations import locate

        path = write_report(error, locate(os.environ).report_folder)
    except Exception:
        return "Program keliru dan laporannya tidak dapat disimpan. Draf Anda aman; coba sekali lagi."
    return f"Program keliru. Draf Anda aman. Kirim laporan ini kepada pembuat program: {path}."
