"""Adds to a database the decisions that can be read of a damaged one and those that the recovery log holds.

What waited may have been sent since, so it becomes `unknown`: the same bytes again are always safe.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from pmm_tui.errors import PmmError
from pmm_tui.skp.decision import SealedDecision, open_decision
from pmm_tui.skp.wire import EnvelopePegawai, digest
from pmm_tui.store.decision_sealing import REPLACED, insert
from pmm_tui.store.journal import Entry
from pmm_tui.store.recovery.salvage import Row

_TOLD = ("tanda_terima", "waktu_server", "status_server")
Find = Callable[[EnvelopePegawai], int]


def merge_decisions(
    connection: sqlite3.Connection,
    rows: Iterable[Row],
    entries: Iterable[Entry],
    find: Find,
    guard: Callable[[], AbstractContextManager[None]],
) -> None:
    """Add what is missing; `find` gives the teacher's id, added when unknown, and `guard` leaves out a row that does not fit."""
    connection.execute("UPDATE keputusan SET keadaan = 'unknown', mungkin_tiba = 1 WHERE keadaan IN ('queued', 'sending')")
    for row in rows:
        with guard():
            line = bytes(memoryview(row["line"]))
            if digest(line) == row["sha256"]:
                _add(connection, line, row, find)
    for entry in entries:
        with guard():
            _add(connection, entry.line, {"dibuat": entry.waktu}, find)
    connection.execute(  # of those made upon the same word only the last was to go
        "UPDATE keputusan SET keadaan = 'superseded', catatan = ? WHERE keadaan = 'unknown' AND tanda_terima = ''"
        " AND EXISTS (SELECT 1 FROM keputusan AS newer WHERE newer.pegawai_id = keputusan.pegawai_id"
        " AND newer.periode = keputusan.periode AND newer.revisi = keputusan.revisi AND newer.dasar = keputusan.dasar"
        " AND newer.id > keputusan.id)",
        (REPLACED,),
    )


def is_missing(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether a logged line is a decision that was lost: neither it is here nor a later one about that plan."""
    if connection.execute("SELECT 1 FROM keputusan WHERE sha256 = ? LIMIT 1", (entry.sha256,)).fetchone():
        return False
    try:
        open_decision(entry.line)
    except PmmError:
        return False
    return True


def _add(connection: sqlite3.Connection, line: bytes, row: dict[str, Any], find: Find) -> None:
    """Add an intact decision, or its receipt to the one that is there; raises PmmError for a line that is none."""
    decision = open_decision(line)
    teacher_id = find(decision.pegawai)
    sent = row.get("keadaan") == "sent" and bool(row.get("tanda_terima"))
    told = {name: str(row.get(name) or "") for name in _TOLD} if sent else {}
    if _is_there(connection, decision):
        if sent:
            columns = ", ".join(f"{name} = ?" for name in told)
            statement = f"UPDATE keputusan SET keadaan = 'sent', {columns} WHERE nomor = ? AND keadaan = 'unknown'"  # noqa: S608
            connection.execute(statement, (*told.values(), decision.id))
        return
    state = "superseded" if row.get("keadaan") == "superseded" else "sent" if sent else "unknown"
    plan = _plan_digest(connection, teacher_id, decision, row)
    insert(connection, teacher_id, decision, line, plan, row["dibuat"], state=state, may_have_arrived=True, told=told)  # type: ignore[arg-type]


def _is_there(connection: sqlite3.Connection, decision: SealedDecision) -> bool:
    return connection.execute("SELECT 1 FROM keputusan WHERE nomor = ?", (decision.id,)).fetchone() is not None


def _plan_digest(connection: sqlite3.Connection, teacher_id: int, decision: SealedDecision, row: dict[str, Any]) -> str:
    """The digest of the plan that was read: the row's, else the one here that the decision's first digits name."""
    if isinstance(row.get("sha256_rencana"), str):
        return str(row["sha256_rencana"])
    found = connection.execute(
        "SELECT sha256 FROM kiriman WHERE pegawai_id = ?1 AND periode = ?2 AND revisi = ?3 AND substr(sha256, 1, 8) = ?4 UNION"
        " SELECT sha256 FROM dibaca WHERE pegawai_id = ?1 AND periode = ?2 AND revisi = ?3 AND substr(sha256, 1, 8) = ?4",
        (teacher_id, decision.periode, decision.revisi, decision.dibaca),
    ).fetchone()
    return str(found[0]) if found else decision.dibaca.ljust(64, "0")
