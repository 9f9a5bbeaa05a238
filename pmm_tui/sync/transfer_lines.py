"""The lines of a transfer file as a sender sees them, and what settled one in the words of the wire."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from pmm_tui.skp.decision import open_decision
from pmm_tui.skp.wire import EnvelopeResult, open_envelope
from pmm_tui.store.decision_entry import Sealed
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.sync.transfer_file import Item


class Line(Struct, frozen=True):
    """A line of the file; `id` is its place there, the rest is as in an `OutboxEntry`."""

    id: int
    pegawai_id: int
    periode: str
    revisi: int
    kunci: dict[str, str]
    sha256: str
    line: bytes


def plan_lines(items: Sequence[Item]) -> list[Line]:
    """The lines that are plans; raises ShapeError."""
    opened = [(number, item, open_envelope(item.line)) for number, item in enumerate(items) if item.text]
    return [_line(number, item, one.periode, one.revisi, one.pegawai.identity()) for number, item, one in opened]


def decision_lines(items: Sequence[Item]) -> list[Line]:
    """The lines that are decisions; raises ShapeError."""
    opened = [(number, item, open_decision(item.line)) for number, item in enumerate(items) if item.text]
    return [_line(number, item, one.periode, one.revisi, one.pegawai.identity()) for number, item, one in opened]


def result_of(outcome: Outcome, sent: Sealed) -> EnvelopeResult | None:
    """What settled a line, to be judged anew where it is recorded; None for what did not settle it."""
    bare = EnvelopeResult(pegawai=sent.kunci, periode=sent.periode, revisi=sent.revisi, sha256=sent.sha256, keadaan="galat")
    match outcome:
        case Sent():
            return replace(bare, keadaan="tersimpan", tanda_terima=outcome.receipt, waktu=outcome.at, status=outcome.status)
        case Rejected():
            return replace(bare, keadaan="ditolak", masalah=outcome.masalah)
        case Conflict():
            return replace(bare, keadaan="bentrok", dipegang=outcome.held)
        case Deferred():
            return None


def _line(number: int, item: Item, periode: str, revision: int, key: dict[str, str]) -> Line:
    return Line(number, item.teacher, periode, revision, key, item.sha256, item.line)
