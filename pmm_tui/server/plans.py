"""Plans that the server holds: what changed since a cursor, and one plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, select

from pmm_tui.errors import CorruptError
from pmm_tui.server import tables
from pmm_tui.server.call import Call
from pmm_tui.server.change_marks import cursor_after, read_cursor
from pmm_tui.server.inbox import held
from pmm_tui.server.responses import encode, not_found
from pmm_tui.skp.wire import digest

_CONTENT_BYTES = 256 * 1024
"""Bytes of envelopes in one answer: a client takes no more than a megabyte."""


def tell_changes(call: Call) -> bytes:
    """`GET /v1/rencana?sesudah=CURSOR`: plans that changed after the cursor, each once and as it stands now, oldest change first.

    With `isi=1` each with its envelope. At most one page; `lagi` is there, and true, when more is waiting. Raises Problem 400 for a
    cursor that this server did not give to this school, or gave before it was put back from a backup.
    """
    r, a, limit, whole = tables.rencana, tables.envelope, call.service.limits.page, call.query.get("isi") == "1"
    sekolah_id = call.caller.sekolah_id
    same = [r.c[name] == a.c[name] for name in ("sekolah_id", "pegawai_id", "periode", "revisi")]
    with call.service.database.read() as conn:
        after = read_cursor(conn, sekolah_id, call.query.get("sesudah", ""))
        wanted = select(a, r.c.urut).where(*same, r.c.sekolah_id == sekolah_id, r.c.urut > after)
        rows = conn.execute(wanted.order_by(r.c.urut).limit(limit + 1)).all()
        page = _fitting(rows[:limit]) if whole else rows[:limit]
        cursor = cursor_after(conn, sekolah_id, page[-1].urut if page else after)
    told = b'{"cursor":' + encode(cursor) + b',"perubahan":[' + b",".join(map(_with_content if whole else _bare, page)) + b"]"
    return told + (b',"lagi":true}' if len(rows) > len(page) else b"}")


def _bare(row: Any) -> bytes:
    return encode(change_of(row))


def _with_content(row: Any) -> bytes:
    """A change with its envelope, byte for byte as it came; without where the database no longer has what came."""
    content, about = bytes(row.isi), {"tanda_terima": row.tanda_terima, "disimpan": row.waktu}
    if digest(content) != row.sha256:
        return _bare(row)
    return encode(change_of(row) | about)[:-1] + b',"amplop":' + content + b"}"


def _fitting(rows: Sequence[Any]) -> Sequence[Any]:
    """As many as fit into one answer with their envelopes, at least one."""
    size = 0
    for at, row in enumerate(rows):
        size += len(row.isi)
        if at and size > _CONTENT_BYTES:
            return rows[:at]
    return rows


def tell_rencana(call: Call) -> bytes:
    """`GET /v1/rencana/PERIODE/ID`: the envelope that stands, or the one of `?revisi=N`, byte for byte as it came, and its status.

    Raises Problem 404, and CorruptError when the bytes in the database are no longer those that came.
    """
    with call.service.database.read() as conn:
        row = _asked_for(conn, call)
    if row is None:
        raise not_found()
    if digest(bytes(row.isi)) != row.sha256:
        raise CorruptError("Amplop di basis data server tidak sama dengan sidiknya; pulihkan dari cadangan.")
    about = {name: getattr(row, name) for name in ("revisi", "sha256", "status", "catatan", "tanda_terima", "waktu")}
    return b'{"amplop":' + bytes(row.isi) + b"," + encode(about | _said(row))[1:]


def _asked_for(conn: Connection, call: Call) -> Row[Any] | None:
    sekolah_id, teacher_id, periode = call.caller.sekolah_id, str(call.params["id"]), str(call.params["periode"])
    if "revisi" not in call.query:
        return held(conn, sekolah_id, teacher_id, periode)
    a, number = tables.envelope, call.query["revisi"]
    if not (number.isascii() and number.isdigit() and len(number) <= 7):
        return None
    here = (a.c.sekolah_id == sekolah_id, a.c.pegawai_id == teacher_id, a.c.periode == periode, a.c.revisi == int(number))
    return conn.execute(select(a).where(*here)).first()


def change_of(row: Any) -> dict[str, Any]:
    """A plan as it stands, as `GET /v1/rencana` tells it."""
    return {
        "pegawai": row.pegawai_id,
        "periode": row.periode,
        "revisi": row.revisi,
        "sha256": row.sha256,
        "status": row.status,
        "catatan": row.catatan,
        "waktu": row.waktu_status,
    } | _said(row)


def _said(row: Any) -> dict[str, Any]:
    """Who sent a plan, and which decision stands on it, where there is one."""
    return sender(row) | ({"keputusan": row.keputusan} if row.keputusan else {}) | expectations(row)


def sender(row: Any) -> dict[str, str]:
    """Who sent the revision, where that is known."""
    return {"oleh": row.oleh} if row.oleh else {}


def expectations(row: Any) -> dict[str, dict[str, str]]:
    """What the head expects by perilaku, where a decision says anything."""
    return {"ekspektasi": msgspec.json.decode(row.ekspektasi, type=dict[str, str])} if row.ekspektasi else {}
