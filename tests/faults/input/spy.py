"""Looks at every process that descends from this one, again and again: its arguments and its environment."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct


class Terlihat(Struct, frozen=True):
    """What was seen of one process: the words of its command line, its environment, and its parent's command line."""

    argv: bytes
    env: bytes
    induk: bytes


class Pengintai:
    """What was seen, by process id; a process that runs another program is seen again."""

    def __init__(self) -> None:
        self.terlihat: dict[tuple[int, bytes], Terlihat] = {}
        self._berhenti = threading.Event()

    def intai(self) -> None:
        """Look until told to stop."""
        while not self._berhenti.wait(0.002):
            self._lihat(os.getpid(), b"")

    def _lihat(self, pid: int, induk: bytes) -> None:
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except OSError:
            return
        for child in map(int, children):
            try:
                argv = Path(f"/proc/{child}/cmdline").read_bytes()
                env = Path(f"/proc/{child}/environ").read_bytes()
            except OSError:
                continue
            if argv and env:
                self.terlihat[(child, argv[:200])] = Terlihat(argv, env, induk)
            self._lihat(child, argv)

    def tentang(self, kata: bytes) -> list[Terlihat]:
        """The processes with a word in their command line."""
        return [satu for satu in self.terlihat.values() if kata in satu.argv]

    def anak(self, kata: bytes) -> list[Terlihat]:
        """Those that a process with this word in its command line started, once they run a program of their own."""
        return [satu for satu in self.terlihat.values() if kata in satu.induk and satu.argv != satu.induk]


@contextmanager
def pengintai() -> Iterator[Pengintai]:
    """Look from another thread."""
    intai = Pengintai()
    thread = threading.Thread(target=intai.intai)
    thread.start()
    try:
        yield intai
    finally:
        intai._berhenti.set()
        thread.join()
