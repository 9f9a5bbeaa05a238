"""Keys in, lines of text out: what every test of a screen does with a running app."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

from textual._context import visible_screen_stack
from textual.app import App
from textual.events import Key
from textual.keys import _character_to_key  # what the terminal driver itself uses
from textual.pilot import Pilot
from textual.strip import Strip

BATAS = 10.0
"""Seconds until a wait counts as failed."""
_KUNCI = re.compile(r"'((?:[^']|'')*)'|(\S+)")


def strip_layar(app: App[Any]) -> list[Strip]:
    """The painted lines, as the app itself has them painted; the only place that looks into Textual's compositor."""
    visible_screen_stack.set(app._background_screens)  # what lies under a dialog
    return app.screen._compositor.render_strips()


def layar(app: App[Any]) -> list[str]:
    """The screen as lines of text, their right ends stripped."""
    return ["".join(segment.text for segment in strip).rstrip() for strip in strip_layar(app)]


def baris_kursor(app: App[Any]) -> str:
    """The line under the cursor, without its sign; that of the dialog where one is open, empty where there is none."""
    tanda = app.rupa.tanda  # type: ignore[attr-defined]
    lines = layar(app)
    dialog = f"│ {tanda.kursor} "
    found = next((line.split(dialog)[1].split("│")[0] for line in lines if dialog in line), None)
    if found is None:
        found = next((line.partition(tanda.kursor)[2] for line in lines if tanda.kursor in line), "")
    return found.strip(f" {tanda.atas}{tanda.bawah}")


def tombol_dari(naskah: str) -> list[Key]:
    """Read a script of keys: `enter`, `down*3`, `'typed text'` (a quote in it is written twice)."""
    keys: list[Key] = []
    for teks, kunci in _KUNCI.findall(naskah):
        if not kunci:
            keys += [Key(_character_to_key(c), c) for c in teks.replace("''", "'")]
            continue
        nama, _, kali = kunci.partition("*")
        keys += [Key(nama, " " if nama == "space" else None)] * int(kali or 1)
    return keys


class Hitungan:
    """Counts the parts of an app that have come around to answer, and waits for them."""

    def __init__(self, app: App[Any]) -> None:
        self._app, self._until = app, time.monotonic() + BATAS
        self.tiba = 0

        def satu() -> None:
            self.tiba += 1

        satu._param_count = 0  # type: ignore[attr-defined]  # else Textual looks for it, which takes longer than all the rest
        self.satu = satu

    async def istirahat(self) -> None:
        """Let the app work for a moment, and other threads too."""
        assert time.monotonic() < self._until, "layar tidak pernah tenang"
        await asyncio.sleep(0.0005)

    async def tunggu(self, cukup: Callable[[], bool]) -> None:
        """Let the app work until it is enough, or it has ended."""
        while _hidup(self._app) and not cukup():
            assert time.monotonic() < self._until, "layar tidak pernah tenang"
            await asyncio.sleep(0)


async def tenang(app: App[Any]) -> None:
    """Wait until nothing is left to do: no key, no message, no save; or the app has ended. Other work in threads goes on."""
    hitungan, diam = Hitungan(app), 0
    while diam < 2 and _hidup(app):
        if _sibuk(app):
            diam = 0
            await hitungan.istirahat()
            continue
        pumps = [app, *app.screen_stack, *(w for s in app.screen_stack for w in s.walk_children())]
        diam = diam + 1 if not any(p.message_queue_size for p in pumps) else 0
        hitungan.tiba = 0
        posted = [pump for pump in pumps if pump.call_later(hitungan.satu)]
        await hitungan.tunggu(lambda posted=posted: hitungan.tiba >= sum(p.is_running for p in posted))
        if diam == 2:
            screen, hitungan.tiba = app.screen, 0
            screen.call_after_refresh(hitungan.satu)
            await hitungan.tunggu(lambda screen=screen: hitungan.tiba or app.screen is not screen)  # a covered one is not drawn
            diam -= any(p.message_queue_size for p in pumps)


def _sibuk(app: App[Any]) -> bool:
    """Whether a key waits for its turn, or a plan is on its way to the disk."""
    meja = (getattr(screen, "_meja", None) for screen in app.screen_stack)
    return getattr(app, "_dispatcher", None) is not None or any(m._autosave._tasks for m in meja if m is not None)


def _hidup(app: App[Any]) -> bool:
    return app.is_running and app.return_code is None


async def tekan(pilot: Pilot[Any], naskah: str, *, beruntun: bool = False) -> None:
    """Press the keys of a script; `beruntun`: all at once, the app not given time between them."""
    for key in tombol_dari(naskah):
        pilot.app.post_message(Key(key.key, key.character))
        if not beruntun:
            await tenang(pilot.app)
    await tenang(pilot.app)
