"""Who a teacher is on this server: one identity by opaque id, NIP or NUPTK, inside one school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select, update

from pmm_tui.server import tables
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai
from pmm_tui.skp.nip import is_placeholder, nuptk_fault, parse_nip
from pmm_tui.skp.wire import EnvelopePegawai


class Refusal(Exception):
    """An envelope cannot be stored: a stable code, a sentence, a JSON pointer into the plan."""

    def __init__(self, code: str, message: str, pointer: str = "") -> None:
        super().__init__(code)
        self.code, self.message, self.pointer = code, message, pointer


class Known(Struct, frozen=True):
    """A teacher of the roster: the opaque `id` and what the roster says."""

    id: str
    pegawai: Pegawai


def numbers(nip: str, nuptk: str) -> list[tuple[str, str]]:
    """The numbers that can name a teacher; one that is no NIP or NUPTK by its form, or only fills the cell, names nobody."""
    named = [("nip", nip)] if parse_nip(nip) and not is_placeholder(nip) else []
    return named + ([("nuptk", nuptk)] if nuptk and not (nuptk_fault(nuptk) or is_placeholder(nuptk)) else [])


def find(conn: Connection, sekolah_id: str, sent: EnvelopePegawai) -> Known | None:
    """Return the teacher that an envelope names, or None for one who is new to the school.

    Raises Refusal when the id is not of this school, and when the members name two different teachers.
    """
    ids = {sent.id} if sent.id else set()
    if sent.id and get(conn, sekolah_id, sent.id) is None:
        message = "Guru ini tidak ada di daftar sekolah pada server; tarik daftar guru lalu ajukan lagi."
        raise Refusal("pegawai-asing", message)
    t = tables.identifiers
    named = numbers(sent.nip, sent.nuptk)
    for kind, value in named:
        wanted = select(t.c.pegawai_id).where(t.c.sekolah_id == sekolah_id, t.c.jenis == kind, t.c.nilai == value)
        ids.update(conn.execute(wanted).scalars())
    if len(ids) > 1:
        message = "NIP, NUPTK dan id menunjuk guru yang berbeda di server; perbaiki di Dapodik lalu impor lagi."
        raise Refusal("pegawai-ganda", message, "/data_diri/nip")
    if not ids and not named:
        message = "NIP atau NUPTK tidak dapat dibaca; NIP 18 angka, NUPTK 16 angka."
        raise Refusal("nip-salah" if sent.nip else "nuptk-salah", message, "/data_diri/nip" if sent.nip else "/data_diri/nuptk")
    return get(conn, sekolah_id, ids.pop()) if ids else None


def get(conn: Connection, sekolah_id: str, teacher_id: str) -> Known | None:
    """Return the teacher with that opaque id, if the school has one."""
    t = tables.pegawai
    row = conn.execute(select(t).where(t.c.sekolah_id == sekolah_id, t.c.id == teacher_id)).first()
    return Known(row.id, from_row(row)) if row else None


def from_row(row: Row[Any]) -> Pegawai:
    """The teacher of a roster row."""
    return Pegawai(id_server=row.id, **{name: getattr(row, name) for name in TEACHER_FIELDS})


def as_sent(known: Known | None, sent: EnvelopePegawai) -> Pegawai:
    """The teacher to judge a plan by: what the envelope says, and the roster's word where it is silent."""
    said = {name: value for name in TEACHER_FIELDS if (value := getattr(sent, name, ""))}
    return msgspec.structs.replace(known.pegawai if known else Pegawai(nama=""), id_server=sent.id, **said)


def add(conn: Connection, sekolah_id: str, pegawai: Pegawai, new_id: Callable[[], str]) -> str:
    """Put a teacher into the roster and return the opaque id."""
    teacher_id = new_id()
    values = {name: getattr(pegawai, name) for name in TEACHER_FIELDS}
    conn.execute(tables.pegawai.insert().values(sekolah_id=sekolah_id, id=teacher_id, **values))
    return teacher_id


def keep_numbers(conn: Connection, sekolah_id: str, teacher_id: str, nip: str, nuptk: str) -> None:
    """Note both numbers as the teacher's from now on, and write them into the roster where it has none."""
    t = tables.identifiers
    for kind, value in numbers(nip, nuptk):
        here = (t.c.sekolah_id == sekolah_id, t.c.jenis == kind, t.c.nilai == value)
        holder = conn.execute(select(t.c.pegawai_id).where(*here)).scalar()
        if holder is None:
            conn.execute(t.insert().values(sekolah_id=sekolah_id, jenis=kind, nilai=value, pegawai_id=teacher_id))
        elif holder != teacher_id:
            conn.execute(update(t).where(*here).values(pegawai_id=teacher_id))
        p = tables.pegawai
        empty = (p.c.sekolah_id == sekolah_id, p.c.id == teacher_id, p.c[kind] == "")
        conn.execute(update(p).where(*empty).values({kind: value}))
