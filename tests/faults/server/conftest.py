"""Servers in this process and in their own, on a disk in memory where there is one: what a disk does is not the question here."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.server.limits import Limits
from pmm_tui.skp.model import Pegawai
from tests.faults.server.server_kit import Process
from tests.faults.wire.server_process import Parent
from tests.server.sample_school import RunningServer, SampleSchool

MakeServer = Callable[..., RunningServer]
MakeSchool = Callable[..., SampleSchool]
MakeProcess = Callable[[Path], Process]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one case."""
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="pmm-peladen-", dir=memory if memory.is_dir() else None))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def make_server(folder: Path) -> Iterator[MakeServer]:
    """Start servers in threads of this process, each on a file of its own, or on `database`."""
    running: list[RunningServer] = []

    def make(limits: Limits | None = None, **more: Any) -> RunningServer:
        own = folder / f"s{len(running)}"
        own.mkdir()
        running.append(RunningServer(own, limits or Limits(login_burst=1_000_000), **more))
        return running[-1]

    yield make
    for one in running:
        one.stop()


@pytest.fixture
def make_school() -> Iterator[MakeSchool]:
    """Make schools on a server."""
    made: list[SampleSchool] = []

    def make(server: RunningServer, *pegawai: Pegawai) -> SampleSchool:
        made.append(SampleSchool(server.url, server.database, pegawai))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def parent() -> Iterator[Parent]:
    """What starts servers in processes."""
    mother = Parent()
    yield mother
    mother.close()


@pytest.fixture
def make_process(parent: Parent) -> Iterator[MakeProcess]:
    """Start servers in processes of their own."""
    running: list[Process] = []

    def make(database: Path) -> Process:
        running.append(Process(parent, database))
        return running[-1]

    yield make
    for one in running:
        one.kill()
