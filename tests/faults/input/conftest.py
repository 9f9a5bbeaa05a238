"""What the tests of the input share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.faults.input.cases import Computer


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real store in a folder of its own."""
    with Store.open(tmp_path / "uji.db") as store:
        yield store


@pytest.fixture
def k(tmp_path: Path) -> Computer:
    """A computer with a few honest teachers."""
    k = Computer(tmp_path / "rumah")
    k.content()
    return k
