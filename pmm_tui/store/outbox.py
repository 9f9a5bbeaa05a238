"""The outbox: envelopes that were sealed, and what is known of each.

    seal ──> queued ──mark_sending──> sending ──record──> sent        the server's receipt was checked
               │  ^                   │  │  │
               │  └── surely not sent ┘  │  ├───────────> rejected    edit, then seal anew
               │                         │  └───────────> conflict    the operator decides, then seal anew
               │                         │
               │        crash, no answer │  ^
               │        or a strange one v  │ mark_sending
               │                       unknown                        may have arrived: the same bytes are sent again
               │
               └── a newer one is sealed, the one it builds on is refused, or it is taken back ──> superseded

`queued` means that no byte of it ever left; what may have arrived never becomes `queued` again, nor `superseded`: it goes
first, and the newer envelope of that plan builds on it. The last four are settled: only what was `sent` may be `unknown` again,
where the server no longer tells of it, and what was refused or is in conflict `superseded`, when the operator has decided. The
sealed columns never change (both are triggers of the schema).
"""

# ruff: noqa: S608  (the statements are put together from names of ours; values are always parameters)

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import in_transit, outbox_sealing, outbox_settle, outbox_views
from pmm_tui.store.database import Database
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import OPEN_STATES, OutboxEntry, Outcome, Standing, State
from pmm_tui.store.sent_elsewhere import SentElsewhere

T = TypeVar("T")

_OPEN = f"keadaan IN {OPEN_STATES}"  # a tuple of words reads as SQL's list of them
_SENDABLE = "keadaan IN ('queued', 'unknown') AND ditahan = 0"
_log = logging.getLogger("pmm_tui.store")


class Outbox(SentElsewhere):
    """The sealed envelopes. `one_sender` is held by whoever sends: one request is in flight at a time."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._journal = Journal(database.path)
        self.one_sender = threading.Lock()

    # ---- sealing and reading

    def seal(
        self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, edit: int, now: datetime, npsn: str = ""
    ) -> OutboxEntry:
        """Freeze a plan as its next revision; where the newest envelope is open and says the same, that one is returned.

        `pegawai` is one of the roster, `npsn` the school's number, empty when unknown. It builds on the last revision that was seen
        here. Raises ShapeError for a plan that no envelope can carry, StorageError.
        """
        arguments = (self._database, self._journal, pegawai, periode, rencana, edit, now, npsn)
        sealed = self._database.call(outbox_sealing.seal, *arguments)
        _log.info("envelope %d stands sealed, %d bytes", sealed.id, len(sealed.line))
        return sealed

    def all(self, periode: str | None = None) -> tuple[OutboxEntry, ...]:
        """Every envelope, of one period or of all, newest first."""
        where, values = ("", ()) if periode is None else ("WHERE periode = ?", (periode,))
        return self._database.call(self._select, f"{where} ORDER BY id DESC", values)

    def newest(self, pegawai_id: int, periode: str) -> OutboxEntry | None:
        """The newest envelope of one plan that was not superseded, here or after a look on the server."""
        newest = "keadaan <> 'superseded' ORDER BY revisi DESC, id DESC LIMIT 1"
        where = f"WHERE pegawai_id = ? AND periode = ? AND NOT {outbox_views.DECIDED} AND {newest}"
        return next(iter(self._database.call(self._select, where, (pegawai_id, periode))), None)

    def order(self, periode: str) -> tuple[int, ...]:
        """The ids of a period's envelopes in the order of Kotak Kirim; see `outbox_views.order`."""
        return self._database.call(self._read, lambda connection: outbox_views.order(connection, periode))

    def standing(self, periode: str) -> dict[int, Standing]:
        """How the newest envelope of each plan stands, by the teacher's id."""
        return self._database.call(self._read, lambda connection: outbox_views.standing(connection, periode))

    def some(self, ids: Collection[int]) -> dict[int, OutboxEntry]:
        """The envelopes with these ids, by id."""
        marks = ", ".join("?" * len(ids))
        return {entry.id: entry for entry in self._database.call(self._select, f"WHERE id IN ({marks})", tuple(ids))}

    def due(self, limit: int) -> tuple[OutboxEntry, ...]:
        """What is to be sent, oldest first, at most `limit`: of each plan only the oldest that is not settled."""
        return self._database.call(
            self._select,
            f"WHERE {_SENDABLE} AND NOT EXISTS (SELECT 1 FROM kiriman AS older"
            f" WHERE older.pegawai_id = k.pegawai_id AND older.periode = k.periode AND older.{_OPEN}"
            " AND older.revisi < k.revisi) ORDER BY id LIMIT ?",
            (limit,),
        )

    def counts(self) -> dict[State, int]:
        """How many envelopes are in each state; every state is there."""
        return self._database.call(self._read, outbox_views.counts)

    def waiting(self) -> int:
        """How many envelopes are to be sent; those that wait for the operator's word are not counted."""
        return self._database.call(self._read, outbox_views.waiting)

    # ---- sending

    def mark_sending(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Note, before the first byte leaves, that these are on their way.

        Returns those that may be sent: one that was superseded in the meantime is not among them.
        """
        return self._database.call(self._mark_sending, tuple(ids))

    def record_all(self, outcomes: Mapping[int, Outcome]) -> None:
        """Note how the attempts ended, by envelope, in one transaction; nothing happens to one that is not being sent."""
        self._database.call(self._record_all, dict(outcomes))

    def recover(self) -> int:
        """Turn what a crash left `sending` into `unknown`; only while nobody sends. Returns how many."""
        return self._database.call(self._recover)

    def hold(self, pegawai_id: int, periode: str, revision: int, sha256: str, status: str, note: str, when: str) -> None:
        """Take in what the server tells of a plan (`GET /v1/rencana?sesudah=`).

        An envelope of ours with that revision and digest gets the status; it does not become `sent`, which takes a receipt.
        """
        self._database.call(self._hold, pegawai_id, periode, revision, sha256, status, note, when)

    def with_digest(self, pegawai_id: int, periode: str, revision: int, sha256: str) -> OutboxEntry | None:
        """The envelope of a plan that is that revision."""
        where = "WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ? LIMIT 1"
        return next(iter(self._database.call(self._select, where, (pegawai_id, periode, revision, sha256))), None)

    def needing(self) -> int:
        """How many plans need somebody: their newest envelope was refused or is in conflict."""
        return self._database.call(self._read, outbox_views.needing)

    # ---- in the database's thread

    def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        with self._database.readable():
            return read(self._database.connection)

    def _select(self, rest: str, values: tuple[object, ...]) -> tuple[OutboxEntry, ...]:
        return outbox_views.envelopes(self._database, rest, values)

    def _mark_sending(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        with self._database.transaction() as connection:
            return tuple(row_id for row_id in ids if in_transit.mark_sending(connection, "kiriman", row_id, _SENDABLE))

    def _record_all(self, outcomes: dict[int, Outcome]) -> None:
        with self._database.transaction() as connection:
            for row_id, outcome in outcomes.items():
                outbox_settle.settle(connection, row_id, outcome)

    def _recover(self) -> int:
        return in_transit.recover(self._database, "kiriman")

    def _hold(self, pegawai_id: int, periode: str, revision: int, sha256: str, status: str, note: str, when: str) -> None:
        with self._database.transaction() as connection:
            outbox_settle.raise_held(connection, pegawai_id, periode, revision, sha256)
            outbox_settle.tell(connection, (pegawai_id, periode, revision, sha256), status, note, when)
