"""How soon practice shows its list, beside a bare Textual app in the same run."""

from __future__ import annotations

from statistics import median

from tests.bench.install import installed
from tests.bench.starts import FORTY, MOST, practice, start

ROUNDS = 5


def test_practice_does_not_wait_for_its_server() -> None:
    """Of processor time, which a busy computer changes least, its first list takes at most 1.75 times the bare app's."""
    with installed() as p:
        start([*p.argv, "latihan"], p.machine(), FORTY, "f12")  # the first touch of every file
        times = []
        for _ in range(ROUNDS):
            bare = start(p.bare, p.machine(), "Siap", "ctrl+q")
            times.append(practice(p)["ready CPU ms"] / bare["ready CPU ms"])
    assert median(times) <= MOST["practice"]
