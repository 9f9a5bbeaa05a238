"""The outbox of decisions, with the states of the outbox of plans; what stands on the server; and what a head has read.

    seal ──> queued ──mark_sending──> sending ──record_all──> sent | rejected | conflict, or back as in `store/outbox.py`

A decision that builds on one that may have arrived goes after it. What was `sent` and the server tells a plan without becomes
`unknown`: the same bytes go again.
"""

# ruff: noqa: S608  (the statements are put together from words of ours; values are always parameters)

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pmm_tui.skp.model import Pegawai
from pmm_tui.skp.wire import Change, Keputusan
from pmm_tui.store import decision_sealing, decision_settle, decision_views, in_transit
from pmm_tui.store.database import Database
from pmm_tui.store.decision_entry import DecisionEntry, DeskPlan, ReadPlan
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import OPEN_STATES, Outcome
from pmm_tui.store.times import to_text

_OPEN = f"keadaan IN {OPEN_STATES}"
_SENDABLE = "keadaan IN ('queued', 'unknown')"
WITHDRAWN = "Ditarik kembali sebelum dikirim."
"""What is noted of a decision that the head took back before it left."""
LOOKED = "Tidak berlaku; rencananya sudah dibaca lagi."
"""What is noted of one that did not come through, when the plan has been read anew."""


class Decisions:
    """The sealed decisions, the plans they are about, and the marks of what was read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._journal = Journal(database.path)

    # ---- the desk

    def desk(self, periode: str, *, content: bool = False) -> tuple[DeskPlan, ...]:
        """The plans of a period that the server holds; without `content` a line is one byte where the content is here."""
        return self._database.call(decision_views.desk, self._database, periode, content=content)

    def plan(self, pegawai_id: int, periode: str) -> DeskPlan | None:
        """The plan of one teacher that the server holds, with its content."""
        return next(iter(self._database.call(decision_views.desk, self._database, periode, pegawai_id)), None)

    def mark_read(self, plan: DeskPlan, now: datetime) -> None:
        """Note that a revision was read to its end; its content is kept to compare the next one with.

        A decision that did not come through needs no look any more.
        """
        self._database.call(self._mark_read, plan, now)

    def read_before(self, plan: DeskPlan) -> ReadPlan | None:
        """The newest other revision of the plan that was read to its end here."""
        return self._database.call(decision_views.read_before, self._database, plan)

    # ---- the outbox

    def seal(
        self,
        pegawai: Pegawai,
        plan: DeskPlan,
        keputusan: Keputusan,
        note: str,
        expectations: Mapping[str, str],
        now: datetime,
        npsn: str = "",
    ) -> DecisionEntry:
        """Freeze a decision about a plan as it was read; where the newest one is open and says the same, that one is returned.

        It replaces one that waits and of which no byte left. Raises ShapeError for what no decision can carry, StorageError.
        """
        arguments = (self._database, self._journal, pegawai, plan, keputusan, note, expectations, now, npsn)
        return self._database.call(decision_sealing.seal, *arguments)

    def withdraw(self, pegawai_id: int, periode: str) -> bool:
        """Take back what waits; false when nothing does, or when a byte of it may have left."""
        return self._database.call(self._withdraw, pegawai_id, periode)

    def all(self, periode: str | None = None) -> tuple[DecisionEntry, ...]:
        """Every decision that was sealed here, of one period or of all, newest first."""
        where, values = ("", ()) if periode is None else ("WHERE periode = ?", (periode,))
        return self._database.call(decision_views.decisions, self._database, f"{where} ORDER BY id DESC", values)

    def newest(self, periode: str, pegawai_id: int | None = None) -> dict[int, DecisionEntry]:
        """The newest decision about each plan, or about one teacher's, that was not set aside, by the teacher's id."""
        where = "WHERE periode = ?1 AND (?2 IS NULL OR pegawai_id = ?2) AND keadaan <> 'superseded' ORDER BY id"
        found = self._database.call(decision_views.decisions, self._database, where, (periode, pegawai_id))
        return {entry.pegawai_id: entry for entry in found}

    def due(self, limit: int) -> tuple[DecisionEntry, ...]:
        """What is to be sent, oldest first, at most `limit`: of each plan only the oldest that is not settled."""
        where = (
            f"AS k WHERE {_SENDABLE} AND NOT EXISTS (SELECT 1 FROM keputusan AS older WHERE older.pegawai_id = k.pegawai_id"
            f" AND older.periode = k.periode AND older.{_OPEN} AND older.id < k.id) ORDER BY id LIMIT ?"
        )
        return self._database.call(decision_views.decisions, self._database, where, (limit,))

    def waiting(self) -> int:
        """How many are not settled."""
        return self._database.call(self._count, _OPEN)

    def counts(self) -> tuple[int, int]:
        """How many are not settled, and how many the head has to look at."""
        return self._database.call(self._counts)

    def mark_sending(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Note, before the first byte leaves, that these are on their way; returns those that may be sent."""
        return self._database.call(self._mark_sending, tuple(ids))

    def record_all(self, outcomes: Mapping[int, Outcome]) -> None:
        """Note how the attempts ended, in one transaction; nothing happens to one that is not being sent."""
        self._database.call(self._record_all, dict(outcomes))

    def recover(self) -> int:
        """Turn what a crash left `sending` into `unknown`; only while nobody sends. Returns how many."""
        return self._database.call(in_transit.recover, self._database, "keputusan")

    def take_told(self, pegawai_id: int, told: Change) -> None:
        """Take in how a plan stands by the server's word; what was sent from here and does not stand there goes again."""
        self._database.call(self._take_told, pegawai_id, told)

    # ---- in the database's thread

    def _mark_read(self, plan: DeskPlan, now: datetime) -> None:
        row = (plan.pegawai_id, plan.periode, plan.revisi, plan.sha256, plan.line, to_text(now))
        with self._database.transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO dibaca VALUES (?, ?, ?, ?, ?, ?)", row)
            decision_sealing.set_aside(connection, plan.pegawai_id, plan.periode, decision_sealing.TOLD_OFF, LOOKED)

    def _withdraw(self, pegawai_id: int, periode: str) -> bool:
        with self._database.transaction() as connection:
            return bool(decision_sealing.set_aside(connection, pegawai_id, periode, ("queued",), WITHDRAWN))

    def _count(self, condition: str) -> int:
        statement = f"SELECT count(*) FROM keputusan WHERE {condition}"
        return int(self._database.connection.execute(statement).fetchone()[0])

    def _counts(self) -> tuple[int, int]:
        statement = f"SELECT coalesce(sum({_OPEN}), 0), coalesce(sum(keadaan IN ('rejected', 'conflict')), 0) FROM keputusan"
        waiting, needing = self._database.connection.execute(statement).fetchone()
        return int(waiting), int(needing)

    def _mark_sending(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        with self._database.transaction() as connection:
            return tuple(row_id for row_id in ids if in_transit.mark_sending(connection, "keputusan", row_id, _SENDABLE))

    def _record_all(self, outcomes: dict[int, Outcome]) -> None:
        with self._database.transaction() as connection:
            for row_id, outcome in outcomes.items():
                decision_settle.settle(connection, row_id, outcome)

    def _take_told(self, pegawai_id: int, told: Change) -> None:
        with self._database.transaction() as connection:
            decision_settle.take_told(connection, pegawai_id, told)
