"""What a transfer file says: sealed lines of one school that wait, what the server answered to each, and what the head decided.

The lines are the bytes that would go over the network, and a result is judged by the same rules as one that came over it
(`sync/receipts`): the file is a slow line, not another protocol.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from pmm_tui.errors import ShapeError
from pmm_tui.skp.decision import open_decision
from pmm_tui.skp.wire import Change, EnvelopeResult, digest, open_envelope
from pmm_tui.sync.transfer_seal import TransferFileError

SUBMITTED = "diajukan"
"""How a plan stands on which nobody has decided."""
MAX_CONTENT = 64 * 1024 * 1024
"""Bytes of the content, inflated."""
_STRANGE = "isinya tidak dikenal; perbarui program di komputer ini, atau tulis ulang berkasnya di komputer asal."


class Item(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"teacher": "guru", "text": "baris", "result": "hasil", "news": "kabar"},
):
    """One sealed line: `teacher` tells lines of one person apart and means nothing elsewhere.

    `text` is empty for a plan that was sent before, of which only the head's decision is asked. `result` is what the server
    answered, `news` how the plan stands there.
    """

    teacher: int
    sha256: str
    text: str = ""
    result: EnvelopeResult | None = None
    news: Change | None = None

    @property
    def line(self) -> bytes:
        """The bytes that travel."""
        return self.text.encode()

    @property
    def waits(self) -> bool:
        """Whether it is still to be sent."""
        return bool(self.text) and self.result is None


Items = Annotated[tuple[Item, ...], Meta(max_length=100_000)]


class Parcel(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"origin": "asal", "written": "ditulis", "plans": "rencana", "decisions": "keputusan"},
):
    """The content of a file: of the school `npsn`, from the records `origin`, `written` when (ISO 8601)."""

    npsn: Annotated[str, Meta(pattern="^[0-9A-Z]{8}$")]
    origin: Annotated[str, Meta(max_length=40)]
    written: Annotated[str, Meta(max_length=40)]
    plans: Items = ()
    decisions: Items = ()

    @property
    def waiting(self) -> tuple[int, int]:
        """How many plans and how many decisions are still to be sent."""
        return sum(item.waits for item in self.plans), sum(item.waits for item in self.decisions)

    @property
    def answered(self) -> int:
        """How many lines have the server's answer."""
        return sum(item.result is not None for item in (*self.plans, *self.decisions))


def write_parcel(parcel: Parcel) -> bytes:
    """The content of a file as bytes, compressed."""
    return zlib.compress(msgspec.json.encode(parcel), 9)


def read_parcel(content: bytes) -> Parcel:
    """Read the content of a file and check that each line is sound and of the file's school; raises TransferFileError."""
    try:
        inflater = zlib.decompressobj()
        raw = inflater.decompress(content, MAX_CONTENT)
        if not inflater.eof or inflater.unused_data:
            raise TransferFileError(_STRANGE)
        parcel = msgspec.json.decode(raw, type=Parcel)
    except (zlib.error, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise TransferFileError(_STRANGE) from None
    for items, schools in ((parcel.plans, _schools_of_plans), (parcel.decisions, _schools_of_decisions)):
        if len({item.sha256 for item in items}) != len(items):
            raise TransferFileError(_STRANGE)
        _check(parcel.npsn, items, schools(items))
    return parcel


def _check(npsn: str, items: Iterable[Item], schools: list[str]) -> None:
    if any(item.text and digest(item.line) != item.sha256 for item in items):
        raise TransferFileError(_STRANGE)
    if any(school not in ("", npsn) for school in schools):
        raise TransferFileError("berisi rencana sekolah lain di samping miliknya; tulis ulang berkasnya di komputer asal.")


def _schools_of_plans(items: Iterable[Item]) -> list[str]:
    try:
        return [_school(open_envelope(item.line).npsn) for item in items if item.text]
    except ShapeError:
        raise TransferFileError(_STRANGE) from None


def _schools_of_decisions(items: Iterable[Item]) -> list[str]:
    try:
        return [_school(open_decision(item.line).npsn) for item in items if item.text]
    except ShapeError:
        raise TransferFileError(_STRANGE) from None


def _school(npsn: object) -> str:
    return npsn if isinstance(npsn, str) else ""
