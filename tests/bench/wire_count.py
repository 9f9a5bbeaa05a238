"""Counting what goes over the wire: the numbers, and a proxy that counts the bytes of TLS and needs no privilege."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Protocol

from msgspec import Struct

_HEAD, _APPLICATION = 5, 23


class Hitungan(Struct, frozen=True):
    """What went over the wire. Up is to the server.

    `naik`, `turun` are bytes of whole IPv4 packets, 0 where only the proxy counted; `isi_naik`, `isi_turun` the bytes in TCP, which
    is TLS with everything in it. `paket_naik`, `paket_turun` count packets, 0 likewise; `sambungan` connections. `rekaman` are the
    encrypted records of TLS 1.3 that went up, one of which ends the handshake; 0 where packets were captured.
    """

    naik: int = 0
    turun: int = 0
    isi_naik: int = 0
    isi_turun: int = 0
    paket_naik: int = 0
    paket_turun: int = 0
    sambungan: int = 0
    rekaman: int = 0

    @property
    def ip(self) -> int:
        """Bytes of IPv4, both ways."""
        return self.naik + self.turun

    @property
    def tls(self) -> int:
        """Bytes inside TCP, both ways."""
        return self.isi_naik + self.isi_turun


class Penghitung(Protocol):
    """A counter: `port` is the one to talk to."""

    port: int

    def nol(self) -> None:
        """Begin anew; what was open stays open."""

    def baca(self) -> Hitungan:
        """What was counted since."""

    async def tenang(self, terbuka: int = 0) -> None:
        """Wait until nothing is on its way any more and only `terbuka` connections are open."""


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


class Perantara:
    """A proxy on a loopback port, in the event loop that enters it, which counts what it passes on; an async context manager."""

    def __init__(self, tujuan: int) -> None:
        self.port = 0
        self._tujuan = tujuan
        self._up = self._down = self._connections = self._records = 0
        self._open: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Perantara:
        self._server = await asyncio.start_server(self._accepted, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self.tenang()

    def nol(self) -> None:
        """Begin anew."""
        self._up = self._down = self._connections = self._records = 0

    def baca(self) -> Hitungan:
        """What was passed on since."""
        return Hitungan(isi_naik=self._up, isi_turun=self._down, sambungan=self._connections, rekaman=self._records)

    async def tenang(self, terbuka: int = 0) -> None:
        """Wait until only `terbuka` connections are open on either side; what has arrived anywhere is counted already."""
        while len(self._open) > terbuka:
            await asyncio.wait(set(self._open), return_when=asyncio.FIRST_COMPLETED)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        self._connections += 1
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self._tujuan)
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
