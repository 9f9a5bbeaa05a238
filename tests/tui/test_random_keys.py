"""Any keys at all: the program goes on, and what it shows is whole."""

from __future__ import annotations

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pmm_tui.store import Store
from tests.tui.keyboard import screen_strips
from tests.tui.walk import walk_app

MOVES = (
    "enter",
    "enter",
    "enter",
    "down",
    "down",
    "up",
    "tab",
    "shift+tab",
    "pageup",
    "pagedown",
    "home",
    "end",
    "escape",
    "space",
)
EDITS = (
    "backspace",
    "delete",
    "left",
    "right",
    "ctrl+home",
    "ctrl+end",
    "ctrl+u",
    "ctrl+w",
    "'a'",
    "'7'",
    "'1-2-2026'",
    "'dewi'",
)
KEY = st.sampled_from(
    (*MOVES, *EDITS, *(f"f{n}" for n in range(1, 10)), *(f"ctrl+{letter}" for letter in "bcdefgklnoprstxyz"))  # all but leaving
)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.generate],  # each try starts the app: making it shorter takes too long
)
@given(st.lists(KEY, min_size=10, max_size=30))
def test_no_keys_end_the_program_or_break_a_line(script: list[str]) -> None:
    """Whatever is pressed, nothing fails, no screen piles up, and every line has its width."""

    async def main(store: Store) -> None:
        async with walk_app(store) as u:
            for keys in script:
                await u.press(keys)
                assert not u.app.crashed
                assert len(u.app.screen_stack) <= 6  # the base, list, outbox, plan, printing, dialog
            assert [strip.cell_length for strip in screen_strips(u.app)] == [80] * 24

    with TemporaryDirectory() as folder, Store.open(Path(folder) / "uji.db") as store:
        asyncio.run(main(store))
