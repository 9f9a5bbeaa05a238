"""The mother of victims: she has everything imported, and each victim is a fork of her that runs the program's own `main`.

A fork differs from a program that was started in that its modules are loaded already; files, terminal, environment, threads and
database are its own.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import sys
import traceback
from contextlib import suppress
from typing import Any

from tests.faults.storage.syscalls import Call, die_at


def _mother() -> None:
    _import_all()
    for line in sys.stdin:
        asked = json.loads(line)
        # Open before the answer and until the victim has taken it: a terminal that nobody has open hangs up.
        held = os.open(asked["tty"] or os.devnull, os.O_RDWR | os.O_NOCTTY)
        if (pid := os.fork()) == 0:
            _victim(**asked)
        os.close(held)
        _answer(pid)
        _answer(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _import_all() -> None:
    import pmm_tui
    from pmm_tui.skp.katalog_reader import bundled
    from tests.faults.storage import victim  # noqa: F401  victims work in it

    for module in pkgutil.walk_packages(pmm_tui.__path__, "pmm_tui."):
        if not module.name.startswith("pmm_tui.server") and not module.name.endswith(("__main__", ".windows_driver")):
            importlib.import_module(module.name)
    bundled()


def _answer(what: Any) -> None:
    os.writev(1, [(json.dumps(what) + "\n").encode()])  # none of the calls that are counted


def _victim(env: dict[str, str], work: list[str], call: Call | None, tty: str, files: tuple[str, str]) -> None:
    code = 70
    try:
        os.environ.clear()
        os.environ.update(env)
        os.setsid()
        os.chdir(env["HOME"])
        _take(tty, files)
        if call:
            die_at(*call, in_database_thread=bool(tty))
        code = _work(work)
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError):
                stream.flush()
    except BaseException:
        traceback.print_exc()
    os._exit(code)


def _take(tty: str, files: tuple[str, str]) -> None:
    """Let standard input and outputs be the terminal, or files."""
    write = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    names = [(tty, os.O_RDWR)] * 3 if tty else [(os.devnull, os.O_RDONLY), (files[0], write), (files[1], write)]
    for number, (name, flags) in enumerate(names):
        opened = os.open(name, flags, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    streams = {
        "stdin": os.fdopen(0, encoding="utf-8", closefd=False),
        "stdout": os.fdopen(1, "w", encoding="utf-8", closefd=False),
        "stderr": os.fdopen(2, "w", encoding="utf-8", closefd=False, buffering=1),
    }
    for name, stream in streams.items():
        vars(sys).update({name: stream, f"__{name}__": stream})


def _work(work: list[str]) -> int:
    if work and work[0].startswith(":"):
        from tests.faults.storage import victim

        return int(getattr(victim, work[0][1:])(*work[1:]) or 0)
    from pmm_tui.cli.main import main

    return main(work)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _mother()
