"""A server that is none: it answers with whatever bytes a case has, on real sockets, and remembers what it was told."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any, Literal

from msgspec import Struct

from pmm_tui.skp.wire import digest
from tests.faults.wire.disturbances import RESET

_WAIT = 20.0
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Request(Struct, frozen=True):
    """A request as it came, and the answer that an honest server would give: `right`."""

    head: bytes
    body: bytes
    right: bytes

    @property
    def path(self) -> str:
        """Path without the query."""
        return self.head.split(b" ", 2)[1].split(b"?")[0].decode()

    @property
    def lines(self) -> list[bytes]:
        """The envelopes in it."""
        packed = b"content-encoding: gzip" in self.head.lower()
        return [line for line in (gzip.decompress(self.body) if packed else self.body).split(b"\n") if line]

    def result(self, **more: Any) -> list[dict[str, Any]]:
        """An honest result for each envelope, with some members replaced; a callable makes its value from the result."""
        results = [receipt(line, number) for number, line in enumerate(self.lines)]
        return [r | {k: v(r) if callable(v) else v for k, v in more.items()} for r in results]


Respond = Callable[[Request], "bytes | AsyncIterator[bytes]"]


class Case(Struct, frozen=True):
    """One lie. `end`: what happens behind the answer; `early`: it is said before the request was read."""

    id: str
    respond: Respond
    end: Literal["tutup", "reset", "diam", "lanjut"] = "tutup"
    early: bool = False


def receipt(line: bytes, number: int = 0) -> dict[str, Any]:
    """The honest result for an envelope that is stored now."""
    envelope = json.loads(line)
    key = {name: envelope["pegawai"][name] for name in ("id", "nip", "nuptk") if envelope["pegawai"].get(name)}
    return {
        "pegawai": key, "periode": envelope["periode"], "revisi": envelope["revisi"], "sha256": digest(line),
        "keadaan": "tersimpan", "tanda_terima": f"R-PALS-{number:04}", "masalah": [], "waktu": "2026-01-08T02:11:05Z",
        "status": "diajukan",
    }  # fmt: skip


def http(
    body: bytes = b"",
    status: str = "200 OK",
    *headers: str,
    kind: str = "application/json",
    length: int | None = None,
    version: str = "HTTP/1.1",
) -> bytes:
    """An answer as bytes; `kind` empty leaves the Content-Type out, `length` -1 the Content-Length."""
    lines = [f"{version} {status}", *([f"Content-Type: {kind}"] if kind else []), *headers]
    if length != -1:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def json_bytes(value: Any) -> bytes:
    """JSON, with whatever Python lets pass."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


class Impostor:
    """The liar, in a thread of its own. `honest` are honest answers by path; `target` the paths that are lied about."""

    def __init__(self, honest: dict[str, bytes]) -> None:
        self.honest = honest
        self.case: Case | None = None
        self.target: Callable[[str], bool] = lambda _: True
        self.requests: list[Request] = []
        self._active: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="penipu", daemon=True)
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(asyncio.start_server(self._accepted, "127.0.0.1", 0), self._loop).result(
            _WAIT
        )
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def start(self, case: Case | None, target: Callable[[str], bool] = lambda _: True) -> None:
        """Lie like this from now on."""
        self.case, self.target = case, target
        self.requests.clear()

    def stop(self) -> None:
        """End it."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(_WAIT)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_WAIT)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        for task in set(self._active):
            task.cancel()
        await asyncio.gather(*self._active, return_exceptions=True)

    async def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._active.add(task)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._answer(reader, writer):
                    pass
        finally:
            writer.transport.abort()
            self._active.discard(task)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = await reader.readuntil(b"\r\n\r\n")
        case = self.case if self.target(head.split(b" ", 2)[1].split(b"?")[0].decode()) else None
        body = b""
        if case is None or not case.early:
            found = _LENGTH.search(head)
            body = await reader.readexactly(int(found[1]) if found else 0)
        request = Request(head, body, b"")
        honest = json_bytes({"hasil": request.result()}) if body else self.honest.get(request.path, b"{}")
        request = Request(head, body, honest)
        self.requests.append(request)
        await _say(writer, case.respond(request) if case else http(honest))
        if case is None or case.end == "lanjut":
            return True
        if case.end == "diam":
            while await reader.read(65_536):
                pass
        elif case.end == "reset":
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        else:
            writer.write_eof()
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(), 1.0)
        return False


async def _say(writer: asyncio.StreamWriter, said: bytes | AsyncIterator[bytes]) -> None:
    if isinstance(said, bytes):
        writer.write(said)
        await writer.drain()
        return
    async for piece in said:
        writer.write(piece)
        await writer.drain()
        if writer.is_closing():
            return
