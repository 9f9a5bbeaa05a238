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
from tests.faults.server.server_kit import Proses
from tests.faults.wire.server_process import Induk
from tests.server.sample_school import SekolahUji, ServerUji

BuatServer = Callable[..., ServerUji]
BuatSekolah = Callable[..., SekolahUji]
BuatProses = Callable[[Path], Proses]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for one case."""
    memory = Path("/dev/shm")
    made = Path(tempfile.mkdtemp(prefix="pmm-peladen-", dir=memory if memory.is_dir() else None))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def buat_server(folder: Path) -> Iterator[BuatServer]:
    """Start servers in threads of this process, each on a file of its own, or on `database`."""
    running: list[ServerUji] = []

    def make(limits: Limits | None = None, **more: Any) -> ServerUji:
        own = folder / f"s{len(running)}"
        own.mkdir()
        running.append(ServerUji(own, limits or Limits(login_burst=1_000_000), **more))
        return running[-1]

    yield make
    for one in running:
        one.stop()


@pytest.fixture
def buat_sekolah() -> Iterator[BuatSekolah]:
    """Make schools on a server."""
    made: list[SekolahUji] = []

    def make(server: ServerUji, *pegawai: Pegawai) -> SekolahUji:
        made.append(SekolahUji(server.url, server.database, pegawai))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="session")
def induk() -> Iterator[Induk]:
    """What starts servers in processes."""
    mother = Induk()
    yield mother
    mother.close()


@pytest.fixture
def buat_proses(induk: Induk) -> Iterator[BuatProses]:
    """Start servers in processes of their own."""
    running: list[Proses] = []

    def make(database: Path) -> Proses:
        running.append(Proses(induk, database))
        return running[-1]

    yield make
    for one in running:
        one.kill()
