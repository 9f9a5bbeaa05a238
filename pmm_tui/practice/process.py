"""Runs the practice mode's server as a process of its own, as long as it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pmm_tui.errors import PmmError, ServerError, UsageError
from pmm_tui.extras import install_command
from pmm_tui.practice.loopback import ACTING, HEAD, MISSING


@contextmanager
def practice_server(folder: Path, acting_head: bool, head: bool = False) -> Iterator[str]:
    """Run the practice server as a child, with plans that wait where the `head` practises; gives its address.

    Raises UsageError, ServerError.
    """
    told = [word for word, so in ((ACTING, acting_head), (HEAD, head)) if so]
    command = [sys.executable, "-P", "-m", "pmm_tui.practice.loopback", str(folder), *told]
    pipe = subprocess.PIPE
    child = subprocess.Popen(  # noqa: S603  our own module, no shell
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=_environment()
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        url = child.stdout.readline().strip()
        if not url:
            _, trouble = child.communicate(timeout=10)
            raise _why(trouble)
        yield url
    finally:
        child.stdin.close()  # the server ends with its input
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        child.stdout.close()
        if child.stderr:
            child.stderr.close()


def _environment() -> dict[str, str]:
    """Ours, without the user's token and places; the child finds the modules that we found, and none of the working folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PMM_TUI_")}
    return env | {"PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path)}


def _why(trouble: str) -> PmmError:
    if trouble.startswith(MISSING):
        return UsageError(f"Latihan butuh paket server; pasang dengan: {install_command('server')}")
    last = trouble.strip().splitlines()[-1:] or ["berhenti tanpa keterangan; coba lagi."]
    return ServerError(f"Server latihan tidak dapat dijalankan: {last[0]}")
