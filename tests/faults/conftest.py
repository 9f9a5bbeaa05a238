"""The one switch between the quick forms, which every run makes, and the long ones: `python -m pytest tests/faults --long`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Banyak = Callable[[int, int], int]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--long`."""
    parser.addoption("--long", action="store_true", default=False, help="run the long forms of the fault tests (hours)")


@pytest.fixture
def banyak(request: pytest.FixtureRequest) -> Banyak:
    """Pick a count: `banyak(quick, long)`."""
    lama = bool(request.config.getoption("--long", default=False))
    return lambda quick, long: long if lama else quick
