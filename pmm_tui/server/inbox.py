"""Receiving envelopes: each line by itself, each stored at most once, however often and from however many clients it arrives.

Invariant: a receipt leaves this module only after the transaction that holds its envelope is on the disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select, update
from sqlalchemy.exc import IntegrityError, InterfaceError, InternalError, OperationalError

from pmm_tui.errors import ShapeError
from pmm_tui.server import pegawai as roster
from pmm_tui.server import tables
from pmm_tui.server.call import LETTERS, Call, Service, random_text
from pmm_tui.server.pegawai import Dikenal, Tolak
from pmm_tui.server.request_body import too_large
from pmm_tui.server.responses import encode, token_refused
from pmm_tui.server.tokens import still_valid
from pmm_tui.skp.model import Masalah
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.wire import IDENTITY, MAX_REVISION, Envelope, digest, open_envelope
from pmm_tui.text import clean, shorten

_STORAGE = (OperationalError, InterfaceError, InternalError)  # trouble that every envelope would meet
_INDEX = re.compile(r"\[(\d+)\]")
_TERKUNCI = "Rencana ini sudah disetujui; minta kepala sekolah mengembalikannya sebelum mengubah."


class Turunan(Struct, frozen=True):
    """The members that every result for one envelope has, whatever became of it."""

    pegawai: dict[str, str]
    periode: str
    revisi: int
    sha256: str

    def hasil(self, keadaan: str, **more: Any) -> dict[str, Any]:
        """The result, with the members that the contract always names."""
        return {
            "pegawai": self.pegawai,
            "periode": self.periode,
            "revisi": self.revisi,
            "sha256": self.sha256,
            "keadaan": keadaan,
            "tanda_terima": "",
            "masalah": [],
        } | more

    def ditolak(self, masalah: list[dict[str, str]]) -> dict[str, Any]:
        """The result of a refusal."""
        return self.hasil("ditolak", masalah=masalah)


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
        penerima = _Penerima(call.service, conn, sekolah)
        hasil = [penerima.receive(line) for line in lines]
    return encode({"hasil": hasil})


def lock_sekolah(conn: Connection, call: Call) -> Row[Any]:
    """Return the caller's school, locked until the transaction ends: writers of one school go one after another.

    Raises Problem 401 when the token was revoked or ended since its login: a slow body lies between.
    """
    t = tables.sekolah
    row = conn.execute(select(t).where(t.c.id == call.caller.sekolah_id).with_for_update()).one()
    if not still_valid(conn, call.caller, call.service.stamp()):
        raise token_refused()
    return row


def next_change(conn: Connection, sekolah_id: str) -> int:
    """Return the school's next change number; the school must be locked."""
    t = tables.sekolah
    conn.execute(update(t).where(t.c.id == sekolah_id).values(urut=t.c.urut + 1))
    return int(conn.execute(select(t.c.urut).where(t.c.id == sekolah_id)).scalar_one())


def held(conn: Connection, sekolah_id: str, pegawai_id: str, periode: str) -> Row[Any] | None:
    """The envelope of a plan that stands, if there is one."""
    r, a = tables.rencana, tables.amplop
    same = [r.c[name] == a.c[name] for name in ("sekolah_id", "pegawai_id", "periode", "revisi")]
    here = (r.c.sekolah_id == sekolah_id, r.c.pegawai_id == pegawai_id, r.c.periode == periode)
    return conn.execute(select(a).where(*same, *here)).first()


class _Penerima:
    """Takes the envelopes of one batch in, inside its transaction."""

    def __init__(self, service: Service, conn: Connection, sekolah: Row[Any]) -> None:
        self._service = service
        self._conn = conn
        self._sekolah = sekolah
        self._receipts: Iterator[str] = iter(())

    def receive(self, line: bytes) -> dict[str, Any]:
        sha256 = digest(line)
        try:
            envelope = open_envelope(line)
        except ShapeError as error:
            masalah = {"pointer": _pointer(error.place), "kode": "amplop", "pesan": error.sentence}
            return _readable(line, sha256).ditolak([masalah])
        dasar = Turunan(envelope.pegawai.kunci(), envelope.periode, envelope.revisi, sha256)
        try:
            return self._in_savepoint(dasar, envelope, line)
        except Tolak as tolak:
            return dasar.ditolak([{"pointer": tolak.pointer, "kode": tolak.kode, "pesan": tolak.pesan}])
        except _STORAGE:
            raise
        except Exception as error:  # a fault of ours must not take the other envelopes down with it
            self._service.log(f"galat {type(error).__name__}")
            return dasar.hasil("galat")

    def _in_savepoint(self, dasar: Turunan, envelope: Envelope, line: bytes) -> dict[str, Any]:
        try:
            with self._conn.begin_nested():
                return self._decide(dasar, envelope, line)
        except IntegrityError:  # somebody without our lock was faster: decide again, by what stands now
            with self._conn.begin_nested():
                return self._decide(dasar, envelope, line)

    def _decide(self, dasar: Turunan, envelope: Envelope, line: bytes) -> dict[str, Any]:
        if envelope.revisi <= envelope.dasar:
            raise Tolak("revisi-salah", "Revisi harus lebih besar daripada dasar; perbarui pmm-tui lalu ajukan lagi.")
        guru = roster.find(self._conn, self._sekolah.id, envelope.pegawai)
        berdiri = held(self._conn, self._sekolah.id, guru.id, envelope.periode) if guru else None
        before = self._stored(guru.id, envelope) if guru else None
        if before is not None and before.sha256 == dasar.sha256:
            return dasar.hasil("sudah-ada", **_receipt(before.tanda_terima, before.waktu, before.status))
        if before is not None or envelope.dasar != (berdiri.revisi if berdiri else 0):
            dipegang = {"revisi": berdiri.revisi, "sha256": berdiri.sha256} if berdiri else {"revisi": 0, "sha256": ""}
            return dasar.hasil("bentrok", dipegang=dipegang)
        if berdiri is not None and berdiri.status == "disetujui":
            raise Tolak("terkunci", _TERKUNCI)
        if masalah := self._masalah(envelope, guru):
            return dasar.ditolak([{"pointer": m.pointer, "kode": m.kode, "pesan": m.pesan} for m in masalah])
        return self._store(dasar, envelope, line, guru, new=berdiri is None)

    def _stored(self, pegawai_id: str, envelope: Envelope) -> Row[Any] | None:
        t = tables.amplop
        here = (t.c.sekolah_id == self._sekolah.id, t.c.pegawai_id == pegawai_id, t.c.periode == envelope.periode)
        return self._conn.execute(select(t).where(*here, t.c.revisi == envelope.revisi)).first()

    def _masalah(self, envelope: Envelope, guru: Dikenal | None) -> list[Masalah]:
        if self._service.katalog.cari_periode(envelope.periode) is None:
            raise Tolak("periode-asing", f'Periode "{shorten(envelope.periode, 40)}" tidak dilayani server ini.')
        pegawai = roster.as_sent(guru, envelope.pegawai)
        every_masalah = periksa(envelope.rencana, pegawai, envelope.periode, self._service.katalog, jenjang=self._sekolah.jenjang)
        return [masalah for masalah in every_masalah if masalah.halang]

    def _store(self, dasar: Turunan, envelope: Envelope, line: bytes, guru: Dikenal | None, *, new: bool) -> dict[str, Any]:
        sent, sekolah_id, conn = envelope.pegawai, self._sekolah.id, self._conn
        teacher_id = guru.id if guru else roster.add(conn, sekolah_id, roster.as_sent(None, sent), self._service.new_id)
        roster.keep_numbers(conn, sekolah_id, teacher_id, sent.nip, sent.nuptk)
        key = {"sekolah_id": sekolah_id, "pegawai_id": teacher_id, "periode": envelope.periode}
        now = self._service.stamp()
        # While the head is only acting (Plt.), a plan is approved by itself.
        status = "disetujui" if self._sekolah.plt else "diajukan"
        receipt = self._new_receipt()
        conn.execute(
            tables.amplop.insert().values(
                **key,
                revisi=envelope.revisi,
                dasar=envelope.dasar,
                sha256=dasar.sha256,
                isi=line,
                tanda_terima=receipt,
                waktu=now,
                status=status,
                waktu_status=now,
            )
        )
        change = {"revisi": envelope.revisi, "urut": next_change(conn, sekolah_id)}
        if new:
            conn.execute(tables.rencana.insert().values(**key, **change))
        else:
            t = tables.rencana
            conn.execute(update(t).where(*(t.c[name] == value for name, value in key.items())).values(**change))
        return dasar.hasil("tersimpan", **_receipt(receipt, now, status))

    def _new_receipt(self) -> str:
        """Return the batch's next receipt number; those of a batch differ in their last letters only, which compresses well."""
        t = tables.amplop
        while True:
            receipt = next(self._receipts, "")
            if not receipt:
                self._receipts = _series(random_text(6, self._service.chance).upper())
            elif self._conn.execute(select(t.c.revisi).where(t.c.tanda_terima == receipt)).first() is None:
                return receipt


def _series(stem: str) -> Iterator[str]:
    """Yield receipt numbers `R-RBJG-0100`, `R-RBJG-0101` and so on: more than a batch may have lines."""
    letters = LETTERS.upper()
    return (f"R-{stem[:4]}-{stem[4:]}{first}{last}" for first in letters for last in letters)


def _receipt(tanda_terima: str, waktu: str, status: str) -> dict[str, str]:
    return {"tanda_terima": tanda_terima, "waktu": waktu, "status": status}


def _readable(line: bytes, sha256: str) -> Turunan:
    """The identifying members of a line that is no envelope, as far as they can be read: its sender finds it by them."""
    try:
        raw = msgspec.json.decode(line) if len(line) <= 1_000_000 else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        raw = None
    raw = raw if isinstance(raw, dict) else {}
    sent, periode, revisi = raw.get("pegawai"), raw.get("periode"), raw.get("revisi")
    sent = sent if isinstance(sent, dict) else {}
    kunci = {name: clean(sent[name], limit=40) for name in IDENTITY if isinstance(sent.get(name), str)}
    return Turunan(
        pegawai=kunci,
        periode=clean(periode, limit=40) if isinstance(periode, str) else "",
        revisi=revisi if type(revisi) is int and 0 <= revisi <= MAX_REVISION else 0,
        sha256=sha256,
    )


def _pointer(place: str) -> str:
    """A path such as `rencana.tugas_tambahan.tugas[0].tugas` as a JSON pointer into the plan; empty outside the plan."""
    if not place.startswith("rencana."):
        return ""
    return "/" + _INDEX.sub(r".\1", place.removeprefix("rencana.")).replace(".", "/")
