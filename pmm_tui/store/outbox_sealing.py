"""How an envelope comes into the outbox: sealed from a plan here, or taken in as the server tells it.

Everything here runs in the database's thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

import msgspec

from pmm_tui.errors import ShapeError
from pmm_tui.skp import wire
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import outbox_views
from pmm_tui.store.database import Database
from pmm_tui.store.envelope_naming import named
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import OPEN_STATES, HeldPlan, OutboxEntry, Sent, State
from pmm_tui.store.times import to_text

REPLACED = "Diganti revisi yang lebih baru sebelum dikirim."
"""What is noted of an envelope that a newer one replaced before it left."""
FOREIGN = "Diajukan dari komputer lain."
"""What is noted of an envelope that another computer sealed, where the head said nothing."""


def seal(
    database: Database,
    journal: Journal,
    pegawai: Pegawai,
    periode: str,
    rencana: RencanaKinerja,
    edit: int,
    now: datetime,
    npsn: str = "",
) -> OutboxEntry:
    """Freeze a plan as its next revision; see `Outbox.seal`."""
    with database.transaction() as connection:
        pegawai = named(connection, pegawai)
        older = outbox_views.envelopes(database, "WHERE pegawai_id = ? AND periode = ? ORDER BY revisi, id", (pegawai.id, periode))
        if older and (twin := _twin(older[-1], pegawai, rencana, npsn)):
            return twin
        holds, _ = held(connection, pegawai.id, periode)
        revision = max([holds, *(k.revisi for k in older)]) + 1
        base, sha256 = _base(connection, pegawai.id, periode, older)
        envelope = wire.envelope_of(pegawai, periode, revision, base, rencana, npsn=npsn, base_sha256=sha256)
        line = wire.seal(envelope)
        wire.open_envelope(line)  # refuses now what the server would refuse later
        journal.append(line, to_text(now), edit)
        connection.execute(
            "UPDATE kiriman SET keadaan = 'superseded', catatan = ? WHERE pegawai_id = ? AND periode = ? AND keadaan = 'queued'",
            (REPLACED, pegawai.id, periode),
        )
        connection.execute("UPDATE kiriman SET ditahan = 0 WHERE pegawai_id = ? AND periode = ?", (pegawai.id, periode))
        row_id = insert(connection, pegawai.id, envelope, line, edit, to_text(now), state="queued")
        return outbox_views.envelopes(database, "WHERE id = ?", (row_id,))[0]


def adopt(database: Database, plan: HeldPlan, edit: int, now: datetime, *, seen: bool) -> None:
    """Take in an envelope that the server holds and another computer sealed, as one that was sent.

    `edit` is the draft's edit that says the same, 0 for none; `seen`: its content was shown here. Raises ShapeError for a line that
    is no envelope.
    """
    envelope = wire.open_envelope(plan.line)
    if (envelope.periode, envelope.revisi) != (plan.periode, plan.revisi):
        raise ShapeError("Amplop: periode atau revisi lain dari yang diminta.", "revisi")
    with database.transaction() as connection:
        insert(
            connection,
            plan.pegawai_id,
            envelope,
            plan.line,
            edit,
            to_text(now),
            state="sent",
            receipt=Sent(plan.tanda_terima, plan.waktu, plan.status),
            note=plan.catatan or FOREIGN,
            foreign=True,
            seen=seen,
            by=plan.oleh,
        )


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
    foreign: bool = False,
    seen: bool = True,
    by: str = "",
) -> int:
    """Put an envelope into the outbox as it stands; `line` is what was sealed, `foreign` by another computer.

    Returns the row's id; one that is there already stays as it is.
    """
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
        "asal": "lain" if foreign else "",
        "oleh": by,
        "dilihat": seen,
    }
    marks = ", ".join("?" * len(columns))
    statement = (
        f"INSERT INTO kiriman ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT (pegawai_id, periode, revisi, sha256) DO NOTHING"  # noqa: S608  (column names are ours)
    )
    return connection.execute(statement, tuple(columns.values())).lastrowid or 0


def held(connection: sqlite3.Connection, pegawai_id: int, periode: str) -> tuple[int, str]:
    """Revision and digest that the server is known to hold; 0 and empty for none."""
    row = connection.execute(
        "SELECT revisi, sha256 FROM dipegang WHERE pegawai_id = ? AND periode = ?", (pegawai_id, periode)
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _base(connection: sqlite3.Connection, pegawai_id: int, periode: str, older: Sequence[OutboxEntry]) -> tuple[int, str]:
    """The last revision whose content was seen or written here, and its digest.

    What is on its way comes first. Where the server holds what nobody here has seen, it is one below that: the server then answers
    `bentrok`, and says what it holds.
    """
    if on_their_way := [(k.revisi, k.sha256) for k in older if k.keadaan in ("sending", "unknown")]:
        return max(on_their_way)
    holds = held(connection, pegawai_id, periode)
    shown = connection.execute(
        "SELECT revisi, sha256 FROM milik_server WHERE pegawai_id = ? AND periode = ? AND dilihat = 1", (pegawai_id, periode)
    ).fetchall()
    seen = {(k.revisi, k.sha256) for k in older if k.dilihat} | set(shown)
    if holds == (0, "") or holds in seen:
        return holds
    sent = {(k.revisi, k.sha256) for k in older if k.keadaan == "sent" and k.dilihat} | set(shown)
    return max((one for one in sent if one[0] < holds[0]), default=(0, ""))


def _twin(newest: OutboxEntry, pegawai: Pegawai, rencana: RencanaKinerja, npsn: str) -> OutboxEntry | None:
    """The newest envelope when it is still on its way and says just this: asking twice seals once."""
    if newest.keadaan not in OPEN_STATES or newest.ditahan:
        return None
    sealed = wire.open_envelope(newest.line)
    envelope = wire.envelope_of(pegawai, newest.periode, newest.revisi, newest.dasar, rencana, npsn=npsn)
    same = msgspec.structs.replace(envelope, sidik_dasar=sealed.sidik_dasar) == sealed
    return newest if same else None
