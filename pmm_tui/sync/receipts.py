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
from pmm_tui.skp.wire import MAX_REVISION, Hasil, Keadaan, MasalahTerkirim, same_key
from pmm_tui.store.outbox_entry import Conflict, Deferred, Kiriman, Outcome, Rejected, Sent
from pmm_tui.text import clean, shorten

MAX_HELD_REVISION = MAX_REVISION - 1
"""The highest revision that a server may name: the next one must still fit the wire."""

_KEADAAN = get_args(Keadaan)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST = 100
_MISSING = "Jawaban server tidak menyebut rencana ini; akan dikirim lagi."
_TWICE = "Jawaban server menyebut rencana ini lebih dari sekali; akan dikirim lagi."
_OTHER = "Jawaban server tidak cocok dengan yang dikirim; akan dikirim lagi."
_FAILED = "Server gagal menyimpan rencana ini; akan dikirim lagi."


def check(hasil: Iterable[Any], kiriman: Sequence[Kiriman]) -> tuple[dict[int, Outcome], int]:
    """What an answer's items mean for each envelope that was sent, by outbox id; and how many envelopes it speaks of at all."""
    by_revision: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for item in hasil:
        if isinstance(item, dict) and isinstance(item.get("periode"), str) and type(item.get("revisi")) is int:
            by_revision.setdefault((item["periode"], item["revisi"]), []).append(item)
    outcomes: dict[int, Outcome] = {}
    recognised = 0
    for sent in kiriman:
        about = [item for item in by_revision.get((sent.periode, sent.revisi), ()) if same_key(item.get("pegawai"), sent.kunci)]
        ours = len(about) == 1 and about[0].get("sha256") == sent.sha256
        outcomes[sent.id] = (
            _outcome(about[0], sent) if ours else Deferred(_OTHER if len(about) == 1 else _TWICE if about else _MISSING)
        )
        recognised += ours
    return outcomes, recognised


def _outcome(item: dict[str, Any], sent: Kiriman) -> Outcome:
    if item.get("keadaan") not in _KEADAAN:  # as it came: cleaning would make a word of ours out of one that is not
        return Deferred(_OTHER)
    try:
        return _settled(decode(item, Hasil, "Jawaban"), sent)
    except ShapeError:
        return Deferred(_OTHER)


def _settled(hasil: Hasil, sent: Kiriman) -> Outcome:
    match hasil.keadaan:
        case "tersimpan" | "sudah-ada":
            return Sent(_line(hasil.tanda_terima, 120), _line(hasil.waktu, 60), _line(hasil.status, 60))
        case "ditolak":
            unnamed = (MasalahTerkirim(kode="ditolak-server", pesan="Server menolak rencana ini tanpa menyebut alasannya."),)
            return Rejected(tuple(map(_short, hasil.masalah[:_MOST])) or unnamed)
        case "bentrok":
            return _conflict(hasil, sent)
        case _:
            return Deferred(_FAILED)


def _conflict(hasil: Hasil, sent: Kiriman) -> Outcome:
    """A conflict, unless it contradicts itself.

    A server that holds just what we sent should have said `sudah-ada` with the receipt. Without one nothing is called sent: the
    envelope stays unknown and the same bytes are sent again, which is always safe.
    """
    holds = hasil.dipegang
    if holds is None or (holds.revisi == 0 and not holds.sha256):
        return Conflict(None)
    if not (1 <= holds.revisi <= MAX_HELD_REVISION and _SHA256.fullmatch(holds.sha256)):
        return Deferred(_OTHER)
    return Deferred(_OTHER) if (holds.revisi, holds.sha256) == (sent.revisi, sent.sha256) else Conflict(holds)


def _short(masalah: MasalahTerkirim) -> MasalahTerkirim:
    return msgspec.structs.replace(
        masalah, pointer=_line(masalah.pointer, 200), kode=_line(masalah.kode, 80), pesan=_line(masalah.pesan, 400)
    )


def _line(text: str, limit: int) -> str:
    """Put a server's words on one line: a line break could make them look like a line of ours."""
    return shorten(clean(text), limit)
