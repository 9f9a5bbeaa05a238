"""What the screen may cost on a thin line, in bytes: the real program, 100x30, as it is and with the thrifty look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pmm_tui.store import Store
from tests.bench.install import Installed, installed
from tests.bench.measure import Measure
from tests.bench.program import READY, SIZE
from tests.pictures.desk import fill_desk

QUIET = 0.6
"""Seconds without a byte after which nothing more is expected."""


@pytest.fixture(scope="module")
def pair() -> Iterator[Installed]:
    """The program, installed, with 40 teachers."""
    with installed() as p:
        yield p


class Count(Measure):
    """Counts what keys cost together, so that it does not matter which of them an answer comes after on a busy computer."""

    def price(self, *keys: str) -> int:
        """Press keys while all is quiet, each after the answer to the one before, and return the bytes of all answers."""
        first = len(self.chunks)
        for key in keys:
            self.key("", key)
        self.silence(QUIET)
        self.screen()
        return sum(len(chunk.content) for chunk in self.chunks[first:])


@pytest.mark.parametrize("hemat", [False, True], ids=["biasa", "hemat"])
def test_bytes_of_each_key(pair: Installed, *, hemat: bool) -> None:
    """Start, arrows, scrolling, letters, tabs and dialogs stay within their limits, and idle costs nothing."""

    def most(usual: int, thrifty: int) -> int:
        return thrifty if hemat else usual

    with Count(pair.argv, pair.machine(thrifty=hemat), size=SIZE) as t:
        assert t.start(READY)["start bytes"] <= most(4500, 1300)
        t.silence(QUIET)
        begun = b"".join(chunk.content for chunk in t.chunks)
        # The whole screen in one frame: asked about once, besides the trial, and with nothing behind it. The brackets round it are
        # there unless the terminal told too late that it knows them.
        assert begun.count(b"\x1b[6n") == 2
        assert begun.endswith(b"\x1b[6n")
        assert begun.count(b"\x1b[?2026h") == begun.count(b"\x1b[?2026l") <= 1
        if not hemat:  # the plan beside the list comes once the keys rest: an arrow with it, and without
            assert t.price("down") <= 250 + 650
            t.price("end", "home", "pagedown")
            assert t.price("down") <= 400 + 650
            t.price("home", "f10")
        rest = most(650, 0)  # the line below, which tells of the teacher under the cursor
        assert t.price(*["down"] * 8) <= 8 * most(250, 36) + rest
        assert t.price("end") <= most(1900, 700)
        t.price("home", "pagedown")
        assert t.price(*["down"] * 6) <= 6 * most(400, 36) + rest  # where the list scrolls too
        if not hemat:
            t.price("f10")
        # The help, which is a page in the full look, the choice of a period, and the palette.
        for key, usual in (("f1", 2600), ("f6", 1600), ("ctrl+a", 1600)):
            assert t.price(key) <= most(usual, 1000)
            assert t.price("escape") <= most(usual, 1000) + (rest if key == "f1" else 0)  # behind a page the plan beside comes anew
        t.price("home", "down", "enter")
        assert t.price("enter") <= most(1600, 1000)
        assert t.price("escape") <= most(1600, 1000)
        for key in ("enter", "down", "enter", "enter"):
            t.price(key)
        assert t.price(*["f6"] * 4) <= 4 * most(2500, 1850)
        assert t.price(*["f7"] * 4, *["f6"] * 4) <= 8 * most(1800, 900)
        t.price("f7", "f7", "f7", "down", "enter")
        # A line of the field's problem, and the star; in the full look the sentence of the SKP too, once the keys rest.
        assert t.price(*"Menyusun modul ajar") <= 19 * most(60, 34) + 100 + rest
        t.wait("Menyusun modul ajar")
        assert t.idle("idle", 2)["idle bytes/s"] == 0
        assert t.leave("f12")["modes left"] == 0


@pytest.mark.parametrize("hemat", [False, True], ids=["biasa", "hemat"])
def test_bytes_of_the_heads_desk(pair: Installed, tmp_path: Path, *, hemat: bool) -> None:
    """The same limits hold on the desk: arrows, the plan at rest, the page, and each question."""

    def most(usual: int, thrifty: int) -> int:
        return thrifty if hemat else usual

    folder = tmp_path / "meja"
    folder.mkdir(mode=0o700)
    with Store.open(folder / "pmm-tui.db") as store:
        fill_desk(store, ("kepala_sekolah",))
    env = pair.machine(thrifty=hemat, sample=folder)
    with Count(pair.argv, env, size=SIZE) as t:
        assert t.start("Komang Adi")["start bytes"] <= most(4500, 1300)
        t.silence(QUIET)
        if not hemat:
            assert t.price("down") <= 250 + 650  # the plan beside it, once the keys rest
            t.price("f10", "home")
        assert t.price(*["down"] * 5) <= 5 * most(250, 36) + most(650, 0)
        t.price("home")
        assert t.price("enter") <= most(2500, 2000)
        assert t.price("end") <= most(400, 400)
        for key in ("f9", "f7", "f4"):
            assert t.price(key) <= most(1600, 1200), key
            assert t.price("escape") <= most(1600, 1200), key
        assert t.idle("idle", 2)["idle bytes/s"] == 0
        assert t.leave("f12")["modes left"] == 0
