"""Plans that the server holds: what changed since a cursor, one plan, and the head's decision."""

from __future__ import annotations

import hashlib
import hmac
import re
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import Row, select, update

from pmm_tui.errors import CorruptError, ShapeError
from pmm_tui.server import tables
from pmm_tui.server.call import Call
from pmm_tui.server.inbox import held, lock_sekolah, next_change
from pmm_tui.server.responses import Problem, encode, not_found
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.wire import Keputusan, Revision, digest

_CURSOR = re.compile(r"([0-9a-f]{1,12})-([0-9a-f]{8})")
_STATUS = {"setujui": "disetujui", "kembalikan": "dikembalikan"}


class Decision(Struct, frozen=True):
    """What the head sends: the revision that was read, the decision, and a note for the teacher."""

    revisi: Revision
    keputusan: Keputusan
    catatan: Annotated[str, Meta(max_length=2_000)] = ""


def tell_changes(call: Call) -> bytes:
    """`GET /v1/rencana?sesudah=CURSOR`: plans that changed after the cursor, each once and as it stands now, oldest change first.

    At most one page; `lagi` is there, and true, when more is waiting. Raises Problem 400 for a cursor that this server did not
    give to this school, or that is ahead of it (a restored backup).
    """
    r, a, limit = tables.rencana, tables.envelope, call.service.limits.page
    sekolah_id = call.caller.sekolah_id
    same = [r.c[name] == a.c[name] for name in ("sekolah_id", "pegawai_id", "periode", "revisi")]
    with call.service.database.read() as conn:
        newest = conn.execute(select(tables.sekolah.c.urut).where(tables.sekolah.c.id == sekolah_id)).scalar_one()
        after = _read_cursor(call.query.get("sesudah", ""), sekolah_id, newest)
        wanted = select(a, r.c.urut).where(*same, r.c.sekolah_id == sekolah_id, r.c.urut > after)
        rows = conn.execute(wanted.order_by(r.c.urut).limit(limit + 1)).all()
    page = rows[:limit]
    told: dict[str, Any] = {
        "cursor": _cursor(page[-1].urut if page else after, sekolah_id),
        "perubahan": [_changes(row) for row in page],
    }
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
    return b'{"amplop":' + bytes(row.isi) + b"," + encode(about)[1:]


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
        lock_sekolah(conn, call)
        row = held(conn, sekolah_id, teacher_id, periode)
        if row is None:
            raise not_found()
        if row.revisi != decision.revisi:
            raise _stale(row)
        status = _STATUS[decision.keputusan]
        if (row.status, row.catatan) != (status, decision.catatan):
            here = {"sekolah_id": sekolah_id, "pegawai_id": teacher_id, "periode": periode, "revisi": row.revisi}
            _write(call, here, status, decision.catatan, conn)
            row = held(conn, sekolah_id, teacher_id, periode)
    return encode(_changes(row))


def _write(call: Call, here: dict[str, Any], status: str, note: str, conn: Any) -> None:
    for table, values in (
        (tables.envelope, {"status": status, "catatan": note, "waktu_status": call.service.stamp()}),
        (tables.rencana, {"urut": next_change(conn, call.caller.sekolah_id)}),
    ):
        conn.execute(update(table).where(*(table.c[name] == value for name, value in here.items())).values(values))


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
    }


def _cursor(order: int, sekolah_id: str) -> str:
    """The cursor after a change. The school's id, which never leaves the server, ties it to this school on this server."""
    check = hashlib.sha256(f"{sekolah_id}:{order}".encode()).hexdigest()[:8]
    return f"{order:x}-{check}"


def _read_cursor(cursor: str, sekolah_id: str, newest: int) -> int:
    if not cursor:
        return 0
    if match := _CURSOR.fullmatch(cursor):
        order = int(match[1], 16)
        if order <= newest and hmac.compare_digest(cursor, _cursor(order, sekolah_id)):
            return order
    detail = "Penanda perubahan ini bukan dari server ini; ambil lagi dari awal, tanpa sesudah."
    raise Problem(400, "cursor", "Penanda tidak dikenal", detail)
