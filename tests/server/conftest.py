"""One running server for the tests of a module, and a school of its own for each test.

With `--postgresql-url` (an empty PostgreSQL database, and psycopg installed) that server runs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.server.limits import Limits
from pmm_tui.skp.model import Pegawai
from tests.server.sample_school import MakeSekolah, RunningServer, SampleSchool


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[RunningServer]:
    """A server whose bucket for failed logins never runs dry."""
    database = request.config.getoption("--postgresql-url")
    running = RunningServer(tmp_path_factory.mktemp("server"), Limits(login_burst=1_000_000), database)
    yield running
    running.stop()


@pytest.fixture
def make_sekolah(server: RunningServer) -> Iterator[MakeSekolah]:
    """Make further schools; `server` can be another running one."""
    made: list[SampleSchool] = []

    def make(*pegawai: Pegawai, plt: bool = False, server: RunningServer = server) -> SampleSchool:
        made.append(SampleSchool(server.url, server.database, pegawai, plt))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def sekolah(make_sekolah: MakeSekolah) -> SampleSchool:
    """A school without teachers and with a definitive head."""
    return make_sekolah()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[object]:
    """Start servers with other limits; each has a database of its own."""
    running: list[RunningServer] = []

    def start(limits: Limits | None = None, **more: object) -> RunningServer:
        folder = tmp_path / f"server-{len(running)}"
        running.append(RunningServer(folder, limits, **more))
        return running[-1]

    yield start
    for one in running:
        one.stop()
