"""Is an answer a receipt? Compared with what was sent, by what came off the wire and before anything is cleaned.

An envelope is settled only by the one item that names its teacher, period, revision and digest. Two items about one envelope
contradict each other whatever they say, so it stays unknown; items about something else change nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, get_args

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.wire import MAX_REVISION, EnvelopeResult, State, WireMasalah, same_key
from pmm_tui.store.decision_entry import Sealed
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent
from pmm_tui.text import clean, shorten

MAX_HELD_REVISION = MAX_REVISION - 1
"""The highest revision that a server may name: the next one must still fit the wire."""

_STATES = get_args(State)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST = 100
_MISSING = "Jawaban server tidak menyebut rencana ini; akan dikirim lagi."
_TWICE = "Jawaban server menyebut rencana ini lebih dari sekali; akan dikirim lagi."
_OTHER = "Jawaban server tidak cocok dengan yang dikirim; akan dikirim lagi."
_NO_RECEIPT = "Server menjawab tanpa tanda terima; akan dikirim lagi."
_FAILED = "Server gagal menyimpan rencana ini; akan dikirim lagi."


def check(items: Iterable[Any], entries: Sequence[Sealed]) -> tuple[dict[int, Outcome], int]:
    """What an answer's items mean for each envelope that was sent, by outbox id; and how many envelopes it speaks of at all."""
    by_revision: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for item in items:
        if isinstance(item, dict) and isinstance(item.get("periode"), str) and type(item.get("revisi")) is int:
            by_revision.setdefault((item["periode"], item["revisi"]), []).append(item)
    outcomes: dict[int, Outcome] = {}
    recognised = 0
    for sent in entries:
        about = [item for item in by_revision.get((sent.periode, sent.revisi), ()) if same_key(item.get("pegawai"), sent.kunci)]
        ours = len(about) == 1 and about[0].get("sha256") == sent.sha256
        outcomes[sent.id] = (
            _outcome(about[0], sent) if ours else Deferred(_OTHER if len(about) == 1 else _TWICE if about else _MISSING)
        )
        recognised += ours
    return outcomes, recognised


def _outcome(item: dict[str, Any], sent: Sealed) -> Outcome:
    if item.get("keadaan") not in _STATES:  # as it came: cleaning would make a word of ours out of one that is not
        return Deferred(_OTHER)
    try:
        return _settled(decode(item, EnvelopeResult, "Jawaban"), sent)
    except ShapeError:
        return Deferred(_OTHER)


def _settled(result: EnvelopeResult, sent: Sealed) -> Outcome:
    match result.keadaan:
        case "tersimpan" | "sudah-ada":
            receipt = _line(result.tanda_terima, 120).strip()
            readable = any(map(str.isalnum, receipt))  # blanks have many shapes; a number that nobody can read is none
            return Sent(receipt, _line(result.waktu, 60), _line(result.status, 60)) if readable else Deferred(_NO_RECEIPT)
        case "ditolak":
            unnamed = (WireMasalah(kode="ditolak-server", pesan="Server menolak rencana ini tanpa menyebut alasannya."),)
            return Rejected(tuple(map(_short, result.masalah[:_MOST])) or unnamed)
        case "bentrok":
            return _conflict(result, sent)
        case _:
            return Deferred(_FAILED)


def _conflict(result: EnvelopeResult, sent: Sealed) -> Outcome:
    """A conflict, unless it contradicts itself.

    A server that holds just what we sent should have said `sudah-ada` with the receipt. Without one nothing is called sent: the
    envelope stays unknown and the same bytes are sent again, which is always safe.
    """
    holds = result.dipegang
    if holds is None or (holds.revisi == 0 and not holds.sha256):
        return Conflict(None)
    if not (1 <= holds.revisi <= MAX_HELD_REVISION and _SHA256.fullmatch(holds.sha256)):
        return Deferred(_OTHER)
    return Deferred(_OTHER) if (holds.revisi, holds.sha256) == (sent.revisi, sent.sha256) else Conflict(holds)


def _short(masalah: WireMasalah) -> WireMasalah:
    return msgspec.structs.replace(
        masalah, pointer=_line(masalah.pointer, 200), kode=_line(masalah.kode, 80), pesan=_line(masalah.pesan, 400)
    )


def _line(text: str, limit: int) -> str:
    """Put a server's words on one line: a line break could make them look like a line of ours."""
    return shorten(clean(text), limit)
