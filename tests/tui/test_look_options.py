"""The look: readable without colour, in ASCII, and on a terminal that is too small."""

from __future__ import annotations

import pytest

from pmm_tui.skp.model import Pegawai
from pmm_tui.store import Store
from pmm_tui.tui import LookWish, look_for_terminal
from pmm_tui.tui.look_values import LookOptions
from pmm_tui.tui.screens.help import HelpScreen
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips
from tests.tui.samples import ANI, started_plan
from tests.tui.walk import walk, walk_app

SMALL = "Jendela terlalu kecil."


def colour(u) -> set[str]:
    """The colours on the screen, the terminal's own aside."""
    styles = [segment.style for strip in screen_strips(u.app) for segment in strip if segment.style]
    found = [c for style in styles for c in (style.color, style.bgcolor) if c is not None]
    return {c.name for c in found if not c.is_default}


@pytest.mark.anyio
async def test_no_color_sends_none(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR no screen has a colour, and the cursor is still told apart by an attribute."""
    monkeypatch.setenv("NO_COLOR", "1")
    async with walk_app(store, look=look_for_terminal(LookWish(), {"NO_COLOR": "1", "TERM": "xterm"})) as u:
        async for name in walk(u):
            assert colour(u) == set(), name
            if isinstance(u.app.screen, HelpScreen):  # a page to read has no cursor
                continue
            lines = [[*strip] for strip in screen_strips(u.app)]
            here = [line[n : n + 2] for line in lines for n, s in enumerate(line) if s.text.startswith(u.app.look.signs.cursor)]
            assert any(s.style and (s.style.reverse or s.style.bold) for pair in here for s in pair), name  # the row, or the button


@pytest.mark.anyio
async def test_colour_where_it_is_wanted(stage_app: Open) -> None:
    """Without NO_COLOR the themes do have colours, so that the test above means something."""
    async with stage_app() as u:
        assert colour(u)


@pytest.mark.anyio
async def test_ascii_mode_is_ascii_on_every_screen(store: Store) -> None:
    """In ASCII mode every screen is plain ASCII, the frames of dialogs and the names with accents too."""
    async with walk_app(store, look=LookOptions(ascii=True)) as u:
        for number, name in enumerate(("Andr\u00e9 Lam\u00e9n", "\u00c8lisabeth", "O\u2019Brien \u201cX\u201d")):
            u.store.roster.write([Pegawai(nama=name, nuptk=f"{number:016}")])
        async for name in walk(u):
            assert u.text.isascii(), (name, [c for c in u.text if not c.isascii()])


@pytest.mark.anyio
@pytest.mark.parametrize("look", [LookOptions(thrifty=True), look_for_terminal(LookWish(), {"TERM": "linux"})])
async def test_thrifty_look_and_linux_console_are_ascii(stage_app: Open, look: LookOptions) -> None:
    """So are the thrifty look and the Linux console."""
    async with stage_app(look=look) as u:
        for script in ("", "f1", "escape enter", "enter", "enter", "enter"):
            await u.press(script)
            assert u.text.isascii()


@pytest.mark.anyio
@pytest.mark.parametrize("script", ["", "enter", "f8", "f4", "f7"])
async def test_small_terminal_gets_a_notice_and_comes_back(stage_app: Open, script: str) -> None:
    """At 50x16 every screen is one notice with both sizes; back at 80x24 it is as it was."""
    async with stage_app(draft={ANI.nama: started_plan()}) as u:
        await u.press(script)
        before = u.text
        await u.size(50, 16)
        assert [line.strip() for line in u.screen_text() if line.strip()] == [
            SMALL,
            "Kini 50x16; perbesar sampai 60x18,",
            "atau kecilkan huruf dengan Ctrl+-.",
            "Isian tetap aman. Ctrl+Q keluar.",
        ]
        await u.size(80, 24)
        assert u.text == before


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("size", "small"),
    [((60, 18), False), ((59, 18), True), ((60, 17), True), ((20, 5), True), ((80, 23), False), ((200, 60), False)],
)
async def test_where_the_notice_begins(stage_app: Open, size: tuple[int, int], small: bool) -> None:
    """The notice begins exactly below 60x18, and fits into any size."""
    async with stage_app(size=size) as u:
        assert (SMALL[: size[0]] in u.text) is small  # cut where even the notice has no room
        assert len(u.screen_text()) == size[1]
        assert all(strip.cell_length == size[0] for strip in screen_strips(u.app))


@pytest.mark.anyio
async def test_typing_survives_the_notice(stage_app: Open) -> None:
    """Field, text and cursor are the same after the terminal was small."""
    async with stage_app(draft={ANI.nama: started_plan()}, place=(ANI.nama, "data_diri", "golongan")) as u:
        await u.press("ctrl+u 'IV/' left")
        await u.size(60, 10)
        await u.size(90, 30)
        await u.press("'a'")
        assert u.cursor.split()[1] == "IVa/"


@pytest.mark.anyio
async def test_thrifty_look_can_be_switched(stage_app: Open) -> None:
    """Ctrl+P changes to the thrifty look, on the open screen at once, and back."""
    async with stage_app() as u:
        before = u.text
        await u.press("ctrl+p")
        assert u.text.isascii()
        assert "NIP" not in u.text
        await u.press("ctrl+p")
        assert u.text == before


@pytest.mark.anyio
async def test_thrifty_list_tells_namesakes_apart(stage_app: Open) -> None:
    """The thrifty list shows names and states alone; only teachers of the same name keep their number."""
    twin = [
        Pegawai(nama=name, nuptk=digit * 16) for name, digit in (("Siti Aisyah", "1"), ("Siti Aïsyah", "3"), ("Siti Aisyah", "2"))
    ]
    async with stage_app(teachers=[ANI, *twin], look=LookOptions(thrifty=True)) as u:
        assert u.row("Ani Lestari").split() == [">", "Ani", "Lestari,", "S.Pd."]
        assert [line.split()[2] for line in u.screen_text() if "Siti Aisyah" in line] == ["1" * 16, "3" * 16, "2" * 16]
