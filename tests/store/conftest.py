"""A store in a temporary folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database goes; its folder is not there yet."""
    return tmp_path / "data" / "pmm-tui.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An open store."""
    with Store.open(path) as opened:
        yield opened
