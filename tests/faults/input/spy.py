"""Looks at every process that descends from this one, again and again: its arguments and its environment."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct


class Visible(Struct, frozen=True):
    """What was seen of one process: the words of its command line, its environment, and its parent's command line."""

    argv: bytes
    env: bytes
    parent: bytes


class Spy:
    """What was seen, by process id; a process that runs another program is seen again."""

    def __init__(self) -> None:
        self.visible: dict[tuple[int, bytes], Visible] = {}
        self._stop = threading.Event()

    def watch(self) -> None:
        """Look until told to stop."""
        while not self._stop.wait(0.002):
            self._look(os.getpid(), b"")

    def _look(self, pid: int, parent: bytes) -> None:
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            children = [child for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            return
        for child in map(int, children):
            try:
                argv = Path(f"/proc/{child}/cmdline").read_bytes()
                env = Path(f"/proc/{child}/environ").read_bytes()
            except OSError:
                continue
            if argv and env:
                self.visible[(child, argv[:200])] = Visible(argv, env, parent)
            self._look(child, argv)

    def about(self, word: bytes) -> list[Visible]:
        """The processes with a word in their command line."""
        return [one for one in self.visible.values() if word in one.argv]

    def children(self, word: bytes) -> list[Visible]:
        """Those that a process with this word in its command line started, once they run a program of their own."""
        return [one for one in self.visible.values() if word in one.parent and one.argv != one.parent]


@contextmanager
def spy() -> Iterator[Spy]:
    """Look from another thread."""
    watcher = Spy()
    thread = threading.Thread(target=watcher.watch)
    thread.start()
    try:
        yield watcher
    finally:
        watcher._stop.set()
        thread.join()
