"""Laptops and servers for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.two_laptops import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A folder for servers and laptops of one test."""
    made = World(tmp_path)
    yield made
    made.close()
