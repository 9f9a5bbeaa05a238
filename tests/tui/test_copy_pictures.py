"""Pictures of the screens of copying, over the school of the pictures; written with `--snapshot-update`."""

from __future__ import annotations

import pytest

from tests.pictures.draw import LOOKS, standing
from tests.tui.places import PLACES
from tests.tui.test_snapshots import MAP, Compare, compare

pytestmark = pytest.mark.anyio
__all__ = ["compare"]
PICTURED = ("copy-sources", "copy", "copy-replace", "copy-parts", "template-save")
SEEN = {"": ("dark", (80, 24)), "-hemat": ("hemat", (80, 24)), "-small": ("dark", (60, 18))}


@pytest.mark.parametrize("seen", SEEN)
async def test_each_looks_as_it_did(compare: Compare, seen: str) -> None:
    """Letter by letter as in `snapshots/copying`."""
    look, size = SEEN[seen]
    differences = []
    for name in PICTURED:
        async with standing(PLACES[name], size, LOOKS[look]) as u:
            differences.append(compare(f"copying/{name}{seen}", u.screen_text()))
    assert not any(differences), "\n\n".join(filter(None, differences))


def test_no_picture_without_its_screen() -> None:
    """Each picture there is one of these."""
    assert {path.stem for path in (MAP / "copying").glob("*.txt")} == {f"{name}{seen}" for name in PICTURED for seen in SEEN}
