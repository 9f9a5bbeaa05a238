"""The mouse, for those who have one: what is clicked is what the keys would choose."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import TugasTambahan
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.widgets.list_view import VirtualList
from pmm_tui.tui.widgets.sheet import Sheet
from tests.tui import held
from tests.tui.conftest import Open
from tests.tui.keyboard import settled
from tests.tui.samples import ANI, full_plan, started_plan
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio


async def click(u: Stage, text: str, by: int = 0) -> None:
    """Click on the first place of the screen that has this text."""
    y, line = next((y, line) for y, line in enumerate(u.screen_text()) if text in line)
    await u.pilot.click(offset=(line.index(text) + by, y))
    await settled(u.app)


async def test_a_row_of_the_list_is_chosen_and_then_opened(stage_app: Open) -> None:
    """The first click puts the cursor on a teacher, the second opens the plan; below the last row there is nothing."""
    async with stage_app() as u:
        await click(u, "Citra")
        assert u.cursor.startswith("Citra")
        assert u.title.startswith(" Daftar Guru")
        await u.pilot.click(offset=(4, 15))
        await settled(u.app)
        assert u.cursor.startswith("Citra")
        await click(u, "Citra")
        assert u.title.startswith(" ‹ Citra")


async def test_the_wheel_moves_the_cursor(stage_app: Open) -> None:
    """A notch is a row, down and up, in the list as in a form, and the ends hold."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        listed = u.app.screen.query_one(VirtualList)
        for step, name in (
            (listed.on_mouse_scroll_down, "Budi"),
            (listed.on_mouse_scroll_up, "Ani"),
            (listed.on_mouse_scroll_up, "Ani"),
        ):
            step()
            await settled(u.app)
            assert u.cursor.startswith(name)
        await u.press("enter")
        sheet = u.app.screen.query_one(Sheet)
        before = u.cursor
        sheet.on_mouse_scroll_down()
        await settled(u.app)
        assert u.cursor != before
        sheet.on_mouse_scroll_up()
        await settled(u.app)
        assert u.cursor == before


async def test_a_tab_opens_its_pane(stage_app: Open) -> None:
    """A click on a label opens it, from its first letter to its last; between two labels nothing happens."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press("enter")
        await click(u, "3 Tugas", -1)
        assert u.tab == "3 Tugas"
        await click(u, "1 Praktik", len("1 Praktik"))
        assert u.tab == "1 Praktik"
        await click(u, "2 Kompetensi", -2)
        assert u.tab == "1 Praktik"


async def test_a_click_in_a_form_is_the_choice_itself(stage_app: Open) -> None:
    """A choice is made and goes on as Enter does, a box is ticked and stays, words do nothing."""
    async with stage_app(draft={ANI.nama: started_plan().with_section(TugasTambahan())}) as u:
        await u.press("enter")
        await click(u, "Umpan Balik Konstruktif")
        assert u.tab == "2 Kompetensi"
        await u.saved("Ani", lambda r: r.praktik_pembelajaran.indikator == ("umpan-balik-konstruktif",))
        await u.press("f6")
        await click(u, "Wali kelas")
        assert u.cursor.startswith("[x] Wali kelas")
        await click(u, "Wali kelas")
        assert u.cursor.startswith("[ ] Wali kelas")
        assert u.tab == "3 Tugas"
        await u.pilot.click(offset=(3, 2))
        await settled(u.app)
        assert u.cursor.startswith("[ ] Wali kelas")


async def test_a_version_is_chosen_with_a_click(stage_app: Open) -> None:
    """On the look at both a click on a field or a section changes whose is taken, and one on a button decides."""
    async with stage_app(draft={ANI.nama: full_plan()}) as u:
        held.tell(u.store, u.pegawai("Ani"), held.theirs())
        await u.press("enter ctrl+o")
        await click(u, "Aktivitas Interaktif")
        assert "(•) Aktivitas Interaktif" in u.text
        await click(u, "Praktik Kinerja")
        assert "( ) Aktivitas Interaktif" in u.text
        await u.press("end")
        await click(u, "Pakai milik server")
        assert "Isi server diambil" in u.status


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(thrifty=True)], ids=["penuh", "hemat"])
async def test_each_of_several_buttons_is_clicked(stage_app: Open, look: LookOptions) -> None:
    """Beside each other or below each other: the one that is clicked is pressed, and the place behind the last is none."""
    async with stage_app(draft={ANI.nama: full_plan()}, look=look) as u:
        await u.press("enter f9")
        at = next(y for y, line in enumerate(u.screen_text()) if f"{u.app.look.signs.cursor} Batal" in line)
        seen = u.text
        if not look.thrifty:
            await u.pilot.click(offset=(60, at))
            assert (u.text, u.store.outbox.all()) == (seen, ())
        await click(u, f"{u.app.look.signs.cursor} Batal", 2)
        assert (u.dialog, u.store.outbox.all()) == ("", ())
        await u.press("f9")
        yes = at + look.thrifty
        await u.pilot.click(offset=(u.screen_text()[yes].lower().rindex("ajukan"), yes))
        await u.until(lambda: u.store.outbox.all())
