"""The head's decisions: each stored at most once, on the revision and beside the decision that the head has seen.

Invariant: what stands is replaced only by a decision that names it; a receipt leaves this module only after the transaction that
holds its decision is on the disk.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Struct
from sqlalchemy import Connection, Row, select, update

from pmm_tui.errors import ShapeError
from pmm_tui.server import pegawai as roster
from pmm_tui.server import tables
from pmm_tui.server.call import Call, random_text
from pmm_tui.server.change_marks import note_change
from pmm_tui.server.envelope_line import ResultStem, readable, refuse_twice
from pmm_tui.server.inbox import FOREIGN, STORAGE, held, lock_sekolah, split_lines
from pmm_tui.server.pegawai import Refusal
from pmm_tui.server.plans import change_of
from pmm_tui.server.request_body import too_large
from pmm_tui.server.responses import Problem, encode, not_found
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.decision import SealedDecision, SimpleDecision, needs_note, open_decision
from pmm_tui.skp.wire import digest

_STATUS = {"setujui": "disetujui", "kembalikan": "dikembalikan", "buka": "dikembalikan"}
_NO_NOTE = "Catatan untuk guru belum diisi; tulis apa yang harus diperbaiki."
_NOT_APPROVED = "Rencana ini tidak sedang disetujui, jadi tidak ada yang dibuka."
_TAKEN = "Nomor keputusan ini sudah dipakai keputusan lain; ambil data terbaru lalu putuskan lagi."


class _Conflict(Exception):
    """The plan moved on: `row` is what stands, None for nothing."""

    def __init__(self, row: Row[Any] | None) -> None:
        super().__init__()
        self.row = row


class _Stored(Struct, frozen=True):
    """What became of a decision: stored now or before, its receipt and when; `row` is the plan as it stands."""

    state: str
    receipt: str
    when: str
    row: Row[Any]


def receive_decisions(call: Call) -> bytes:
    """`POST /v1/keputusan`: one sealed decision a line; store what can be stored and answer one result a line, in order.

    Raises Problem 413 for too many lines.
    """
    lines = split_lines(call.body)
    if len(lines) > call.service.limits.lines:
        raise too_large(call.service.limits)
    with call.service.database.write() as conn:
        clerk = _Clerk(call, conn, lock_sekolah(conn, call))
        results = [clerk.receive(line) for line in lines]
    return encode({"hasil": results})


def decide(call: Call) -> bytes:
    """`POST /v1/rencana/PERIODE/ID/keputusan`: one decision on the plan of the address.

    The same decision twice changes nothing. Raises Problem 400 for a body of another shape or a decision that cannot be, 404, and
    409 when the plan moved on.
    """
    try:
        decision = decode_json(call.body, SimpleDecision, "Keputusan")
    except ShapeError as error:
        raise Problem(400, "isi", "Isi tidak sah", error.sentence) from None
    with call.service.database.write() as conn:
        clerk = _Clerk(call, conn, lock_sekolah(conn, call))
        try:
            stored = clerk.settle(decision, str(call.params["id"]), str(call.params["periode"]), call.body)
        except _Conflict as conflict:
            raise (_moved_on(conflict.row, decision.revisi) if conflict.row else not_found()) from None
        except Refusal as refusal:
            raise Problem(400, "isi", "Isi tidak sah", refusal.message) from None
    receipt = {"tanda_terima": stored.receipt} if stored.receipt else {}
    return encode(change_of(stored.row) | receipt)


class _Clerk:
    """Takes decisions in, inside one transaction that holds the school's lock."""

    def __init__(self, call: Call, conn: Connection, sekolah: Row[Any]) -> None:
        self._service, self._caller = call.service, call.caller
        self._conn, self._sekolah = conn, sekolah
        self._order = int(sekolah.urut)

    def receive(self, line: bytes) -> dict[str, Any]:
        """The result of one line of a batch."""
        sha256 = digest(line)
        try:
            decision = open_decision(line)
            refuse_twice(line, "Keputusan", "putuskan")
        except ShapeError as error:
            return readable(line, sha256).rejected([{"pointer": "", "kode": "keputusan", "pesan": error.sentence}])
        stem = ResultStem(decision.pegawai.identity(), decision.periode, decision.revisi, sha256)
        try:
            with self._conn.begin_nested():
                stored = self._of_line(decision, line)
            status = {"id": decision.id, "waktu": stored.when, "status": stored.row.status}
            return stem.result(stored.state, tanda_terima=stored.receipt, **status)
        except _Conflict as conflict:
            return stem.result("bentrok", id=decision.id, dipegang=_held_now(conflict.row, decision.revisi))
        except Refusal as refusal:
            return stem.rejected([{"pointer": refusal.pointer, "kode": refusal.code, "pesan": refusal.message}])
        except STORAGE:
            raise
        except Exception as error:  # a fault of ours must not take the other decisions down with it
            self._service.log(f"galat {type(error).__name__}")
            return stem.result("galat", id=decision.id)

    def _of_line(self, decision: SealedDecision, line: bytes) -> _Stored:
        if decision.npsn and decision.npsn.upper() != self._sekolah.npsn:
            raise Refusal("sekolah-asing", FOREIGN.format(decision.npsn, self._sekolah.npsn))
        teacher = roster.find(self._conn, self._sekolah.id, decision.pegawai)
        if teacher is None:
            raise _Conflict(None)
        return self.settle(decision, teacher.id, decision.periode, line)

    def settle(self, decision: SealedDecision | SimpleDecision, teacher_id: str, periode: str, content: bytes) -> _Stored:
        """Store a decision, or tell that it is stored; raises _Conflict, Refusal."""
        sha256, row = digest(content), held(self._conn, self._sekolah.id, teacher_id, periode)
        before = self._stored(decision.id) if decision.id else None
        if before is not None:
            if before.sidik != sha256 or row is None:
                raise Refusal("keputusan-ganda", _TAKEN)
            return _Stored("sudah-ada", before.tanda_terima, before.waktu, row)
        if row is None or row.revisi != decision.revisi or not row.sha256.startswith(decision.dibaca or ""):
            raise _Conflict(row)
        if (standing := self._stored(row.keputusan)) and _says_same(standing, decision):
            return _Stored("sudah-ada", standing.tanda_terima, standing.waktu, row)
        if decision.dasar is not UNSET and decision.dasar != row.keputusan:
            raise _Conflict(row)
        if not decision.id and not row.keputusan and _as_before_ids(row, decision):
            return _Stored("sudah-ada", "", row.waktu_status, row)
        if needs_note(decision.keputusan) and (decision.id or decision.keputusan == "buka") and not decision.catatan.strip():
            raise Refusal("catatan-kosong", _NO_NOTE, "/catatan")
        if decision.keputusan == "buka" and row.status != "disetujui":
            raise Refusal("belum-disetujui", _NOT_APPROVED, "/keputusan")
        return self._store(decision, row, sha256, content)

    def _stored(self, decision_id: str) -> Row[Any] | None:
        t = tables.decision
        return self._conn.execute(select(t).where(t.c.sekolah_id == self._sekolah.id, t.c.id == decision_id)).first()

    def _store(self, decision: SealedDecision | SimpleDecision, row: Row[Any], sha256: str, content: bytes) -> _Stored:
        conn, now = self._conn, self._service.stamp()
        key = {"sekolah_id": self._sekolah.id, "pegawai_id": row.pegawai_id, "periode": row.periode}
        here = key | {"revisi": row.revisi}
        self._order += 1  # a number that falls back with its savepoint is missing, which does no harm
        order = note_change(conn, self._sekolah.id, self._order, self._service.chance)
        decision_id, receipt = decision.id or self._service.new_id(), self._new_receipt()
        expected = encode(decision.ekspektasi).decode() if decision.ekspektasi else ""
        said = {"catatan": decision.catatan, "ekspektasi": expected}
        conn.execute(
            tables.decision.insert().values(
                **here,
                **said,
                id=decision_id,
                keputusan=decision.keputusan,
                sidik=sha256,
                isi=content,
                tanda_terima=receipt,
                waktu=now,
                oleh=self._caller.label,
                urut=order,
            )
        )
        stands = said | {"status": _STATUS[decision.keputusan], "waktu_status": now, "keputusan": decision_id}
        for table, where, values in ((tables.envelope, here, stands), (tables.rencana, key, {"urut": order})):
            conn.execute(update(table).where(*(table.c[name] == value for name, value in where.items())).values(values))
        after = held(conn, self._sekolah.id, row.pegawai_id, row.periode)
        assert after is not None
        return _Stored("tersimpan", receipt, now, after)

    def _new_receipt(self) -> str:
        t = tables.decision
        while True:
            letters = random_text(8, self._service.chance).upper()
            receipt = f"K-{letters[:4]}-{letters[4:]}"
            if self._conn.execute(select(t.c.id).where(t.c.tanda_terima == receipt)).first() is None:
                return receipt


def _says_same(standing: Row[Any], decision: SealedDecision | SimpleDecision) -> bool:
    """Whether the decision that stands says just this: two heads who agree are in no conflict."""
    expected = msgspec.json.decode(standing.ekspektasi) if standing.ekspektasi else {}
    ours = (decision.keputusan, decision.catatan, decision.ekspektasi)
    return bool((standing.keputusan, standing.catatan, expected) == ours)


def _as_before_ids(row: Row[Any], decision: SealedDecision | SimpleDecision) -> bool:
    """Whether a plan stands as a decision without an id says, by its status and note alone, as before decisions had ids."""
    return bool((row.status, row.catatan, {}) == (_STATUS[decision.keputusan], decision.catatan, decision.ekspektasi))


def _held_now(row: Row[Any] | None, read: int) -> dict[str, Any]:
    """What stands in place of what was read; how it stands where that is what changed."""
    if row is None:
        return {"revisi": 0, "sha256": ""}
    held_now = {"revisi": row.revisi, "sha256": row.sha256}
    return held_now | ({"status": row.status, "keputusan": row.keputusan} if row.revisi == read else {})


def _moved_on(row: Row[Any], revision: int) -> Problem:
    if row.revisi != revision:
        detail = f"Revisi {row.revisi} sudah menggantikan revisi yang dinilai; baca dulu yang terbaru."
        title = "Revisi lain sudah ada"
    else:
        detail = f"Rencana ini sudah {row.status} dengan keputusan lain; baca dulu keputusan itu."
        title = "Keputusan lain sudah ada"
    return Problem(409, "bentrok", title, detail, dipegang=_held_now(row, revision))
