"""Plans that another computer sent: taken in as they stand on the server, so that nobody replaces them unseen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.errors import InputError
from pmm_tui.shapes.decode import decode
from pmm_tui.skp.person import other_person
from pmm_tui.skp.wire import digest, open_envelope
from pmm_tui.store import Store
from pmm_tui.sync.results import Sent
from pmm_tui.text import shorten

NOTE = "Diajukan dari komputer lain."


class OtherPersonError(InputError):
    """The plan is that of somebody else, by its name."""


class HeldPlan(Struct, frozen=True):
    """The answer to `GET /v1/rencana/PERIODE/ID`."""

    amplop: dict[str, Any]
    sha256: str
    status: str = ""
    catatan: str = ""
    tanda_terima: str = ""
    waktu: str = ""


def adopt(store: Store, periode: str, pegawai_id: int, sha256: str, value: Any, now: datetime) -> bool:
    """Take in the plan that the server holds, with its receipt, and as the draft where there is none; false when it cannot be.

    Only an envelope whose bytes are certain is taken: sealed as our programs seal, so that it has the digest `sha256`.
    Raises InputError for an answer of the wrong shape, OtherPersonError for a plan that names somebody else than the teacher whose
    it would become here. In the database's thread.
    """
    held = decode(value, HeldPlan, "Rencana dari server")
    line = msgspec.json.encode(value["amplop"])
    if held.sha256 != sha256 or digest(line) != sha256:
        return False
    envelope = open_envelope(line)
    rencana = envelope.rencana
    mine = store.roster.get(pegawai_id)
    if mine is None:
        return False
    if envelope.pegawai.nama and other_person(mine.nama, mine.tanggal_lahir, envelope.pegawai.nama, ""):
        raise OtherPersonError(
            f"Rencana {shorten(envelope.pegawai.nama, 60)} di server bernomor sama dengan {shorten(mine.nama, 60)} di sini; "
            "tidak diambil. Perbaiki nomornya di Dapodik, lalu impor lagi."
        )
    receipt = Sent(shorten(held.tanda_terima, 100), shorten(held.waktu, 60), shorten(held.status, 60))
    with store.database.transaction():
        draft = store.drafts.get(pegawai_id, periode)
        if draft is None:
            store.drafts.save(pegawai_id, periode, rencana, 1, now)
        same = 1 if draft is None else draft.edit if draft.rencana == rencana else 0
        return store.outbox.adopt(pegawai_id, line, same, receipt, shorten(held.catatan, 1000) or NOTE, now)
