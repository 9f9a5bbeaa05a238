"""The pictures that README and docs show are the screens as they are, and the contact sheet shows them all."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec import structs
from rich.cells import cell_len

from pmm_tui.skp.plan_state import State
from pmm_tui.tui.widgets.look import choose_look
from tests import make_contact_sheet, make_pictures
from tests.pictures.draw import LOOKS, pictures, standing
from tests.pictures.svg import CELL, LINE
from tests.tui.places import PLACES

pytestmark = pytest.mark.anyio
ROOT = make_pictures.FOLDER.parents[1]
_DRAWN = "█▌▐│─▒░"
"""Signs that are rectangles."""


async def test_the_pictures_are_the_screens_as_they_are() -> None:
    """Every picture, made again, is what is there, byte for byte; nothing else is there."""
    drawn = await make_pictures.draw()
    stored = {path.name: path.read_text("utf-8") for path in make_pictures.FOLDER.glob("*.svg")}
    stale = sorted({name for name, _ in drawn.items() ^ stored.items()})
    assert stale == [], "gambar layar tidak lagi seperti layarnya; jalankan: python -m tests.make_pictures"


def test_every_picture_is_shown_somewhere_and_every_shown_one_is_there() -> None:
    """What README and docs/look.md show is what is made."""
    texts = [(ROOT / "README.md").read_text("utf-8"), (ROOT / "docs" / "look.md").read_text("utf-8")]
    shown = {name for text in texts for name in re.findall(r"pictures/([\w-]+\.svg)", text)}
    assert shown == {path.name for path in make_pictures.FOLDER.glob("*.svg")}


async def test_a_picture_has_every_letter_in_its_cell() -> None:
    """Read back by place, the letters are the screen's; each run is as long as its cells, whatever the font."""
    async with standing(PLACES["roster"], (80, 24), LOOKS["dark"]) as u:
        async for _, _, text in pictures(u, "roster", [(80, 24)], ["dark"]):
            lines = [[" "] * 80 for _ in range(24)]
            for found in ElementTree.fromstring(text).iter("{http://www.w3.org/2000/svg}text"):
                x, y, word = int(found.attrib["x"]) // CELL, int(found.attrib["y"]) // LINE, found.text or ""
                assert int(found.get("textLength", CELL)) == cell_len(word) * CELL
                lines[y][x : x + len(word)] = word
            expected = [re.sub(f"[{_DRAWN}]", " ", line) for line in u.screen_text()]
            assert ["".join(line).rstrip() for line in lines] == [line.rstrip() for line in expected]


def test_the_contact_sheet_shows_what_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One page, and beside it a picture for each screen, size and look."""
    make_contact_sheet.main([str(tmp_path), "--screens", "first-run", "--sizes", "80x24", "60x18", "--looks", "dark", "linux"])
    assert capsys.readouterr().out == f"{tmp_path / 'index.html'}\n"
    named = set(re.findall(r'src="([^"]+)"', (tmp_path / "index.html").read_text("utf-8")))
    assert named == {f"first-run-{size}-{look}.svg" for size in ("80x24", "60x18") for look in ("dark", "linux")}
    assert named == {path.name for path in tmp_path.glob("*.svg")}
    assert (tmp_path / "first-run-80x24-linux.svg").read_text("utf-8").isascii()


def test_the_page_of_the_look_has_every_sign_with_its_ascii_form() -> None:
    """What docs/look.md says of signs is what the program draws."""
    rows = (ROOT / "docs" / "look.md").read_text("utf-8").partition("## Signs")[2].partition("## Sizes")[0].splitlines()

    def listed(sign: str, plain: str) -> bool:
        cells = [row.replace("\\|", "|").split(" | ") for row in rows]
        return any(f"`{sign}`" in row[1] and f"`{plain}`" in row[2] for row in cells if len(row) == 3)

    drawn, plain = (structs.astuple(choose_look("gelap", ascii_only, True).signs) for ascii_only in (False, True))
    pairs = [(state.sign, state.plain_sign) for state in State]
    for sign, other in zip(drawn, plain, strict=True):
        pairs += [(sign, other)] if isinstance(sign, str) else list(zip(sign, other, strict=True))
    offered = ("( )", "[ ]")  # what is not chosen is a blank in its brackets
    assert [pair for pair in pairs if pair[0] not in offered and not listed(*pair)] == []
