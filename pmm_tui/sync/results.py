"""The closed set of what talking to the server can come to, and when to try again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from msgspec import Struct

from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent

__all__ = [
    "Answered",
    "Conflict",
    "Deferred",
    "Document",
    "NotModified",
    "Outcome",
    "Progress",
    "Refused",
    "Rejected",
    "SendReport",
    "Sent",
    "Stop",
    "next_delay",
    "retry_after",
]  # fmt: skip

SHORTEST, LONGEST = 1.0, 3600.0
"""Seconds between which our own server's Retry-After is believed."""
LONGEST_OF_OTHERS = 50.0
"""Seconds that anybody else's binds at most, with our jitter a minute: a proxy or a portal does not know how full our server is."""

StopKind = Literal[
    "jaringan", "server-mati", "proksi", "tls", "portal", "asing", "token", "akses", "alamat", "sibuk", "gangguan", "waktu",
    "putus", "rusak", "batal", "tunda", "berjalan",
]  # fmt: skip


class Stop(Struct, frozen=True, kw_only=True):
    """Trouble that every request would meet: nothing more is tried for now.

    `reason` is the sentence for the operator. `retry_after` is a wish of whoever answered, in seconds; `binding`: our own server's,
    which the operator's "send now" does not skip at once. `untouched`: surely no byte of the request left. `status` is the HTTP
    status, 0 without an answer.
    """

    reason: str
    kind: StopKind
    retry_after: float | None = None
    binding: bool = False
    untouched: bool = False
    status: int = 0


class Answered(Struct, frozen=True):
    """The items of an answer to a batch, not yet compared with what was sent."""

    items: tuple[Any, ...]


class Refused(Struct, frozen=True, kw_only=True):
    """The server refused a batch as a whole, for what is in it: too large, or one bad envelope.

    `masalah` is what it says is wrong; empty when it does not explain itself.
    """

    status: int
    too_large: bool = False
    masalah: tuple[WireMasalah, ...] = ()


class Document(Struct, frozen=True):
    """A document of the server: parsed JSON, the ETag to ask with next, and the bytes that it was."""

    value: Any
    etag: str = ""
    body: bytes = b""


class NotModified(Struct, frozen=True):
    """What we have is what the server has; `at` is its time where it told it."""

    at: datetime | None = None


class Progress(Struct, frozen=True):
    """How far a run is: envelopes settled, of how many that were due at its start."""

    done: int
    total: int


class SendReport(Struct, frozen=True, kw_only=True):
    """What a run came to: envelopes by outcome, those that still wait, what to tell, and the trouble that ended it early.

    Of decisions `decided` arrived, and `undecided` the head has to look at: refused, or the plan moved on.
    """

    sent: int = 0
    rejected: int = 0
    conflict: int = 0
    deferred: int = 0
    waiting: int = 0
    decided: int = 0
    undecided: int = 0
    decisions_deferred: int = 0
    decisions_waiting: int = 0
    sentences: tuple[str, ...] = ()
    stop: Stop | None = None


def next_delay(failures: int, random: Callable[[], float]) -> float:
    """Seconds to wait after that many `failures` in a row: full jitter, U(0, min(900, 5·2^n)).

    `random` gives a number from 0 up to 1.
    """
    return random() * min(900.0, 5.0 * 2.0 ** min(failures, 10))


def retry_after(text: str, now: datetime) -> float | None:
    """Read a Retry-After header, seconds or an HTTP date, as seconds within `SHORTEST` and `LONGEST`; None for junk.

    `now` is the server's own time where it told it.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        seconds = float(text[:12])
    else:
        try:
            at = parsedate_to_datetime(text)
        except (ValueError, TypeError, OverflowError):
            return None
        seconds = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    return min(LONGEST, max(SHORTEST, seconds))
