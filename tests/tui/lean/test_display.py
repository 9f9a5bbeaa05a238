"""Any Textual app with the mixin shows the same picture as without it, for far fewer bytes."""

from __future__ import annotations

import asyncio
import random
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static, TabbedContent, TabPane

from pmm_tui.tui.lean.display import LeanDisplay
from pmm_tui.tui.lean.pace import Pace
from pmm_tui.tui.lean.terminal import TRIAL
from tests.tui.lean.emulator import Emulator

SEEDS = {"test_the_picture_is_the_same": (1, 2, 3), "test_the_picture_below_the_prompt_is_the_same": (4, 5)}
"""Of the random sessions; the quick form has the first of each."""
WORDS = ["satu", "dua", "漢字", "e\u0301te", "👍 oke", "[b]bukan[/b]", "tiga empat lima", "─│┌", ""]


@pytest.fixture(autouse=True)
def _one_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same terminal in every test: rich keeps the colours it has once worked out for a style."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)


class Recorder(HeadlessDriver):
    """A driver that is no terminal but keeps what is written."""

    written: list[str]
    size: tuple[int, int]

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.written.append(data)

    def _get_terminal_size(self) -> tuple[int, int]:
        return self.size


class Question(ModalScreen[None]):
    CSS = "Question { align: center middle; } Static { width: 30; height: 7; border: round red; background: blue; }"

    def compose(self) -> ComposeResult:
        yield Static("Sungguh?", markup=False)


class Plain(App[None]):
    """Tabs, a list, a field, styled and wide text, a dialog."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "OptionList { height: 6; } #isi { height: 5; } Input { border: none; height: 1; }"

    def compose(self) -> ComposeResult:
        with TabbedContent():
            for number in range(3):
                with TabPane(f"Tab {number}"), Vertical():
                    field = Input(id=f"f{number}")
                    field.cursor_blink = False
                    yield field
                    yield OptionList(*(Text(f"pilihan {number} {n} {WORDS[n % len(WORDS)]}") for n in range(20)))
                    yield Static(id=f"isi{number}", classes="isi")

    def on_mount(self) -> None:
        self.animation_level = "none"


class Lean(LeanDisplay, Plain):
    """The same, written by the screen writer."""


class Pushing(LeanDisplay, App[None]):
    """An app whose first screen comes while it mounts, and which then touches a part of it."""

    ENABLE_COMMAND_PALETTE = False

    async def on_mount(self) -> None:
        await self.push_screen(Question())
        self.screen.query_one(Static).styles.color = "red"


class Long(LeanDisplay, App[None]):
    """A list that scrolls."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "OptionList { height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"baris {n} {n * 7919 % 1000}" for n in range(60)), markup=False)


class Inline(Recorder):
    """The same for an app below the prompt."""

    @property
    def is_inline(self) -> bool:
        return True


@asynccontextmanager
async def running(
    kind: type[Plain], size: tuple[int, int], recorder: type[Recorder] = Recorder
) -> AsyncIterator[tuple[Plain, Pilot[None], Emulator]]:
    """An app on a recording driver, and an emulator that has seen all it wrote."""
    driver = type("Driver", (recorder,), {"written": [], "size": size})
    app = kind(driver_class=driver)  # type: ignore[arg-type]
    task = asyncio.create_task(app.run_async(headless=False, size=size))
    pilot: Pilot[None] = Pilot(app)
    while not app.is_running or not app.screen_stack or not app.screen.is_mounted:
        await asyncio.sleep(0)
    await pilot._wait_for_screen()
    emulator = Emulator(*size)
    app.emulator = emulator  # type: ignore[attr-defined]
    try:
        yield app, pilot, emulator
    finally:
        app.exit()
        await task


def take(app: Plain, emulator: Emulator) -> int:
    """Feed the emulator what is new; how many bytes that was. The terminal answers what it is asked."""
    driver: Any = app._driver
    text = "".join(driver.written)
    driver.written.clear()
    *asked, rest = text.split("\x1b[6n")
    for part in asked:
        emulator.feed(part)
        app.post_message(events.CursorPosition(emulator.screen.cursor.x, emulator.screen.cursor.y))
    emulator.feed(rest)
    return len(text.encode())


def style(chance: random.Random) -> Style:
    colour = chance.choice([None, "red", "#102030", "bright_cyan"])
    ground = chance.choice([None, None, "blue", "#405060"])
    return Style(
        color=colour,
        bgcolor=ground,
        bold=chance.random() < 0.3,
        underline=chance.random() < 0.2,
        reverse=chance.random() < 0.2,
        link=chance.choice([None, None, None, "https://contoh.sch.id/a", "https://contoh.sch.id/b"]),
    )


async def step(app: Plain, pilot: Pilot[None], chance: random.Random) -> tuple[int, int] | None:
    """Do one random thing; a new size when that was a resize."""
    with app._context():
        return await _step(app, pilot, chance)


async def _step(app: Plain, pilot: Pilot[None], chance: random.Random) -> tuple[int, int] | None:
    what = chance.randrange(10)
    if what < 3:
        await pilot.press(chance.choice(["down", "up", "tab", "a", "z", "backspace", "pagedown", "right"]))
    elif what < 5:
        text = Text()
        for _ in range(chance.randrange(5)):
            text.append(chance.choice(WORDS) + " ", style(chance))
        app.query("Static.isi")[chance.randrange(3)].update(text)  # type: ignore[attr-defined]
    elif what == 5:
        app.query_one(TabbedContent).active = f"tab-{chance.randrange(3) + 1}"
    elif what == 6:
        if isinstance(app.screen, Question):
            app.pop_screen()
        else:
            await app.push_screen(Question())
    elif what == 7:
        size = (chance.choice([40, 60, 80]), chance.choice([12, 24, 30]))
        driver: Any = app._driver
        type(driver).size = size
        app.post_message(events.Resize(Size(*size), Size(*size)))
        return size
    elif what == 8:
        with app.batch_update():  # Textual drops what it paints meanwhile
            app.query("Static.isi")[chance.randrange(3)].update(Text(chance.choice(WORDS), style(chance)))  # type: ignore[attr-defined]
            if not isinstance(app.screen, Question):
                await app.push_screen(Question())
                if chance.random() < 0.5:
                    await app.pop_screen()
    else:
        app.app_resume_signal.publish(app)
        app.refresh(repaint=True, layout=True)
    return None


async def settle(app: Plain, pilot: Pilot[None], emulator: Emulator) -> int:
    """Wait until nothing more is written; the bytes."""
    total = 0
    while True:
        if app._exception:
            raise app._exception
        with app._context():
            await pilot.pause()
            await pilot.pause(0.02)
        new = take(app, emulator)
        total += new
        if not new:
            return total


async def session(seed: int, steps: int, recorder: type[Recorder] = Recorder) -> dict[str, int]:
    """Do the same in both apps; after every step both terminals must show the same cells. Returns the bytes of each."""
    size = (60, 24)
    async with (
        running(Plain, size, recorder) as (plain, plain_pilot, one),
        running(Lean, size, recorder) as (lean, lean_pilot, other),
    ):
        assert lean.lean  # type: ignore[attr-defined]
        spent = {"plain": 0, "lean": 0}
        chances = random.Random(seed), random.Random(seed)
        for number in range(steps):
            for app, pilot, emulator, chance in ((plain, plain_pilot, one, chances[0]), (lean, lean_pilot, other, chances[1])):
                new = await step(app, pilot, chance)
                if new:
                    emulator.resize(*new)
            spent["plain"] += await settle(plain, plain_pilot, one)
            spent["lean"] += await settle(lean, lean_pilot, other)
            assert other.cells() == one.cells(), f"step {number}"
        assert lean.lean, "it fell back"  # type: ignore[attr-defined]
        return spent


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One seed and 40 steps, or with `--long` all seeds and 150 steps: more of them find more."""
    if seeds := SEEDS.get(metafunc.function.__name__):
        long = metafunc.config.getoption("--long")
        metafunc.parametrize(("seed", "steps"), [(seed, 150) for seed in seeds] if long else [(seeds[0], 40)])


@pytest.mark.anyio
async def test_the_picture_is_the_same(seed: int, steps: int) -> None:
    """After every step of a random session, resizes, dialogs and resumes included, both terminals show the same cells."""
    spent = await session(seed, steps)

    assert spent["lean"] * 4 < spent["plain"]


@pytest.mark.anyio
async def test_a_screen_that_comes_with_the_start_is_whole_at_once() -> None:
    """Textual drops what is painted while the app mounts, and paints it again a timer later; here the first frame brings it."""
    async with running(Pushing, (60, 20)) as (app, pilot, emulator):  # type: ignore[arg-type]
        driver: Any = app._driver
        while len(driver.written) < 2:
            await pilot.pause()
        trial, frame, *later = driver.written
        assert trial == TRIAL
        emulator.feed(trial + frame)
        first = emulator.cells()
        emulator.feed("".join(later))
        driver.written.clear()
        await settle(app, pilot, emulator)

        assert emulator.cells() == first
        assert "Sungguh?" in "".join(cell[0] for row in first for cell in row)


@pytest.mark.anyio
async def test_the_picture_below_the_prompt_is_the_same(seed: int, steps: int) -> None:
    """An app in inline mode shows the same too, wherever on the screen it is, for far fewer bytes."""
    spent = await session(seed, steps, Inline)

    assert spent["lean"] * 4 < spent["plain"]


@pytest.mark.anyio
async def test_trouble_falls_back_to_textual(monkeypatch: pytest.MonkeyPatch) -> None:
    """When an inner part of Textual is not as known, Textual writes by itself, and the picture is whole."""
    async with running(Plain, (60, 20)) as (plain, plain_pilot, one), running(Lean, (60, 20)) as (lean, lean_pilot, other):
        await settle(plain, plain_pilot, one)
        await settle(lean, lean_pilot, other)

        def broken(*_: object) -> None:
            raise AttributeError("_segments")

        monkeypatch.setattr(lean, "_lean_take", broken)
        for app, pilot in ((plain, plain_pilot), (lean, lean_pilot)):
            await pilot.press("tab", "down")
            app.query("Static.isi")[0].update("sesudahnya")  # type: ignore[attr-defined]
        await settle(plain, plain_pilot, one)
        await settle(lean, lean_pilot, other)
        assert not lean.lean  # type: ignore[attr-defined]
        assert other.cells() == one.cells()


@pytest.mark.process
def test_another_textual_writes_by_itself() -> None:
    """Where Textual has no such inner parts, an app with the mixin starts and runs as one without it."""
    code = (
        "import textual._compositor as inside, textual.app\n"
        "del inside.ChopsUpdate\n"
        "from pmm_tui.tui.lean import display, private\n"
        "class Both(display.LeanDisplay, textual.app.App): pass\n"
        "print(private.KNOWN, Both()._lean_begin())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert told.stdout.split() == ["False", "None"]


@pytest.mark.anyio
async def test_it_can_be_switched_off() -> None:
    """With `lean` false every byte is Textual's own."""
    async with running(Plain, (60, 20)) as (plain, plain_pilot, one), running(Lean, (60, 20)) as (lean, lean_pilot, other):
        await settle(plain, plain_pilot, one)
        await settle(lean, lean_pilot, other)
        lean.lean = False  # type: ignore[attr-defined]
        sizes = []
        for app, pilot, emulator in ((plain, plain_pilot, one), (lean, lean_pilot, other)):
            app.refresh(repaint=True, layout=True)
            sizes.append([await settle(app, pilot, emulator)])
            for key in ("tab", "down"):  # one at a time: a busy computer would paint both at once, or not
                await pilot.press(key)
                sizes[-1].append(await settle(app, pilot, emulator))
        assert sizes[0] == sizes[1]
        assert other.cells() == one.cells()


@pytest.mark.anyio
@pytest.mark.parametrize("leave", ["stop_application_mode", "suspend_application_mode"])
async def test_however_the_app_leaves_no_margins_stay(leave: str) -> None:
    """A terminal that is given back, for a while or for good, scrolls as a whole."""
    async with running(Long, (60, 20)) as (app, pilot, emulator):  # type: ignore[arg-type]
        for keys in ([], ["down"] * 25, ["down"]):
            with app._context():
                await pilot.press(*keys)
            await settle(app, pilot, emulator)
        assert emulator.screen.margins is not None
        getattr(app._driver, leave)()
        take(app, emulator)
        assert emulator.screen.margins is None


@pytest.mark.anyio
@pytest.mark.parametrize(("column", "repeats"), [(2, True), (1, False), (0, False)])
async def test_only_a_terminal_that_repeats_is_asked_to(column: int, repeats: bool) -> None:
    """Whatever its name, a terminal repeats characters only after it has shown that it does, with one beyond ASCII."""
    async with running(Lean, (60, 20)) as (app, pilot, _):
        driver: Any = app._driver
        with app._context():
            app.post_message(events.CursorPosition(column, 1))
            await pilot.pause()
            driver.written.clear()
            await app.push_screen(Question())
            while not driver.written:  # it waits for answers that do not come, but not for long
                await pilot.pause(0.05)
        text = "".join(driver.written)
        assert bool(re.search(r"─\x1b\[27b", text)) == repeats
        assert ("─" * 28 in text) != repeats


def test_pace_lets_single_keys_through() -> None:
    """Small frames with pauses are never held and never ask."""
    pace = Pace()
    for now in range(20):
        assert pace.may_write(float(now) * 2)
        assert not pace.wrote(100, float(now) * 2)


def test_pace_holds_a_burst_until_the_terminal_answers() -> None:
    """In a burst the terminal is asked, and more than a window is not written before it answers."""
    pace = Pace()
    asked = [pace.wrote(200, 0.01 * n) for n in range(3)]
    assert asked == [False, True, False]
    assert not pace.may_write(0.04)
    pace.answered()
    assert pace.may_write(0.05)


def test_pace_gives_a_mute_terminal_up() -> None:
    """A terminal that never answers is waited for a moment once, and never again; one that answers late is believed."""
    pace = Pace()
    assert pace.wrote(1000, 0.0)
    assert not pace.may_write(0.1)
    assert pace.may_write(0.1 + Pace.FIRST)
    assert not pace.wrote(1000, 1.0)
    assert pace.may_write(1.1)
    pace.answered()
    assert pace.wrote(1000, 2.0)
    assert not pace.may_write(9.0)
    assert pace.may_write(2.0 + Pace.PATIENCE)


@pytest.mark.anyio
async def test_a_mute_terminal_shows_every_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal that answers nothing no frame stays behind."""
    async with running(Plain, (60, 20)) as (plain, plain_pilot, one), running(Lean, (60, 20)) as (lean, lean_pilot, other):
        monkeypatch.setattr(LeanDisplay, "on_cursor_position", lambda *_: None)
        for app, pilot in ((plain, plain_pilot), (lean, lean_pilot)):
            for text in ("satu", "dua", "tiga " * 40):
                with app._context():
                    await pilot.press("tab", "down", "down")
                    app.query("Static.isi")[0].update(text)  # type: ignore[attr-defined]
        await settle(plain, plain_pilot, one)
        await settle(lean, lean_pilot, other)
        deadline = asyncio.get_running_loop().time() + 5
        while other.cells() != one.cells() and asyncio.get_running_loop().time() < deadline:
            await settle(plain, plain_pilot, one)
            await settle(lean, lean_pilot, other)
        assert other.cells() == one.cells()
