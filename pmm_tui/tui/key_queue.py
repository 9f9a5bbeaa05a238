"""Keys take turns: the next one is given out when the one before has been dealt with.

Textual gives a key at once to the widget that has the focus, whose queue it waits in; but screens open and close in their own
time. Of keys that come faster than that (a slow line delivers them in bursts, a busy computer lets them wait) those behind the one
that opens a screen would reach what lies below it. Here they wait until the focus is where that key has put it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import Any

from msgspec import structs
from textual import events
from textual.app import App
from textual.dom import DOMNode
from textual.message_pump import MessagePump

from pmm_tui.tui.key_runs import PAUSE, Arrival, KeyRuns
from pmm_tui.tui.textual_private import Countless, report_fault

ASK_AGAIN = 0.1
"""Seconds after which a place that has not answered is asked again: it may have been closed meanwhile."""
WORD_KEYS = {"alt+b": "ctrl+left", "alt+f": "ctrl+right", "alt+backspace": "ctrl+backspace"}
"""What terminals of macOS send for Option and an arrow, and shells know; where nothing is bound to them they mean the other key."""
_MANY = 50  # keys that wait before the log tells of it, and at each such number again
_log = logging.getLogger("pmm_tui.tui")


class KeyQueue(App[Any]):
    """An app whose keys take turns; stands before the other bases.

    `key_at_work` tells how the key came that is being dealt with: what came in a run of keys answers no question.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waiting: deque[tuple[events.Event, Arrival]] = deque()
        self._runs = KeyRuns()
        self.key_at_work: Arrival | None = None
        self._dispatcher: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pastes that come from the terminal wait for their turn; all else goes on at once."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)
            return
        self._waiting.append((event, self._runs.arrived(getattr(event, "key", ""), event.time)))
        if len(self._waiting) % _MANY == 0:
            _log.info("%d keys wait", len(self._waiting))
        if self._dispatcher is None:
            self._dispatcher = asyncio.create_task(self._dispatch_waiting())

    async def _dispatch_waiting(self) -> None:
        try:
            while self._waiting:
                event, self.key_at_work = self._waiting.popleft()
                if self._may_act(event):
                    if isinstance(event, events.Paste):
                        self.app_focus = True  # as Textual does for a key: a menu or a list of clips had the terminal's focus
                    if isinstance(event, events.Key) and self.key_at_work.deliberate and self._is_asked(event.key):
                        self.key_at_work = await self._with_next(self.key_at_work)
                    await super().on_event(self._as_meant(event))
                    await self._settle()
        except Exception as error:
            report_fault(self, error)
        finally:
            self._dispatcher = self.key_at_work = None

    def _is_asked(self, key: str) -> bool:
        """Whether what has the focus would take the key for somebody's word."""
        asks = getattr(self.focused, "asks", None)
        return bool(asks and asks(key))

    async def _with_next(self, arrival: Arrival) -> Arrival:
        """Wait for what may have come together with a key, of which it then is only the first."""
        await asyncio.sleep(PAUSE)
        return structs.replace(arrival, until_next=self._waiting[0][1].at - arrival.at if self._waiting else None)

    def _as_meant(self, event: events.Event) -> events.Event:
        """The key that somebody who uses shells expects."""
        other = WORD_KEYS.get(getattr(event, "key", ""))
        if other is None or (self.screen_stack and getattr(event, "key", "") in self.screen.active_bindings):
            return event
        return events.Key(other, None)

    def _may_act(self, event: events.Event) -> bool:
        """Return whether a key may act now; one that may not is lost."""
        return True

    async def _settle(self) -> None:
        """Wait until what has the focus, and all above it, has nothing left to do; and again where the focus moved."""
        before = None
        while (focus := self._focus()) is not before:
            before = focus
            while focus is not None:
                await _drained(focus)
                focus = focus.parent

    def _focus(self) -> DOMNode | None:
        if not self.screen_stack:
            return None  # the program has ended
        return self.focused or self.screen


class _Probe(Countless):
    """Waits in a queue like a message; its turn tells how many wait behind it."""

    def __init__(self, pump: MessagePump, arrived: asyncio.Future[int]) -> None:
        self._pump, self._arrived = pump, arrived

    def __call__(self) -> None:
        if not self._arrived.done():
            self._arrived.set_result(self._pump.message_queue_size)


async def _drained(pump: MessagePump) -> None:
    """Wait until a queue is empty, and what was to be called after its messages has been called."""
    while await _visit(pump):
        pass
    await _visit(pump)


async def _visit(pump: MessagePump) -> int:
    """Wait for a turn in a queue, and return how many messages are behind; 0 when it is closed."""
    loop = asyncio.get_running_loop()
    arrived: asyncio.Future[int] = loop.create_future()
    while not arrived.done():
        if not pump.post_message(events.Callback(callback=_Probe(pump, arrived))):
            return 0
        await asyncio.wait((arrived,), timeout=ASK_AGAIN)
    return arrived.result()
