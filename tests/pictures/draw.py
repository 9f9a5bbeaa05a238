"""Draws screens: one app for each screen, given every size and every look in turn."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from msgspec import Struct
from msgspec.structs import replace

from pmm_tui.store import Store
from pmm_tui.tui.look_choice import LookWish, look_for_terminal
from pmm_tui.tui.look_values import LookOptions
from tests.pictures.desk import fill_desk
from tests.pictures.school import fill, pictured_services
from tests.pictures.svg import svg
from tests.tui.keyboard import screen_strips, settled
from tests.tui.places import Place
from tests.tui.stage import Stage, stage_app

Size = tuple[int, int]


class Look(Struct, frozen=True):
    """A terminal to draw for: what is asked for, what it says of itself, and its ground."""

    wish: LookWish
    term: str = "xterm-256color"
    no_color: str = ""
    light: bool = False

    @property
    def options(self) -> LookOptions:
        """What the program makes of it; it asks the terminal nothing."""
        return replace(look_for_terminal(self.wish, {"TERM": self.term, "NO_COLOR": self.no_color}), asks_background=False)


LOOKS = {
    "dark": Look(LookWish(theme="gelap")),
    "light": Look(LookWish(theme="terang"), light=True),
    "16": Look(LookWish(theme="ansi")),
    "16-light": Look(LookWish(theme="ansi"), light=True),
    "no-color": Look(LookWish(theme="gelap"), no_color="1"),
    "ascii": Look(LookWish(theme="gelap", ascii=True)),
    "hemat": Look(LookWish(tier="hemat")),
    "linux": Look(LookWish(theme="otomatis"), term="linux"),
}


@asynccontextmanager
async def standing(place: Place, size: Size, look: Look) -> AsyncIterator[Stage]:
    """The app at a place."""
    with (
        patch.dict(os.environ),
        TemporaryDirectory(prefix="pmm-tui-picture-") as folder,
        Store.open(Path(folder) / "pmm-tui.db") as store,
    ):
        os.environ.pop("NO_COLOR", None)  # else Textual takes the colours away by itself
        services = pictured_services(store)
        if place.roles:
            fill_desk(store, place.roles)
        elif not place.empty:
            fill(store)
        async with stage_app(store, services=services, size=size, look=look.options, first_run=place.first_run) as u:
            await u.press(place.keys)
            await rest(u)
            yield u


async def rest(u: Stage) -> None:
    """Let come what comes once the keys rest, and be saved what was changed."""
    await settled(u.app)
    u.advance(1.0)
    await settled(u.app)
    for _ in range(20):
        await u.pilot.pause()
        before = u.text
        await settled(u.app)
        if u.text == before and "Mengirim" not in before:
            return


async def wear(u: Stage, look: Look) -> None:
    """Give the app another look, as when a terminal tells its ground."""
    app, options = u.app, look.options
    app._look_options = options
    app._show_look(options.thrifty)
    await rest(u)


async def pictures(u: Stage, name: str, sizes: Iterable[Size], looks: Iterable[str]) -> AsyncIterator[tuple[Size, str, str]]:
    """The screen that stands there, as SVG in each look and size."""
    for look in looks:
        await wear(u, LOOKS[look])
        for width, height in sizes:
            await u.size(width, height)
            await rest(u)
            title = f"pmm-tui: {name}, {width}x{height}, {look}"
            yield (width, height), look, svg(screen_strips(u.app), width, title, light=LOOKS[look].light)
