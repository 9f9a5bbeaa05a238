"""Levels of Rapor Pendidikan typed on the screen: chosen by arrows, stored when asked, never by a held key."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Rapor
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio
OPEN = "ctrl+a 'ketik capaian' enter"


def stored(u: Stage) -> dict[str, str]:
    """What was typed, as it is stored."""
    return {entry.item: entry.level for entry in u.store.own_rapor.all("2026") if entry.origin == "tangan"}


async def test_levels_are_typed_and_stored(stage_app: Open) -> None:
    """Right chooses a level, Enter goes on; the button counts what is new, and only then it is stored."""
    async with stage_app(rapor=Rapor()) as u:
        await u.press(OPEN)
        first = u.services.in_force().katalog.indikator[0]
        assert "belum ada" in u.cursor
        await u.press("right enter right right")
        assert "Simpan 2 capaian" in u.dialog
        assert stored(u) == {}
        await u.go_to("Simpan 2 capaian")
        await u.press("enter")
        assert u.dialog == ""
        assert len(stored(u)) == 2
        levels = [capaian.id for capaian in u.services.in_force().katalog.rapor.capaian]
        assert stored(u)[f"indikator/{first.id}"] == levels[0]
        assert "2 capaian Rapor disimpan" in u.status


@pytest.mark.parametrize("keys", ["escape", "ctrl+w"])
async def test_leaving_stores_nothing(stage_app: Open, keys: str) -> None:
    """Esc leaves everything as it was."""
    async with stage_app(rapor=Rapor()) as u:
        await u.press(f"{OPEN} right {keys}")
        assert u.dialog == ""
        assert stored(u) == {}


async def test_a_held_enter_stores_nothing(stage_app: Open) -> None:
    """It runs down to the button and stops there with a word."""
    async with stage_app(rapor=Rapor()) as u:
        await u.press(f"{OPEN} right")
        await u.press("enter*30", in_a_row=True)
        assert stored(u) == {}
        assert "Tombol yang ditahan" in u.dialog


async def test_the_pane_offers_it_where_there_is_none(stage_app: Open) -> None:
    """Where the server has no levels the plan's pane leads there."""
    async with stage_app(place=(ANI.nama, "rapor_pendidikan", ""), rapor=Rapor()) as u:
        await u.go_to("Ketik capaiannya")
        await u.press("enter")
        assert "Ketik capaian Rapor Pendidikan" in u.dialog


async def test_the_pane_is_as_it_was_where_there_are_levels(stage_app: Open) -> None:
    """Else it says nothing of it."""
    async with stage_app(place=(ANI.nama, "rapor_pendidikan", "")) as u:
        assert "Saya mengerti" in u.text
        assert "Ketik capaiannya" not in u.text


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(ascii=True), LookOptions(thrifty=True)])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_every_size_and_look(stage_app: Open, size: tuple[int, int], look: LookOptions) -> None:
    """Every line has its width, and the buttons are reached."""
    async with stage_app(size=size, look=look) as u:
        await u.press(f"{OPEN} right end")
        assert "Batal" in u.cursor
        assert [strip.cell_length for strip in screen_strips(u.app)] == [size[0]] * size[1]
