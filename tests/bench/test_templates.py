"""What a template over a big school costs, beside judging it once in the same run."""

from __future__ import annotations

import shutil
from pathlib import Path
from statistics import median

from tests.bench.templates import MB, PERIODE, command, fill, use_template

MANY, ROUNDS = 1000, 3
MOST = 3.0
"""Times the processor time of `periksa`, which judges each plan once; the trial does so too, puts plans together, and writes."""


def test_a_template_over_a_thousand_plans(tmp_path: Path) -> None:
    """It takes at most 60 MB, and a small multiple of what it takes to read and judge those plans."""
    sample = tmp_path / "sample"
    fill(sample, MANY)
    times = []
    for number in range(ROUNDS):
        folder = tmp_path / str(number)
        shutil.copytree(sample, folder)
        judged = command(folder, "periksa", "--periode", PERIODE)
        used = use_template(folder)
        assert used.memory <= MB
        times.append(used.cpu / judged.cpu)
    assert median(times) <= MOST, times
