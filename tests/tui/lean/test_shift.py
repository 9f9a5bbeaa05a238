"""Rows that scroll: they are moved, not written again, and nothing else on the screen changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.tui.lean.shift import WAY, Shift, find_shift
from pmm_tui.tui.lean.terminal import BLANK, Cell, Pen, Terminal
from pmm_tui.tui.lean.writer import ScreenWriter
from tests.tui.lean.emulator import Emulator
from tests.tui.lean.test_writer import row_of, wanted

WIDTH, HEIGHT = 40, 20
CURSOR = Pen("31", "44")
FREE = lambda _: 0  # noqa: E731 - a move that costs nothing
SCROLLS = Terminal(bce=True, ech=True, rep=True, lines=True)


def screen(first: int, cursor: int, plain: Pen = CURSOR) -> list[list[Cell]]:
    """A title, a list of teachers from `first` on with one under the cursor, and two lines below."""
    teachers = [row_of([(f"Guru nomor {n} {n * 7919 % 1000}", plain if n == cursor else Pen())]) for n in range(first, first + 16)]
    return [row_of([("Daftar Guru", Pen("32"))]), row_of([]), *teachers, row_of([("status", Pen())]), row_of([("F1", CURSOR)])]


@pytest.mark.parametrize("terminal", [SCROLLS, Terminal(lines=True), Terminal(ech=True, lines=True)])
def test_the_terminal_shows_the_scrolled_list(terminal: Terminal) -> None:
    """Up and down by one or by several rows, the cursor with it or not, the terminal shows just what is wanted."""
    chance = random.Random(11)
    writer, emulator = ScreenWriter(terminal), Emulator(WIDTH, HEIGHT)
    first = 50
    for number in range(300):
        first = max(0, first + chance.choice((-9, -3, -2, -1, -1, 1, 1, 2, 3, 9)))
        frame = screen(first, first + chance.randrange(16))
        if chance.random() < 0.3:  # what stands outside of the rows that scroll changes as well
            frame[0], frame[-2] = row_of([(f"Daftar {number}", Pen("32"))]), row_of([("sta" * chance.randrange(9), Pen())])
        if chance.random() < 0.1:  # and sometimes nearly all is another screen
            frame = [row_of([(f"lain {number}", CURSOR)]), *[row_of([])] * 9, *frame[10:]]
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


def test_steps_that_follow_each_other_cost_the_row_alone() -> None:
    """Once a list has scrolled, the next step is a line feed: the new row, the two cursors, and eight bytes to get about."""
    writer = ScreenWriter(SCROLLS)
    for at in (50, 51):
        writer.frame(screen(at, at + 15))
    old, new = "Guru nomor 66 654", "Guru nomor 67 573"
    text = writer.frame(screen(52, 67))
    assert len(text) <= len(old) + len(new) + len("\x1b[31;44m\x1b[m") + 8
    assert "\x1b[r" not in text


def test_who_takes_over_finds_no_margins() -> None:
    """What is left to others scrolls as a whole again, and a picture that is painted anew does not count on margins."""
    writer, emulator = ScreenWriter(SCROLLS), Emulator(WIDTH, HEIGHT)
    assert writer.release() == ""
    for at in (50, 51):
        emulator.feed(writer.frame(screen(at, at + 15)))
    assert emulator.screen.margins is not None
    emulator.feed(writer.release())
    assert emulator.screen.margins is None
    emulator.feed("\x1b[3;5r\x1b[4Hkata orang lain")
    emulator.feed(writer.frame(screen(7, 9)))
    assert emulator.screen.margins is None
    assert emulator.cells() == wanted(screen(7, 9))


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
            sum(WAY * (x != y) + sum(a != b for a, b in zip(x, y, strict=True)) for x, y in zip(rows, now, strict=True))
            for rows in (was, shift.apply(was, list("    ")))
        )
        assert before - after > 3


def test_blanks_come_in() -> None:
    """Rows that come in are blank until they are written."""
    assert Shift(0, 3, 2).apply([["a"], ["b"], ["c"]], [BLANK]) == [["c"], [BLANK], [BLANK]]
    assert Shift(0, 3, -1).apply([["a"], ["b"], ["c"]], [BLANK]) == [[BLANK], ["a"], ["b"]]
