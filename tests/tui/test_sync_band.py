"""Bantuan Sinkron: from the palette, by a part of a message, on every terminal; what is not listed is said not to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.skp.sync_messages import bundled_messages
from pmm_tui.tui.look_values import LookOptions
from tests.tui.conftest import Open
from tests.tui.keyboard import screen_strips

pytestmark = pytest.mark.anyio
OPEN = "ctrl+a 'sinkron' enter"
ONE = bundled_messages().pesan[0]


def plain(text: str) -> str:
    """A text with single blanks."""
    return " ".join(text.split())


@pytest.mark.parametrize("script", ["", "enter", "f8", "f7", "alt+c"])
async def test_it_opens_over_every_place(stage_app: Open, script: str) -> None:
    """The palette offers it wherever one is; Esc leads back to the very same screen."""
    async with stage_app() as u:
        await u.press(script)
        before = u.text
        await u.press(OPEN)
        assert plain(u.dialog).startswith("Bantuan Sinkron")
        await u.press("escape")
        assert u.text == before


async def test_a_message_is_found_by_a_part_and_opened(stage_app: Open) -> None:
    """What is pasted opens the one that fits: cause, place, who, steps; Enter goes back to the list and opens again."""
    async with stage_app(size=(100, 30)) as u:
        await u.press(OPEN)
        assert f"{len(bundled_messages().pesan)} dari {len(bundled_messages().pesan)}" in u.dialog
        await u.paste(ONE.pesan)
        await u.press("enter" if "Sebab" not in u.dialog else "")
        for part in (ONE.sebab, ONE.sistem, ONE.pelaku, *ONE.langkah):
            assert part[:40] in plain(u.dialog)
        await u.press("enter")
        assert "Sebab" not in u.dialog
        await u.press("enter")
        assert "Sebab" in u.dialog


async def test_what_is_not_listed_is_said(stage_app: Open) -> None:
    """No guess: it is not in the list, and whom to ask."""
    async with stage_app() as u:
        await u.press(f"{OPEN} 'zzzqqq xyzzy'")
        assert "Pesan ini belum ada di daftar" in u.dialog
        await u.press("enter ctrl+u")
        assert ONE.pesan in plain(u.dialog)


async def test_a_file_of_ones_own(stage_app: Open, tmp_path: Path) -> None:
    """Its messages are found; one that is broken is told of, and the program's own are there all the same."""
    own = tmp_path / "pesan-sinkron.toml"
    async with stage_app(size=(100, 30)) as u:
        u.services.own_messages = own
        own.write_text(
            '[[pesan]]\nid = "x"\npesan = "Kode [b]99[/b] dinas"\nsebab = "s"\nsistem = "t"\npelaku = "p"\nlangkah = ["l"]\n',
            "utf-8",
        )
        await u.press(f"{OPEN} 'kode 99'")
        assert "Kode [b]99[/b] dinas" in u.dialog
        await u.press("escape")
        own.write_text("[[pesan]]\n", "utf-8")
        await u.press(OPEN)
        assert "pesan-sinkron.toml" in u.dialog.replace(" ", "")
        assert ONE.pesan in plain(u.dialog)


@pytest.mark.parametrize("look", [LookOptions(), LookOptions(ascii=True), LookOptions(thrifty=True)])
@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_every_size_and_look(stage_app: Open, size: tuple[int, int], look: LookOptions) -> None:
    """Every line has its width, opened and closed; the cursor comes to the end of a message, and from there back to the others."""
    async with stage_app(size=size, look=look) as u:
        await u.press(f"{OPEN} enter end")
        assert "Pesan lain" in u.cursor
        await u.press("enter")
        assert ONE.pesan[:20] in u.cursor
        for keys in ("down", "enter", "enter", "'sinkron'"):
            await u.press(keys)
            assert [strip.cell_length for strip in screen_strips(u.app)] == [size[0]] * size[1]
