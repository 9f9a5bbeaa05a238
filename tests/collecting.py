"""Files of tests that this system cannot run: each is a skip that is counted, not a file that vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


class _Skipped(pytest.Module):
    reason = ""

    def collect(self) -> Iterator[pytest.Item]:
        """Skip all of it, without importing it."""
        raise pytest.skip.Exception(self.reason, allow_module_level=True)


def skipped(path: Path, parent: pytest.Collector, reason: str) -> pytest.Module:
    """Stand for a file of tests that cannot be run here."""
    module: _Skipped = _Skipped.from_parent(parent, path=path)
    module.reason = reason
    return module
