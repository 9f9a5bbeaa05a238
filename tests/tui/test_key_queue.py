"""Keys that come faster than the screens open and close."""

from __future__ import annotations

import asyncio

import pytest
from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget

from pmm_tui.tui.key_queue import KeyQueue
from tests.tui.conftest import Buka
from tests.tui.keyboard import tekan
from tests.tui.samples import ANI, rencana_mulai

pytestmark = pytest.mark.anyio
PELATIHAN = "peserta-pelatihan-mandiri"


@pytest.mark.parametrize(
    ("jalan", "lalu", "kepala"),
    [
        ("f1", "enter escape", " Daftar Guru"),
        ("f1", "enter f1", " Daftar Guru"),
        ("f1", "enter escape escape", " Daftar Guru"),
        ("f6", "enter enter", " Ani"),
        ("f6", "escape enter", " Ani"),
        ("f6", "enter escape", " Daftar Guru"),
        ("enter enter", "enter enter", " Ani"),
    ],
)
async def test_keys_that_come_together_close_one_dialog(app_uji: Buka, jalan: str, lalu: str, kepala: str) -> None:
    """The key behind the one that closes a dialog acts on what lies below, and only once."""
    async with app_uji() as u:
        await u.tekan(jalan)
        await u.tekan(lalu, beruntun=True)
        assert not u.app.crashed
        assert u.kepala.startswith(kepala)


async def test_search_and_enter_that_come_together(app_uji: Buka) -> None:
    """A search with one hit and the Enter right behind it open that teacher."""
    async with app_uji() as u:
        await u.tekan("'dedi' enter", beruntun=True)
        assert u.kepala.startswith(" Dedi")


async def test_whole_pane_in_one_burst(app_uji: Buka) -> None:
    """Keys behind those that open a plan, a pane and a list of choices fill what these open, each in its turn."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter f6 enter 'mandiri' enter 'Modul' enter '3' f6", beruntun=True)
        assert "[3 Tugas]" in u.teks
        (rhk,) = (await u.tersimpan("Ani", lambda r: r.pengembangan_kompetensi.rhk)).pengembangan_kompetensi.rhk
        assert rhk.kompetensi == PELATIHAN


async def test_paste_waits_as_keys_do(app_uji: Buka) -> None:
    """What is pasted right behind the key that opens a list of choices filters that list."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter f6")
        u.app.post_message(events.Key("f4", None))
        await u.tempel("mandiri")
        assert "Cari: mandiri_" in u.teks


class Sekali(Widget, can_focus=True):
    """Goes away with the first key."""

    async def on_key(self, event: events.Key) -> None:
        self.app.tiba.append((self.id, event.key))  # type: ignore[attr-defined]
        self.remove()


class Berganti(KeyQueue, App[None]):
    """Whoever has the focus leaves with a key."""

    def __init__(self) -> None:
        super().__init__()
        self.tiba: list[tuple[str | None, str]] = []

    def compose(self) -> ComposeResult:
        for id in ("satu", "dua", "tiga"):
            yield Sekali(id=id)


async def test_place_that_closes_holds_no_key() -> None:
    """A widget that goes away with the key it gets does not keep the next ones waiting."""
    app = Berganti()
    async with app.run_test() as pilot:
        await tekan(pilot, "a b c d", beruntun=True)
        assert [key for _, key in app.tiba] == ["a", "b", "c"]
        assert len({id for id, _ in app.tiba}) == 3
        assert app._dispatcher is None


class Terlambat(KeyQueue, App[None]):
    """Its key takes until `terus`."""

    def __init__(self) -> None:
        super().__init__()
        self.terus = asyncio.Event()
        self.tiba: list[str] = []

    async def on_key(self, event: events.Key) -> None:
        self.tiba.append(event.key)
        await self.terus.wait()


async def test_end_while_a_key_is_at_work() -> None:
    """Keys that still wait when the program ends hold nothing up."""
    app = Terlambat()
    async with app.run_test():
        for key in "abc":
            app.post_message(events.Key(key, key))
        while not app.tiba:
            await asyncio.sleep(0)
        app.exit()
        app.terus.set()
    assert app.tiba == ["a"]
