"""Adds to a database what can be read of a damaged one and what the recovery log holds; rows that are there stay.

A damaged database may hold values of any type: every row is taken by itself, and one that does not fit is left out.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec

from pmm_tui.errors import PmmError
from pmm_tui.shapes.decode import decode_json
from pmm_tui.skp.model import TEACHER_FIELDS, RencanaKinerja
from pmm_tui.skp.wire import Envelope, EnvelopePegawai, digest, open_envelope
from pmm_tui.store.database import Database
from pmm_tui.store.journal import Entry
from pmm_tui.store.outbox_entry import Sent, State
from pmm_tui.store.outbox_sealing import REPLACED, insert
from pmm_tui.store.recovery.merge_decisions import is_missing, merge_decisions
from pmm_tui.store.recovery.merge_systems import merge_systems
from pmm_tui.store.recovery.salvage import Row, Wreck
from pmm_tui.store.roster import COLUMNS
from pmm_tui.store.withdrawals import set_withdrawn_aside

_NUMBERS = ("id_server", "nip", "nuptk")
_RECEIPT = ("tanda_terima", "waktu_server", "status_server", "catatan")


def merge(
    database: Database,
    wreck: Wreck,
    entries: Iterable[Entry],
    *,
    keep_drafts: bool = False,
    withdrawn: Iterable[str] = (),
) -> tuple[int, int, int]:
    """Add what is missing; returns how many teachers, drafts and envelopes there are then. In the database's thread.

    The database is a copy of an earlier time: what waited then may have been sent since, so it becomes `unknown`, which is always
    safe to send again. So does every envelope that is added without its receipt. A draft is replaced by one with more edits, or by
    what was sealed after it, unless `keep_drafts`. What was `withdrawn` (digests) before it left does not wait again.
    """
    with database.transaction() as connection:
        connection.execute("UPDATE kiriman SET keadaan = 'unknown', mungkin_tiba = 1 WHERE keadaan IN ('queued', 'sending')")
        ids: dict[Any, int] = {}
        for row in wreck.teachers:
            with _one():
                ids[row["id"]] = _teacher(connection, row)
        for row in wreck.drafts:
            with _one():
                decode_json(bytes(memoryview(row["rencana"])), RencanaKinerja, "Draf")
                _draft(connection, ids[row["pegawai_id"]], row)
        for row in wreck.envelopes:
            with _one():
                line = bytes(memoryview(row["line"]))
                if digest(line) == row["sha256"]:
                    _envelope(connection, line, row, ids.get(row["pegawai_id"]), keep_drafts=keep_drafts)
        teachers = {row.get("id"): row for row in wreck.teachers}
        for row in wreck.typed:
            with _one():
                _typed(connection, ids[row["pegawai_id"]], row, teachers[row["pegawai_id"]])
        entries = tuple(entries)
        merge_systems(connection, wreck, ids, _one)
        for entry in _latest(connection, entries):
            with _one():
                row = {"dibuat": entry.waktu, "suntingan": entry.suntingan}
                _envelope(connection, entry.line, row, None, keep_drafts=keep_drafts)
        _supersede(connection)
        set_withdrawn_aside(connection, withdrawn)
        merge_decisions(connection, wreck.decisions, entries, lambda pegawai: _teacher(connection, _as_row(pegawai)), _one)
        counts = [connection.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("pegawai", "draf", "kiriman")]  # noqa: S608
    return counts[0], counts[1], counts[2]


def missing(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether a logged envelope was lost: the outbox has neither it nor one of the same plan with its revision or a later one."""
    if connection.execute("SELECT 1 FROM kiriman WHERE sha256 = ? LIMIT 1", (entry.sha256,)).fetchone():
        return False
    try:
        envelope = open_envelope(entry.line)
    except PmmError:
        return is_missing(connection, entry)
    teacher_id = _known(connection, _as_row(envelope.pegawai))
    newer = "SELECT 1 FROM kiriman WHERE pegawai_id = ? AND periode = ? AND revisi >= ? LIMIT 1"
    return connection.execute(newer, (teacher_id, envelope.periode, envelope.revisi)).fetchone() is None


@contextlib.contextmanager
def _one() -> Iterator[None]:
    """Leave out a row that does not fit; a full disk and faults of the new file itself are raised."""
    try:
        yield
    except (PmmError, KeyError, TypeError, ValueError, OverflowError):
        return
    except sqlite3.Error as error:
        if not isinstance(error, (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)):
            raise


def _teacher(connection: sqlite3.Connection, row: Mapping[str, Any]) -> int:
    """The id of a teacher here, added when unknown; raises ValueError for one without a name."""
    if (known := _known(connection, row)) is not None:
        return known
    if not row["nama"]:
        raise ValueError("a teacher without a name")
    values = [row.get(name) if isinstance(row.get(name), str) else "" for name in COLUMNS]
    marks = ", ".join("?" * len(COLUMNS))
    added = connection.execute(f"INSERT INTO pegawai ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608
    return int(added.lastrowid or 0)


def _known(connection: sqlite3.Connection, row: Mapping[str, Any]) -> int | None:
    """The stored teacher with one of the numbers, else the one of that name unless something contradicts; None for none."""
    for name in _NUMBERS:
        if row.get(name):
            holder = connection.execute(f"SELECT id FROM pegawai WHERE {name} = ?", (row[name],)).fetchone()  # noqa: S608
            if holder:
                return int(holder[0])
    namesakes = connection.execute(
        "SELECT id, tanggal_lahir, id_server, nip, nuptk FROM pegawai WHERE nama = ?", (row.get("nama"),)
    ).fetchall()
    for row_id, born, *numbers in namesakes:
        ours = [row.get(name) for name in _NUMBERS]
        same_row = row_id == row.get("id")  # a number that a flipped bit changed
        if same_row or (born == row.get("tanggal_lahir", "") and not any(map(_differ, ours, numbers))):
            return int(row_id)
    return None


def _namesake(connection: sqlite3.Connection, row_id: int | None, name: str) -> int | None:
    """The teacher with that id, if the name agrees: the number may have been corrected since."""
    namesake = connection.execute("SELECT id FROM pegawai WHERE id = ? AND ? IN ('', nama)", (row_id, name)).fetchone()
    return int(namesake[0]) if namesake else None


def _differ(one: object, other: object) -> bool:
    return bool(one and other and one != other)


def _latest(connection: sqlite3.Connection, entries: Iterable[Entry]) -> list[Entry]:
    """The entries in their order; of several with one revision only the last, as the others are seals that did not come about."""
    latest: dict[tuple[int, str, int], Entry] = {}
    for entry in entries:
        with _one():
            envelope = open_envelope(entry.line)
            key = (_teacher(connection, _as_row(envelope.pegawai)), envelope.periode, envelope.revisi)
            latest.pop(key, None)
            latest[key] = entry
    return list(latest.values())


def _draft(connection: sqlite3.Connection, pegawai_id: int, row: Mapping[str, Any], *, replace: bool = True) -> None:
    connection.execute(
        "INSERT INTO draf VALUES (?, ?, ?, ?, ?) ON CONFLICT (pegawai_id, periode) DO UPDATE SET"
        " rencana = excluded.rencana, suntingan = excluded.suntingan, disimpan = excluded.disimpan"
        " WHERE ? AND (excluded.suntingan, excluded.disimpan) > (draf.suntingan, draf.disimpan)",
        (pegawai_id, row["periode"], row["rencana"], row["suntingan"], row["disimpan"], replace),
    )


def _typed(connection: sqlite3.Connection, pegawai_id: int, row: Row, teacher: Row) -> None:
    """Take the later value that was typed by hand, and with it the teacher's own where it still counted."""
    datetime.fromisoformat(row["ditandai"])
    field, value = row["isian"], row["nilai"]
    later = connection.execute(
        "INSERT INTO diketik VALUES (?, ?, ?, ?) ON CONFLICT (pegawai_id, isian) DO UPDATE SET"
        " nilai = excluded.nilai, ditandai = excluded.ditandai WHERE excluded.ditandai > diketik.ditandai",
        (pegawai_id, field, value, row["ditandai"]),
    ).rowcount
    if later and field in TEACHER_FIELDS and teacher.get(field) == value:
        connection.execute(f"UPDATE pegawai SET {field} = ? WHERE id = ?", (value, pegawai_id))  # noqa: S608


def _envelope(
    connection: sqlite3.Connection, line: bytes, row: Mapping[str, Any], pegawai_id: int | None, *, keep_drafts: bool
) -> None:
    """Add an intact envelope and its draft; raises PmmError for one that is none. Whose it is the envelope says first."""
    envelope = open_envelope(line)
    teacher = _as_row(envelope.pegawai)
    teacher_id = (
        _known(connection, teacher) or _namesake(connection, pegawai_id, envelope.pegawai.nama) or _teacher(connection, teacher)
    )
    _stand(connection, teacher_id, envelope, line, row)
    draft = {
        "periode": envelope.periode,
        "rencana": msgspec.json.encode(envelope.rencana),
        "suntingan": row["suntingan"],
        "disimpan": row["dibuat"],
    }
    _draft(connection, teacher_id, draft, replace=not keep_drafts)


def _stand(connection: sqlite3.Connection, teacher_id: int, envelope: Envelope, line: bytes, row: Mapping[str, Any]) -> None:
    """Insert an envelope, or add its receipt to the one that is there."""
    sent = row.get("keadaan") == "sent" and bool(row.get("tanda_terima"))
    state: State = "sent" if sent else "unknown"
    told = [str(row.get(name) or "") for name in _RECEIPT] if sent else [""] * len(_RECEIPT)
    foreign = row.get("asal") == "lain"
    there = connection.execute(
        "SELECT id, sha256, keadaan FROM kiriman WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND (sha256 = ? OR asal = ?)",
        (teacher_id, envelope.periode, envelope.revisi, digest(line), "lain" if foreign else ""),
    ).fetchone()
    if there is None:
        insert(
            connection,
            teacher_id,
            envelope,
            line,
            row["suntingan"],
            row["dibuat"],
            state=state,
            may_have_arrived=True,
            receipt=Sent(*told[:3]),
            note=told[3],
            foreign=foreign,
            by=str(row.get("oleh") or ""),
        )
    elif sent and there[1:] == (digest(line), "unknown"):
        columns = ", ".join(f"{name} = ?" for name in _RECEIPT)
        connection.execute(f"UPDATE kiriman SET keadaan = 'sent', {columns} WHERE id = ?", (*told, there[0]))  # noqa: S608


def _as_row(pegawai: EnvelopePegawai) -> Row:
    row: Row = msgspec.structs.asdict(pegawai)
    return row | {"id_server": row.pop("id")}


def _supersede(connection: sqlite3.Connection) -> None:
    """Supersede all but the newest of the envelopes on one base: the others were replaced before they were sent."""
    connection.execute(
        "UPDATE kiriman SET keadaan = 'superseded', catatan = ?"
        " WHERE keadaan = 'unknown' AND EXISTS (SELECT 1 FROM kiriman AS newer WHERE newer.pegawai_id = kiriman.pegawai_id"
        " AND newer.periode = kiriman.periode AND newer.dasar = kiriman.dasar AND newer.revisi > kiriman.revisi)",
        (REPLACED,),
    )
