"""A proxy between the real client and the real server that does to a connection what a bad line does.

It runs in a thread of its own. A request that has passed whole is always waited for at the server, even when its client is cut off:
what the server decided is then settled before anybody looks.
"""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

from tests.faults.wire.connection import WAIT, Connection, ask
from tests.faults.wire.disturbances import SMOOTH, Disturbance, Exchange


class Proxy:
    """The proxy. `target` is the server's port and may change; `history` holds the connections so far."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.history: list[Exchange] = []
        self.always = SMOOTH
        self.held: list[bytes] = []
        self._queue: deque[Disturbance] = deque()
        self._active: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="perantara", daemon=True)
        self._thread.start()
        self._server = self._call(asyncio.start_server(self._accepted, "127.0.0.1", 0))
        self.port = int(self._server.sockets[0].getsockname()[1])

    @property
    def url(self) -> str:
        """Where a client finds it."""
        return f"http://127.0.0.1:{self.port}"

    def install(self, *disturbance: Disturbance) -> None:
        """Set what happens to the next connections, one each; those after them meet `always`."""
        self._queue.extend(disturbance)

    def cleared(self) -> None:
        """Forget what was set: from now on the line is sound."""
        self._queue.clear()
        self.always = SMOOTH

    def settled(self) -> None:
        """Wait until no connection is open and the server has answered every request that reached it."""
        self._call(self._settled())

    def release(self, *, backwards: bool = False) -> int:
        """Deliver the requests that were kept, oldest or newest first, and wait for their answers; returns how many."""
        kept, self.held = self.held, []
        for request in reversed(kept) if backwards else kept:
            self._call(ask(self.target, request))
        return len(kept)

    def stop(self) -> None:
        """End it."""
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(WAIT)
        self._loop.close()

    def _call(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(2 * WAIT)

    async def _settled(self) -> None:
        while self._active:
            _, late = await asyncio.wait(set(self._active), timeout=WAIT)
            assert not late, "a connection through the proxy never ends"

    async def _close(self) -> None:
        self._server.close()
        for task in set(self._active):
            task.cancel()
        await asyncio.gather(*self._active, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._active.add(task)
        exchange = Exchange()
        self.history.append(exchange)
        disturbance = self._queue.popleft() if self._queue else self.always
        try:
            with suppress(OSError, asyncio.CancelledError):
                connection = Connection(self.target, disturbance, reader, writer)
                connection.passed, connection.keep = exchange, lambda request: self.held.append(request)
                await connection.run()
            writer.close()
            with suppress(OSError, TimeoutError, asyncio.CancelledError):
                await asyncio.wait_for(writer.wait_closed(), 1.0)
        finally:
            writer.transport.abort()
            self._active.discard(task)
