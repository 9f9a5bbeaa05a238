"""Finds the command, runs it, and turns every error into one sentence and an exit code."""

from __future__ import annotations

import os
from types import SimpleNamespace
from typing import TYPE_CHECKING

from pmm_tui.cli import BAWAAN
from pmm_tui.cli.output import Output, console
from pmm_tui.errors import PmmError, StorageError
from pmm_tui.text import clean, shorten

if TYPE_CHECKING:
    import argparse

DIHENTIKAN = 130


def utama(arguments: list[str]) -> int:
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
        return _refused("Dihentikan.", DIHENTIKAN, arguments, out)
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
        return SimpleNamespace(**BAWAAN)  # type: ignore[return-value]
    from pmm_tui.cli.parser import build_parser

    return build_parser().parse_args(arguments)


def _run(args: argparse.Namespace, out: Output) -> int:
    # Lazy, all three: `--help` and `--version` need neither the configuration nor any command.
    from importlib import import_module

    from pmm_tui.cli.context import Konteks
    from pmm_tui.locations import locate

    konteks = Konteks(env=os.environ, locations=locate(os.environ), out=out, config=args.config, periode=args.periode)
    code: int = import_module(f"pmm_tui.cli.commands.{args.modul}").run(args, konteks)
    return code


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
