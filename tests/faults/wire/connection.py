"""One connection through the proxy: a client's, and the one to the server that belongs to it."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

from tests.faults.wire.disturbances import RESET, Disturbance, Exchange, Message, through

WAIT = 20.0  # seconds for what must come to an end
_CHUNK = 65_536


class Connection:
    """One connection of a client. `passed` is written on; `keep` takes the requests that are to be delivered later."""

    passed: Exchange
    keep: Callable[[bytes], None]

    def __init__(self, port: int, disturbance: Disturbance, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._port = port
        self._fault = disturbance
        self._reader = reader
        self._writer = writer
        self._asked, self._told = Message(), Message()
        self._raw = b""
        self._gone = False
        self._left = False
        self._second: asyncio.Task[bytes] | None = None
        self._chunks: asyncio.Queue[bytes] = asyncio.Queue()

    async def run(self) -> None:
        """Serve the connection to its end."""
        g = self._fault
        if g.hold or g.fake:
            await self._instead()
            return
        self._up_reader, self._up_writer = await asyncio.open_connection("127.0.0.1", self._port)
        listening = asyncio.create_task(self._listen())
        up, down = asyncio.create_task(self._up()), asyncio.create_task(self._down())
        try:
            await asyncio.wait((up, down), return_when=asyncio.FIRST_COMPLETED)
            if self._gone and g.manner == "diam":
                await asyncio.wait((up,), timeout=WAIT)
            if self._asked.whole > self._told.whole and not down.done():
                await asyncio.wait((down,), timeout=WAIT)
        finally:
            for task in (listening, up, down):
                task.cancel()
            await asyncio.gather(listening, up, down, return_exceptions=True)
            if self._second is not None:
                await self._second
            self._up_writer.transport.abort()

    async def _listen(self) -> None:
        """Take what the client says at once, so that its end is seen even while drops go on."""
        with suppress(OSError):
            while chunk := await self._reader.read(_CHUNK):
                self._chunks.put_nowait(chunk)
        self._left = True
        self._chunks.put_nowait(b"")

    async def _up(self) -> None:
        """Client to server, until the client ends or is cut off."""
        g, first = self._fault, True
        while chunk := await self._chunks.get():
            if first and g.delay:
                await asyncio.sleep(g.delay)
            first = False
            chunk, cut = through(chunk, self.passed.up, g.cut_up, g.change_up, g.xor)
            self.passed.up += len(chunk)
            self._raw += chunk if g.repeat else b""
            if not await self._write(self._up_writer, chunk, g.drip_up):
                break
            before = self._asked.whole
            self._asked.feed(chunk)
            self.passed.head_up = self._asked.head
            if g.repeat and self._asked.whole > before:
                await self._twice()
            if cut:
                self._cut_off()
                while g.manner == "diam" and await self._chunks.get():
                    pass
                return
        self._gone = True

    async def _down(self) -> None:
        """Server to client, until the server ends; or, with the client gone, until all that was asked is answered."""
        g, first = self._fault, True
        while chunk := await self._up_reader.read(_CHUNK):
            self._told.feed(chunk)
            self.passed.head_down = self._told.head
            if first and g.delay:
                await asyncio.sleep(g.delay)
            first = False
            if not self._gone:
                chunk, cut = through(chunk, self.passed.down, g.cut_down, g.change_down, g.xor)
                self.passed.down += len(chunk)
                try:
                    await self._write(self._writer, chunk, g.drip_down)
                except OSError:
                    self._gone = True
                if cut:
                    self._cut_off()
            if (self._gone or self._writer.is_closing()) and self._told.whole >= self._asked.whole:
                return

    def _cut_off(self) -> None:
        """Let the client go in the manner that was asked for; silence lasts until it goes by itself."""
        self._gone = True
        if self._fault.manner == "reset":
            sock = self._writer.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self._writer.transport.abort()
        elif self._fault.manner == "akhir":
            self._writer.close()

    async def _write(self, writer: asyncio.StreamWriter, chunk: bytes, drops: int) -> bool:
        """Write all at once or in drops; returns False when the client left in the middle."""
        step = drops or len(chunk) or 1
        for start in range(0, len(chunk), step):
            writer.write(chunk[start : start + step])
            await writer.drain()
            if drops:
                await asyncio.sleep(self._fault.gap)
                if self._left:
                    return False
        return True

    async def _twice(self) -> None:
        again, self._raw = self._raw, b""
        if self._fault.repeat == "jalur":
            self._second = asyncio.create_task(ask(self._port, again))
        else:
            self._asked.feed(again)
            self._up_writer.write(again)
            await self._up_writer.drain()

    async def _instead(self) -> None:
        """Keep the request, or answer it in the server's place."""
        request = b""
        while not self._asked.whole:
            chunk = await self._reader.read(_CHUNK)
            if not chunk:
                return
            request += chunk
            self._asked.feed(chunk)
        self.passed.up += len(request)
        if self._fault.hold:
            self.keep(request)
            while await self._reader.read(_CHUNK):
                pass
            return
        if self._fault.save:
            await ask(self._port, request)
        await self._write(self._writer, self._fault.fake, self._fault.drip_down)
        self._writer.write_eof()
        while await self._reader.read(_CHUNK):
            pass


async def ask(port: int, request: bytes) -> bytes:
    """Deliver a whole request and return the answer; empty when the server does not answer."""
    told, answer = Message(), b""
    with suppress(OSError):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            while not told.whole and (chunk := await asyncio.wait_for(reader.read(_CHUNK), WAIT)):
                answer += chunk
                told.feed(chunk)
        finally:
            writer.transport.abort()
    return answer
