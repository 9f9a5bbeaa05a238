"""A slow line in user space: `python -m tests.bench.link TARGET-PORT BITS RTT STALLS STALL-SECONDS SEED`.

A proxy on a loopback port that passes bytes on when a line would have brought them. It prints its port, and ends with its standard
input. What it reckons with:

* one channel for both directions, as a radio has: packets go one after another, each of at most 1,500 bytes with 52 of headers, and
  each has the line carry an acknowledgement of 52 bytes the other way;
* half a round trip from the end of a packet at one side to its arrival at the other;
* a new connection: the three packets that open it, and the round trip that they take;
* stalls: after a packet the line stands still for a while, with a given probability, as when it has to be sent again; what is
  behind it waits too.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

_ROOT = Path(__file__).parents[2]
_HEADERS, _CONTENT = 52, 1448
_OPENING = 60 + 60 + 52


class LineTraits(Struct, frozen=True, kw_only=True):
    """What a line is like: bits a second, seconds for a round trip, how many packets of one stall it, and for how long."""

    name: str
    rate: float
    round_trip: float
    stalled: float = 0.0
    pause: float = 0.0


EDGE = LineTraits(name="40 kbit/s, 600 ms", rate=40_000, round_trip=0.6)
GPRS = LineTraits(name="9.6 kbit/s, 1.5 s, 5 % stalls", rate=9_600, round_trip=1.5, stalled=0.05, pause=3.0)


class Link:
    """The timetable of one line. Times are in seconds of one clock, which never goes back."""

    def __init__(self, traits: LineTraits, chance: random.Random) -> None:
        self.packets = 0
        self.stalls = 0
        self._traits = traits
        self._random = chance
        self._free = 0.0

    def opened_at(self, now: float) -> float:
        """When a connection that is asked for now is open."""
        self._free = max(now, self._free) + _OPENING * 8 / self._traits.rate
        return self._free + self._traits.round_trip

    def arrived(self, size: int, now: float) -> float:
        """When so many bytes, which are handed over now, have all arrived."""
        while size > 0:
            content = min(size, _CONTENT)
            size -= content
            self.packets += 1
            self._free = max(now, self._free) + (content + 2 * _HEADERS) * 8 / self._traits.rate
            if self._random.random() < self._traits.stalled:
                self.stalls += 1
                self._free += self._traits.pause
        return self._free + self._traits.round_trip / 2


class LineProxy:
    """The proxy, in the event loop that enters it; an async context manager."""

    def __init__(self, target: int, traits: LineTraits, seed: int) -> None:
        self.port = 0
        self.link = Link(traits, random.Random(seed))
        self._target = target
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> LineProxy:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        opened = self.link.opened_at(asyncio.get_running_loop().time())
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            with suppress(asyncio.CancelledError):  # the line itself is at its end
                await asyncio.gather(self._carry(reader, up_writer, opened), self._carry(up_reader, writer, opened))
        finally:
            for end in (writer, up_writer):
                end.close()
            self._open.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, opened: float) -> None:
        """Take what comes at once, and hand each packet over when it is due."""
        loop = asyncio.get_running_loop()
        due: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                at, chunk = await due.get()
                await asyncio.sleep(max(0.0, at - loop.time()))
                if not chunk:
                    writer.write_eof()
                    return
                writer.write(chunk)

        delivery = asyncio.create_task(deliver())
        try:
            with suppress(OSError):
                while chunk := await reader.read(65536):
                    handed = max(loop.time(), opened)
                    for start in range(0, len(chunk), _CONTENT):
                        piece = chunk[start : start + _CONTENT]
                        due.put_nowait((self.link.arrived(len(piece), handed), piece))
                due.put_nowait((self.link.arrived(1, loop.time()), b""))
                await delivery
        finally:
            delivery.cancel()


@contextmanager
def line_proxy(target: int, traits: LineTraits, seed: int) -> Iterator[int]:
    """Run a line in a process of its own, which takes nothing from whoever is measured; gives its port."""
    numbers = (target, traits.rate, traits.round_trip, traits.stalled, traits.pause, seed)
    command = [sys.executable, "-m", "tests.bench.link", *map(str, numbers)]
    process = subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


async def main(target: int, traits: LineTraits, seed: int) -> None:
    """Carry until standard input ends."""
    over = asyncio.Event()
    loop = asyncio.get_running_loop()

    def watch() -> None:
        sys.stdin.read()
        loop.call_soon_threadsafe(over.set)

    threading.Thread(target=watch, daemon=True).start()
    async with LineProxy(target, traits, seed) as line:
        print(line.port, flush=True)
        await over.wait()


if __name__ == "__main__":
    port, *rest, seed = sys.argv[1:]
    rate, round_trip, stalls, stall = map(float, rest)
    asyncio.run(main(int(port), LineTraits(name="", rate=rate, round_trip=round_trip, stalled=stalls, pause=stall), int(seed)))
