"""How an envelope comes into the outbox: sealed from a plan here, or taken in as the server tells it.

Everything here runs in the database's thread.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec

from pmm_tui.skp import wire
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import outbox_settle, outbox_views
from pmm_tui.store.database import Database
from pmm_tui.store.envelope_naming import named
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import OPEN_STATES, Keadaan, Kiriman, Sent
from pmm_tui.store.times import to_text

REPLACED = "Diganti revisi yang lebih baru sebelum dikirim."
"""What is noted of an envelope that a newer one replaced before it left."""


def seal(
    database: Database, journal: Journal, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, suntingan: int, now: datetime
) -> Kiriman:
    """Freeze a plan as its next revision; see `Outbox.seal`."""
    with database.transaction() as connection:
        pegawai = named(connection, pegawai)
        older = outbox_views.envelopes(database, "WHERE pegawai_id = ? AND periode = ? ORDER BY revisi", (pegawai.id, periode))
        if older and (twin := _twin(older[-1], pegawai, rencana)):
            return twin
        holds, _ = outbox_settle.held(connection, pegawai.id, periode)
        revisi = max([holds, *(k.revisi for k in older)]) + 1
        on_their_way = [k.revisi for k in older if k.keadaan in ("sending", "unknown")]
        envelope = wire.envelope_of(pegawai, periode, revisi, max(on_their_way, default=holds), rencana)
        line = wire.seal(envelope)
        wire.open_envelope(line)  # refuses now what the server would refuse later
        journal.append(line, to_text(now), suntingan)
        connection.execute(
            "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE pegawai_id = ? AND periode = ? AND keadaan = 'queued'",
            (REPLACED, pegawai.id, periode),
        )
        row_id = insert(connection, pegawai.id, envelope, line, suntingan, to_text(now), keadaan="queued")
        return outbox_views.envelopes(database, "WHERE id = ?", (row_id,))[0]


def adopt(database: Database, pegawai_id: int, line: bytes, suntingan: int, receipt: Sent, catatan: str, now: datetime) -> bool:
    """Take in an envelope that the server holds and another computer sealed; see `Outbox.adopt`."""
    envelope = wire.open_envelope(line)
    plan = (pegawai_id, envelope.periode, envelope.revisi)
    with database.transaction() as connection:
        if outbox_views.envelopes(database, "WHERE pegawai_id = ? AND periode = ? AND revisi = ?", plan):
            return False
        insert(
            connection,
            pegawai_id,
            envelope,
            line,
            suntingan,
            to_text(now),
            keadaan="sent",
            tanda_terima=receipt.tanda_terima,
            waktu_server=receipt.waktu,
            status_server=receipt.status,
            catatan=catatan,
        )
        return True


def insert(
    connection: sqlite3.Connection,
    pegawai_id: int,
    envelope: wire.Envelope,
    line: bytes,
    suntingan: int,
    dibuat: str,
    *,
    keadaan: Keadaan,
    mungkin_tiba: bool = False,
    tanda_terima: str = "",
    waktu_server: str = "",
    status_server: str = "",
    catatan: str = "",
) -> int:
    """Put an envelope into the outbox as it stands; `line` is what was sealed. Returns the row's id."""
    columns: dict[str, object] = {
        "pegawai_id": pegawai_id,
        "periode": envelope.periode,
        "revisi": envelope.revisi,
        "dasar": envelope.dasar,
        "sha256": wire.digest(line),
        "line": line,
        "kunci": msgspec.json.encode(envelope.pegawai.kunci()).decode(),
        "suntingan": suntingan,
        "dibuat": dibuat,
        "keadaan": keadaan,
        "mungkin_tiba": mungkin_tiba,
        "tanda_terima": tanda_terima,
        "waktu_server": waktu_server,
        "status_server": status_server,
        "catatan": catatan,
    }
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO kiriman ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  (column names are ours)
    return connection.execute(statement, tuple(columns.values())).lastrowid or 0


def _twin(newest: Kiriman, pegawai: Pegawai, rencana: RencanaKinerja) -> Kiriman | None:
    """The newest envelope when it is still on its way and says just this: asking twice seals once."""
    if newest.keadaan not in OPEN_STATES:
        return None
    envelope = wire.envelope_of(pegawai, newest.periode, newest.revisi, newest.dasar, rencana)
    return newest if wire.seal(envelope) == newest.line else None
