"""A machine of its own for each journey. They need a pty, so that elsewhere than on Linux they are skipped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.collecting import skipped

if TYPE_CHECKING:
    from tests.journeys.machine import Mesin
    from tests.journeys.real_server import ServerNyata


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip all of them where there is no pty of this kind."""
    return None if sys.platform == "linux" else skipped(module_path, parent, "needs Linux")


@pytest.fixture
def mesin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mesin:
    """Return a fresh machine."""
    from tests.journeys.machine import Mesin  # needs Linux

    monkeypatch.chdir(tmp_path)
    return Mesin(tmp_path)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerNyata]:
    """Return a server with a school and a token that does not run yet."""
    from tests.journeys.real_server import ServerNyata

    server = ServerNyata(tmp_path / "server")
    yield server
    server.stop()
