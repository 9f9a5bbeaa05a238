"""A machine of its own for each journey. They need a pty, so that elsewhere than on Linux they are skipped."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.collecting import skipped

if TYPE_CHECKING:
    from tests.journeys.machine import Machine
    from tests.journeys.real_server import RealServer


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip all of them where there is no pty of this kind."""
    return None if sys.platform == "linux" else skipped(module_path, parent, "needs Linux")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return a fresh machine."""
    from tests.journeys.machine import Machine  # needs Linux

    monkeypatch.chdir(tmp_path)
    return Machine(tmp_path)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RealServer]:
    """Return a server with a school and a token that does not run yet."""
    from tests.journeys.real_server import RealServer

    server = RealServer(tmp_path / "server")
    yield server
    server.stop()
