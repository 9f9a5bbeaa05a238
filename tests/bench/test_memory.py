"""Opening and closing plans gives back what it took: the real program on a terminal, its peak memory before and after."""

from __future__ import annotations

import pytest

from tests.bench.install import installed
from tests.bench.measure import Measure
from tests.bench.program import SIZE

MOST = 2.0
"""MB by which the peak may grow, however often it is done."""


@pytest.mark.parametrize("thrifty", [False, True], ids=["penuh", "hemat"])
def test_plans_that_are_closed_take_no_memory(request: pytest.FixtureRequest, *, thrifty: bool) -> None:
    """After the first plan the peak grows by at most 2 MB: 40 plans here, a thousand in the long form."""
    times = 1000 if request.config.getoption("--long") else 40
    with installed() as p, Measure(p.argv, p.machine(thrifty=thrifty), size=SIZE) as t:
        t.wait("Agus Salim", "Bantuan")
        t.silence(1.0)
        _open_and_close(t)
        before = t.peak()
        for number in range(times):
            if number % 10 == 9:
                t.press("down")
            _open_and_close(t)
        assert t.peak() - before <= MOST
        t.leave("f12")


def _open_and_close(t: Measure) -> None:
    t.press("enter")
    t.wait("Data Diri", without="Daftar Guru")
    t.press("escape")
    t.wait("Daftar Guru")
