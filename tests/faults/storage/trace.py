"""Every write, sync and change of a name that a program makes, as strace tells it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

_CALLS = (
    "openat,close,lseek,write,pwrite64,sendfile,ftruncate,fsync,fdatasync,rename,link,linkat,unlink,unlinkat,mkdir,rmdir,dup,dup2"
)
_ROOT = Path(__file__).parents[3]
_LINE = re.compile(r"^(\d+) +(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+)")
_UNFINISHED = " <unfinished ...>"
_RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")


class Call(Struct, frozen=True):
    """A call that came about: its name, its arguments (texts as bytes), what it returned."""

    name: str
    args: tuple[bytes | str, ...]
    result: int


def record_calls(work: Sequence[str], trace: Path) -> list[Call]:
    """Run a function of `victim` as a process of its own and return what it did to files."""
    command = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-e", "signal=none", "-e", f"trace={_CALLS}", "-o", str(trace)]
    command += [sys.executable, "-m", "tests.faults.storage.victim", *work]
    subprocess.run(command, cwd=_ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, stdout=subprocess.DEVNULL, check=True)
    with trace.open(encoding="ascii") as file:
        return [call for line in _whole(file) if (call := _parsed(line)) is not None]


def _whole(lines: Iterator[str]) -> Iterator[str]:
    """The calls in the order of their ends; one that another thread's interrupted comes in two lines."""
    begun: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            continue
        thread, text = found.groups()
        if text.endswith(_UNFINISHED):
            begun[thread] = text.removesuffix(_UNFINISHED)
        elif rest := _RESUMED.match(text):
            yield begun.pop(thread) + rest[1]
        else:
            yield text


def _parsed(line: str) -> Call | None:
    found = _CALL.match(line)
    if found is None or found[3].startswith("-"):
        return None
    return Call(found[1], tuple(_value(part) for part in found[2].split(", ")), int(found[3]))


def _value(part: str) -> bytes | str:
    return bytes.fromhex(part[1:-1].replace("\\x", "")) if part.startswith('"') else part
