"""Runs the practice mode's server as a process of its own, behind the screen, as long as it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple

from pmm_tui.errors import PmmError, ServerError, UsageError
from pmm_tui.extras import install_command
from pmm_tui.practice.loopback import ACTING, HEAD, HEAD_TOKEN, MISSING, TOKEN

_NEEDED = ("starlette", "uvicorn", "sqlalchemy")


class Reached(NamedTuple):
    """Where the practice server answers, and the token that it knows."""

    url: str
    token: str


class PracticeServer:
    """The practice server as a child process: starts when it is first asked for, ends with the `with` block.

    A thread waits for its first line, so that nobody else has to. One that could not be started is tried again when asked again.
    """

    def __init__(self, folder: Path, acting_head: bool, head: bool = False) -> None:
        """Nothing is started yet; plans wait where the `head` practises. Raises UsageError where its packages are missing."""
        if not all(find_spec(name) for name in _NEEDED):
            raise _why(MISSING)
        self._folder, self.acting_head, self.head = folder, acting_head, head
        self._child: subprocess.Popen[str] | None = None
        self._answer: Future[Reached] | None = None
        self._thread: Thread | None = None
        self._lock, self._closed = Lock(), False

    def __enter__(self) -> PracticeServer:
        return self

    def __exit__(self, *_: object) -> None:
        """End the child, with its input; one that is still starting does not listen to that, and has nothing to finish."""
        with self._lock:
            self._closed = True
        if self._answer is None or self._thread is None:
            return
        child = self._child
        if child and not self._answer.done():
            child.kill()
        self._thread.join()
        if child:
            _end(child)

    @property
    def trouble(self) -> BaseException | None:
        """Why it does not run, where it was asked for and could not be started."""
        return self._answer.exception() if self._answer is not None and self._answer.done() else None

    def reach(self) -> Future[Reached]:
        """Where it answers, as soon as it does; the future holds a PmmError where it could not be started."""
        if self._answer is None or self.trouble:
            self._answer = Future()
            self._answer.set_running_or_notify_cancel()  # so that nobody who stops waiting calls it off for the others
            self._thread = Thread(target=self._start, args=(self._answer,), name="server-latihan", daemon=True)
            self._thread.start()
        return self._answer

    def _start(self, answer: Future[Reached]) -> None:
        try:
            answer.set_result(self._started())
        except OSError as error:
            answer.set_exception(_why(f"{error.strerror or type(error).__name__}."))
        except BaseException as error:  # a bug of ours ends the screen, as any other does
            answer.set_exception(error)

    def _started(self) -> Reached:
        with self._lock:
            if self._closed:
                raise _why("")
            child = self._child = self._popen()
        assert child.stdout is not None
        try:
            if url := child.stdout.readline().strip():
                return Reached(url, (self._folder / (HEAD_TOKEN if self.head else TOKEN)).read_text("ascii").strip())
            _, trouble = child.communicate(timeout=10)
            raise _why(trouble)
        except BaseException:
            child.kill()
            _end(child)
            raise

    def _popen(self) -> subprocess.Popen[str]:
        told = [word for word, so in ((ACTING, self.acting_head), (HEAD, self.head)) if so]
        pipe = subprocess.PIPE
        return subprocess.Popen(  # noqa: S603  our own module, no shell
            [sys.executable, "-P", "-m", "pmm_tui.practice.loopback", str(self._folder), *told],
            stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", env=_environment(),
        )  # fmt: skip


def _end(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    child.stdin.close()
    try:
        child.wait(5)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    for pipe in (child.stdout, child.stderr):
        if pipe:
            pipe.close()


def _environment() -> dict[str, str]:
    """Ours, without the user's token and places; the child finds the modules that we found, and none of the working folder."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PMM_TUI_")}
    return env | {"PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path)}


def _why(trouble: str) -> PmmError:
    if trouble.startswith(MISSING):
        return UsageError(f"Latihan butuh paket server; pasang dengan: {install_command('server')}")
    last = trouble.strip().splitlines()[-1:] or ["berhenti tanpa keterangan; coba lagi."]
    return ServerError(f"Server latihan tidak dapat dijalankan: {last[0]}")
