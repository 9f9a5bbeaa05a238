"""Child processes that are none: what the program starts runs here, in the test's own process."""

from __future__ import annotations

import io
import json
import os
import subprocess
from typing import Any

from pmm_tui.errors import InputError
from pmm_tui.roster.child import read


class RosterChild:
    """Reads a roster file as the program's child does, without its limits; takes the place of `subprocess.Popen`."""

    returncode = 0

    def __init__(self, command: list[str], *, stdin: int, **_: Any) -> None:
        with os.fdopen(os.dup(stdin), "rb") as file:
            try:
                found = read(file.read(), *map(json.loads, command[-2:]))
            except InputError as error:
                found = {"complaint": error.sentence, "headings": list(getattr(error, "headings", ()))}
        self._document = json.dumps(found).encode("ascii")

    def __enter__(self) -> RosterChild:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """It has ended already."""

    def communicate(self, given: bytes | None = None, *, timeout: float) -> tuple[bytes, None]:
        """What it wrote; the list is on its standard input as an open file."""
        assert given is None
        assert timeout > 0
        return self._document, None

    def kill(self) -> None:
        """It has ended already."""


class ServerChild:
    """A practice server that says `told` and `trouble`, and notes how it was started and ended.

    `slow` makes it stay when its input ends, until it is killed.
    """

    def __init__(self, told: str, trouble: str = "", *, slow: bool = False) -> None:
        self.stdin, self.stdout, self.stderr = io.StringIO(), io.StringIO(told), io.StringIO(trouble)
        self.trouble, self.slow = trouble, slow
        self.command: list[str] = []
        self.env: dict[str, str] = {}
        self.killed = False

    def __call__(self, command: list[str], *, env: dict[str, str], **_: Any) -> ServerChild:
        """Be started."""
        self.command, self.env = command, env
        return self

    def communicate(self, timeout: float) -> tuple[str, str]:
        """What it said before it ended."""
        assert timeout > 0
        return "", self.trouble

    def wait(self, timeout: float | None = None) -> int:
        """End with its input, or when it is killed."""
        assert self.stdin.closed
        if self.slow and not self.killed:
            raise subprocess.TimeoutExpired("server", timeout or 0)
        return 0

    def kill(self) -> None:
        """End it."""
        self.killed = True
