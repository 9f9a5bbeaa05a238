"""The mouse, for those who have one: what is clicked is what the keys would choose."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import TugasTambahan
from pmm_tui.tui.widgets.list_view import Daftar
from pmm_tui.tui.widgets.sheet import Lembar
from tests.tui.conftest import Buka
from tests.tui.keyboard import tenang
from tests.tui.samples import ANI, rencana_mulai
from tests.tui.stage import Panggung

pytestmark = pytest.mark.anyio


async def click(u: Panggung, text: str, by: int = 0) -> None:
    """Click on the first place of the screen that has this text."""
    y, line = next((y, line) for y, line in enumerate(u.layar()) if text in line)
    await u.pilot.click(offset=(line.index(text) + by, y))
    await tenang(u.app)


async def test_a_row_of_the_list_is_chosen_and_then_opened(app_uji: Buka) -> None:
    """The first click puts the cursor on a teacher, the second opens the plan; below the last row there is nothing."""
    async with app_uji() as u:
        await click(u, "Citra")
        assert u.kursor.startswith("Citra")
        assert u.kepala.startswith(" Daftar Guru")
        await u.pilot.click(offset=(4, 15))
        await tenang(u.app)
        assert u.kursor.startswith("Citra")
        await click(u, "Citra")
        assert u.kepala.startswith(" Citra")


async def test_the_wheel_moves_the_cursor(app_uji: Buka) -> None:
    """A notch is a row, down and up, in the list as in a form, and the ends hold."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        daftar = u.app.screen.query_one(Daftar)
        for step, name in (
            (daftar.on_mouse_scroll_down, "Budi"),
            (daftar.on_mouse_scroll_up, "Ani"),
            (daftar.on_mouse_scroll_up, "Ani"),
        ):
            step()
            await tenang(u.app)
            assert u.kursor.startswith(name)
        await u.tekan("enter")
        lembar = u.app.screen.query_one(Lembar)
        before = u.kursor
        lembar.on_mouse_scroll_down()
        await tenang(u.app)
        assert u.kursor != before
        lembar.on_mouse_scroll_up()
        await tenang(u.app)
        assert u.kursor == before


async def test_a_tab_opens_its_pane(app_uji: Buka) -> None:
    """A click on a label opens it, from its first letter to its last; between two labels nothing happens."""
    async with app_uji(draf={ANI.nama: rencana_mulai()}) as u:
        await u.tekan("enter")
        await click(u, "3 Tugas", -1)
        assert "[3 Tugas]" in u.teks
        await click(u, "1 Praktik", len("1 Praktik"))
        assert "[1 Praktik]" in u.teks
        await click(u, "2 Kompetensi", -2)
        assert "[1 Praktik]" in u.teks


async def test_a_click_in_a_form_is_the_choice_itself(app_uji: Buka) -> None:
    """A choice is made and goes on as Enter does, a box is ticked and stays, words do nothing."""
    async with app_uji(draf={ANI.nama: rencana_mulai().with_section(TugasTambahan())}) as u:
        await u.tekan("enter")
        await click(u, "Umpan Balik Konstruktif")
        assert "[2 Kompetensi]" in u.teks
        await u.tersimpan("Ani", lambda r: r.praktik_pembelajaran.indikator == ("umpan-balik-konstruktif",))
        await u.tekan("f6")
        await click(u, "Wali kelas")
        assert u.kursor.startswith("[x] Wali kelas")
        await click(u, "Wali kelas")
        assert u.kursor.startswith("[ ] Wali kelas")
        assert "[3 Tugas]" in u.teks
        await u.pilot.click(offset=(3, 2))
        await tenang(u.app)
        assert u.kursor.startswith("[ ] Wali kelas")
