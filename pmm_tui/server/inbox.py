"""Receiving envelopes: each line by itself, each stored at most once, however often and from however many clients it arrives.

Invariant: a receipt leaves this module only after the transaction that holds its envelope is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, select, update
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError

from pmm_tui.errors import ShapeError
from pmm_tui.server import pegawai as roster
from pmm_tui.server import tables
from pmm_tui.server.call import LETTERS, Call, random_text
from pmm_tui.server.change_marks import note_change
from pmm_tui.server.envelope_line import ResultStem, pointer, read_line, readable
from pmm_tui.server.pegawai import Known, Refusal
from pmm_tui.server.request_body import too_large
from pmm_tui.server.responses import encode, token_refused
from pmm_tui.server.tokens import still_valid
from pmm_tui.skp.model import Masalah
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.wire import Envelope, digest
from pmm_tui.text import shorten

STORAGE = (OperationalError, InterfaceError, InternalError)
"""Trouble that every line of a batch would meet."""
_LOCKED = "Rencana ini sudah disetujui; minta kepala sekolah mengembalikannya sebelum mengubah."
FOREIGN = "Rencana ini milik sekolah NPSN {}, token ini milik sekolah NPSN {}; periksa token dan alamat server di pengaturan."
"""What is said of what belongs to another school than the token."""


def split_lines(body: bytes) -> list[bytes]:
    """The envelopes of a batch: split at newlines (LF alone), blank lines left out, the last newline optional."""
    return [line for line in body.split(b"\n") if line.strip()]


def receive(call: Call) -> bytes:
    """`POST /v1/rencana`: store what can be stored and answer one result a line, in order.

    One transaction and one write to the disk for the batch, one savepoint an envelope. Raises Problem 413 for too many lines.
    """
    lines = split_lines(call.body)
    if len(lines) > call.service.limits.lines:
        raise too_large(call.service.limits)
    with call.service.database.write() as conn:
        sekolah = lock_sekolah(conn, call)
        receiver = _Receiver(call, conn, sekolah)
        results = [receiver.receive(line) for line in lines]
    return encode({"hasil": results})


def lock_sekolah(conn: Connection, call: Call) -> Row[Any]:
    """Return the caller's school, locked until the transaction ends: writers of one school go one after another.

    Raises Problem 401 when the token was revoked or ended since its login: a slow body lies between.
    """
    t = tables.sekolah
    row = conn.execute(select(t).where(t.c.id == call.caller.sekolah_id).with_for_update()).one()
    if not still_valid(conn, call.caller, call.service.stamp()):
        raise token_refused()
    return row


def held(conn: Connection, sekolah_id: str, pegawai_id: str, periode: str) -> Row[Any] | None:
    """The envelope of a plan that stands, if there is one."""
    r, a = tables.rencana, tables.envelope
    same = [r.c[name] == a.c[name] for name in ("sekolah_id", "pegawai_id", "periode", "revisi")]
    here = (r.c.sekolah_id == sekolah_id, r.c.pegawai_id == pegawai_id, r.c.periode == periode)
    return conn.execute(select(a).where(*same, *here)).first()


class _Receiver:
    """Takes the envelopes of one batch in, inside its transaction."""

    def __init__(self, call: Call, conn: Connection, sekolah: Row[Any]) -> None:
        self._service = call.service
        self._caller = call.caller
        self._conn = conn
        self._sekolah = sekolah
        self._order = int(sekolah.urut)
        self._receipts: Iterator[str] = iter(())

    def receive(self, line: bytes) -> dict[str, Any]:
        sha256 = digest(line)
        try:
            envelope = read_line(line)
        except ShapeError as error:
            masalah = {"pointer": pointer(error.place), "kode": "amplop", "pesan": error.sentence}
            return readable(line, sha256).rejected([masalah])
        stem = ResultStem(envelope.pegawai.identity(), envelope.periode, envelope.revisi, sha256)
        try:
            return self._in_savepoint(stem, envelope, line)
        except Refusal as refusal:
            return stem.rejected([{"pointer": refusal.pointer, "kode": refusal.code, "pesan": refusal.message}])
        except STORAGE:
            raise
        except Exception as error:  # a fault of ours must not take the other envelopes down with it
            self._service.log(f"galat {type(error).__name__}")
            return stem.result("galat")

    def _in_savepoint(self, stem: ResultStem, envelope: Envelope, line: bytes) -> dict[str, Any]:
        try:
            with self._conn.begin_nested():
                return self._decide(stem, envelope, line)
        except IntegrityError:  # somebody without our lock was faster: decide again, by what stands now
            with self._conn.begin_nested():
                return self._decide(stem, envelope, line)

    def _decide(self, stem: ResultStem, envelope: Envelope, line: bytes) -> dict[str, Any]:
        if envelope.npsn and envelope.npsn.upper() != self._sekolah.npsn:
            raise Refusal("sekolah-asing", FOREIGN.format(envelope.npsn, self._sekolah.npsn))
        if envelope.revisi <= envelope.dasar:
            raise Refusal("revisi-salah", "Revisi harus lebih besar daripada dasar; perbarui pmm-tui lalu ajukan lagi.")
        teacher = roster.find(self._conn, self._sekolah.id, envelope.pegawai)
        standing = held(self._conn, self._sekolah.id, teacher.id, envelope.periode) if teacher else None
        before = self._stored(teacher.id, envelope) if teacher else None
        if before is not None and before.sha256 == stem.sha256:
            return stem.result("sudah-ada", **_receipt(before.tanda_terima, before.waktu, before.status))
        if before is not None or not _builds_on(envelope, standing):
            held_now = {"revisi": standing.revisi, "sha256": standing.sha256} if standing else {"revisi": 0, "sha256": ""}
            return stem.result("bentrok", dipegang=held_now)
        if standing is not None and standing.status == "disetujui":
            raise Refusal("terkunci", _LOCKED)
        if masalah := self._masalah(envelope, teacher):
            return stem.rejected([{"pointer": m.pointer, "kode": m.kode, "pesan": m.pesan} for m in masalah])
        return self._store(stem, envelope, line, teacher, new=standing is None)

    def _stored(self, pegawai_id: str, envelope: Envelope) -> Row[Any] | None:
        t = tables.envelope
        here = (t.c.sekolah_id == self._sekolah.id, t.c.pegawai_id == pegawai_id, t.c.periode == envelope.periode)
        return self._conn.execute(select(t).where(*here, t.c.revisi == envelope.revisi)).first()

    def _masalah(self, envelope: Envelope, teacher: Known | None) -> list[Masalah]:
        if self._service.katalog.find_periode(envelope.periode) is None:
            raise Refusal("periode-asing", f'Periode "{shorten(envelope.periode, 40)}" tidak dilayani server ini.')
        pegawai = roster.as_sent(teacher, envelope.pegawai)
        every_masalah = periksa(envelope.rencana, pegawai, envelope.periode, self._service.katalog, jenjang=self._sekolah.jenjang)
        return [masalah for masalah in every_masalah if masalah.halang]

    def _store(self, stem: ResultStem, envelope: Envelope, line: bytes, teacher: Known | None, *, new: bool) -> dict[str, Any]:
        sent, sekolah_id, conn = envelope.pegawai, self._sekolah.id, self._conn
        teacher_id = teacher.id if teacher else roster.add(conn, sekolah_id, roster.as_sent(None, sent), self._service.new_id)
        roster.keep_numbers(conn, sekolah_id, teacher_id, sent.nip, sent.nuptk)
        key = {"sekolah_id": sekolah_id, "pegawai_id": teacher_id, "periode": envelope.periode}
        now = self._service.stamp()
        # While the head is only acting (Plt.), a plan is approved by itself.
        status = "disetujui" if self._sekolah.plt else "diajukan"
        receipt = self._new_receipt()
        conn.execute(
            tables.envelope.insert().values(
                **key,
                revisi=envelope.revisi,
                dasar=envelope.dasar,
                sha256=stem.sha256,
                isi=line,
                tanda_terima=receipt,
                waktu=now,
                status=status,
                waktu_status=now,
                oleh=self._caller.label,
            )
        )
        self._order += 1  # a number that falls back with its savepoint is missing, which does no harm
        change = {"revisi": envelope.revisi, "urut": note_change(conn, sekolah_id, self._order, self._service.chance)}
        if new:
            conn.execute(tables.rencana.insert().values(**key, **change))
        else:
            t = tables.rencana
            conn.execute(update(t).where(*(t.c[name] == value for name, value in key.items())).values(**change))
        return stem.result("tersimpan", **_receipt(receipt, now, status))

    def _new_receipt(self) -> str:
        """Return the batch's next receipt number; those of a batch differ in their last letters only, which compresses well."""
        t = tables.envelope
        while True:
            receipt = next(self._receipts, "")
            if not receipt:
                self._receipts = _series(random_text(6, self._service.chance).upper())
            elif self._conn.execute(select(t.c.revisi).where(t.c.tanda_terima == receipt)).first() is None:
                return receipt


def _builds_on(envelope: Envelope, standing: Row[Any] | None) -> bool:
    """Whether an envelope builds on what stands: by its number, and by its digest where the envelope names one."""
    if standing is None:
        return envelope.dasar == 0
    return envelope.dasar == standing.revisi and (not envelope.sidik_dasar or standing.sha256.startswith(envelope.sidik_dasar))


def _series(stem: str) -> Iterator[str]:
    """Yield receipt numbers `R-RBJG-0100`, `R-RBJG-0101` and so on: more than a batch may have lines."""
    letters = LETTERS.upper()
    return (f"R-{stem[:4]}-{stem[4:]}{first}{last}" for first in letters for last in letters)


def _receipt(receipt: str, when: str, status: str) -> dict[str, str]:
    return {"tanda_terima": receipt, "waktu": when, "status": status}
