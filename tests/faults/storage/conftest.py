"""What the storage tests share: a folder in memory, the mother of victims, a running server, and the figures at the end.

They need Linux; those that kill at a chosen call or follow the calls need strace too. Where that is missing they are skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.collecting import skipped

if TYPE_CHECKING:
    from tests.faults.storage.parent import Parent
    from tests.journeys.real_server import RealServer

Record = Callable[..., None]

_WITH_STRACE = ("test_syscalls_screen.py", "test_syscalls_commands.py", "test_power_cut.py", "test_refused.py")
_FIGURES: pytest.StashKey[Counter[str]] = pytest.StashKey()


@cache
def _strace() -> bool:
    """Whether strace is there and may follow a process."""
    command = ["strace", "-f", "-o", os.devnull, "true"]
    return bool(shutil.which("strace")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip what this system cannot do."""
    if sys.platform != "linux":
        return skipped(module_path, parent, "needs Linux")
    return skipped(module_path, parent, "needs strace") if module_path.name in _WITH_STRACE and not _strace() else None


@pytest.fixture(scope="session")
def _memory() -> Iterator[Path]:
    """A folder in memory where there is one: a kill does not test the disk, and the power cut has a disk of its own."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="pmm-uji-", dir=shared if os.access(shared, os.W_OK) else None) as name:
        yield Path(name)


@pytest.fixture
def folder(_memory: Path) -> Iterator[Path]:
    """A folder of the test's own."""
    with tempfile.TemporaryDirectory(dir=_memory) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def parent(_memory: Path) -> Iterator[Parent]:
    """The mother of victims."""
    yield from _mother(_memory)


@pytest.fixture(scope="session")
def traced_parent(_memory: Path) -> Iterator[Parent]:
    """The mother of victims that die at a call."""
    from tests.faults.storage.syscalls import DEAD

    yield from _mother(_memory, DEAD)


@pytest.fixture
def refused_parent(_memory: Path, request: pytest.FixtureRequest) -> Iterator[Parent]:
    """The mother of victims whose calls are refused as the parameter says."""
    yield from _mother(_memory, request.param)


def _mother(memory: Path, fault: str = "") -> Iterator[Parent]:
    from tests.faults.storage.parent import Parent  # needs Linux

    with tempfile.TemporaryDirectory(dir=memory) as name:
        parent = Parent(Path(name), fault)
        yield parent
        parent.close()


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A small disk of its own, where the system lets us have one."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this system does not let us mount a disk of our own")
    yield place
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


@pytest.fixture(scope="module")
def server(_memory: Path) -> Iterator[RealServer]:
    """The reference server, running; a module's tests have teachers of their own."""
    from tests.journeys.real_server import RealServer  # needs Linux

    with tempfile.TemporaryDirectory(dir=_memory) as name:
        server = RealServer(Path(name) / "server")
        server.start()
        yield server
        server.stop()


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Record:
    """Count towards the figures that are told at the end."""
    figures = request.config.stash.setdefault(_FIGURES, Counter())

    def note(**counts: int) -> None:
        figures.update(counts)

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Tell the figures."""
    if found := config.stash.get(_FIGURES, None):
        terminalreporter.write_line("storage: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in found.items()))
