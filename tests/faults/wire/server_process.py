"""The real server in a process of its own, which can be killed and started again within a few hundredths of a second.

Where there is `fork`, one process has everything imported and every server is its copy; elsewhere each is started anew.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[3]
_WAIT = 20.0
_FORKS = hasattr(os, "fork")


class Parent:
    """Starts servers; `close` when the last has ended."""

    def __init__(self) -> None:
        self._mother = _python("--mother") if _FORKS else None

    def start(self, database: str, pem: str = "") -> tuple[int, int, subprocess.Popen[str] | None]:
        """Start a server on a free port; returns its process id, its port, and the process where it is our own child."""
        process = self._mother or _python("--one")
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([database, pem]) + "\n")
        process.stdin.flush()
        pid, port = json.loads(process.stdout.readline())
        return pid, port, None if self._mother else process

    def close(self) -> None:
        """End the mother."""
        if self._mother is not None:
            self._mother.communicate(timeout=_WAIT)


class ServerProcess:
    """One server on one database, started at once; `port` is new after each `start`. With `pem` it speaks TLS."""

    def __init__(self, parent: Parent, database: Path, pem: Path | None = None) -> None:
        self.database = database
        self._pem = str(pem or "")
        self.port = 0
        self._parent = parent
        self._pid = 0
        self._child: subprocess.Popen[str] | None = None
        self.start()

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return bool(self._pid)

    def start(self) -> None:
        """Start it on the database that it had; returns when it answers."""
        self._pid, self.port, self._child = self._parent.start(str(self.database), self._pem)

    def kill(self) -> None:
        """SIGKILL, at whatever it does; returns when it is gone."""
        if not self._pid:
            return
        if self._child is not None:
            self._child.kill()
            self._child.communicate(timeout=_WAIT)
        else:
            os.kill(self._pid, signal.SIGKILL)
            end = time.monotonic() + _WAIT
            with suppress(ProcessLookupError):
                while time.monotonic() < end:
                    os.kill(self._pid, 0)
                    time.sleep(0.002)
        self._pid = 0

    @contextmanager
    def killed_after(self, seconds: float) -> Iterator[None]:
        """Kill it so many seconds after the block has begun; at the latest at its end."""
        timer = threading.Timer(seconds, self.kill)
        timer.start()
        try:
            yield
        finally:
            timer.join()


def _python(argument: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.faults.wire.server_process", argument]
    return subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _serve(order: str, told: Any) -> None:
    """Serve until killed, as one line of JSON says; tells process id and port first. Wrong tokens are never counted."""
    from pmm_tui.server.limits import Limits
    from pmm_tui.server.serve import serve

    database, pem = json.loads(order)
    tls = {"tls_certificate": Path(pem), "tls_key": Path(pem)} if pem else {}

    def ready(url: str) -> None:
        print(json.dumps([os.getpid(), int(url.rsplit(":", 1)[1])]), file=told, flush=True)

    serve("127.0.0.1", 0, database, on_ready=ready, stop=threading.Event(), limits=Limits(login_burst=1_000_000), **tls)


def _mother() -> None:
    """Read orders from standard input; for each one fork a server."""
    import pmm_tui.server.serve  # noqa: F401  each fork would import it again
    from pmm_tui.skp.katalog_reader import bundled

    bundled()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the servers
    for line in sys.stdin:
        if os.fork() == 0:
            os.close(0)
            threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
            _serve(line, sys.stdout)
            os._exit(0)


def _end_with_parent(parent: int) -> None:
    """No server outlives the tests, however they ended."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


if __name__ == "__main__":
    if sys.argv[1] == "--mother":
        _mother()
    else:
        _serve(sys.stdin.readline(), sys.stdout)
