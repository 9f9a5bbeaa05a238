"""The real app while it sends: `python -m tests.bench.wire_screen` in an environment that names server, token and folders.

It opens the list of teachers without a server, lets everything settle, and presses F9. Until nothing waits any more somebody
goes up and down the list, and a clock in the app's own event loop ticks every 5 ms: what lies between two ticks is time in which no
key is answered. What the app imports for the network it imports in that time, as it does for an operator. Prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Mapping

from msgspec import Struct
from textual.events import Key

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.output import Output
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.locations import locate
from pmm_tui.store.outbox_entry import State
from pmm_tui.tui.app import PmmApp
from pmm_tui.tui.look_values import LookOptions
from tests.bench.wire_kit import here

_TICK = 0.005
_KEY = 0.2
_LONGEST = 300.0


class Measured(Struct, frozen=True):
    """What one run came to: seconds until all was sent, and milliseconds of the loop's longest gap, and of work in it."""

    seconds: float
    gap_ms: float
    work_ms: float
    sent: int
    keys: int


class _Quiet(ScreenServices):
    """The program's own services, with a server only once it is asked for."""

    allowed = False

    def server(self) -> str:
        return super().server() if self.allowed else ""


class Heartbeat:
    """Ticks in the event loop; a gap is what a tick comes later than it should."""

    def __init__(self) -> None:
        self.gap = 0.0
        self.work_ms = 0.0

    async def run(self) -> None:
        """Tick until cancelled."""
        while True:
            before, worked = time.perf_counter(), time.thread_time()
            await asyncio.sleep(_TICK)
            gap = time.perf_counter() - before - _TICK
            if gap > self.gap:
                self.gap, self.work_ms = gap, time.thread_time() - worked


async def measure() -> Measured:
    """Run the app and send what waits."""
    gc.disable()  # as the program does until its first screen stands
    context = RunContext(env=os.environ, locations=locate(os.environ), out=Output(sys.stdout, sys.stderr))
    with context.open_store() as store:
        services = _Quiet(context, store)
        app = PmmApp(services, LookOptions(), {})
        async with app.run_test(size=(100, 30)) as pilot:
            await pilot.pause(0.5)
            services.allowed = True
            heartbeat = Heartbeat()
            ticking = asyncio.create_task(heartbeat.run())
            begun, pressed = time.perf_counter(), 0
            app.post_message(Key("f9", None))
            while (waiting := _waiting(await store.database.ask(store.outbox.counts))) and time.perf_counter() < begun + _LONGEST:
                await asyncio.sleep(_KEY)
                app.post_message(Key("down" if pressed % 20 < 10 else "up", None))
                pressed += 1
            seconds = time.perf_counter() - begun
            ticking.cancel()
            counts = await store.database.ask(store.outbox.counts)
    assert not waiting, counts
    return Measured(seconds, heartbeat.gap * 1000, heartbeat.work_ms * 1000, counts["sent"], pressed)


def _waiting(counts: Mapping[State, int]) -> int:
    return counts["queued"] + counts["sending"] + counts["unknown"]


if __name__ == "__main__":
    with here():
        found = asyncio.run(measure())
    print(json.dumps({name: getattr(found, name) for name in found.__struct_fields__}))
