"""One running server for the tests of a module, and a school of its own for each test.

With `--postgresql-url` (an empty PostgreSQL database, and psycopg installed) that server runs on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.server.limits import Limits
from pmm_tui.skp.model import Pegawai
from tests.server.sample_school import MakeSekolah, SekolahUji, ServerUji


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[ServerUji]:
    """A server whose bucket for failed logins never runs dry."""
    database = request.config.getoption("--postgresql-url")
    running = ServerUji(tmp_path_factory.mktemp("server"), Limits(login_burst=1_000_000), database)
    yield running
    running.stop()


@pytest.fixture
def make_sekolah(server: ServerUji) -> Iterator[MakeSekolah]:
    """Make further schools; `server` can be another running one."""
    made: list[SekolahUji] = []

    def make(*pegawai: Pegawai, plt: bool = False, server: ServerUji = server) -> SekolahUji:
        made.append(SekolahUji(server.url, server.database, pegawai, plt))
        return made[-1]

    yield make
    for satu in made:
        satu.close()


@pytest.fixture
def sekolah(make_sekolah: MakeSekolah) -> SekolahUji:
    """A school without teachers and with a definitive head."""
    return make_sekolah()


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[object]:
    """Start servers with other limits; each has a database of its own."""
    running: list[ServerUji] = []

    def start(limits: Limits | None = None, **more: object) -> ServerUji:
        folder = tmp_path / f"server-{len(running)}"
        running.append(ServerUji(folder, limits, **more))
        return running[-1]

    yield start
    for satu in running:
        satu.stop()
