"""Keys that come faster than the screens open and close."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from pmm_tui.tui.key_queue import KeyQueue
from tests.tui.conftest import Open
from tests.tui.keyboard import press
from tests.tui.samples import ANI, started_plan

pytestmark = pytest.mark.anyio
TRAINING = "peserta-pelatihan-mandiri"


@pytest.mark.parametrize(
    ("script", "then", "title"),
    [
        ("f1", "enter escape", " Daftar Guru"),
        ("f1", "enter f1", " Bantuan · Daftar Guru"),
        ("f1", "enter escape escape", " Daftar Guru"),
        ("f6", "enter enter", " ‹ Ani"),
        ("f6", "escape enter", " ‹ Ani"),
        ("f6", "enter escape", " Daftar Guru"),
        ("enter enter", "enter enter", " ‹ Ani"),
    ],
)
async def test_keys_that_come_together_close_one_dialog(stage_app: Open, script: str, then: str, title: str) -> None:
    """The key behind the one that closes a dialog acts on what lies below, and only once."""
    async with stage_app() as u:
        await u.press(script)
        await u.press(then, in_a_row=True)
        assert not u.app.crashed
        assert u.title.startswith(title)


async def test_search_and_enter_that_come_together(stage_app: Open) -> None:
    """A search with one hit and the Enter right behind it open that teacher."""
    async with stage_app() as u:
        await u.press("'dedi' enter", in_a_row=True)
        assert u.title.startswith(" ‹ Dedi")


async def test_whole_pane_in_one_burst(stage_app: Open) -> None:
    """Keys behind those that open a plan, a pane and a list of choices fill what these open, each in its turn."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter f6 enter 'mandiri' enter 'Modul' enter '3' f6", in_a_row=True)
        assert u.tab == "3 Tugas"
        (rhk,) = (await u.saved("Ani", lambda r: r.pengembangan_kompetensi.rhk)).pengembangan_kompetensi.rhk
        assert rhk.kompetensi == TRAINING


async def test_paste_waits_as_keys_do(stage_app: Open) -> None:
    """What is pasted right behind the key that opens a list of choices filters that list."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter f6")
        u.app.post_message(events.Key("f4", None))
        await u.paste("mandiri")
        assert "▐mandiri " in u.text


class Once(Widget, can_focus=True):
    """Goes away with the first key."""

    async def on_key(self, event: events.Key) -> None:
        self.app.arrived.append((self.id, event.key))  # type: ignore[attr-defined]
        self.remove()


class Changing(KeyQueue, App[None]):
    """Whoever has the focus leaves with a key."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived: list[tuple[str | None, str]] = []

    def compose(self) -> ComposeResult:
        for widget_id in ("satu", "dua", "tiga"):
            yield Once(id=widget_id)


async def test_place_that_closes_holds_no_key() -> None:
    """A widget that goes away with the key it gets does not keep the next ones waiting."""
    app = Changing()
    async with app.run_test() as pilot:
        await press(pilot, "a b c d", in_a_row=True)
        assert [key for _, key in app.arrived] == ["a", "b", "c"]
        assert len({widget_id for widget_id, _ in app.arrived}) == 3
        assert app._dispatcher is None


class Late(KeyQueue, App[None]):
    """Its key takes until `go_on`."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.arrived: list[str] = []

    async def on_key(self, event: events.Key) -> None:
        self.arrived.append(event.key)
        await self.go_on.wait()


async def test_end_while_a_key_is_at_work() -> None:
    """Keys that still wait when the program ends hold nothing up."""
    app = Late()
    async with app.run_test():
        for key in "abc":
            app.post_message(events.Key(key, key))
        while not app.arrived:
            await asyncio.sleep(0)
        app.exit()
        app.go_on.set()
    assert app.arrived == ["a"]


async def test_paste_while_the_terminal_has_no_focus(stage_app: Open) -> None:
    """A paste from a menu or a list of clips comes between the reports that the focus went and came: it is taken, like a key."""
    async with stage_app() as u:
        u.app.post_message(events.AppBlur())
        await u.paste("dedi")
        u.app.post_message(events.AppFocus())
        await u.until_text("▐dedi")


@pytest.mark.parametrize(("keymap", "found"), [({}, ("ab Xcd", "ab XcdY")), ({"gambar_ulang": "alt+b"}, ("ab cdX", "ab cdXY"))])
async def test_alt_and_a_letter_moves_by_words_where_nothing_is_bound(
    stage_app: Open, keymap: dict[str, str], found: tuple[str, str]
) -> None:
    """Terminals of macOS send Alt+B for Option and an arrow; who gives the key an action gets that action instead."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "data_diri", "golongan"), keymap=keymap) as u:
        await u.press("ctrl+u 'ab cd' alt+b 'X'")
        assert u.row("Golongan").partition("▐")[2].partition("▌")[0].strip() == found[0]
        await u.press("alt+f 'Y'")
        assert u.row("Golongan").partition("▐")[2].partition("▌")[0].strip() == found[1]
