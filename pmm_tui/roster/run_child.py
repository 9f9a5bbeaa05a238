"""Running the bounded child process that reads what comes from outside."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from pathlib import Path

from pmm_tui.errors import InputError
from pmm_tui.roster.child import TOO_HEAVY

SECONDS = 4.0
"""Seconds that the child may take, its own start included (0.1 s; 1 s for 5,000 teachers)."""

_ENVIRONMENT = ("SYSTEMROOT", "PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")

_log = logging.getLogger("pmm_tui.roster")


def run_child(content: int | bytes, module: str, *arguments: str) -> bytes:
    """Run a module of this package as the child on an open file or on bytes, and return what it wrote; raises InputError.

    Neither the path nor anything personal is in its arguments.
    """
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(str(Path(place).absolute()) for place in sys.path)  # also zipapps and checkouts
    try:
        child = subprocess.Popen(  # noqa: S603  (our own module in our own interpreter)
            [sys.executable, "-P", "-X", "utf8", "-m", f"pmm_tui.roster.{module}", *arguments],
            stdin=subprocess.PIPE if isinstance(content, bytes) else content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError:
        raise InputError(
            "program pembaca tidak dapat dijalankan; tutup program lain untuk memberi ruang, lalu coba lagi."
        ) from None
    began = time.monotonic()
    with child:
        try:
            output = child.communicate(content if isinstance(content, bytes) else None, timeout=SECONDS)[0]
        except subprocess.TimeoutExpired:
            _log.info("child killed, too slow")
            raise InputError(TOO_HEAVY) from None
        finally:
            child.kill()
    _log.info("child ended with code %d after %d ms, %d bytes", child.returncode, (time.monotonic() - began) * 1000, len(output))
    return output
