"""What looking at the contact sheet found: screens of a school in every state, at the sizes and in the looks where they failed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tests.pictures.draw import LOOKS, standing, wear
from tests.tui.keyboard import screen_strips
from tests.tui.places import PLACES
from tests.tui.stage import Stage

pytestmark = pytest.mark.anyio


def lines_of(u: Stage) -> list[str]:
    return [line.rstrip() for line in u.screen_text()]


async def test_an_empty_list_follows_the_look() -> None:
    """A terminal that tells that it is light gets the light palette on the empty list too, which is what a new user sees first."""
    async with standing(PLACES["roster-empty"], (80, 24), LOOKS["dark"]) as u:
        await wear(u, LOOKS["light"])
        now = screen_strips(u.app)
    async with standing(PLACES["roster-empty"], (80, 24), LOOKS["light"]) as u:
        assert now == screen_strips(u.app)


async def test_the_lists_last_cell_is_free_and_all_groups_stand_at_80() -> None:
    """The longest state touches neither the edge nor the page beside; 40 teachers leave room for every group and the search."""
    async with standing(PLACES["roster"], (80, 24), LOOKS["dark"]) as u:
        assert max(cell_len(line) for line in lines_of(u)) < 80
        assert "Selesai 13 " in u.text
        assert "▐ketik: cari▌" in u.text
        await u.size(120, 40)
        assert "perlu diperbaiki │" in u.text
        await u.size(160, 45)
        assert "PPPK Paruh Waktu IX" in u.text


async def test_marks_are_counted_on_the_smallest_window_too() -> None:
    """What is told of the school gives way to how many are marked."""
    async with standing(PLACES["roster-marked"], (60, 18), LOOKS["dark"]) as u:
        assert u.screen_text()[1].rstrip().endswith("■ 2")


async def test_no_match_says_how_to_go_on() -> None:
    """The whole sentence can be read where the list is narrow."""
    async with standing(PLACES["roster-none"], (100, 30), LOOKS["dark"]) as u:
        assert "F2 mengganti saringan." in " ".join(line[:62].strip(" │") for line in u.screen_text())


async def test_the_heads_note_has_the_room_of_the_status_line() -> None:
    """The counts of the outbox give way to it."""
    async with standing(PLACES["roster"], (80, 24), LOOKS["dark"]) as u:
        assert "Target RHK 2 belum terukur, tolong perbaiki" in u.status


@pytest.mark.parametrize("width", [80, 100, 120])
async def test_names_in_the_outbox_can_be_read(width: int) -> None:
    """Where the list is narrow the receipt's column gives way; below a list a line parts what is told of the row."""
    async with standing(PLACES["outbox"], (width, 24), LOOKS["dark"]) as u:
        assert "Wayan Sudiarta, S.Pd" in u.text
        assert any(set(line) == {"─"} for line in lines_of(u)) == (width < 100)
        await u.press("down")
        details = " ".join(line.rpartition("│")[2].strip() for line in u.screen_text())
        assert "Enter membuka rencananya di bidang itu" in details


async def test_rhk_are_told_apart_beside_each_other() -> None:
    """In a narrow column their common beginning would be all that is left of them."""
    async with standing(PLACES["differences"], (80, 24), LOOKS["dark"]) as u:
        assert "Peserta pelatihan" in u.text
        assert "Partisipan atau" in u.text


async def test_who_is_left_out_stands_indented() -> None:
    """The second line of a reason too."""
    async with standing(PLACES["bulk"], (80, 24), LOOKS["dark"]) as u:
        found = next(n for n, line in enumerate(u.screen_text()) if "guru (Rencananya belum dimulai)" in line)
        assert all(line.startswith("    ") for line in u.screen_text()[found : found + 2])
