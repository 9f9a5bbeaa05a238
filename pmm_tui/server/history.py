"""What became of a plan from its first revision on: every revision that was stored and every decision that was taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from pmm_tui.server import tables
from pmm_tui.server.call import Call
from pmm_tui.server.plans import expectations, sender
from pmm_tui.server.responses import encode, not_found

_REVISION = ("revisi", "dasar", "sha256", "tanda_terima", "waktu", "status", "catatan")
_DECISION = ("id", "revisi", "keputusan", "catatan", "tanda_terima", "waktu", "oleh")


def tell_history(call: Call) -> bytes:
    """`GET /v1/rencana/PERIODE/ID/riwayat`: revisions and decisions of one plan, newest first. Raises Problem 404."""
    a, k = tables.envelope, tables.decision
    key = {"sekolah_id": call.caller.sekolah_id, "pegawai_id": str(call.params["id"]), "periode": str(call.params["periode"])}
    revisions, decisions = (
        select(table).where(*(table.c[name] == value for name, value in key.items())).order_by(newest.desc())
        for table, newest in ((a, a.c.revisi), (k, k.c.urut))
    )
    with call.service.database.read() as conn:
        stored, taken = conn.execute(revisions).all(), conn.execute(decisions).all()
    if not stored:
        raise not_found()
    told: list[dict[str, Any]] = [
        {name: getattr(row, name) for name in _REVISION} | {"diputuskan": row.waktu_status} | sender(row) for row in stored
    ]
    said = [{name: getattr(row, name) for name in _DECISION} | expectations(row) for row in taken]
    return encode({"revisi": told, "keputusan": said})
