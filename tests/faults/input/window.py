"""A terminal window that can also paste, and one that hangs up without a word."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.journeys.machine import PROGRAM, Machine
from tests.terminal import Terminal


class Window(Terminal):
    """A window."""

    def paste(self, text: str) -> None:
        """Paste as terminals do, whatever stands in the text."""
        content = b"\x1b[200~" + text.encode("utf-8", "replace") + b"\x1b[201~"
        while content:
            sent = os.write(self._master, content[:1000])  # nothing is read meanwhile: an answer would stand in the paste
            content = content[sent:]


class MuteWindow(Window):
    """A window whose end no signal tells: the program's session has no controlling terminal. `cpu` is what it took in all."""

    cpu = 0.0

    def _start(self, argv: Sequence[str], env: Mapping[str, str], tty: str) -> int:
        opened = [
            (os.POSIX_SPAWN_OPEN, 0, tty, os.O_RDWR | os.O_NOCTTY, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        ]
        return os.posix_spawn(argv[0], argv, env, file_actions=opened, setsid=True)

    def _reap(self) -> int:
        _, status, used = os.wait4(self.pid, 0)
        self.cpu = used.ru_utime + used.ru_stime
        return os.waitstatus_to_exitcode(status)

    def cpu_now(self) -> float:
        """Seconds of a processor that it took up to now."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_window(machine: Machine, *arguments: str, term: str = "xterm-256color", mute: bool = False, **other: str) -> Window:
    """Start the program in a window; `other` is added to its environment."""
    return (MuteWindow if mute else Window)([*PROGRAM, *arguments], machine.env | other, term=term)
