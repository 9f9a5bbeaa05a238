"""How a decision comes into its outbox: sealed here, or put back from the recovery log.

Everything here runs in the database's thread.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from datetime import datetime

from msgspec import UNSET

from pmm_tui.skp.decision import SealedDecision, open_decision, seal_decision
from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import BASE_DIGITS, EnvelopePegawai, Keputusan, digest
from pmm_tui.store import decision_views
from pmm_tui.store.database import Database
from pmm_tui.store.decision_entry import DecisionEntry, DeskPlan
from pmm_tui.store.envelope_naming import named
from pmm_tui.store.in_transit import as_json
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import State
from pmm_tui.store.times import to_text

_ID_BYTES = 10
TOLD_OFF: tuple[State, ...] = ("rejected", "conflict")
"""What did not come through, and the head was told."""
REPLACED = "Diganti keputusan yang lebih baru sebelum dikirim."
"""What is noted of a decision that a newer one replaced before it left."""


def seal(
    database: Database,
    journal: Journal,
    pegawai: Pegawai,
    plan: DeskPlan,
    keputusan: Keputusan,
    note: str,
    expectations: Mapping[str, str],
    now: datetime,
    npsn: str = "",
) -> DecisionEntry:
    """Freeze a decision; see `Decisions.seal`."""
    with database.transaction() as connection:
        here = (plan.pegawai_id, plan.periode, plan.revisi, plan.sha256)
        where = "WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256_rencana = ? AND keadaan <> 'superseded' ORDER BY id"
        older = decision_views.decisions(database, where, here)
        newest = older[-1] if older else None
        if newest and newest.is_open and _says(newest, keputusan, note, expectations):
            return newest
        on_their_way = [one for one in older if one.keadaan in ("sending", "unknown")]
        who = named(connection, pegawai)
        decision = SealedDecision(
            id=os.urandom(_ID_BYTES).hex(),
            pegawai=EnvelopePegawai(id=who.id_server, nip=who.nip, nuptk=who.nuptk, nama=who.nama),
            npsn=npsn or UNSET,
            periode=plan.periode,
            revisi=plan.revisi,
            dibaca=plan.sha256[:BASE_DIGITS],
            dasar=on_their_way[-1].nomor if on_their_way else plan.nomor,
            keputusan=keputusan,
            catatan=note,
            ekspektasi=dict(expectations),
        )
        line = seal_decision(decision)
        open_decision(line)  # refuses now what the server would refuse later
        journal.append(line, to_text(now), 0)
        set_aside(connection, plan.pegawai_id, plan.periode, ("queued", *TOLD_OFF), REPLACED)
        row_id = insert(connection, plan.pegawai_id, decision, line, plan.sha256, to_text(now), state="queued")
        return decision_views.decisions(database, "WHERE id = ?", (row_id,))[0]


def set_aside(connection: sqlite3.Connection, pegawai_id: int, periode: str, states: tuple[State, ...], why: str) -> int:
    """Supersede the decisions about a plan that are in one of these states, of which no byte is on its way; returns how many."""
    statement = (
        f"UPDATE keputusan SET keadaan = 'superseded', catatan = ? WHERE keadaan IN ({', '.join('?' * len(states))})"  # noqa: S608
        " AND pegawai_id = ? AND periode = ?"
    )
    return connection.execute(statement, (why, *states, pegawai_id, periode)).rowcount


def insert(
    connection: sqlite3.Connection,
    pegawai_id: int,
    decision: SealedDecision,
    line: bytes,
    plan_sha256: str,
    created: str,
    *,
    state: State,
    may_have_arrived: bool = False,
    told: Mapping[str, str] | None = None,
) -> int:
    """Put a decision into the outbox as it stands; `told` are the server's words. One that is there already stays as it is."""
    columns: dict[str, object] = {
        "pegawai_id": pegawai_id,
        "periode": decision.periode,
        "revisi": decision.revisi,
        "sha256_rencana": plan_sha256,
        "nomor": decision.id,
        "dasar": decision.dasar,
        "keputusan": decision.keputusan,
        "sha256": digest(line),
        "line": line,
        "kunci": as_json(decision.pegawai.identity()),
        "dibuat": created,
        "keadaan": state,
        "mungkin_tiba": may_have_arrived,
    } | dict(told or {})
    marks = ", ".join("?" * len(columns))
    statement = f"INSERT INTO keputusan ({', '.join(columns)}) VALUES ({marks}) ON CONFLICT DO NOTHING"  # noqa: S608  (names of ours)
    return connection.execute(statement, tuple(columns.values())).lastrowid or 0


def _says(entry: DecisionEntry, keputusan: Keputusan, note: str, expectations: Mapping[str, str]) -> bool:
    said = entry.said
    return said is not None and (said.keputusan, said.catatan, said.ekspektasi) == (keputusan, note, dict(expectations))
