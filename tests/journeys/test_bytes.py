"""What the screen may cost on a thin line, in bytes: the real program, 100x30, as it is and with the thrifty look."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bench.install import Terpasang, terpasang
from tests.bench.measure import Ukur
from tests.bench.program import SIAP, UKURAN

TENANG = 0.6
"""Seconds without a byte after which nothing more is expected."""


@pytest.fixture(scope="module")
def pasangan() -> Iterator[Terpasang]:
    """The program, installed, with 40 teachers."""
    with terpasang() as p:
        yield p


class Hitung(Ukur):
    """Counts what keys cost together, so that it does not matter which of them an answer comes after on a busy computer."""

    def harga(self, *keys: str) -> int:
        """Press keys while all is quiet, each after the answer to the one before, and return the bytes of all answers."""
        first = len(self.chunks)
        for key in keys:
            self.key("", key)
        self.silence(TENANG)
        self.screen()
        return sum(len(chunk.content) for chunk in self.chunks[first:])


@pytest.mark.parametrize("hemat", [False, True], ids=["biasa", "hemat"])
def test_bytes_of_each_key(pasangan: Terpasang, *, hemat: bool) -> None:
    """Start, arrows, scrolling, letters, tabs and dialogs stay within their limits, and idle costs nothing."""

    def most(usual: int, thrifty: int) -> int:
        return thrifty if hemat else usual

    with Hitung(pasangan.argv, pasangan.machine(hemat=hemat), size=UKURAN) as t:
        assert t.start(SIAP)["start bytes"] <= most(2300, 1300)
        t.silence(TENANG)
        begun = b"".join(chunk.content for chunk in t.chunks)
        # The whole screen in one frame: asked about once, besides the trial, and with nothing behind it. The brackets round it are
        # there unless the terminal told too late that it knows them.
        assert begun.count(b"\x1b[6n") == 2
        assert begun.endswith(b"\x1b[6n")
        assert begun.count(b"\x1b[?2026h") == begun.count(b"\x1b[?2026l") <= 1
        assert t.harga(*["down"] * 8) <= 8 * most(108, 36)
        assert t.harga("end") <= most(1300, 700)
        t.harga("home", "pagedown")
        assert t.harga(*["down"] * 6) <= 6 * most(108, 36)  # where the list scrolls too
        for key in ("f1", "f6"):  # the help, and the choice of a period
            assert t.harga(key) <= 1000
            assert t.harga("escape") <= 1000
        t.harga("home", "down", "enter")
        assert t.harga("enter") <= 1000
        assert t.harga("escape") <= 1000
        t.harga("enter", "enter", "enter")
        assert t.harga(*["f6"] * 4) <= 4 * most(3700, 1850)
        assert t.harga(*["f7"] * 4, *["f6"] * 4) <= 8 * most(1800, 900)
        t.harga("f7", "f7", "f7", "down", "enter")
        assert t.harga(*"Menyusun modul ajar") <= 19 * most(50, 34) + 100  # a line of the field's problem, and the star
        t.wait("Menyusun modul ajar")
        assert t.idle("idle", 2)["idle bytes/s"] == 0
        assert t.leave("f12")["modes left"] == 0
