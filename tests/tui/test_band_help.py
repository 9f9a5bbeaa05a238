"""Help over whatever lies over a screen: one key opens it once, and one Esc leads back to where one typed."""

from __future__ import annotations

import pytest

from pmm_tui.tui.screens.band import Band
from pmm_tui.tui.screens.help import HelpScreen
from tests.pictures.draw import LOOKS, standing
from tests.tui.places import PLACES

pytestmark = pytest.mark.anyio
BANDS = (
    "roster-filters", "choose", "schools", "needless", "bulk", "copy-sources", "copy-parts", "template-save", "import-dapodik",
    "outbox-to-file", "outbox-from-file", "kompetensi-choose", "submit", "rapor-type", "sync", "prasyarat-step", "desk-approve",
    "desk-return", "desk-expectations", "review-confirm", "confirm-several", "role",
)  # fmt: skip


@pytest.mark.parametrize("name", BANDS)
async def test_one_escape_closes_the_help(name: str) -> None:
    """The help stands over the band once; after one Esc the band and what has its keys are as before."""
    async with standing(PLACES[name], (80, 24), LOOKS["dark"]) as u:
        stack, focused = list(u.app.screen_stack), u.app.focused
        assert isinstance(u.app.screen, Band), u.text
        await u.press("f1")
        assert [type(one) for one in u.app.screen_stack[len(stack) :]] == [HelpScreen]
        await u.press("escape")
        assert list(u.app.screen_stack) == stack
        assert u.app.focused is focused
