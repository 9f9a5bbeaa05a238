"""How fast the line to the terminal is: what its answers tell, and what is told of it, on a clock of the test's own."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.widgets import Static

from pmm_tui.tui.lean import display
from pmm_tui.tui.lean.display import LeanDisplay
from pmm_tui.tui.lean.pace import Line, Pace
from pmm_tui.tui.lean.terminal import TRIAL
from tests.tui.lean.test_display import _one_terminal, running  # noqa: F401  a fixture of every test here


def measured(size: int, seconds: float, *, round_trip: float | None = 0.5) -> Pace:
    """What answers tell: the trial's takes the round trip, that to the first frame so many seconds."""
    pace = Pace()
    if round_trip is not None:
        pace.tried(10.0)
        pace.trial_answered(10.0 + round_trip)
    assert pace.wrote(size, 20.0)
    pace.answered(20.0 + seconds)
    return pace


def test_the_rate_is_that_of_the_first_frame() -> None:
    """Its bytes by the time that its answer takes beyond the round trip."""
    assert measured(3000, 2.5).line(30.0) == Line(0.5, 1500.0, 0)
    assert measured(4000, 0.625, round_trip=0.125).line(30.0) == Line(0.125, 8000.0, 0)


def test_an_answer_as_fast_as_the_round_trip_is_a_fast_line() -> None:
    """Nothing is left for the frame itself: as fast as can be told."""
    pace = measured(1000, 0.4)
    assert pace.rate == 1_000_000
    assert (pace.is_slow(30.0), pace.is_easy()) == (False, True)


def test_a_line_that_does_not_answer_is_as_good_as_fast() -> None:
    """Nothing is known of it, and nothing is said."""
    pace = Pace()
    pace.tried(1.0)
    assert pace.wrote(5000, 2.0)
    assert pace.may_write(60.0)
    assert pace.line(60.0) == Line()
    assert (pace.is_slow(60.0), pace.is_easy()) == (False, True)


def test_without_a_round_trip_there_is_no_rate() -> None:
    """A terminal that was not tried is not measured: the way there and back would count as slowness."""
    assert measured(5000, 8.0, round_trip=None).line(30.0) == Line()


def test_small_frames_and_those_behind_others_tell_no_rate() -> None:
    """Of fewer than 1000 bytes the round trip tells more; a question behind another, or one that came late, tells of both."""
    assert measured(999, 9.0).rate is None
    assert measured(1000, 9.0).rate == 1000 / 8.5
    pace = measured(999, 9.0)
    assert pace.wrote(300, 40.0)
    assert pace.wrote(2000, 40.1)
    pace.answered(41.0)
    pace.answered(45.0)
    assert pace.rate is None
    pace.wrote(200, 50.0)
    pace.wrote(2000, 50.1)  # the first 200 are answered with it
    pace.answered(55.0)
    assert pace.rate is None


def test_a_frame_behind_does_not_spoil_what_is_measured() -> None:
    """The first answer is the first frame's, whatever was written meanwhile; the line is measured anew with a later large frame."""
    pace = measured(999, 1.0)
    assert pace.wrote(2000, 40.0)
    assert pace.wrote(300, 40.1)
    pace.answered(42.5)
    assert pace.rate == 1000.0
    pace.answered(43.0)
    assert pace.wrote(2000, 50.0)
    pace.answered(51.5)
    assert pace.rate == 2000.0


def test_after_an_answer_that_never_came_nothing_is_measured() -> None:
    """One that comes after all would be taken for the next one's."""
    pace = measured(999, 1.0)
    assert pace.wrote(2000, 40.0)
    assert pace.may_write(40.0 + Pace.PATIENCE)
    assert pace.wrote(2000, 60.0)
    pace.answered(60.6)
    assert pace.rate is None


def waits(pace: Pace, at: float, seconds: float) -> None:
    """A frame that waits so long for its turn."""
    assert pace.may_write(at)
    pace.wrote(500, at)
    assert not pace.may_write(at)
    assert not pace.may_write(at + seconds / 2)
    pace.answered(at + seconds)
    assert pace.may_write(at + seconds)


def test_frames_that_wait_count_as_skipped_for_half_a_minute() -> None:
    """Once each, however often they were asked about; not one that waited for a moment, nor one of long ago."""
    pace = measured(999, 1.0)
    waits(pace, 40.0, 0.25)
    assert pace.line(41.0).skipped == 0
    for number in range(4):
        waits(pace, 50.0 + number, 0.5)
    assert (pace.line(54.0).skipped, pace.is_slow(54.0)) == (4, False)
    waits(pace, 60.0, 0.5)
    assert (pace.line(61.0).skipped, pace.is_slow(61.0)) == (5, True)
    assert (pace.line(80.6).skipped, pace.is_slow(80.6)) == (4, False)
    assert pace.line(100.0).skipped == 0


@pytest.mark.parametrize(
    ("rate", "round_trip", "slow", "easy"),
    [
        (1499, 0.1, True, False),
        (1501, 0.1, False, False),
        (2999, 0.1, False, False),
        (3001, 0.1, False, True),
        (3001, 1.19, False, True),
        (3001, 1.21, False, False),
    ],
)
def test_what_a_line_carries(rate: int, round_trip: float, slow: bool, easy: bool) -> None:
    """Below 1.5 kB/s it is slow; over 3 kB/s, with a round trip of less than 1.2 s, it carries previews too."""
    pace = measured(10000, 10000 / rate + round_trip, round_trip=round_trip)
    assert (pace.is_slow(30.0), pace.is_easy()) == (slow, easy)


# ---- the app


class Pages(LeanDisplay, App[None]):
    """A screen of some 2 kB, and a note of all that it is told of the line."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "Static { height: 1fr; }"

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.told: list[float | None] = []
        self.measured: list[float | None] = []

    def compose(self) -> ComposeResult:
        yield Static("\n".join("".join(chr(97 + (x * x + y) % 26) for x in range(70)) for y in range(28)), markup=False)

    def lean_slow(self, rate: float | None) -> None:
        self.told.append(rate)

    def lean_measured(self) -> None:
        self.measured.append(self.lean_line.rate)


class Clock:
    """Stands for the module `time`."""

    now = 1000.0
    free = 0.0

    def monotonic(self) -> float:
        return self.now


async def carry(app: Any, pilot: Pilot[None], clock: Clock, rate: float, round_trip: float) -> bool:
    """Bring what was written to the terminal, as a line of so many bytes a second does, and its answers back; false when still."""
    with app._context():
        await pilot.pause()
        await pilot.pause(0.02)
    written, written_at = "".join(app._driver.written), clock.now
    app._driver.written.clear()
    *asked, _ = written.split("\x1b[6n")
    for part in asked:
        clock.free = max(clock.free, written_at) + len(part) / rate
        clock.now = max(clock.now, clock.free + round_trip)
        app.post_message(events.CursorPosition(2 if TRIAL.startswith(part) else 0, 1))
        with app._context():
            await pilot.pause()
    return bool(written)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("rate", "round_trip", "slow", "previews"),
    [(900.0, 0.4, True, False), (2000.0, 0.4, False, False), (50_000.0, 0.4, False, True), (50_000.0, 1.5, False, False)],
)
async def test_an_app_is_told_of_its_line(
    monkeypatch: pytest.MonkeyPatch, rate: float, round_trip: float, slow: bool, previews: bool
) -> None:
    """With the first frame, once, and nothing is switched: what is written stays the same."""
    clock = Clock()
    monkeypatch.setattr(display, "time", clock)
    async with running(Pages, (80, 30)) as (app, pilot, _):  # type: ignore[arg-type]
        lean: Any = app
        assert lean.lean_previews  # nothing is known yet
        assert lean.lean_line == Line()
        while await carry(app, pilot, clock, rate, round_trip):
            pass
        assert lean.lean_line.round_trip == pytest.approx(round_trip, rel=0.1)
        assert lean.lean_line.rate == pytest.approx(rate, rel=0.1)
        assert lean.measured == [lean.lean_line.rate]
        assert lean.lean_previews is previews
        assert lean.told == ([lean.lean_line.rate] if slow else [])
        app.forget_terminal()  # type: ignore[attr-defined]
        app.refresh(repaint=True, layout=True)
        while await carry(app, pilot, clock, rate, round_trip):
            pass
        assert len(lean.measured) == 2
        assert len(lean.told) == slow


@pytest.mark.anyio
async def test_an_answer_that_waits_for_its_turn_is_not_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is when it was read: a busy program is no slow line."""
    clock = Clock()
    monkeypatch.setattr(display, "time", clock)
    async with running(Pages, (80, 30)) as (app, pilot, _):  # type: ignore[arg-type]
        lean: Any = app
        with app._context():
            await pilot.pause(0.02)
        clock.now += 60.0
        for column, came in ((2, 0.25), (0, 0.75)):
            answer = events.CursorPosition(column, 1)
            answer.time -= 60.0 - came
            lean.on_cursor_position(answer)
        assert lean.lean_line.round_trip == pytest.approx(0.25, rel=0.1)
        assert lean.lean_line.rate > 2000
        assert lean.told == []
