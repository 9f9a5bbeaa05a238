"""The passphrase of a transfer file: from a private file, the environment or the terminal, never from the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import is_terminal
from pmm_tui.errors import ConfigError, UsageError
from pmm_tui.private_file import read_private
from pmm_tui.services.transfer import passphrase_fault

_LIMIT = 4096  # bytes of the file with it
_TRIES = 3


def get_passphrase(context: RunContext, file: str, *, new: bool) -> str:
    """The passphrase; a `new` one is checked, and at a terminal asked for twice. Raises UsageError, ConfigError."""
    found, source = _given(context, file)
    if not source:
        return _asked(context, new=new)
    if new and (fault := passphrase_fault(found)):
        raise ConfigError(f"{source}: {fault}")
    if not found:
        raise ConfigError(f"{source}: kosong; isi kata sandi berkas kiriman.")
    return found


def _given(context: RunContext, file: str) -> tuple[str, str]:
    if file:
        path = Path(file).expanduser()
        content = read_private(path, _LIMIT, "kata sandi")
        if len(content) > _LIMIT:
            raise ConfigError(f"{path}: terlalu panjang untuk kata sandi; tulis kata sandinya saja, satu baris.")
        return content.decode("utf-8-sig", "replace").rstrip("\r\n"), str(path)
    return context.env.get("PMM_TUI_SANDI", ""), "PMM_TUI_SANDI" if context.env.get("PMM_TUI_SANDI") else ""


def _asked(context: RunContext, *, new: bool) -> str:
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        raise UsageError("Kata sandi berkas belum diberikan; isi PMM_TUI_SANDI, atau tunjuk berkas dengan --sandi-berkas.")
    from getpass import getpass  # lazy: only where somebody is asked

    if new:
        context.out.say(
            "Kata sandi minimal 8 huruf. Tanpa kata sandi ini berkasnya tidak dapat dibuka siapa pun; catat di tempat lain."
        )
    try:
        for left in reversed(range(_TRIES)):
            found = getpass("Kata sandi berkas: ")
            fault = passphrase_fault(found) if new else "" if found else "Kata sandinya kosong."
            if new and not fault and getpass("Sekali lagi: ") != found:
                fault = "Kedua kata sandi tidak sama."
            if not fault:
                return found
            if left:  # asked anew at once: a command that ended here had the next try typed into the shell, in clear
                context.out.say(f"{fault} Ketik sekali lagi dari awal.")
    except EOFError:
        raise UsageError("Kata sandi tidak diberikan; ulangi perintahnya.") from None
    raise UsageError(f"{fault} Tidak ada yang ditulis; ulangi perintahnya.")
