"""What one outcome does to its decision, and what the server's word does to what is known of a plan.

Everything here runs inside the caller's transaction.
"""

from __future__ import annotations

import sqlite3

from pmm_tui.errors import ShapeError
from pmm_tui.skp.decision import open_decision
from pmm_tui.skp.wire import Change
from pmm_tui.store import outbox_settle
from pmm_tui.store.in_transit import as_json, give_back, put
from pmm_tui.store.outbox_entry import Conflict, Deferred, Outcome, Rejected, Sent

STATUS = {"setujui": "disetujui", "kembalikan": "dikembalikan", "buka": "dikembalikan"}
"""How a plan stands after a decision."""
_NOT_TAKEN = "Tidak dikirim karena keputusan sebelumnya tidak diterima server; baca rencananya lalu putuskan lagi."
_HERE = "pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ?"


def settle(connection: sqlite3.Connection, row_id: int, outcome: Outcome) -> None:
    """Note how an attempt ended; nothing happens unless the decision is being sent."""
    row = connection.execute(
        "SELECT pegawai_id, periode, revisi, sha256_rencana, line FROM keputusan WHERE id = ? AND keadaan = 'sending'", (row_id,)
    ).fetchone()
    if row is None:
        return
    pegawai_id, periode, revision = row[:3]
    match outcome:
        case Sent():
            told = {"tanda_terima": outcome.receipt, "waktu_server": outcome.at, "status_server": outcome.status}
            put(connection, "keputusan", row_id, keadaan="sent", catatan="", **told)
            _stands(connection, row[:4], bytes(row[4]), outcome)
        case Rejected():
            put(connection, "keputusan", row_id, keadaan="rejected", masalah=as_json(outcome.masalah), catatan="")
            _supersede_newer(connection, row_id, pegawai_id, periode)
        case Conflict():
            put(connection, "keputusan", row_id, keadaan="conflict", dipegang=as_json(outcome.held), catatan="")
            _supersede_newer(connection, row_id, pegawai_id, periode)
            if outcome.held and outcome.held.revisi != revision:  # the newer one is fetched, and read before it is decided on
                outbox_settle.put_held(connection, pegawai_id, periode, outcome.held.revisi, outcome.held.sha256)
        case Deferred():
            give_back(connection, "keputusan", row_id, outcome)


def take_told(connection: sqlite3.Connection, pegawai_id: int, told: Change) -> None:
    """Note how a plan stands by the server's word; see `Decisions.take_told`."""
    put_standing(connection, pegawai_id, told)
    here = (pegawai_id, told.periode, told.revisi, told.sha256)
    sent = connection.execute(
        "SELECT id, nomor, tanda_terima FROM keputusan WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256_rencana = ?"
        " AND keadaan = 'sent' ORDER BY id",
        here,
    ).fetchall()
    at = next((at for at, (_, number, _) in enumerate(sent) if number == told.keputusan), None)
    if told.keputusan and at is None:
        return  # somebody else has decided since: that is news, not loss
    stands = sent[at][2] if at is not None else ""  # one that said the same as another got the other's receipt
    for row_id, _, receipt in sent[at + 1 :] if at is not None else sent:
        if receipt == stands:
            continue
        put(
            connection,
            "keputusan",
            row_id,
            keadaan="unknown",
            mungkin_tiba=1,
            tanda_terima="",
            waktu_server="",
            status_server="",
            catatan=outbox_settle.NOT_TOLD,
        )


def put_standing(connection: sqlite3.Connection, pegawai_id: int, told: Change) -> None:
    """Keep how the revision stands that the server tells of."""
    row = (pegawai_id, told.periode, told.revisi, told.sha256, told.status, told.catatan, told.waktu, told.keputusan)
    connection.execute("INSERT OR REPLACE INTO putusan VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, as_json(told.ekspektasi)))


def _stands(connection: sqlite3.Connection, here: tuple[int, str, int, str], line: bytes, outcome: Sent) -> None:
    """After a receipt: the plan stands by this decision, unless the server told of a later one before."""
    try:
        decision = open_decision(line)
    except ShapeError:
        return
    pegawai_id, periode, revision, sha256 = here
    known = connection.execute(f"SELECT nomor FROM putusan WHERE {_HERE}", here).fetchone()  # noqa: S608  (words of ours)
    status = STATUS[decision.keputusan]
    if outcome.status != status or (known and known[0] not in ("", decision.dasar, decision.id)):
        return
    told = Change(
        pegawai="",
        periode=periode,
        revisi=revision,
        sha256=sha256,
        status=status,
        catatan=decision.catatan,
        waktu=outcome.at,
        keputusan=decision.id,
        ekspektasi=decision.ekspektasi,
    )
    put_standing(connection, pegawai_id, told)
    outbox_settle.tell(connection, here, status, decision.catatan, outcome.at)


def _supersede_newer(connection: sqlite3.Connection, row_id: int, pegawai_id: int, periode: str) -> None:
    """Set aside what builds on a decision that the server will never hold."""
    connection.execute(
        "UPDATE keputusan SET keadaan = 'superseded', catatan = ?"
        " WHERE pegawai_id = ? AND periode = ? AND id > ? AND keadaan = 'queued'",
        (_NOT_TAKEN, pegawai_id, periode, row_id),
    )
