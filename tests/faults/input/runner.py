"""Runs cases of bad input through the real command line in a process of its own, and prints a JSON line for each.

Run as `python -m tests.faults.input.runner FOLDER PART OF` on a folder that `prepare` made. The process is the measure of its own
memory, so that all of a part together stay under the bound of one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from tests.faults.input.cases import Case, Computer
from tests.faults.input.in_process import environment, stream, text
from tests.roster.measure import memory

NOBODY = 65_534
PATIENCE = 15
"""Seconds after which a case is called hung."""
_TABLES = ("pegawai", "draf", "kiriman")


class Stalled(BaseException):
    """Nothing in the program may catch it."""


class CaseResult(Struct, frozen=True, kw_only=True):
    """What one case came to. `lost` are rows or bytes that were there before; `remaining` are half-made files that stayed."""

    name: str
    code: int
    out: str
    err: str
    seconds: float
    memory: int
    trace: str = ""
    lost: tuple[str, ...] = ()
    remaining: tuple[str, ...] = ()


class ReadyCase(Struct, frozen=True):
    """A case made ready: its command line and its environment."""

    name: str
    argv: tuple[str, ...]
    env: dict[str, str]


def prepare(folder: Path, cases: Iterable[Case]) -> None:
    """Make the files of the cases; another process than the measured one does this, as some files are bombs."""
    template = Computer(folder / "pola")
    template.content()
    ready = []
    for number, one in enumerate(cases):
        home = folder / str(number)
        shutil.copytree(template.home, home)
        k = Computer(home)
        argv = tuple(str(part) for part in one.ready(k))
        ready.append(ReadyCase(one.name, tuple(map(_to_json, argv)), {name: _to_json(content) for name, content in k.env.items()}))
    (folder / "siap.json").write_bytes(msgspec.json.encode(ready))


def main(folder: Path, part: int, parts: int) -> None:
    """Run every `parts`-th case of a folder that was made ready, from `part` on."""
    from tests.faults.input.case_table import table

    cases = table()
    for number, ready in enumerate(msgspec.json.decode((folder / "siap.json").read_bytes(), type=list[ReadyCase])):
        if number % parts == part:
            result = run_case(cases[ready.name], ready, folder / str(number))
            print(msgspec.json.encode(result).decode(), flush=True)


def run_case(case: Case, ready: ReadyCase, home: Path) -> CaseResult:
    """Run one case."""
    from pmm_tui.cli.main import main as pmm_tui

    k = Computer(home)
    k.env = {name: _from_json(content) for name, content in ready.env.items()}
    argv = [_from_json(part) for part in ready.argv]
    rows = _rows(k.database)
    original = (home / case.original).read_bytes() if case.original else b""
    out, err = stream(), stream()
    trace, code = "", -1
    begun = time.perf_counter()
    signal.signal(signal.SIGALRM, _stalled)
    signal.alarm(PATIENCE)
    with environment(k), _as_user(case, k), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = pmm_tui(argv)
        except BaseException:
            trace = traceback.format_exc()
        finally:
            signal.alarm(0)
    return CaseResult(
        name=case.name,
        code=code,
        out=text(out),
        err=text(err),
        seconds=time.perf_counter() - begun,
        memory=memory(),
        trace=trace,
        lost=_lost_file(k, original) if case.original else tuple(sorted(rows - _rows(k.database))) if case.whole else (),
        remaining=tuple(str(path.relative_to(home)) for path in home.rglob(".*.*-*") if path.is_file()),
    )


def _to_json(text: str) -> str:
    """Bytes of no encoding, which a command line may hold, as JSON can carry them."""
    return os.fsencode(text).decode("latin-1")


def _from_json(text: str) -> str:
    return os.fsdecode(text.encode("latin-1"))


def _stalled(*_: object) -> None:
    raise Stalled


@contextlib.contextmanager
def _as_user(case: Case, k: Computer) -> Iterator[None]:
    """As somebody whom file modes stop."""
    if not case.not_root or os.geteuid() != 0:
        yield
        return
    for path in (k.home, *k.home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _rows(database: Path) -> set[str]:
    """Every row of the records."""
    if not database.is_file():
        return set()
    try:
        with contextlib.closing(sqlite3.connect(database)) as connection:
            return {f"{table} {row!r}" for table in _TABLES for row in connection.execute(f"SELECT * FROM {table}")}
    except sqlite3.Error:
        return set()


def _lost_file(k: Computer, original: bytes) -> tuple[str, ...]:
    """The file that stood in the database's place, unless its bytes are still somewhere."""
    here = (path for path in k.home.rglob("*") if path.is_file() and path.stat().st_size == len(original))
    return () if any(path.read_bytes() == original for path in here) else ("berkas asli",)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
