"""A school on the server: loading it, and what is told of it (school, roster, Rapor Pendidikan, catalogue)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select, update

from pmm_tui.errors import CorruptError, InputError
from pmm_tui.server import pegawai as roster
from pmm_tui.server import tables
from pmm_tui.server.call import ID_LENGTH, Call, random_text
from pmm_tui.server.change_marks import newest
from pmm_tui.server.engine import Database
from pmm_tui.server.responses import encode, fingerprint, not_found
from pmm_tui.server.tokens import make_sekolah
from pmm_tui.skp.model import TEACHER_FIELDS, Pegawai, Rapor, Sekolah
from pmm_tui.skp.nip import npsn_fault


class LoadReport(Struct, frozen=True):
    """What loading a school did to its roster, in teachers."""

    new: int
    updated: int
    same: int


def load_school(
    database_url: str,
    sekolah: Sekolah,
    pegawai: Iterable[Pegawai] = (),
    rapor: Mapping[str, Rapor] | None = None,
) -> LoadReport:
    """Write a school, its teachers and its results by period into the database; what is there already keeps its ids.

    A teacher is the same by `id_server`, NIP or NUPTK, and without any of them by name and birth date. Teachers that are not named
    stay, and so does the school's profile when `sekolah` is its NPSN alone. Loading twice changes nothing.
    Raises InputError for a wrong NPSN, and StorageError.
    """
    if fault := npsn_fault(sekolah.npsn):
        raise InputError(f"NPSN {fault}.")
    with closing(Database(database_url)) as database, database.write() as conn:
        sekolah_id = make_sekolah(conn, sekolah.npsn)
        if sekolah != Sekolah(npsn=sekolah.npsn):
            _write_sekolah(conn, sekolah_id, sekolah)
        for periode, content in (rapor or {}).items():
            _write_rapor(conn, sekolah_id, periode, content)
        done = [_write_pegawai(conn, sekolah_id, one) for one in pegawai]
    return LoadReport(*(done.count(kind) for kind in ("baru", "diperbarui", "sama")))


def _write_sekolah(conn: Connection, sekolah_id: str, sekolah: Sekolah) -> None:
    kepala = sekolah.kepala_sekolah
    values = {
        "nama": sekolah.nama,
        "jenjang": sekolah.jenjang,
        "kepala_nama": kepala.nama,
        "kepala_nip": kepala.nip,
        "kepala_pangkat": kepala.pangkat,
        "plt": kepala.plt,
    }
    conn.execute(update(tables.sekolah).where(tables.sekolah.c.id == sekolah_id).values(values))


def _write_rapor(conn: Connection, sekolah_id: str, periode: str, content: Rapor) -> None:
    t = tables.rapor
    here = (t.c.sekolah_id == sekolah_id, t.c.periode == periode)
    body = encode({"capaian": content.capaian, "rekomendasi": content.rekomendasi})
    if conn.execute(update(t).where(*here).values(isi=body)).rowcount == 0:
        conn.execute(t.insert().values(sekolah_id=sekolah_id, periode=periode, isi=body))


def _write_pegawai(conn: Connection, sekolah_id: str, pegawai: Pegawai) -> str:
    known = _known(conn, sekolah_id, pegawai)
    if known is None:
        teacher_id = roster.add(conn, sekolah_id, pegawai, lambda: random_text(ID_LENGTH))
        roster.keep_numbers(conn, sekolah_id, teacher_id, pegawai.nip, pegawai.nuptk)
        return "baru"
    said = {name: value for name in TEACHER_FIELDS if (value := getattr(pegawai, name))}
    after = msgspec.structs.replace(known.pegawai, **said)
    roster.keep_numbers(conn, sekolah_id, known.id, pegawai.nip, pegawai.nuptk)
    if after == known.pegawai:
        return "sama"
    t = tables.pegawai
    values = {name: getattr(after, name) for name in TEACHER_FIELDS}
    conn.execute(update(t).where(t.c.sekolah_id == sekolah_id, t.c.id == known.id).values(values))
    return "diperbarui"


def _known(conn: Connection, sekolah_id: str, pegawai: Pegawai) -> roster.Known | None:
    t, p = tables.pegawai, tables.identifiers
    if pegawai.id_server and (known := roster.get(conn, sekolah_id, pegawai.id_server)):
        return known
    for kind, value in (("nip", pegawai.nip), ("nuptk", pegawai.nuptk)):
        # the roster's own numbers first, then those that envelopes brought
        own = select(t.c.id).where(t.c.sekolah_id == sekolah_id, t.c[kind] == value)
        brought = select(p.c.pegawai_id).where(p.c.sekolah_id == sekolah_id, p.c.jenis == kind, p.c.nilai == value)
        if value and (teacher_id := conn.execute(own).scalar() or conn.execute(brought).scalar()):
            return roster.get(conn, sekolah_id, teacher_id)
    if pegawai.nip or pegawai.nuptk:
        return None
    same = (t.c.nama == pegawai.nama, t.c.tanggal_lahir == pegawai.tanggal_lahir, t.c.nip == "", t.c.nuptk == "")
    teacher_id = conn.execute(select(t.c.id).where(t.c.sekolah_id == sekolah_id, *same)).scalar()
    return roster.get(conn, sekolah_id, teacher_id) if teacher_id else None


# ---- the calls


def tell_sekolah(call: Call) -> bytes:
    """`GET /v1/sekolah`: the token's school, the token's role, and the period that is running.

    `versi` changes with everything else that the token can read, so the ETag of this answer stands for all of it.
    """
    t = tables.sekolah
    with call.service.database.read() as conn:
        row = conn.execute(select(t).where(t.c.id == call.caller.sekolah_id)).one()
        rapor = conn.execute(select(tables.rapor).where(tables.rapor.c.sekolah_id == row.id)).all()
        teachers = _teachers(conn, row.id)
        change = newest(conn, row.id)
    rest = (change, teachers, sorted((one.periode, bytes(one.isi)) for one in rapor), call.service.katalog)
    kepala: dict[str, Any] = {"nama": row.kepala_nama, "nip": row.kepala_nip, "plt": row.plt}
    if row.kepala_pangkat:
        kepala["pangkat"] = row.kepala_pangkat
    roles = call.caller.roles
    return encode(
        {
            "npsn": row.npsn,
            "nama": row.nama,
            "jenjang": row.jenjang,
            "kepala_sekolah": kepala,
            "peran": roles[0],
            "periode": call.service.katalog.periode_on(call.service.now().date()).id,
            "versi": fingerprint(encode(rest)),
        }
        | ({"semua_peran": roles} if len(roles) > 1 else {})
    )


def tell_pegawai(call: Call) -> bytes:
    """`GET /v1/pegawai`: the roster by name; empty members are left out."""
    with call.service.database.read() as conn:
        return encode({"pegawai": _teachers(conn, call.caller.sekolah_id)})


def _teachers(conn: Connection, sekolah_id: str) -> list[dict[str, str]]:
    t = tables.pegawai
    rows = conn.execute(select(t).where(t.c.sekolah_id == sekolah_id).order_by(t.c.nama, t.c.id)).all()
    return [{"id": row.id} | {name: value for name in TEACHER_FIELDS if (value := getattr(row, name))} for row in rows]


def tell_rapor(call: Call) -> bytes:
    """`GET /v1/rapor/PERIODE`: the school's results; empty ones when the school has none for that period."""
    periode = _periode(call)
    t = tables.rapor
    with call.service.database.read() as conn:
        wanted = select(t.c.isi).where(t.c.sekolah_id == call.caller.sekolah_id, t.c.periode == periode)
        content = conn.execute(wanted).scalar()
    if content is None:
        return encode({"capaian": {}, "rekomendasi": []})
    try:
        msgspec.json.decode(body := bytes(content), type=Rapor)
    except msgspec.DecodeError:
        raise CorruptError("Rapor di basis data server tidak terbaca; muat lagi sekolah ini.") from None
    return body


def tell_katalog(call: Call) -> bytes:
    """`GET /v1/katalog/PERIODE`: the catalogue with that period and its scheme alone."""
    return encode(call.service.katalog.only_periode(_periode(call)))


def _periode(call: Call) -> str:
    periode = str(call.params["periode"])
    if call.service.katalog.find_periode(periode) is None:
        raise not_found()
    return periode
