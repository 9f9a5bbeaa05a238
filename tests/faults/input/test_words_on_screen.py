"""Words that attack (issue 3, point 7), on the screens: the last door by itself keeps them letters, and readable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from pmm_tui.store import Store
from pmm_tui.tui.look_values import LookOptions
from tests.faults.conftest import Count
from tests.faults.input.payloads import ATTACKS, flood, forbidden, honest
from tests.faults.input.places import OTHER_PLACES, PLACES, words_of
from tests.faults.input.tour import tour
from tests.tui.keyboard import screen_strips
from tests.tui.stage import Stage, stage_app

pytestmark = pytest.mark.anyio
LOOKS = {
    "80x24": ((80, 24), LookOptions()),
    "120x40": ((120, 40), LookOptions()),
    "hemat": ((100, 30), LookOptions(thrifty=True, colour=False)),  # plain ASCII too
}


def look_at(u: Stage, where: str) -> set[str]:
    """The honest words on the screen, once nothing else is there but letters: no control, no link, no action, no line too long."""
    width = u.app.size.width
    lines = []
    for strip in screen_strips(u.app):
        text = "".join(segment.text for segment in strip)
        assert forbidden(text) == [], (where, text)
        assert flood(text) <= 3, (where, text)
        assert "\n" not in text
        assert cell_len(text) == width, (where, text)
        for segment in strip:
            assert not (segment.style and (segment.style.meta or segment.style.link)), where
            assert not segment.control
        lines.append(text)
    assert not u.app.crashed, where
    return honest("\n".join(lines))


@pytest.mark.parametrize("look", LOOKS)
async def test_every_screen(look: str, many: Count, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In every place of every screen: no crash, nothing obeyed, and the honest letters can be read."""
    size, look_options = LOOKS[look]
    called: list[Any] = []
    monkeypatch.chdir(tmp_path)
    for name in ("bell", "exit", "copy_to_clipboard", "open_url", "notify"):
        monkeypatch.setattr(f"pmm_tui.tui.app.PmmApp.{name}", lambda *content, name=name: called.append(name))
    start = list(LOOKS).index(look) * 17
    for rounds in range(start, start + many(1, len(ATTACKS) if look == "80x24" else 25)):
        called.clear()  # the round before has left its app
        with Store.open(tmp_path / f"{rounds}.db") as store:
            async with stage_app(store, size=size, look=look_options) as u:
                seen: set[str] = set()
                async for where in tour(u, words_of(rounds), rounds):
                    seen |= look_at(u, where)
                assert {PLACES[t] for t in PLACES if f"Kata{t}" not in seen} == set(), rounds
                assert u.services.report == []
                assert called == []


def test_each_attack_has_a_place() -> None:
    """The quick form alone puts every attack into a place of some screen."""
    places = [*PLACES, *OTHER_PLACES]
    put = {words_of(number * 17)(place).partition("z")[2] for number in range(len(LOOKS)) for place in places}
    assert {f"{content}Akhir" for content in ATTACKS.values()} <= put
    assert len(ATTACKS) >= 60
