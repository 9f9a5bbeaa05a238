"""Pictures of the main screens as plain text, so that a change to one of them is seen.

Run this file with `--snapshot-update` to write them anew, and look at the difference before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size

from pmm_tui.store import Store
from pmm_tui.tui.look_values import LookOptions
from tests.tui import held
from tests.tui.samples import ANI, TEACHERS, full_plan
from tests.tui.stage import stage_app
from tests.tui.walk import STEPS, walk, walk_app

pytestmark = pytest.mark.anyio
MAP = Path(__file__).parent / "snapshots"
Compare = Callable[[str, list[str]], str]


@pytest.fixture
def compare(request: pytest.FixtureRequest) -> Compare:
    """Compare a screen with its picture; returns both beside each other where they differ, and nothing where they do not."""
    update = request.config.getoption("--snapshot-update")

    def compare(name: str, screen: list[str]) -> str:
        path = MAP / f"{name}.txt"
        if update:
            MAP.mkdir(exist_ok=True)
            path.write_text("\n".join(screen) + "\n", "utf-8", newline="\n")
        before = path.read_text("utf-8").splitlines() if path.exists() else []
        return "" if before == screen else f"== {name}\n{beside(before, screen)}"

    return compare


def beside(before: list[str], now: list[str]) -> str:
    """Two pictures side by side, a mark between the lines that differ."""
    rows = list(zip_longest(before, now, fillvalue=""))
    width = max(cell_len(was) for was, _ in [("picture", ""), *rows])
    lines = [("picture", " ", "screen"), *((was, " " if was == is_ else "≠", is_) for was, is_ in rows)]
    return "\n".join(f"{set_cell_size(was, width)} {sign} {is_}" for was, sign, is_ in lines)


async def test_every_screen_looks_as_it_did(store: Store, compare: Compare) -> None:
    """Each screen of the walk is, letter by letter, its picture in `snapshots/`."""
    differences = []
    async with walk_app(store) as u:
        async for name in walk(u):
            if name != "emergency":
                u.advance(0.5)
                await u.until(lambda: " *" not in u.status)
            differences.append(compare(name, u.screen_text()))
    assert not any(differences), "\n\n".join(filter(None, differences))


async def test_first_screens_look_as_they_did(store: Store, compare: Compare) -> None:
    """So are the first-run wizard, the empty list and the notice of a small terminal."""
    async with stage_app(store, first_run=True) as u:
        differences = [compare("first-run", u.screen_text())]
        await u.go_to("Tanpa server")
        await u.press("enter")
        differences.append(compare("empty", u.screen_text()))
        await u.size(50, 10)
        differences.append(compare("small", u.screen_text()))
    assert not any(differences), "\n\n".join(filter(None, differences))


LOOKS = {
    "differences": ((80, 24), LookOptions()),
    "differences-wide": ((120, 40), LookOptions()),
    "differences-hemat": ((80, 24), LookOptions(thrifty=True)),
}
"""Pictures of a look at both, with the size of the terminal and the look."""


@pytest.mark.parametrize("name", LOOKS)
async def test_a_look_at_both_looks_as_it_did(store: Store, compare: Compare, name: str) -> None:
    """So is the look at both: one below the other, side by side, and on a thin line; after it the end of the page."""
    size, look = LOOKS[name]
    async with stage_app(store, teachers=TEACHERS, draft={ANI.nama: full_plan()}, size=size, look=look) as u:
        held.tell(store, u.pegawai("Ani"), held.theirs(), note="Tambahkan RHK.")
        await u.app.refresh_all()
        await u.press("enter ctrl+o space down")
        differences = [compare(name, u.screen_text())]
        await u.press("end")
        differences.append(compare(f"{name}-end", u.screen_text()))
    assert not any(differences), "\n\n".join(filter(None, differences))


REVIEWS = {
    "review": ((80, 24), LookOptions()),
    "review-wide": ((120, 40), LookOptions()),
    "review-hemat": ((80, 24), LookOptions(thrifty=True)),
    "review-narrow": ((60, 18), LookOptions(ascii=True, colour=False)),
}
"""Pictures of a plan that is gone through."""
REVIEW_STEPS = {"": "alt+d", "-end": "end", "-asked": "space"}


@pytest.mark.parametrize("name", REVIEWS)
async def test_going_through_plans_looks_as_it_did(store: Store, compare: Compare, name: str) -> None:
    """So is the page of a plan that is gone through, its end, and the question how and when the teacher has confirmed."""
    size, look = REVIEWS[name]
    plans = {one.nama: full_plan(confirmation=False) for one in TEACHERS[:2]}
    async with stage_app(store, teachers=TEACHERS, draft=plans, size=size, look=look) as u:
        differences = []
        for step, keys in REVIEW_STEPS.items():
            await u.press(keys)
            differences.append(compare(f"{name}{step}", u.screen_text()))
    assert not any(differences), "\n\n".join(filter(None, differences))


def test_what_differs_is_shown_beside_the_picture() -> None:
    """Both pictures are there line by line, also where one has more lines; only what differs is marked."""
    assert beside(["sama", "漢字"], ["sama", "lain", "lagi"]).splitlines() == [
        "picture   screen",
        "sama      sama",
        "漢字    ≠ lain",
        "        ≠ lagi",
    ]


def test_no_picture_without_its_screen() -> None:
    """Every picture belongs to a screen that is compared."""
    assert {path.stem for path in MAP.glob("*.txt")} == (
        {name for name, _ in STEPS}
        | {"first-run", "empty", "small"}
        | {f"{name}{end}" for name in LOOKS for end in ("", "-end")}
        | {f"{name}{step}" for name in REVIEWS for step in REVIEW_STEPS}
    )
