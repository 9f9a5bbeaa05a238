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
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.look import pilih_rupa
from tests.tui.keyboard import baris_kursor, layar, tekan, tenang

TINGGI = 12
GERAK = ("up", "down", "tab", "shift+tab", "pageup", "pagedown", "home", "end", "ctrl+home", "ctrl+end")


class Papan(App[None]):
    """One list; notes every row that is painted and every message."""

    CSS = "Kanvas { height: 1fr; width: 1fr; }"

    def __init__(self, jumlah: int, cari: bool = False) -> None:
        super().__init__()
        self.rupa = pilih_rupa("gelap", False, True)
        self.dilukis: list[int] = []
        self.kejadian: list[tuple[str, object]] = []
        self.jumlah = jumlah
        self.daftar = Daftar(self._baris, cari=cari)

    def compose(self) -> ComposeResult:
        yield self.daftar

    def on_mount(self) -> None:
        self.daftar.focus()
        self.daftar.isi(self.jumlah, 0, ("kosong",))

    def _baris(self, index: int, lebar: int, here: bool) -> list[Piece]:
        self.dilukis.append(index)
        return [(f"{self.rupa.tanda.kursor if here else ' '} baris {index}", None)]

    @on(Daftar.Dipilih)
    def _chosen(self, event: Daftar.Dipilih) -> None:
        self.kejadian.append(("pilih", event.index))

    @on(Daftar.Dicari)
    def _searched(self, event: Daftar.Dicari) -> None:
        self.kejadian.append(("cari", event.cari))

    @on(Daftar.Bergeser)
    def _moved(self, event: Daftar.Bergeser) -> None:
        self.kejadian.append(("geser", event.index))


@asynccontextmanager
async def papan(jumlah: int, cari: bool = False, tinggi: int = TINGGI):
    app = Papan(jumlah, cari)
    async with app.run_test(size=(40, tinggi)) as pilot:
        await tenang(app)
        yield app, pilot


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 40), st.lists(st.sampled_from(GERAK), max_size=25), st.integers(2, 14))
def test_cursor_is_always_to_be_seen(jumlah: int, kunci: list[str], tinggi: int) -> None:
    """Whatever moves it, the cursor is in range and on the screen, and no line is wasted while rows are left over."""

    async def main() -> None:
        async with papan(jumlah, tinggi=tinggi) as (app, pilot):
            for key in kunci:
                await tekan(pilot, key)
                assert 0 <= app.daftar.kursor < jumlah
                assert baris_kursor(app) == f"baris {app.daftar.kursor}"
                assert sum("baris" in line for line in layar(app)) == min(jumlah, tinggi)

    asyncio.run(main())


@pytest.mark.anyio
async def test_only_visible_rows_are_painted() -> None:
    """With a thousand rows no key paints more than the window holds, and none twice: a step paints two rows."""
    async with papan(1000) as (app, pilot):
        for key, banyak in (("down", 2), ("end", TINGGI), ("up", 2), ("home", 0), ("pagedown", 1)):
            app.dilukis.clear()
            await tekan(pilot, key)
            assert len(set(app.dilukis)) == len(app.dilukis) == banyak


@pytest.mark.anyio
async def test_ends_are_ends() -> None:
    """Home and End reach the first and last row; a step beyond stays there and says nothing."""
    async with papan(30) as (app, pilot):
        await tekan(pilot, "end")
        assert app.daftar.kursor == 29
        app.kejadian.clear()
        await tekan(pilot, "down pagedown")
        assert (app.daftar.kursor, app.kejadian) == (29, [])
        await tekan(pilot, "home up")
        assert app.daftar.kursor == 0


@pytest.mark.anyio
async def test_typing_searches_and_editing_keys_edit_the_search() -> None:
    """Letters, Backspace, Ctrl+W and paste change the search; Esc empties it; arrows never do."""
    async with papan(5, cari=True) as (app, pilot):
        await tekan(pilot, "down 'ab c' backspace down ctrl+w escape")
        found = [isi for nama, isi in app.kejadian if nama == "cari"]
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
    async with papan(5) as (app, pilot):
        await tekan(pilot, "'abc' backspace")
        assert app.daftar.cari == ""
        assert app.kejadian == []


@pytest.mark.anyio
async def test_empty_list_says_so_and_enter_does_nothing() -> None:
    """Without rows the list shows its sentence, and no key chooses anything."""
    async with papan(0) as (app, pilot):
        assert "kosong" in layar(app)[0]
        await tekan(pilot, "enter down up end home enter")
        assert app.kejadian == []


@pytest.mark.anyio
async def test_cursor_follows_a_shrinking_list() -> None:
    """When rows go away the cursor stays in range; Enter chooses the row that is shown."""
    async with papan(100) as (app, pilot):
        await tekan(pilot, "end")
        app.daftar.isi(3)
        await tenang(app)
        assert baris_kursor(app) == "baris 2"
        await tekan(pilot, "enter")
        assert app.kejadian[-1] == ("pilih", 2)
