"""Who a teacher is on this server: one identity by opaque id, NIP or NUPTK, inside one school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select, update

from pmm_tui.server import tables
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import nuptk_fault, parse_nip
from pmm_tui.skp.wire import PegawaiTerkirim


class Tolak(Exception):
    """An envelope cannot be stored: a stable code, a sentence, a JSON pointer into the plan."""

    def __init__(self, kode: str, pesan: str, pointer: str = "") -> None:
        super().__init__(kode)
        self.kode, self.pesan, self.pointer = kode, pesan, pointer


class Dikenal(Struct, frozen=True):
    """A teacher of the roster: the opaque `id` and what the roster says."""

    id: str
    pegawai: Pegawai


def numbers(nip: str, nuptk: str) -> list[tuple[str, str]]:
    """The numbers that can name a teacher; one that is no NIP or NUPTK by its form names nobody."""
    named = [("nip", nip)] if parse_nip(nip) else []
    return named + ([("nuptk", nuptk)] if nuptk and not nuptk_fault(nuptk) else [])


def find(conn: Connection, sekolah_id: str, sent: PegawaiTerkirim) -> Dikenal | None:
    """Return the teacher that an envelope names, or None for one who is new to the school.

    Raises Tolak when the id is not of this school, and when the members name two different teachers.
    """
    ids = {sent.id} if sent.id else set()
    if sent.id and get(conn, sekolah_id, sent.id) is None:
        pesan = "Guru ini tidak ada di daftar sekolah pada server; tarik daftar guru lalu ajukan lagi."
        raise Tolak("pegawai-asing", pesan)
    t = tables.pengenal
    named = numbers(sent.nip, sent.nuptk)
    for jenis, nilai in named:
        wanted = select(t.c.pegawai_id).where(t.c.sekolah_id == sekolah_id, t.c.jenis == jenis, t.c.nilai == nilai)
        ids.update(conn.execute(wanted).scalars())
    if len(ids) > 1:
        pesan = "NIP, NUPTK dan id menunjuk guru yang berbeda di server; perbaiki di Dapodik lalu impor lagi."
        raise Tolak("pegawai-ganda", pesan, "/data_diri/nip")
    if not ids and not named:
        pesan = "NIP atau NUPTK tidak dapat dibaca; NIP 18 angka, NUPTK 16 angka."
        raise Tolak("nip-salah" if sent.nip else "nuptk-salah", pesan, "/data_diri/nip" if sent.nip else "/data_diri/nuptk")
    return get(conn, sekolah_id, ids.pop()) if ids else None


def get(conn: Connection, sekolah_id: str, teacher_id: str) -> Dikenal | None:
    """Return the teacher with that opaque id, if the school has one."""
    t = tables.pegawai
    row = conn.execute(select(t).where(t.c.sekolah_id == sekolah_id, t.c.id == teacher_id)).first()
    return Dikenal(row.id, from_row(row)) if row else None


def from_row(row: Row[Any]) -> Pegawai:
    """The teacher of a roster row."""
    return Pegawai(id_server=row.id, **{name: getattr(row, name) for name in TEACHER_FIELDS})


def as_sent(dikenal: Dikenal | None, sent: PegawaiTerkirim) -> Pegawai:
    """The teacher to judge a plan by: what the envelope says, and the roster's word where it is silent."""
    said = {name: value for name in TEACHER_FIELDS if (value := getattr(sent, name, ""))}
    return msgspec.structs.replace(dikenal.pegawai if dikenal else Pegawai(nama=""), id_server=sent.id, **said)


def add(conn: Connection, sekolah_id: str, pegawai: Pegawai, new_id: Callable[[], str]) -> str:
    """Put a teacher into the roster and return the opaque id."""
    teacher_id = new_id()
    values = {name: getattr(pegawai, name) for name in TEACHER_FIELDS}
    conn.execute(tables.pegawai.insert().values(sekolah_id=sekolah_id, id=teacher_id, **values))
    return teacher_id


def keep_numbers(conn: Connection, sekolah_id: str, teacher_id: str, nip: str, nuptk: str) -> None:
    """Note both numbers as the teacher's from now on, and write them into the roster where it has none."""
    t = tables.pengenal
    for jenis, nilai in numbers(nip, nuptk):
        here = (t.c.sekolah_id == sekolah_id, t.c.jenis == jenis, t.c.nilai == nilai)
        holder = conn.execute(select(t.c.pegawai_id).where(*here)).scalar()
        if holder is None:
            conn.execute(t.insert().values(sekolah_id=sekolah_id, jenis=jenis, nilai=nilai, pegawai_id=teacher_id))
        elif holder != teacher_id:
            conn.execute(update(t).where(*here).values(pegawai_id=teacher_id))
        p = tables.pegawai
        empty = (p.c.sekolah_id == sekolah_id, p.c.id == teacher_id, p.c[jenis] == "")
        conn.execute(update(p).where(*empty).values({jenis: nilai}))
