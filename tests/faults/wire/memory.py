"""How much memory the process takes at most while something runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_STATUS, _RESET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Peak:
    """Bytes more than at the beginning, at the highest point; 0 where the system does not tell."""

    bytes = 0


@contextmanager
def peak() -> Iterator[Peak]:
    """Measure the block: the resident size is set back to now before it (Linux; elsewhere nothing is measured)."""
    found = Peak()
    with suppress(OSError):
        _RESET.write_text("5")
    before = _kilobytes("VmRSS")
    yield found
    found.bytes = max(0, _kilobytes("VmHWM") - before) * 1024


def _kilobytes(name: str) -> int:
    try:
        told = re.search(rf"{name}:\s*(\d+) kB", _STATUS.read_text())
    except OSError:
        return 0
    return int(told[1]) if told else 0
