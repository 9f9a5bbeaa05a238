"""The sheet of rows: one cursor that is always to be seen, and keys that mean the same everywhere."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult

from pmm_tui.tui.widgets.look import choose_look
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Item, Row, RowId, Text, cursor_rows
from pmm_tui.tui.widgets.sheet import Sheet
from tests.tui.keyboard import cursor_row, press, screen_text, settled

HEIGHT = 12
MOVES = ("up", "down", "tab", "shift+tab", "pageup", "pagedown", "ctrl+home", "ctrl+end")


class SampleSheet(Sheet):
    """Shows given rows and notes what it was told."""

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self.content = tuple(rows)
        self.events: list[tuple[Any, ...]] = []

    def on_mount(self) -> None:
        self.rebuild()

    def build_rows(self) -> tuple[Row, ...]:
        return self.content

    def press(self, row_id: RowId, advance: bool) -> None:
        self.events.append(("press", row_id, advance))

    def typed(self, row_id: RowId, value: str) -> None:
        self.events.append(("typed", row_id, value))

    def edge(self, direction: int) -> None:
        self.events.append(("edge", direction))

    def moved(self, origin: RowId, to: RowId) -> None:
        self.events.append(("moved", origin, to))


class Board(App[None]):
    """Nothing but the widget."""

    CSS = "LineCanvas { height: 1fr; width: 1fr; }"

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.look = choose_look("gelap", False, True)
        self.sheet = sheet

    def compose(self) -> ComposeResult:
        yield self.sheet


@asynccontextmanager
async def board(rows: Sequence[Row], width: int = 60, height: int = HEIGHT):
    sheet = SampleSheet(rows)
    app = Board(sheet)
    async with app.run_test(size=(width, height)) as pilot:
        sheet.focus()
        await settled(app)
        yield app, pilot, sheet


@st.composite
def rows_of(draw: st.DrawFn) -> list[Row]:
    """Rows of every kind, some taller than one line, at least one of which takes the cursor."""
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 25))):
        length = draw(st.integers(0, 30)) * " kata"
        kind = draw(st.integers(0, 5))
        label = f"B{number:02}#{length}"
        rows.append(
            [
                Choice(f"b{number}", label, False),
                Field(f"b{number}", f"B{number:02}#", "nilai", width=20, note=length.strip()),
                Button(f"b{number}", label, note=length.strip()),
                Text(f"teks {length}"),
                Gap(),
                Heading("Judul"),
            ][kind]
        )
    return [*rows, Button("akhir", "B99#")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows_of(), st.lists(st.sampled_from(MOVES), max_size=25), st.integers(4, 14))
def test_cursor_is_always_to_be_seen(rows: list[Row], keys: list[str], height: int) -> None:
    """Whatever moves it, the cursor stands on one row, and the beginning of that row is on the screen."""

    async def main() -> None:
        async with board(rows, height=height) as (app, pilot, sheet):
            for key in keys:
                await press(pilot, key)
                row = next(row for row in sheet.content if sheet.cursor in [found.id for found in cursor_rows(row)])
                assert cursor_row(app).startswith(("( ) " if isinstance(row, Choice) else "") + row.label[:4])
                assert sum(app.look.signs.cursor in line for line in screen_text(app)) == 1

    asyncio.run(main())


@pytest.mark.anyio
async def test_down_visits_every_row_and_leaves_at_the_end() -> None:
    """Down, Tab and Enter on a field go to the next row; beyond the last Tab leaves the sheet, Down does not."""
    rows = [Heading("J"), Choice("a", "A", False), Gap(), Field("b", "B", ""), Text("t"), Field("c", "C", ""), Button("d", "D")]
    async with board(rows) as (_, pilot, sheet):
        assert sheet.cursor == "a"
        for key, there in (("down", "b"), ("enter", "c"), ("tab", "d")):
            await press(pilot, key)
            assert sheet.cursor == there
        await press(pilot, "down")
        assert ("edge", 1) not in sheet.events
        await press(pilot, "tab")
        assert sheet.events[-1] == ("edge", 1)
        assert sheet.cursor == "d"
        for key, there in (("up", "c"), ("shift+tab", "b"), ("up", "a")):
            await press(pilot, key)
            assert sheet.cursor == there
        await press(pilot, "shift+tab")
        assert sheet.events[-1] == ("edge", -1)
        assert [e for e in sheet.events if e[0] == "moved"][:2] == [("moved", "a", "b"), ("moved", "b", "c")]


@pytest.mark.anyio
async def test_enter_chooses_and_space_toggles() -> None:
    """On a choice or a button Enter says go on and Space says stay; on a field Space is a letter."""
    rows = [Choice("a", "A", False), Button("b", "B"), Field("c", "C", "x")]
    async with board(rows) as (_, pilot, sheet):
        await press(pilot, "enter space down space down space")
        assert [e for e in sheet.events if e[0] != "moved"] == [
            ("press", "a", True),
            ("press", "a", False),
            ("press", "b", False),
            ("typed", "c", "x "),
        ]


@pytest.mark.anyio
async def test_typing_reaches_only_fields_and_their_limits() -> None:
    """Letters go into the field under the cursor, at most as many as it takes; a number field takes only digits."""
    rows = [Field("a", "A", "", limit=4), Field("n", "N", "7", limit=2, digits=True), Button("t", "T")]
    async with board(rows) as (app, pilot, sheet):
        await press(pilot, "'abcdefg'")
        assert sheet.events[-1] == ("typed", "a", "abcd")
        assert "abcd" in cursor_row(app)
        await press(pilot, "down 'x1y23'")
        assert sheet.events[-1] == ("typed", "n", "12")
        sheet.events.clear()
        await press(pilot, "down 'abc' backspace delete")
        assert not [e for e in sheet.events if e[0] == "typed"]


@pytest.mark.anyio
async def test_long_value_shows_the_end_that_is_typed() -> None:
    """A value longer than its field keeps the text cursor to be seen, at both of its ends."""
    async with board([Field("a", "A", "", width=10, limit=300), Button("t", "T")]) as (app, pilot, _):
        await press(pilot, f"'{'x' * 40}akhir'")
        assert "akhir" in cursor_row(app)
        await press(pilot, "home 'AWAL'")
        assert "AWAL" in cursor_row(app)


@pytest.mark.anyio
async def test_row_taller_than_the_window_begins_at_its_top() -> None:
    """A row that does not fit shows its beginning, and a sign says that there is more."""
    rows = [Button("a", "A"), Item("b", "Besar " + "kata " * 400), Button("c", "C")]
    async with board(rows, height=8) as (app, pilot, _):
        await press(pilot, "down")
        assert cursor_row(app).startswith("Besar")
        assert app.look.signs.bottom in screen_text(app)[-1]
        await press(pilot, "down")
        assert cursor_row(app) == "C"
        assert app.look.signs.top in screen_text(app)[0]


@pytest.mark.anyio
async def test_resize_keeps_row_and_text() -> None:
    """Another width breaks the lines anew and leaves cursor and typed text where they were."""
    rows = [Text("kata " * 60), Field("a", "Alamat", ""), Text("kata " * 60), Button("t", "T")]
    async with board(rows) as (app, pilot, sheet):
        await press(pilot, "'jalan'")
        for width in (40, 100, 60):
            await pilot.resize_terminal(width, HEIGHT)
            await settled(app)
            assert sheet.cursor == "a"
            assert cursor_row(app).rstrip(" ▌").endswith("jalan")


@pytest.mark.anyio
async def test_sheet_of_text_alone_can_be_left() -> None:
    """Where nothing takes the cursor, Enter and Down go on."""
    async with board([Text("hanya teks")]) as (_, pilot, sheet):
        await press(pilot, "enter down")
        assert sheet.events == [("edge", 1), ("edge", 1)]
