"""A head's decision about a plan, as it travels (docs/protocol.md).

Invariant: like an envelope it is frozen as bytes when it is made, and its digest is of exactly those bytes, without the newline.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.wire import MAX_ENVELOPE_BYTES, EnvelopePegawai, Keputusan, Revision

MAX_NOTE = 2_000
MAX_EXPECTATION = 500
MAX_EXPECTATIONS = 20
"""Texts of one decision; there are seven perilaku, and a catalogue may have more."""

DecisionId = Annotated[str, Meta(pattern="^[0-9a-z]{8,40}$")]
Note = Annotated[str, Meta(max_length=MAX_NOTE)]
Expectations = Annotated[
    dict[Annotated[str, Meta(max_length=80)], Annotated[str, Meta(max_length=MAX_EXPECTATION)]], Meta(max_length=MAX_EXPECTATIONS)
]
Digits = Annotated[str, Meta(pattern="^[0-9a-f]{8}$")]


class SealedDecision(Struct, frozen=True, kw_only=True):
    """A decision on its way, of the school `npsn`, where the client knows its number.

    `id` is made by the client. `revisi` and `dibaca`, the first digits of its digest, are the revision that the head has read;
    `dasar` is the id of the decision that stood on it then, empty for none. `catatan` is for the teacher; `ekspektasi` are texts
    by perilaku.
    """

    id: DecisionId
    pegawai: EnvelopePegawai
    npsn: Annotated[str, Meta(max_length=8)] | UnsetType = UNSET
    periode: Annotated[str, Meta(min_length=1, max_length=40)]
    revisi: Revision
    dibaca: Digits
    dasar: Annotated[str, Meta(max_length=40)] = ""
    keputusan: Keputusan
    catatan: Note = ""
    ekspektasi: Expectations = {}


class SimpleDecision(Struct, frozen=True, kw_only=True):
    """A decision of which the address says the teacher and the period; see `SealedDecision`. What is not there is not compared."""

    revisi: Revision
    keputusan: Keputusan
    catatan: Note = ""
    ekspektasi: Expectations = {}
    id: DecisionId | UnsetType = UNSET
    dibaca: Digits | UnsetType = UNSET
    dasar: Annotated[str, Meta(max_length=40)] | UnsetType = UNSET


def needs_note(keputusan: Keputusan) -> bool:
    """Whether a decision takes a note: whoever gets a plan back has to know why."""
    return keputusan != "setujui"


def seal_decision(decision: SealedDecision) -> bytes:
    """Return the one line of UTF-8 JSON that travels, without its newline; the same decision gives the same bytes."""
    return msgspec.json.encode(decision, order="deterministic")


def open_decision(line: bytes) -> SealedDecision:
    """Read a decision; raises ShapeError, also when no member identifies the teacher or the line is too long."""
    if len(line) > MAX_ENVELOPE_BYTES:
        raise ShapeError(f"Keputusan lebih besar dari {MAX_ENVELOPE_BYTES // 1024} kB.")
    decision = decode_json(line, SealedDecision, "Keputusan")
    if not decision.pegawai.identity():
        raise ShapeError("Keputusan: pegawai: id, NIP atau NUPTK harus ada.", "pegawai")
    return decision
