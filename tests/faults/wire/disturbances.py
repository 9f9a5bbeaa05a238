"""What a line can do to a connection, and what passed over it."""

from __future__ import annotations

import os
import re
import struct
from typing import Literal

from msgspec import Struct

RESET = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
"""The value of SO_LINGER with which closing a socket resets the connection."""

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Disturbance(Struct, frozen=True, kw_only=True):
    """What happens to one connection; nothing by default. Offsets count the bytes of a direction: up is to the server.

    `cut_up`, `cut_down`: so many bytes pass, then the client is cut off in the manner of `manner`: an end, a reset, or
    silence. `change_up`, `change_down`: the byte at that offset is changed by `xor`. `delay`: seconds before the first byte of each
    direction. `drip_up`, `drip_down`: bytes at a time, with `gap` seconds between. `repeat`: the request arrives twice, on a
    second connection or behind itself. `hold`: the request is kept until `release`. `fake`: the answer that somebody else
    gives; with `save` after the server has answered.
    """

    cut_up: int | None = None
    cut_down: int | None = None
    manner: Literal["akhir", "reset", "diam"] = "akhir"
    change_up: int | None = None
    change_down: int | None = None
    xor: int = 0x01
    delay: float = 0.0
    drip_up: int = 0
    drip_down: int = 0
    gap: float = 0.0
    repeat: Literal["", "jalur", "susul"] = ""
    hold: bool = False
    fake: bytes = b""
    save: bool = False


SMOOTH = Disturbance()


class Exchange:
    """How many bytes one connection let pass to the server and to the client, and where in them the first head ended."""

    up = 0
    down = 0
    head_up = 0
    head_down = 0


class Message:
    """Counts whole HTTP/1.1 messages in a stream of them: a head, and a body of its Content-Length."""

    def __init__(self) -> None:
        self.whole = 0
        self.head = 0
        self._bytes = b""

    def feed(self, chunk: bytes) -> None:
        self._bytes += chunk
        while (end := self._bytes.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self._bytes, 0, end + 2)
            self.head = self.head or end + 4
            size = end + 4 + (int(found[1]) if found else 0)
            if len(self._bytes) < size:
                return
            self._bytes = self._bytes[size:]
            self.whole += 1


def through(chunk: bytes, passed: int, cut: int | None, change: int | None, xor: int) -> tuple[bytes, bool]:
    """What of a chunk goes on, and whether the connection is cut behind it."""
    if change is not None and passed <= change < passed + len(chunk):
        at = change - passed
        chunk = chunk[:at] + bytes([chunk[at] ^ xor]) + chunk[at + 1 :]
    if cut is not None and passed + len(chunk) >= cut:
        return chunk[: cut - passed], True
    return chunk, False
