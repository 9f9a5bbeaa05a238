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

from pmm_tui.tui.widgets.look import pilih_rupa
from pmm_tui.tui.widgets.rows import Button, Choice, Field, Gap, Heading, Row, RowId, Text, id_of
from pmm_tui.tui.widgets.sheet import Lembar
from tests.tui.keyboard import baris_kursor, layar, tekan, tenang

TINGGI = 12
GERAK = ("up", "down", "tab", "shift+tab", "pageup", "pagedown", "ctrl+home", "ctrl+end")


class LembarUji(Lembar):
    """Shows given rows and notes what it was told."""

    def __init__(self, baris: Sequence[Row]) -> None:
        super().__init__()
        self.isi = tuple(baris)
        self.kejadian: list[tuple[Any, ...]] = []

    def on_mount(self) -> None:
        self.muat_ulang()

    def susun_baris(self) -> tuple[Row, ...]:
        return self.isi

    def tekan(self, row_id: RowId, lanjut: bool) -> None:
        self.kejadian.append(("tekan", row_id, lanjut))

    def ketik(self, row_id: RowId, nilai: str) -> None:
        self.kejadian.append(("ketik", row_id, nilai))

    def ujung(self, arah: int) -> None:
        self.kejadian.append(("ujung", arah))

    def pindah(self, dari: RowId, ke: RowId) -> None:
        self.kejadian.append(("pindah", dari, ke))


class Papan(App[None]):
    """Nothing but the widget."""

    CSS = "Kanvas { height: 1fr; width: 1fr; }"

    def __init__(self, lembar: Lembar) -> None:
        super().__init__()
        self.rupa = pilih_rupa("gelap", False, True)
        self.lembar = lembar

    def compose(self) -> ComposeResult:
        yield self.lembar


@asynccontextmanager
async def papan(baris: Sequence[Row], lebar: int = 60, tinggi: int = TINGGI):
    lembar = LembarUji(baris)
    app = Papan(lembar)
    async with app.run_test(size=(lebar, tinggi)) as pilot:
        lembar.focus()
        await tenang(app)
        yield app, pilot, lembar


@st.composite
def barisan(draw: st.DrawFn) -> list[Row]:
    """Rows of every kind, some taller than one line, at least one of which takes the cursor."""
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 25))):
        panjang = draw(st.integers(0, 30)) * " kata"
        kind = draw(st.integers(0, 5))
        label = f"B{number:02}#{panjang}"
        rows.append(
            [
                Choice(f"b{number}", label, False),
                Field(f"b{number}", f"B{number:02}#", "nilai", width=20, note=panjang.strip()),
                Button(f"b{number}", label, note=panjang.strip()),
                Text(f"teks {panjang}"),
                Gap(),
                Heading("Judul"),
            ][kind]
        )
    return [*rows, Button("akhir", "B99#")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(barisan(), st.lists(st.sampled_from(GERAK), max_size=25), st.integers(4, 14))
def test_cursor_is_always_to_be_seen(baris: list[Row], kunci: list[str], tinggi: int) -> None:
    """Whatever moves it, the cursor stands on one row, and the beginning of that row is on the screen."""

    async def main() -> None:
        async with papan(baris, tinggi=tinggi) as (app, pilot, lembar):
            for key in kunci:
                await tekan(pilot, key)
                row = next(row for row in lembar.isi if lembar.kursor and id_of(row) == lembar.kursor)
                assert baris_kursor(app).startswith(("( ) " if isinstance(row, Choice) else "") + row.label[:4])
                assert sum(app.rupa.tanda.kursor in line for line in layar(app)) == 1

    asyncio.run(main())


@pytest.mark.anyio
async def test_down_visits_every_row_and_leaves_at_the_end() -> None:
    """Down, Tab and Enter on a field go to the next row; beyond the last Tab leaves the sheet, Down does not."""
    rows = [Heading("J"), Choice("a", "A", False), Gap(), Field("b", "B", ""), Text("t"), Field("c", "C", ""), Button("d", "D")]
    async with papan(rows) as (_, pilot, lembar):
        assert lembar.kursor == "a"
        for key, there in (("down", "b"), ("enter", "c"), ("tab", "d")):
            await tekan(pilot, key)
            assert lembar.kursor == there
        await tekan(pilot, "down")
        assert ("ujung", 1) not in lembar.kejadian
        await tekan(pilot, "tab")
        assert lembar.kejadian[-1] == ("ujung", 1)
        assert lembar.kursor == "d"
        for key, there in (("up", "c"), ("shift+tab", "b"), ("up", "a")):
            await tekan(pilot, key)
            assert lembar.kursor == there
        await tekan(pilot, "shift+tab")
        assert lembar.kejadian[-1] == ("ujung", -1)
        assert [e for e in lembar.kejadian if e[0] == "pindah"][:2] == [("pindah", "a", "b"), ("pindah", "b", "c")]


@pytest.mark.anyio
async def test_enter_chooses_and_space_toggles() -> None:
    """On a choice or a button Enter says go on and Space says stay; on a field Space is a letter."""
    rows = [Choice("a", "A", False), Button("b", "B"), Field("c", "C", "x")]
    async with papan(rows) as (_, pilot, lembar):
        await tekan(pilot, "enter space down space down space")
        assert [e for e in lembar.kejadian if e[0] != "pindah"] == [
            ("tekan", "a", True),
            ("tekan", "a", False),
            ("tekan", "b", False),
            ("ketik", "c", "x "),
        ]


@pytest.mark.anyio
async def test_typing_reaches_only_fields_and_their_limits() -> None:
    """Letters go into the field under the cursor, at most as many as it takes; a number field takes only digits."""
    rows = [Field("a", "A", "", limit=4), Field("n", "N", "7", limit=2, digits=True), Button("t", "T")]
    async with papan(rows) as (app, pilot, lembar):
        await tekan(pilot, "'abcdefg'")
        assert lembar.kejadian[-1] == ("ketik", "a", "abcd")
        assert "abcd" in baris_kursor(app)
        await tekan(pilot, "down 'x1y23'")
        assert lembar.kejadian[-1] == ("ketik", "n", "12")
        lembar.kejadian.clear()
        await tekan(pilot, "down 'abc' backspace delete")
        assert not [e for e in lembar.kejadian if e[0] == "ketik"]


@pytest.mark.anyio
async def test_long_value_shows_the_end_that_is_typed() -> None:
    """A value longer than its field keeps the text cursor to be seen, at both of its ends."""
    async with papan([Field("a", "A", "", width=10, limit=300), Button("t", "T")]) as (app, pilot, _):
        await tekan(pilot, f"'{'x' * 40}akhir'")
        assert "akhir" in baris_kursor(app)
        await tekan(pilot, "home 'AWAL'")
        assert "AWAL" in baris_kursor(app)


@pytest.mark.anyio
async def test_row_taller_than_the_window_begins_at_its_top() -> None:
    """A row that does not fit shows its beginning, and a sign says that there is more."""
    rows = [Button("a", "A"), Button("b", "Besar " + "kata " * 400), Button("c", "C")]
    async with papan(rows, tinggi=8) as (app, pilot, _):
        await tekan(pilot, "down")
        assert baris_kursor(app).startswith("Besar")
        assert app.rupa.tanda.bawah in layar(app)[-1]
        await tekan(pilot, "down")
        assert baris_kursor(app) == "C"
        assert app.rupa.tanda.atas in layar(app)[0]


@pytest.mark.anyio
async def test_resize_keeps_row_and_text() -> None:
    """Another width breaks the lines anew and leaves cursor and typed text where they were."""
    rows = [Text("kata " * 60), Field("a", "Alamat", ""), Text("kata " * 60), Button("t", "T")]
    async with papan(rows) as (app, pilot, lembar):
        await tekan(pilot, "'jalan'")
        for lebar in (40, 100, 60):
            await pilot.resize_terminal(lebar, TINGGI)
            await tenang(app)
            assert lembar.kursor == "a"
            assert baris_kursor(app).endswith("jalan")


@pytest.mark.anyio
async def test_sheet_of_text_alone_can_be_left() -> None:
    """Where nothing takes the cursor, Enter and Down go on."""
    async with papan([Text("hanya teks")]) as (_, pilot, lembar):
        await tekan(pilot, "enter down")
        assert lembar.kejadian == [("ujung", 1), ("ujung", 1)]
