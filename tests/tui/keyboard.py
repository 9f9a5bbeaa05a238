"""Keys in, lines of text out: what every test of a screen does with a running app."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any
from weakref import WeakKeyDictionary

from textual._context import visible_screen_stack
from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key  # what the terminal driver itself uses
from textual.message import Message
from textual.pilot import Pilot
from textual.strip import Strip

from pmm_tui.tui.widgets.rows import Button, cursor_rows
from pmm_tui.tui.widgets.sheet import Sheet

LIMIT = 10.0
"""Seconds until a wait counts as failed."""
_LAST: WeakKeyDictionary[App[Any], float] = WeakKeyDictionary()
_KEY = re.compile(r"'((?:[^']|'')*)'|(\S+)")


def screen_strips(app: App[Any]) -> list[Strip]:
    """The painted lines, as the app itself has them painted; the only place that looks into Textual's compositor."""
    visible_screen_stack.set(app._background_screens)  # what lies under a dialog
    return app.screen._compositor.render_strips()


def screen_text(app: App[Any]) -> list[str]:
    """The screen as lines of text, their right ends stripped."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in screen_strips(app)]


def band(app: App[Any]) -> list[str]:
    """The lines of the question or choice that lies over the screen, its title first; none without one."""
    rule, lines = app.look.signs.rule, screen_text(app)  # type: ignore[attr-defined]
    begins = next((n for n, line in enumerate(lines) if line.startswith(f"{rule} ")), None)
    if begins is None:
        return []
    ends = next((n for n, line in enumerate(lines) if n > begins and line and set(line) == {rule}), len(lines))
    return [lines[begins].strip(f"{rule} "), *lines[begins + 1 : ends]]


def cursor_row(app: App[Any]) -> str:
    """What is under the cursor, of what has the keys, without sign, digit and edges; a button's own words; empty without one."""
    sign, focused = app.look.signs, app.screen.focused  # type: ignore[attr-defined]
    if isinstance(focused, Sheet):
        for row in focused.rows:
            for one in cursor_rows(row):
                if one.id == focused.cursor and isinstance(one, Button):
                    return one.label
    lines = screen_text(app)
    if focused is not None:
        region = focused.region
        lines = [line[region.x : region.right] for line in lines[region.y : region.bottom]]
    found = next((line.partition(sign.cursor)[2] for line in lines if line.lstrip("│| ").startswith(sign.cursor)), "")
    for edge in sign.edges if not app.look.ascii else ():  # type: ignore[attr-defined]
        found = found.replace(edge, " ")
    found = re.sub(r"^ \d (?=[(\[])", " ", found)
    return found.strip(f" {sign.top}{sign.bottom}│|")


def key_of(script: str) -> list[Key]:
    """Read a script of keys: `enter`, `down*3`, `'typed text'` (a quote in it is written twice)."""
    keys: list[Key] = []
    for text, named in _KEY.findall(script):
        if not named:
            keys += [Key(_character_to_key(c), c) for c in text.replace("''", "'")]
            continue
        name, _, times = named.partition("*")
        keys += [Key(name, " " if name == "space" else None)] * int(times or 1)
    return keys


class Counts:
    """Counts the parts of an app that have come around to answer, and waits for them."""

    def __init__(self, app: App[Any]) -> None:
        self._app, self._until = app, time.monotonic() + LIMIT
        self.arrived = 0

        def one() -> None:
            self.arrived += 1

        one._param_count = 0  # type: ignore[attr-defined]  # else Textual looks for it, which takes longer than all the rest
        self.one = one

    async def pause(self) -> None:
        """Let the app work for a moment, and other threads too."""
        assert time.monotonic() < self._until, "layar tidak pernah tenang"
        await asyncio.sleep(0.0005)

    async def wait_until(self, enough: Callable[[], bool]) -> None:
        """Let the app work until it is enough, or it has ended."""
        while _alive(self._app) and not enough():
            assert time.monotonic() < self._until, "layar tidak pernah tenang"
            await asyncio.sleep(0)


async def settled(app: App[Any]) -> None:
    """Wait until nothing is left to do: no key, no message, no save; or the app has ended. Other work in threads goes on."""
    counts, quiet = Counts(app), 0
    while quiet < 2 and _alive(app):
        if _busy(app):
            quiet = 0
            await counts.pause()
            continue
        pumps = [app, *app.screen_stack, *(w for s in app.screen_stack for w in s.walk_children())]
        quiet = quiet + 1 if not any(p.message_queue_size for p in pumps) else 0
        counts.arrived = 0
        posted = [pump for pump in pumps if pump.call_later(counts.one)]
        await counts.wait_until(lambda posted=posted: counts.arrived >= sum(p.is_running for p in posted))
        if quiet == 2:
            screen, counts.arrived = app.screen, 0
            screen.call_after_refresh(counts.one)
            await counts.wait_until(lambda screen=screen: counts.arrived or app.screen is not screen)  # a covered one is not drawn
            quiet -= any(p.message_queue_size for p in pumps)


def _busy(app: App[Any]) -> bool:
    """Whether a key waits for its turn, or a plan is on its way to the disk."""
    resting = any(
        getattr(widget, "rests", True) is False for widget in (app.screen, *app.screen.walk_children())
    )  # told once the keys rest
    if resting:
        return True
    sessions = (getattr(screen, "_session", None) for screen in app.screen_stack)
    return getattr(app, "_dispatcher", None) is not None or any(s._autosave._tasks for s in sessions if s is not None)


def _alive(app: App[Any]) -> bool:
    return app.is_running and app.return_code is None


def at_ease(keys: list[Key], last: float, *, in_a_row: bool) -> float:
    """Let each key come a second after the one before, as a person's do, or all of them at once; returns when the last one came.

    What tells a person's keys from a held one looks at when they came, so that no test has to wait.
    """
    last = max(last + 1.0, Message().time)
    for key in keys:
        key.time = last = last if in_a_row else last + 1.0
    return last


async def press(pilot: Pilot[Any], script: str, *, in_a_row: bool = False) -> None:
    """Press the keys of a script; `in_a_row`: all at once, the app not given time between them."""
    keys = [Key(key.key, key.character) for key in key_of(script)]
    _LAST[pilot.app] = at_ease(keys, _LAST.get(pilot.app, 0.0), in_a_row=in_a_row)
    for key in keys:
        pilot.app.post_message(key)
        if not in_a_row:
            await settled(pilot.app)
    await settled(pilot.app)


async def press_at(pilot: Pilot[Any], names: str | list[str], times: int, gap: float) -> None:
    """Press keys so many times over, so many seconds apart, as a held key or a paste does: none waits for the one before."""
    last = max(_LAST.get(pilot.app, 0.0) + 1.0, Message().time)
    for number, name in enumerate([names] * times if isinstance(names, str) else names * times):
        key = Key(name, name if len(name) == 1 else " " if name == "space" else None)
        key.time = _LAST[pilot.app] = last + number * gap
        pilot.app.post_message(key)
    await settled(pilot.app)
