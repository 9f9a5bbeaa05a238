"""Every run makes the quick forms; `python -m pytest tests/faults --long` the long ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Count = Callable[[int, int], int]


@pytest.fixture
def many(request: pytest.FixtureRequest) -> Count:
    """Pick a count: `many(quick, long)`."""
    old = request.config.getoption("--long")
    return lambda quick, long: long if old else quick
