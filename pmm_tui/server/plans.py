"""Plans that the server holds: what changed since a cursor, one plan, and the head's decision."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Row, select, update

from pmm_tui.errors import CorruptError, ShapeError
from pmm_tui.server import tables
from pmm_tui.server.call import Call
from pmm_tui.server.change_marks import cursor_after, note_change, read_cursor
from pmm_tui.server.inbox import held, lock_sekolah
from pmm_tui.server.responses import Problem, encode, not_found
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.wire import Keputusan, Revision, digest

_STATUS = {"setujui": "disetujui", "kembalikan": "dikembalikan"}


class Decision(Struct, frozen=True):
    """What the head sends: the revision that was read, the decision, and a note for the teacher."""

    revisi: Revision
    keputusan: Keputusan
    catatan: Annotated[str, Meta(max_length=2_000)] = ""


def tell_changes(call: Call) -> bytes:
    """`GET /v1/rencana?sesudah=CURSOR`: plans that changed after the cursor, each once and as it stands now, oldest change first.

    At most one page; `lagi` is there, and true, when more is waiting. Raises Problem 400 for a cursor that this server did not
    give to this school, or gave before it was put back from a backup.
    """
    r, a, limit = tables.rencana, tables.envelope, call.service.limits.page
    sekolah_id = call.caller.sekolah_id
    same = [r.c[name] == a.c[name] for name in ("sekolah_id", "pegawai_id", "periode", "revisi")]
    with call.service.database.read() as conn:
        after = read_cursor(conn, sekolah_id, call.query.get("sesudah", ""))
        wanted = select(a, r.c.urut).where(*same, r.c.sekolah_id == sekolah_id, r.c.urut > after)
        rows = conn.execute(wanted.order_by(r.c.urut).limit(limit + 1)).all()
        page = rows[:limit]
        cursor = cursor_after(conn, sekolah_id, page[-1].urut if page else after)
    told: dict[str, Any] = {"cursor": cursor, "perubahan": [_changes(row) for row in page]}
    if len(rows) > limit:
        told["lagi"] = True
    return encode(told)


def tell_rencana(call: Call) -> bytes:
    """`GET /v1/rencana/PERIODE/ID`: the envelope that stands, byte for byte as it came, and its status.

    Raises Problem 404, and CorruptError when the bytes in the database are no longer those that came.
    """
    with call.service.database.read() as conn:
        row = held(conn, call.caller.sekolah_id, str(call.params["id"]), str(call.params["periode"]))
    if row is None:
        raise not_found()
    if digest(bytes(row.isi)) != row.sha256:
        raise CorruptError("Amplop di basis data server tidak sama dengan sidiknya; pulihkan dari cadangan.")
    about = {name: getattr(row, name) for name in ("revisi", "sha256", "status", "catatan", "tanda_terima", "waktu")}
    return b'{"amplop":' + bytes(row.isi) + b"," + encode(about | _sender(row))[1:]


def decide(call: Call) -> bytes:
    """`POST /v1/rencana/PERIODE/ID/keputusan`: approve a plan, which locks it, or send it back, which unlocks it.

    The same decision twice changes nothing. Raises Problem 400 for a body of another shape, 404, and 409 when the revision is not
    the one that stands.
    """
    try:
        decision = decode_json(call.body, Decision, "Keputusan")
    except ShapeError as error:
        raise Problem(400, "isi", "Isi tidak sah", error.sentence) from None
    sekolah_id, teacher_id, periode = call.caller.sekolah_id, str(call.params["id"]), str(call.params["periode"])
    with call.service.database.write() as conn:
        sekolah = lock_sekolah(conn, call)
        row = held(conn, sekolah_id, teacher_id, periode)
        if row is None:
            raise not_found()
        if row.revisi != decision.revisi:
            raise _stale(row)
        status = _STATUS[decision.keputusan]
        if (row.status, row.catatan) != (status, decision.catatan):
            here = {"sekolah_id": sekolah_id, "pegawai_id": teacher_id, "periode": periode, "revisi": row.revisi}
            order = note_change(conn, sekolah_id, sekolah.urut + 1, call.service.chance)
            values = {"status": status, "catatan": decision.catatan, "waktu_status": call.service.stamp()}
            for table, changed in ((tables.envelope, values), (tables.rencana, {"urut": order})):
                conn.execute(update(table).where(*(table.c[name] == value for name, value in here.items())).values(changed))
            row = held(conn, sekolah_id, teacher_id, periode)
    return encode(_changes(row))


def _stale(row: Row[Any]) -> Problem:
    detail = f"Revisi {row.revisi} sudah menggantikan revisi yang dinilai; baca dulu yang terbaru."
    held = {"revisi": row.revisi, "sha256": row.sha256}
    return Problem(409, "bentrok", "Revisi lain sudah ada", detail, dipegang=held)


def _changes(row: Any) -> dict[str, Any]:
    return {
        "pegawai": row.pegawai_id,
        "periode": row.periode,
        "revisi": row.revisi,
        "sha256": row.sha256,
        "status": row.status,
        "catatan": row.catatan,
        "waktu": row.waktu_status,
    } | _sender(row)


def _sender(row: Any) -> dict[str, str]:
    """Who sent the revision, where that is known."""
    return {"oleh": row.oleh} if row.oleh else {}
