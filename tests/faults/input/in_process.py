"""Runs the command line in this process, with an environment of its own and its two streams caught as bytes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.faults.input.cases import Computer


class Output(Struct, frozen=True):
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)

    @property
    def everything(self) -> str:
        """Both streams."""
        return self.out + self.err


def stream() -> io.TextIOWrapper:
    """A stream as a terminal in UTF-8 is one."""
    return io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n")


def text(stream: io.TextIOWrapper) -> str:
    """What was written to such a stream."""
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8", "backslashreplace")


@contextlib.contextmanager
def environment(k: Computer) -> Iterator[None]:
    """The computer's environment and working folder, for a while."""
    before, folder = dict(os.environ), Path.cwd()
    os.environ.clear()
    os.environ.update(k.env)
    time.tzset()
    os.chdir(k.work)
    try:
        yield
    finally:
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(before)
        time.tzset()


def run_program(k: Computer, *argv: str | Path) -> Output:
    """Run a command line."""
    from pmm_tui.cli.main import main

    out, err = stream(), stream()
    with environment(k), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(part) for part in argv])
    return Output(code, text(out), text(err))
