"""Every run makes the quick forms; `python -m pytest tests/faults --long` the long ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Banyak = Callable[[int, int], int]


@pytest.fixture
def banyak(request: pytest.FixtureRequest) -> Banyak:
    """Pick a count: `banyak(quick, long)`."""
    lama = request.config.getoption("--long")
    return lambda quick, long: long if lama else quick
