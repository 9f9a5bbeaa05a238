"""Counting what goes over the wire: the numbers, and a proxy that counts the bytes of TLS and needs no privilege."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Protocol

from msgspec import Struct

_HEAD, _APPLICATION = 5, 23


class Counts(Struct, frozen=True):
    """What went over the wire. Up is to the server.

    `up`, `down` are bytes of whole IPv4 packets, 0 where only the proxy counted; `payload_up`, `payload_down` the bytes in TCP,
    which is TLS with everything in it. `packets_up`, `packets_down` count packets, 0 likewise. `records` are the encrypted records
    of TLS 1.3 that went up, one of which ends the handshake; 0 where packets were captured.
    """

    up: int = 0
    down: int = 0
    payload_up: int = 0
    payload_down: int = 0
    packets_up: int = 0
    packets_down: int = 0
    connections: int = 0
    records: int = 0

    @property
    def ip(self) -> int:
        """Bytes of IPv4, both ways."""
        return self.up + self.down

    @property
    def tls(self) -> int:
        """Bytes inside TCP, both ways."""
        return self.payload_up + self.payload_down


class CostCounter(Protocol):
    """A counter: `port` is the one to talk to."""

    port: int

    def zero(self) -> None:
        """Begin anew; what was open stays open."""

    def read(self) -> Counts:
        """What was counted since."""

    async def settled(self, opened: int = 0) -> None:
        """Wait until nothing is on its way any more and only `opened` connections are open."""


class _Records:
    """Finds the records of TLS in a stream of bytes."""

    def __init__(self) -> None:
        self._bytes = b""

    def encrypted(self, chunk: bytes) -> int:
        """How many encrypted records have come to their end with these bytes."""
        self._bytes += chunk
        found = 0
        while len(self._bytes) >= _HEAD and len(self._bytes) >= (size := _HEAD + int.from_bytes(self._bytes[3:_HEAD], "big")):
            found += self._bytes[0] == _APPLICATION
            self._bytes = self._bytes[size:]
        return found


class Proxy:
    """A proxy on a loopback port, in the event loop that enters it, which counts what it passes on; an async context manager."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self._target = target
        self._up = self._down = self._connections = self._records = 0
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self.settled()

    def zero(self) -> None:
        """Begin anew."""
        self._up = self._down = self._connections = self._records = 0

    def read(self) -> Counts:
        """What was passed on since."""
        return Counts(payload_up=self._up, payload_down=self._down, connections=self._connections, records=self._records)

    async def settled(self, opened: int = 0) -> None:
        """Wait until only `opened` connections are open on either side; what has arrived anywhere is counted already."""
        while len(self._open) > opened:
            await asyncio.wait(set(self._open), return_when=asyncio.FIRST_COMPLETED)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._connections += 1
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._target)
        down = asyncio.create_task(self._pass(up_reader, writer, up=False))
        try:
            await self._pass(reader, up_writer, up=True)
            await down
        finally:
            for end in (writer, up_writer):
                end.close()
            self._open.discard(task)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, up: bool) -> None:
        records = _Records()
        with suppress(OSError):
            while chunk := await reader.read(65536):
                if up:
                    self._up += len(chunk)
                    self._records += records.encrypted(chunk)
                else:
                    self._down += len(chunk)
                writer.write(chunk)
                await writer.drain()
            if writer.can_write_eof():
                writer.write_eof()
