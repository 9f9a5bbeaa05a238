"""The suite's own rules: its lanes, and the files that run first."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest

TESTS = Path(conftest.__file__).parent


def test_what_the_suite_names_is_there() -> None:
    """No folder or file that is marked, waited for or put first has been moved away from under its rule."""
    for name in (*conftest.FOLDERS, *conftest.PATIENT, *conftest.DEAREST, *conftest.SLOW):
        assert (TESTS / name).exists(), name


def test_a_test_without_a_marker_starts_nothing() -> None:
    """A process and a port are refused, by the name of the test that wanted them."""
    with pytest.raises(
        AssertionError, match=r"test_a_test_without_a_marker_starts_nothing does subprocess\.Popen: mark it `process`"
    ):
        subprocess.run([sys.executable, "-c", ""], check=False)
    if sys.platform != "win32":
        with socket.socket() as port, pytest.raises(AssertionError, match=r"does socket\.bind"):
            port.bind(("127.0.0.1", 0))


@pytest.mark.process
def test_a_test_with_one_may() -> None:
    """The marker lets it."""
    assert subprocess.run([sys.executable, "-c", ""], check=False).returncode == 0


def test_every_test_has_a_time_limit(request: pytest.FixtureRequest) -> None:
    """None can hang for ever."""
    assert 0 < float(request.config.getini("timeout")) <= conftest.PATIENCE
