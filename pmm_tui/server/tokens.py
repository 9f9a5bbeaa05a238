"""Tokens: made once and shown once; the database keeps only their SHA-256, which is enough for 32 random bytes."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, select, update

from pmm_tui.errors import InputError
from pmm_tui.server import tables
from pmm_tui.server.call import BOTH, ID_LENGTH, KEPALA, OPERATOR, Caller, now_utc, random_text, stamp
from pmm_tui.server.engine import Database
from pmm_tui.skp.nip import npsn_fault
from pmm_tui.text import clean

_BYTES = 32
_PREFIX = 8
_LABEL = 40
ROLES = (OPERATOR, KEPALA, BOTH)


class TokenRecord(Struct, frozen=True):
    """What may be told of a token. Times are `2026-01-08T02:11:05Z`; `habis` and `dicabut` are empty when they do not apply."""

    id: str
    npsn: str
    peran: str
    dibuat: str
    habis: str
    dicabut: str
    nama: str


def create_token(database_url: str, npsn: str, role: str, *, days_valid: int | None = None, label: str = "") -> str:
    """Make a token for a school and a role (`operator`, `kepala_sekolah`, `keduanya`) and return it: it cannot be shown again.

    A school that is not there yet is made, with its NPSN alone. `days_valid` ends it after so many days; None: never. `label` is
    what the school's colleagues read beside a plan that was sent with it, such as `Laptop TU`.
    Raises InputError for a wrong NPSN, role, number of days or label, and StorageError.
    """
    npsn = npsn.strip().upper()
    if fault := npsn_fault(npsn):
        raise InputError(f"NPSN {fault}.")
    if role not in ROLES:
        raise InputError(f"Peran harus {' atau '.join(ROLES)}.")
    if days_valid is not None and not 1 <= days_valid <= 36_500:
        raise InputError("Masa berlaku token harus 1 hari atau lebih.")
    label = " ".join(clean(label).split())
    if len(label) > _LABEL:
        raise InputError(f"Nama token paling panjang {_LABEL} huruf; tulis misalnya Laptop TU.")
    with closing(Database(database_url)) as database, database.write() as conn:
        return issue(conn, make_sekolah(conn, npsn), role, days_valid, label)


def issue(conn: Connection, sekolah_id: str, role: str, days_valid: int | None = None, label: str = "") -> str:
    """Store a new token of a school and return it."""
    secret = secrets.token_urlsafe(_BYTES)
    digest = _digest(secret)
    now = now_utc()
    conn.execute(
        tables.token.insert().values(
            id=random_text(ID_LENGTH),
            sekolah_id=sekolah_id,
            peran=role,
            awal=digest[:_PREFIX],
            sidik=digest,
            dibuat=stamp(now),
            habis=stamp(now + timedelta(days=days_valid)) if days_valid else None,
            nama=label,
        )
    )
    return secret


def make_sekolah(conn: Connection, npsn: str) -> str:
    """Return the id of the school, making the school when it is not there."""
    t = tables.sekolah
    school_id = conn.execute(select(t.c.id).where(t.c.npsn == npsn)).scalar()
    if school_id is None:
        school_id = random_text(ID_LENGTH)
        conn.execute(t.insert().values(id=school_id, npsn=npsn))
    return str(school_id)


def list_tokens(database_url: str) -> tuple[TokenRecord, ...]:
    """Every token that was made, oldest first, without the secret itself."""
    t, s = tables.token, tables.sekolah
    wanted = select(t.c.id, s.c.npsn, t.c.peran, t.c.dibuat, t.c.habis, t.c.dicabut, t.c.nama).join(s, s.c.id == t.c.sekolah_id)
    with closing(Database(database_url)) as database, database.read() as conn:
        rows = conn.execute(wanted.order_by(t.c.dibuat, t.c.id)).all()
    return tuple(TokenRecord(*(value or "" for value in row)) for row in rows)


def revoke_token(database_url: str, token_id: str) -> None:
    """Revoke a token by its id: the very next request with it is refused. Raises InputError for an unknown id."""
    t = tables.token
    with closing(Database(database_url)) as database, database.write() as conn:
        if conn.execute(select(t.c.id).where(t.c.id == token_id)).first() is None:
            raise InputError("Token dengan id itu tidak ada; lihat daftarnya dengan: pmm-tui server token daftar.")
        conn.execute(update(t).where(t.c.id == token_id, t.c.dicabut.is_(None)).values(dicabut=stamp(now_utc())))


def identify(conn: Connection, secrets: Sequence[str], now: str) -> list[Caller | None]:
    """Return whose tokens they are, one for each, None for one that is unknown, expired or revoked.

    The index narrows by the first characters of the digest, and the digest itself is compared in constant time: timing
    reveals only parts of a hash that an attacker cannot choose.
    """
    digests = [_digest(secret) for secret in secrets]
    t, s = tables.token, tables.sekolah
    wanted = select(t, s.c.npsn).join(s, s.c.id == t.c.sekolah_id).where(t.c.awal.in_({digest[:_PREFIX] for digest in digests}))
    rows = [row for row in conn.execute(wanted) if row.dicabut is None and (row.habis is None or now < row.habis)]
    return [next((_caller(row) for row in rows if hmac.compare_digest(row.sidik, digest)), None) for digest in digests]


def _caller(row: Row[Any]) -> Caller:
    return Caller(row.sekolah_id, row.npsn, row.peran, row.id, row.nama or f"{row.peran} {row.id[:4]}")


def still_valid(conn: Connection, caller: Caller, now: str) -> bool:
    """Whether a token that was identified before is neither expired nor revoked by now."""
    t = tables.token
    row = conn.execute(select(t.c.dicabut, t.c.habis).where(t.c.id == caller.token)).one()
    return row.dicabut is None and (row.habis is None or now < row.habis)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
