"""The mixin at its edges: what is written in one piece, what is asked of the terminal, what lies beyond the screen."""

from __future__ import annotations

from typing import Any

import pytest
from rich.segment import ControlType, Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from pmm_tui.tui.lean.terminal import PLAIN, WIDE_TAIL, Pen
from tests.tui.lean.test_display import Lean, Long, _one_terminal, running, take  # noqa: F401  a fixture of every test here

pytestmark = pytest.mark.anyio
BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"


def written(app: Any, emulator: Any) -> str:
    """What was written since the last look."""
    text = "".join(app._driver.written)
    take(app, emulator)
    return text


async def still(app: Any, pilot: Any) -> None:
    """Wait until nothing more comes."""
    with app._context():
        await pilot.pause()
        await pilot.pause(0.03)


@pytest.mark.parametrize("able", [True, False])
async def test_only_large_frames_are_kept_from_tearing(able: bool) -> None:
    """From 512 bytes on, and only where the terminal said that it can."""
    async with running(Long, (60, 20)) as (app, pilot, emulator):  # type: ignore[arg-type]
        await still(app, pilot)
        written(app, emulator)
        app._sync_available = able
        app.forget_terminal()  # type: ignore[attr-defined]
        app.refresh(repaint=True, layout=True)
        await still(app, pilot)
        text = written(app, emulator)
        assert len(text) > 512
        assert (BEGIN in text, END in text) == (able, able)
        await pilot.press("down")
        await still(app, pilot)
        text = written(app, emulator)
        assert 0 < len(text) < 512
        assert BEGIN not in text


async def test_what_is_drawn_becomes_cells() -> None:
    """A letter is a cell, a wide one two, a control none; equal ones are the same object, blanks show the background alone."""
    async with running(Lean, (60, 20)) as (app, _, _):
        lean: Any = app
        bold = Style(bold=True, color="red", bgcolor="blue", link="https://a.id")
        pen = lean._lean_pen(bold)
        assert (pen.attributes, pen.link) == (1 << 1, "https://a.id")
        assert lean._lean_pen(bold) is pen
        assert lean._lean_pen(Style(underline=True, reverse=True, strike=True, dim=True, italic=True)) == Pen(
            attributes=1 << 4 | 1 << 7 | 1 << 9 | 1 << 2 | 1 << 3
        )
        assert lean._lean_pen(Style(blink=True, blink2=True, conceal=True, underline2=True, overline=True)) == Pen(
            attributes=1 << 5 | 1 << 6 | 1 << 8 | 1 << 21 | 1 << 53
        )
        assert lean._lean_pen(Style(color="default", bgcolor="default")) == PLAIN
        ground = lean._lean_pen(Style(bold=True, bgcolor="blue"))
        control = Segment("x", None, [(ControlType.BELL,)])
        cells = lean._lean_cells([Segment("aa "), control, Segment("漢 ", Style(bold=True, bgcolor="blue"))])
        assert cells == [
            ("a", PLAIN),
            ("a", PLAIN),
            (" ", PLAIN),
            ("漢", ground),
            (WIDE_TAIL, ground),
            (" ", Pen(background=ground.background)),
        ]
        assert cells[0] is cells[1]
        assert lean._lean_cells([Segment("a b", Style(bold=True, bgcolor="blue"))])[1] == (" ", Pen(background=ground.background))


async def test_what_lies_beyond_the_screen_is_left_out() -> None:
    """Above, below and to the right of it nothing is kept, and rows keep their width."""
    async with running(Lean, (60, 20)) as (app, pilot, _):
        await still(app, pilot)
        lean: Any = app
        before = [list(row) for row in lean._lean_rows]
        strip = Strip([Segment("abc")])
        for y, x in ((-1, 0), (20, 0), (0, 60), (0, 70)):
            lean._lean_put(y, x, strip)
        assert lean._lean_rows == before
        lean._lean_put(0, 58, strip)
        lean._lean_put(19, 0, strip)
        assert "".join(text for text, _ in lean._lean_rows[0]).endswith("ab")
        assert "".join(text for text, _ in lean._lean_rows[19]).startswith("abc")
        assert {len(row) for row in lean._lean_rows} == {60}


async def test_a_pointer_is_written_when_it_changes() -> None:
    """The first is the usual one, which the terminal has already."""
    async with running(Lean, (60, 20)) as (app, _, _):
        lean: Any = app
        assert [lean.lean_takes_pointer(shape) for shape in ("default", "text", "text", "default")] == [False, True, False, True]


async def test_what_waits_is_written_when_the_answer_comes_or_is_late() -> None:
    """While a line is full a frame waits; it is written once, by whichever comes first."""
    async with running(Long, (60, 20)) as (app, pilot, emulator):  # type: ignore[arg-type]
        await still(app, pilot)
        lean: Any = app
        while lean._lean_waits:  # a frame of the start that still has to go
            await pilot.pause(0.01)
        written(app, emulator)
        full = [True]
        lean._lean_pace.may_write = lambda _: not full[0]

        def late() -> None:
            lean._lean_until = 0.0
            lean._lean_late()

        for finish in (lambda: lean.on_cursor_position(events.CursorPosition(0, 0)), late):
            full[0] = True
            await pilot.press("down", "down")
            await still(app, pilot)
            lean._lean_late()  # its time has not come
            assert (written(app, emulator), lean._lean_waits) == ("", True)
            full[0] = False
            finish()
            assert written(app, emulator)
            assert not lean._lean_waits
            finish()
            assert written(app, emulator) == ""


async def test_all_waits_have_one_timer() -> None:
    """Made with the app: one of each wait's own would keep the screen that waited, also for a while after its end."""
    async with running(Long, (60, 20)) as (app, pilot, _):  # type: ignore[arg-type]
        await still(app, pilot)
        lean: Any = app
        while lean._lean_waits:
            await pilot.pause(0.01)
        lean._lean_tries = False  # what was tried at the start is answered first
        timer, made = lean._lean_timer, len(app._timers)
        full = [True]
        lean._lean_pace.may_write = lambda _: not full[0]
        await pilot.press("down")
        await still(app, pilot)
        assert timer._active.is_set()
        full[0] = False
        lean.on_cursor_position(events.CursorPosition(0, 0))
        assert not timer._active.is_set()
        assert (lean._lean_timer, len(app._timers)) == (timer, made)


async def test_long_texts_are_written_in_pieces() -> None:
    """As much at once as a console of Windows takes: 8192 letters."""
    async with running(Lean, (60, 20)) as (app, pilot, emulator):
        await still(app, pilot)
        written(app, emulator)
        lean: Any = app
        lean._lean_write("x" * 20000)
        assert [len(part) for part in app._driver.written] == [8192, 8192, 3616]  # type: ignore[union-attr]
        app._driver.written.clear()  # type: ignore[union-attr]
