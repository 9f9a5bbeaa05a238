"""Processes to be killed: how a test asks the mother (`nursery`) for one, hears of its end, and sees its terminal."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from tests.faults.storage.syscalls import CALLS, Call
from tests.journeys.machine import PROGRAM
from tests.terminal import Terminal

_ROOT = Path(__file__).parents[3]


class Ending(Struct, frozen=True):
    """How a victim ended: its exit code, negative for a signal, and what it had said."""

    code: int
    out: str
    err: str

    @property
    def killed(self) -> bool:
        """Whether it was killed before its end."""
        return self.code == -signal.SIGKILL


class Parent:
    """The mother. `fault` is what befalls her victims at the call that is named, as strace's `inject` says it."""

    def __init__(self, folder: Path, fault: str = "") -> None:
        self._out, self._err = folder / "out", folder / "err"
        strace = ["strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={CALLS}"]
        strace += ["-e", f"inject={CALLS}:{fault}"]
        command = [*(strace if fault else []), sys.executable, "-m", "tests.faults.storage.nursery"]
        self._process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def close(self) -> None:
        """End her."""
        self._process.communicate(timeout=20)

    def start(
        self, env: Mapping[str, str], *work: str, call: Call | None = None, tty: str = "", files: tuple[str, str] = ("", "")
    ) -> int:
        """Start a victim; returns its process id. `work` is a command line of the program, or `:` and a function of `victim`.

        With `call` the mother's fault befalls it at that call: of its database's thread on a terminal, else of all that it does.
        """
        self._tell({"env": dict(env), "work": work, "call": call, "tty": tty, "files": files})
        pid: int = self._hear()
        return pid

    def wait(self) -> int:
        """How the victim ended."""
        code: int = self._hear()
        return code

    def run(self, env: Mapping[str, str], *work: str | Path, call: Call | None = None) -> Ending:
        """Start a victim and wait for its end."""
        self.start(env, *map(str, work), call=call, files=(str(self._out), str(self._err)))
        return self.end()

    def end(self) -> Ending:
        """Wait for the end of the victim that was started with `files`, and tell it."""
        code = self.wait()
        return Ending(code, self._out.read_text("utf-8", "replace"), self._err.read_text("utf-8", "replace"))

    def kill(self, pid: int) -> Ending:
        """SIGKILL the victim that was started with `begin`; how it ended, which may have been before."""
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self.end()

    def begin(self, env: Mapping[str, str], *work: str | Path) -> int:
        """Start a victim that `end` waits for."""
        for path in (self._out, self._err):
            path.write_bytes(b"")  # the victim may die before it does so
        return self.start(env, *map(str, work), files=(str(self._out), str(self._err)))

    def _tell(self, what: Any) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def _hear(self) -> Any:
        assert self._process.stdout is not None
        return json.loads(self._process.stdout.readline())


class ParentTerminal(Terminal):
    """A terminal with the screen on it: a fork of the mother, or without her the program itself."""

    def __init__(
        self, parent: Parent | None, env: Mapping[str, str], *, work: Sequence[str] = (), call: Call | None = None
    ) -> None:
        self._parent, self._call = parent, call
        super().__init__(work if parent else PROGRAM, env)

    def __enter__(self) -> Self:
        return self

    def _start(self, argv: Sequence[str], env: Mapping[str, str], tty: str) -> int:
        if self._parent is None:
            return super()._start(argv, env, tty)
        return self._parent.start(env, *argv, call=self._call, tty=tty)

    def _reap(self) -> int:
        return self._parent.wait() if self._parent else super()._reap()

    def look(self, seconds: float) -> None:
        """Look at the screen for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            while self.draw():
                pass
            if not self.read(left) and self._over:
                return

    def already_dead(self) -> bool:
        """Whether it has ended by itself, or at its call."""
        patience = 5 if self._over else 0  # the dying let go of their terminal first
        return bool(select.select([self._pidfd], [], [], patience)[0])

    def kill_now(self) -> None:
        """SIGKILL, now; then read what it had still written."""
        with suppress(ProcessLookupError):
            self.kill(signal.SIGKILL)
        self.exit_code()
        self.screen()
