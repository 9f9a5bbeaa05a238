"""Rows that scroll: they are moved, not written again, and nothing else on the screen changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.tui.lean.shift import Shift, find_shift
from pmm_tui.tui.lean.terminal import BLANK, Cell, Pen, Terminal
from pmm_tui.tui.lean.writer import ScreenWriter
from tests.tui.lean.emulator import Emulator
from tests.tui.lean.test_writer import row_of, wanted

WIDTH, HEIGHT = 40, 20
CURSOR = Pen("31", "44")
FREE = lambda _: 0  # noqa: E731 - a move that costs nothing
SCROLLS = Terminal(bce=True, ech=True, rep=True, lines=True)


def screen(first: int, cursor: int, terang: Pen = CURSOR) -> list[list[Cell]]:
    """A title, a list of teachers from `first` on with one under the cursor, and two lines below."""
    teachers = [row_of([(f"Guru nomor {n} {n * 7919 % 1000}", terang if n == cursor else Pen())]) for n in range(first, first + 16)]
    return [row_of([("Daftar Guru", Pen("32"))]), row_of([]), *teachers, row_of([("status", Pen())]), row_of([("F1", CURSOR)])]


@pytest.mark.parametrize("terminal", [SCROLLS, Terminal(lines=True), Terminal(ech=True, lines=True)])
def test_the_terminal_shows_the_scrolled_list(terminal: Terminal) -> None:
    """Up and down by one or by several rows, the cursor with it or not, the terminal shows just what is wanted."""
    chance = random.Random(11)
    writer, emulator = ScreenWriter(terminal), Emulator(WIDTH, HEIGHT)
    first = 50
    for _ in range(300):
        first = max(0, first + chance.choice((-9, -3, -2, -1, -1, 1, 1, 2, 3, 9)))
        frame = screen(first, first + chance.randrange(16))
        emulator.feed(writer.frame(frame))
        assert emulator.cells() == wanted(frame)


@pytest.mark.parametrize("step", [1, -1])
def test_one_step_costs_one_row(step: int) -> None:
    """A list that scrolls by a row costs the new row, the cursor's old place and at most 30 bytes more; nothing where it cannot."""
    at = 15 if step > 0 else 0
    before, after = screen(50, 50 + at), screen(50 + step, 50 + step + at)
    able, unable = ScreenWriter(SCROLLS), ScreenWriter(Terminal(bce=True, ech=True, rep=True))
    for writer in (able, unable):
        writer.frame(before)
    row = len(f"Guru nomor {50 + at + step} 123")
    assert len(able.frame(after)) <= 2 * (row + len("\x1b[31;44m\x1b[m")) + 30
    assert len(unable.frame(after)) > 16 * 6


def test_what_stands_around_stays() -> None:
    """Rows that happen to stand elsewhere are no reason to move what lies between."""
    old = [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]
    assert not find_shift(old, old, ["-"], FREE)
    assert not find_shift(old, [["g"], *old[1:6], ["a"]], ["-"], FREE)


def test_a_move_takes_what_differs_along() -> None:
    """The row under the cursor moves with the others; only its mark is written."""
    old = [list(row) for row in ("kepala", "  satu", "  dua.", "  tiga", "  empt", "> lima", "status")]
    new = [list(row) for row in ("kepala", "  dua.", "  tiga", "  empt", "  lima", "> enam", "status")]
    assert find_shift(old, new, list("      "), FREE) == Shift(1, 6, 1)


lines = st.lists(st.sampled_from(["aaaa", "bbbb", "cccc", "dddd", "    "]), min_size=6, max_size=6)


@settings(max_examples=300, deadline=None)
@given(lines, lines)
def test_a_move_never_costs_more(old: list[str], new: list[str]) -> None:
    """What is found always leaves fewer cells to write, by more than its price."""
    was, now = [list(row) for row in old], [list(row) for row in new]
    shift = find_shift(was, now, list("    "), lambda _: 3)
    if shift is not None:
        before, after = (
            sum(a != b for x, y in zip(rows, now, strict=True) for a, b in zip(x, y, strict=True))
            for rows in (was, shift.apply(was, list("    ")))
        )
        assert before - after > 3


def test_blanks_come_in() -> None:
    """Rows that come in are blank until they are written."""
    assert Shift(0, 3, 2).apply([["a"], ["b"], ["c"]], [BLANK]) == [["c"], [BLANK], [BLANK]]
    assert Shift(0, 3, -1).apply([["a"], ["b"], ["c"]], [BLANK]) == [[BLANK], ["a"], ["b"]]
