"""The long list: a thousand rows cost as much as the visible ones."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import on
from textual.app import App, ComposeResult

from pmm_tui.tui.widgets.line_text import Piece
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.look import choose_look
from tests.tui.keyboard import cursor_row, press, screen_text, settled

HEIGHT = 12
MOVES = ("up", "down", "tab", "shift+tab", "pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end")


class Board(App[None]):
    """One list; notes every row that is painted and every message."""

    CSS = "LineCanvas { height: 1fr; width: 1fr; }"

    def __init__(self, total: int, search: bool = False) -> None:
        super().__init__()
        self.look = choose_look("gelap", False, True)
        self.painted: list[int] = []
        self.events: list[tuple[str, object]] = []
        self.total = total
        self.listed = VirtualList(self._row, search=search)

    def compose(self) -> ComposeResult:
        yield self.listed

    def on_mount(self) -> None:
        self.listed.focus()
        self.listed.set_rows(self.total, 0, ("kosong",))

    def _row(self, index: int, width: int, here: bool) -> list[Piece]:
        self.painted.append(index)
        return [(f"{self.look.signs.cursor if here else ' '} baris {index}", None)]

    @on(VirtualList.Selected)
    def _chosen(self, event: VirtualList.Selected) -> None:
        self.events.append(("pilih", event.index))

    @on(VirtualList.Searched)
    def _searched(self, event: VirtualList.Searched) -> None:
        self.events.append(("cari", event.search))

    @on(VirtualList.CursorMoved)
    def _moved(self, event: VirtualList.CursorMoved) -> None:
        self.events.append(("geser", event.index))


@asynccontextmanager
async def board(total: int, search: bool = False, height: int = HEIGHT):
    app = Board(total, search)
    async with app.run_test(size=(40, height)) as pilot:
        await settled(app)
        yield app, pilot


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 40), st.lists(st.sampled_from(MOVES), max_size=25), st.integers(2, 14))
def test_cursor_is_always_to_be_seen(total: int, keys: list[str], height: int) -> None:
    """Whatever moves it, the cursor is in range and on the screen, and no line is wasted while rows are left over."""

    async def main() -> None:
        async with board(total, height=height) as (app, pilot):
            for key in keys:
                await press(pilot, key)
                assert 0 <= app.listed.cursor < total
                assert cursor_row(app) == f"baris {app.listed.cursor}"
                assert sum("baris" in line for line in screen_text(app)) == min(total, height)

    asyncio.run(main())


@pytest.mark.anyio
async def test_only_visible_rows_are_painted() -> None:
    """With a thousand rows no key paints more than the window holds, and none twice: a step paints two rows."""
    async with board(1000) as (app, pilot):
        for key, many in (("down", 2), ("end", HEIGHT), ("up", 2), ("home", 0), ("pagedown", 1)):
            app.painted.clear()
            await press(pilot, key)
            assert len(set(app.painted)) == len(app.painted) == many


@pytest.mark.anyio
async def test_ends_are_ends() -> None:
    """Home and End reach the first and last row; a step beyond stays there and says nothing."""
    async with board(30) as (app, pilot):
        await press(pilot, "end")
        assert app.listed.cursor == 29
        app.events.clear()
        await press(pilot, "down pagedown")
        assert (app.listed.cursor, app.events) == (29, [])
        await press(pilot, "home up")
        assert app.listed.cursor == 0


@pytest.mark.anyio
async def test_typing_searches_and_editing_keys_edit_the_search() -> None:
    """Letters, Backspace, Ctrl+W and paste change the search; Esc empties it; arrows never do."""
    async with board(5, search=True) as (app, pilot):
        await press(pilot, "down 'ab c' backspace down ctrl+w escape")
        found = [content for name, content in app.events if name == "cari"]
        assert found == [
            "a",
            "ab",
            "ab ",
            "ab c",
            "ab ",
            "",
        ]


@pytest.mark.anyio
async def test_list_without_search_takes_no_letters() -> None:
    """A list that cannot be searched ignores typing."""
    async with board(5) as (app, pilot):
        await press(pilot, "'abc' backspace")
        assert app.listed.search == ""
        assert app.events == []


@pytest.mark.anyio
async def test_empty_list_says_so_and_enter_does_nothing() -> None:
    """Without rows the list shows its sentence, and no key chooses anything."""
    async with board(0) as (app, pilot):
        assert "kosong" in screen_text(app)[0]
        await press(pilot, "enter down up end home enter")
        assert app.events == []


@pytest.mark.anyio
async def test_cursor_follows_a_shrinking_list() -> None:
    """When rows go away the cursor stays in range; Enter chooses the row that is shown."""
    async with board(100) as (app, pilot):
        await press(pilot, "end")
        app.listed.set_rows(3)
        await settled(app)
        assert cursor_row(app) == "baris 2"
        await press(pilot, "enter")
        assert app.events[-1] == ("pilih", 2)
