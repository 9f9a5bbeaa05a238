"""Keys take turns: the next one is given out when the one before has been dealt with.

Textual gives a key at once to the widget that has the focus, whose queue it waits in; but screens open and close in their own
time. Of keys that come faster than that (a slow line delivers them in bursts, a busy computer lets them wait) those behind the one
that opens a screen would reach what lies below it. Here they wait until the focus is where that key has put it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.message_pump import MessagePump

LAGI = 0.1
"""Seconds after which a place that has not answered is asked again: it may have been closed meanwhile."""
_MANY = 50  # keys that wait before the log tells of it, and at each such number again
_log = logging.getLogger("pmm_tui.tui")


class Giliran:
    """A mixin of the app, before Textual's own class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._antrean: deque[events.Event] = deque()
        self._pembagi: asyncio.Task[None] | None = None

    @property
    def sibuk(self) -> bool:
        """Whether a key waits, or is being dealt with."""
        return self._pembagi is not None

    async def on_event(self, event: events.Event) -> None:
        """Let keys and pastes that come from the terminal wait for their turn; all else goes on at once."""
        if not isinstance(event, (events.Key, events.Paste)) or event.is_forwarded:
            await super().on_event(event)  # type: ignore[misc]
            return
        self._antrean.append(event)
        if len(self._antrean) % _MANY == 0:
            _log.info("%d keys wait", len(self._antrean))
        if self._pembagi is None:
            self._pembagi = asyncio.create_task(self._bagikan())

    async def _bagikan(self) -> None:
        try:
            while self._antrean:
                event = self._antrean.popleft()
                if self.boleh(event):
                    await super().on_event(event)  # type: ignore[misc]
                    await self._reda()
        except Exception as error:
            self._handle_exception(error)  # type: ignore[attr-defined]
        finally:
            self._pembagi = None

    def boleh(self, event: events.Event) -> bool:
        """Whether a key may act now; one that may not is lost."""
        return True

    async def _reda(self) -> None:
        """Wait until what has the focus, and all above it, has nothing left to do; and again where the focus moved."""
        before = None
        while (fokus := self._fokus()) is not before:
            before = fokus
            while fokus is not None:
                await _kosong(fokus)
                fokus = fokus._parent

    def _fokus(self) -> MessagePump | None:
        if not self.screen_stack:  # type: ignore[attr-defined]
            return None  # the program has ended
        fokus: MessagePump = self.focused or self.screen  # type: ignore[attr-defined]
        return fokus


class _Tamu:
    """Waits in a queue like a message; its turn tells how many wait behind it."""

    _param_count = 0  # else Textual looks for it, which takes longer than all the rest

    def __init__(self, pump: MessagePump, tiba: asyncio.Future[int]) -> None:
        self._pump, self._tiba = pump, tiba

    def __call__(self) -> None:
        if not self._tiba.done():
            self._tiba.set_result(self._pump.message_queue_size)


async def _kosong(pump: MessagePump) -> None:
    """Wait until a queue is empty, and what was to be called after its messages has been called."""
    while await _singgah(pump):
        pass
    await _singgah(pump)


async def _singgah(pump: MessagePump) -> int:
    """Wait for a turn in a queue, and return how many messages are behind; 0 when it is closed."""
    loop = asyncio.get_running_loop()
    tiba: asyncio.Future[int] = loop.create_future()
    while not tiba.done():
        if not pump.post_message(events.Callback(callback=_Tamu(pump, tiba))):
            return 0
        await asyncio.wait((tiba,), timeout=LAGI)
    return tiba.result()
