"""What stands in the outbox, and how one attempt to deliver it can end."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias, get_args

import msgspec
from msgspec import Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.wire import Held, WireMasalah, open_envelope
from pmm_tui.store.times import from_text

State = Literal["queued", "sending", "unknown", "sent", "rejected", "conflict", "superseded"]
STATES: tuple[State, ...] = get_args(State)
OPEN_STATES: tuple[State, ...] = ("queued", "sending", "unknown")
"""Not settled: still to be sent, on its way, or sent without a word of whether it arrived."""


IN_FILE = "Ada di berkas "
"""What the note of an envelope or decision begins with that was written into a file and not heard of since."""


def is_in_file(state: State, note: str) -> bool:
    """Whether what is in this state, with this note, was written into a file and tried no other way since."""
    return state == "unknown" and note.startswith(IN_FILE)


class OutboxEntry(Struct, frozen=True, kw_only=True):
    """One sealed envelope and what became of it.

    `line` is exactly what travels, `sha256` its digest, `kunci` the identifying members of its teacher. `dasar` is the revision
    that it builds on. `suntingan` is the draft's edit that was sealed. `percobaan` counts attempts. `tanda_terima`,
    `waktu_server` and `status_server` are the server's words; `masalah` why it was refused, `dipegang` what the server holds
    instead (None: nothing, or not in conflict), `catatan` the last thing to know, for the operator. `asal` is `lain` for one that
    another computer sealed, else empty, and `oleh` who sent it, where the server told. `ditahan` is 1 for one that goes only when
    the operator asks for it: its period has ended. `dilihat` is 0 for one of another computer that was taken in and that no screen
    here has shown yet.
    """

    id: int
    pegawai_id: int
    periode: str
    revisi: int
    dasar: int
    sha256: str
    line: bytes
    kunci: dict[str, str]
    keadaan: State
    dibuat: datetime
    percobaan: int
    tanda_terima: str
    waktu_server: str
    status_server: str
    masalah: tuple[WireMasalah, ...]
    dipegang: Held | None
    catatan: str
    suntingan: int
    asal: str = ""
    oleh: str = ""
    ditahan: int = 0
    dilihat: int = 1


class Standing(Struct, frozen=True):
    """What the list has to know of the newest envelope of a plan; `line` is empty where the draft was not edited since."""

    keadaan: State
    suntingan: int
    status_server: str
    line: bytes


class HeldPlan(Struct, frozen=True, kw_only=True):
    """A plan that the server holds and that nobody here has sealed or taken.

    `line` is the envelope as the server handed it out, empty where its content is not here (`read` tells whether it was asked
    for). `oleh` and `waktu` are who sent it and when, as far as the server told.
    """

    pegawai_id: int
    periode: str
    revisi: int
    sha256: str
    line: bytes = b""
    tanda_terima: str = ""
    waktu: str = ""
    status: str = ""
    catatan: str = ""
    oleh: str = ""
    read: bool = True


class Sent(Struct, frozen=True):
    """The server has it: its receipt was checked against ours."""

    receipt: str = ""
    at: str = ""
    status: str = ""


class Rejected(Struct, frozen=True):
    """The server refuses this content; not sent again until it is edited."""

    masalah: tuple[WireMasalah, ...]


class Conflict(Struct, frozen=True):
    """Another content stands on that base: `held` is what the server holds, None for nothing."""

    held: Held | None


class Deferred(Struct, frozen=True):
    """Not settled, to be sent again; `untouched` only where surely no byte of it left this computer.

    `tried` is false where no server was asked: what is written into a file is no attempt.
    """

    reason: str
    untouched: bool = False
    tried: bool = True


Outcome: TypeAlias = Sent | Rejected | Conflict | Deferred


COLUMNS = ", ".join(OutboxEntry.__struct_fields__)


def from_row(row: tuple[Any, ...]) -> OutboxEntry:
    """Build an entry from a row of `COLUMNS`; what a damaged disk made unreadable beside the envelope itself is left empty."""
    values = dict(zip(OutboxEntry.__struct_fields__, row, strict=True))
    values["kunci"] = _json(values["kunci"], dict[str, str], None) or _identity(values["line"])
    values["dibuat"] = from_text(values["dibuat"])
    values["masalah"] = _json(values["masalah"], tuple[WireMasalah, ...], ())
    values["dipegang"] = _json(values["dipegang"], Held | None, None)
    return OutboxEntry(**values)


def _json(text: str, to: Any, otherwise: Any) -> Any:
    try:
        return msgspec.json.decode(text, type=to)
    except msgspec.DecodeError:
        return otherwise


def _identity(line: bytes) -> dict[str, str]:
    """The identifying members, read from the envelope."""
    try:
        return open_envelope(line).pegawai.identity()
    except ShapeError:
        return {}
