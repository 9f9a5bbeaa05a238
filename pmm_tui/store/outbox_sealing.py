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
from pmm_tui.store.outbox_entry import OPEN_STATES, OutboxEntry, Sent, State
from pmm_tui.store.times import to_text

REPLACED = "Diganti revisi yang lebih baru sebelum dikirim."
"""What is noted of an envelope that a newer one replaced before it left."""


def seal(
    database: Database, journal: Journal, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, edit: int, now: datetime
) -> OutboxEntry:
    """Freeze a plan as its next revision; see `Outbox.seal`."""
    with database.transaction() as connection:
        pegawai = named(connection, pegawai)
        older = outbox_views.envelopes(database, "WHERE pegawai_id = ? AND periode = ? ORDER BY revisi", (pegawai.id, periode))
        if older and (twin := _twin(older[-1], pegawai, rencana)):
            return twin
        holds, _ = outbox_settle.held(connection, pegawai.id, periode)
        revision = max([holds, *(k.revisi for k in older)]) + 1
        on_their_way = [k.revisi for k in older if k.keadaan in ("sending", "unknown")]
        envelope = wire.envelope_of(pegawai, periode, revision, max(on_their_way, default=holds), rencana)
        line = wire.seal(envelope)
        wire.open_envelope(line)  # refuses now what the server would refuse later
        journal.append(line, to_text(now), edit)
        connection.execute(
            "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE pegawai_id = ? AND periode = ? AND keadaan = 'queued'",
            (REPLACED, pegawai.id, periode),
        )
        row_id = insert(connection, pegawai.id, envelope, line, edit, to_text(now), state="queued")
        return outbox_views.envelopes(database, "WHERE id = ?", (row_id,))[0]


def adopt(database: Database, pegawai_id: int, line: bytes, edit: int, receipt: Sent, note: str, now: datetime) -> bool:
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
            edit,
            to_text(now),
            state="sent",
            receipt=receipt,
            note=note,
        )
        return True


def insert(
    connection: sqlite3.Connection,
    pegawai_id: int,
    envelope: wire.Envelope,
    line: bytes,
    edit: int,
    created: str,
    *,
    state: State,
    may_have_arrived: bool = False,
    receipt: Sent | None = None,
    note: str = "",
) -> int:
    """Put an envelope into the outbox as it stands; `line` is what was sealed. Returns the row's id."""
    told = receipt or Sent()
    columns: dict[str, object] = {
        "pegawai_id": pegawai_id,
        "periode": envelope.periode,
        "revisi": envelope.revisi,
        "dasar": envelope.dasar,
        "sha256": wire.digest(line),
        "line": line,
        "kunci": msgspec.json.encode(envelope.pegawai.identity()).decode(),
        "suntingan": edit,
        "dibuat": created,
        "keadaan": state,
        "mungkin_tiba": may_have_arrived,
        "tanda_terima": told.receipt,
        "waktu_server": told.at,
        "status_server": told.status,
        "catatan": note,
    }
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO kiriman ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608  (column names are ours)
    return connection.execute(statement, tuple(columns.values())).lastrowid or 0


def _twin(newest: OutboxEntry, pegawai: Pegawai, rencana: RencanaKinerja) -> OutboxEntry | None:
    """The newest envelope when it is still on its way and says just this: asking twice seals once."""
    if newest.keadaan not in OPEN_STATES:
        return None
    envelope = wire.envelope_of(pegawai, newest.periode, newest.revisi, newest.dasar, rencana)
    return newest if wire.seal(envelope) == newest.line else None
