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
               └── a newer one is sealed, or the one it builds on is refused ──> superseded

`queued` means that no byte of it ever left; what may have arrived never becomes `queued` again, nor `superseded`: it goes
first, and the newer envelope of that plan builds on it. The last four are final, and the sealed columns never change (both
are triggers of the schema).
"""

# ruff: noqa: S608  (the statements are put together from names of ours; values are always parameters)

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import TypeVar

import msgspec

from pmm_tui.skp import wire
from pmm_tui.skp.model import Pegawai, RencanaKinerja
from pmm_tui.store import outbox_settle, outbox_views
from pmm_tui.store.database import Database
from pmm_tui.store.envelope_naming import named
from pmm_tui.store.journal import Journal
from pmm_tui.store.outbox_entry import COLUMNS, OPEN_STATES, Berdiri, Keadaan, Kiriman, Outcome, Sent, Tunda, from_row
from pmm_tui.store.times import to_text

T = TypeVar("T")

_OPEN = f"keadaan IN {OPEN_STATES}"  # a tuple of words reads as SQL's list of them
_BACKOFF = "kirim/tunda"
_log = logging.getLogger("pmm_tui.store")


class Outbox:
    """The sealed envelopes. `one_sender` is held by whoever sends: one request is in flight at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._journal = Journal(database.path)
        self.one_sender = threading.Lock()

    # ---- sealing and reading

    def seal(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, suntingan: int, now: datetime) -> Kiriman:
        """Freeze a plan as its next revision; the envelope that stands already if it says the same and is still on its way.

        `pegawai` is one of the roster. Raises ShapeError for a plan that no envelope can carry, StorageError.
        """
        sealed = self._database.call(self._seal, pegawai, periode, rencana, suntingan, now)
        _log.info("envelope %d stands sealed, %d bytes", sealed.id, len(sealed.line))
        return sealed

    def all(self, periode: str | None = None) -> tuple[Kiriman, ...]:
        """Every envelope, of one period or of all, newest first."""
        where, values = ("", ()) if periode is None else ("WHERE periode = ?", (periode,))
        return self._database.call(self._select, f"{where} ORDER BY id DESC", values)

    def newest(self, pegawai_id: int, periode: str) -> Kiriman | None:
        """The newest envelope of one plan, those aside that were superseded."""
        where = "WHERE pegawai_id = ? AND periode = ? AND keadaan <> 'superseded' ORDER BY revisi DESC LIMIT 1"
        return next(iter(self._database.call(self._select, where, (pegawai_id, periode))), None)

    def order(self, periode: str) -> tuple[int, ...]:
        """The ids of a period's envelopes in the order of Kotak Kirim; see `outbox_views.order`."""
        return self._database.call(self._read, lambda connection: outbox_views.order(connection, periode))

    def standing(self, periode: str) -> dict[int, Berdiri]:
        """How the newest envelope of each plan stands, by the teacher's id."""
        return self._database.call(self._read, lambda connection: outbox_views.standing(connection, periode))

    def some(self, ids: Collection[int]) -> dict[int, Kiriman]:
        """The envelopes with these ids, by id."""
        marks = ", ".join("?" * len(ids))
        return {kiriman.id: kiriman for kiriman in self._database.call(self._select, f"WHERE id IN ({marks})", tuple(ids))}

    def due(self, limit: int) -> tuple[Kiriman, ...]:
        """What is to be sent, oldest first, at most `limit`: of each plan only the oldest that is not settled."""
        return self._database.call(
            self._select,
            "WHERE keadaan IN ('queued', 'unknown') AND NOT EXISTS (SELECT 1 FROM kiriman AS older"
            f" WHERE older.pegawai_id = kiriman.pegawai_id AND older.periode = kiriman.periode AND older.{_OPEN}"
            " AND older.revisi < kiriman.revisi) ORDER BY id LIMIT ?",
            (limit,),
        )

    def counts(self) -> dict[Keadaan, int]:
        """How many envelopes are in each state; every state is there."""
        return self._database.call(self._read, outbox_views.counts)

    # ---- sending

    def mark_sending(self, ids: Iterable[int]) -> tuple[int, ...]:
        """Note, before the first byte leaves, that these are on their way.

        Returns those that may be sent: one that was superseded in the meantime is not among them.
        """
        return self._database.call(self._mark_sending, tuple(ids))

    def record(self, id: int, outcome: Outcome, now: datetime) -> None:
        """Note how the attempt at one envelope ended; nothing happens unless it is being sent."""
        self.record_all({id: outcome}, now)

    def record_all(self, outcomes: Mapping[int, Outcome], now: datetime) -> None:
        """Note how the attempts at several envelopes ended, in one transaction."""
        self._database.call(self._record_all, dict(outcomes), now)

    def recover(self) -> int:
        """Turn what a crash left `sending` into `unknown`; only while nobody sends. Returns how many."""
        return self._database.call(self._recover)

    def hold(self, pegawai_id: int, periode: str, revisi: int, sha256: str, status: str, catatan: str, waktu: str) -> None:
        """Take in what the server tells of a plan (`GET /v1/rencana?sesudah=`).

        An envelope of ours with that revision and digest gets the status; it does not become `sent`, which takes a receipt.
        """
        self._database.call(self._hold, pegawai_id, periode, revisi, sha256, status, catatan, waktu)

    def knows(self, pegawai_id: int, periode: str, revisi: int, sha256: str) -> bool:
        """Whether an envelope of ours is that revision of the plan."""
        where = "WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ? LIMIT 1"
        return bool(self._database.call(self._select, where, (pegawai_id, periode, revisi, sha256)))

    def adopt(self, pegawai_id: int, line: bytes, suntingan: int, receipt: Sent, catatan: str, now: datetime) -> bool:
        """Take in an envelope that the server holds and another computer sealed; false when ours has its revision already.

        `suntingan` is the draft's edit that says the same, 0 for none. Raises ShapeError for a line that is no envelope.
        """
        return self._database.call(self._adopt, pegawai_id, line, suntingan, receipt, catatan, now)

    def needing(self) -> int:
        """How many plans need somebody: their newest envelope was refused or is in conflict."""
        return self._database.call(self._read, outbox_views.needing)

    def held(self, pegawai_id: int, periode: str) -> tuple[int, str]:
        """Revision and digest of the plan that the server is known to hold; 0 and empty for none."""
        return self._database.call(lambda: outbox_settle.held(self._database.connection, pegawai_id, periode))

    def backoff(self) -> Tunda:
        """When the next automatic attempt may be."""
        return self._database.call(self._backoff)

    def set_backoff(self, tunda: Tunda) -> None:
        """Keep when the next automatic attempt may be, across restarts."""
        self._database.call(self._set_backoff, tunda)

    # ---- in the database's thread

    def _read(self, read: Callable[[sqlite3.Connection], T]) -> T:
        with self._database.readable():
            return read(self._database.connection)

    def _select(self, rest: str, values: tuple[object, ...]) -> tuple[Kiriman, ...]:
        with self._database.readable():
            return tuple(map(from_row, self._database.connection.execute(f"SELECT {COLUMNS} FROM kiriman {rest}", values)))

    def _seal(self, pegawai: Pegawai, periode: str, rencana: RencanaKinerja, suntingan: int, now: datetime) -> Kiriman:
        with self._database.transaction() as connection:
            pegawai = named(connection, pegawai)
            older = self._select("WHERE pegawai_id = ? AND periode = ? ORDER BY revisi", (pegawai.id, periode))
            if older and (twin := _twin(older[-1], pegawai, rencana)):
                return twin
            holds, _ = outbox_settle.held(connection, pegawai.id, periode)
            revisi = max([holds, *(k.revisi for k in older)]) + 1
            on_their_way = [k.revisi for k in older if k.keadaan in ("sending", "unknown")]
            envelope = wire.envelope_of(pegawai, periode, revisi, max(on_their_way, default=holds), rencana)
            line = wire.seal(envelope)
            wire.open_envelope(line)  # refuses now what the server would refuse later
            self._journal.append(line, to_text(now), suntingan)
            connection.execute(
                "UPDATE kiriman SET keadaan = 'superseded', catatan = ?"
                " WHERE pegawai_id = ? AND periode = ? AND keadaan = 'queued'",
                ("Diganti revisi yang lebih baru sebelum dikirim.", pegawai.id, periode),
            )
            row = connection.execute(
                "INSERT INTO kiriman (pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, keadaan)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued')",
                (
                    pegawai.id,
                    periode,
                    revisi,
                    envelope.dasar,
                    wire.digest(line),
                    line,
                    msgspec.json.encode(envelope.pegawai.kunci()).decode(),
                    suntingan,
                    to_text(now),
                ),
            )
            return self._select("WHERE id = ?", (row.lastrowid,))[0]

    def _adopt(self, pegawai_id: int, line: bytes, suntingan: int, receipt: Sent, catatan: str, now: datetime) -> bool:
        envelope = wire.open_envelope(line)
        values = (pegawai_id, envelope.periode, envelope.revisi)
        with self._database.transaction() as connection:
            if self._select("WHERE pegawai_id = ? AND periode = ? AND revisi = ?", values):
                return False
            connection.execute(
                "INSERT INTO kiriman (pegawai_id, periode, revisi, dasar, sha256, line, kunci, suntingan, dibuat, keadaan,"
                " tanda_terima, waktu_server, status_server, catatan) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'sent', ?, ?, ?, ?)",
                (
                    *values,
                    envelope.dasar,
                    wire.digest(line),
                    line,
                    msgspec.json.encode(envelope.pegawai.kunci()).decode(),
                    suntingan,
                    to_text(now),
                    receipt.tanda_terima,
                    receipt.waktu,
                    receipt.status,
                    catatan,
                ),
            )
            return True

    def _mark_sending(self, ids: tuple[int, ...]) -> tuple[int, ...]:
        with self._database.transaction() as connection:
            return tuple(id for id in ids if _marked(connection, id))

    def _record_all(self, outcomes: dict[int, Outcome], now: datetime) -> None:
        with self._database.transaction() as connection:
            for id, outcome in outcomes.items():
                outbox_settle.settle(connection, id, outcome)

    def _recover(self) -> int:
        connection = self._database.connection
        if connection.execute("SELECT 1 FROM kiriman WHERE keadaan = 'sending' LIMIT 1").fetchone() is None:
            return 0  # the usual start writes nothing
        with self._database.transaction():
            return connection.execute("UPDATE kiriman SET keadaan = 'unknown', mungkin_tiba = 1 WHERE keadaan = 'sending'").rowcount

    def _hold(self, pegawai_id: int, periode: str, revisi: int, sha256: str, status: str, catatan: str, waktu: str) -> None:
        with self._database.transaction() as connection:
            outbox_settle.raise_held(connection, pegawai_id, periode, revisi, sha256)
            connection.execute(
                "UPDATE kiriman SET status_server = ?, catatan = iif(? = '' AND keadaan <> 'sent', catatan, ?),"
                " waktu_server = iif(waktu_server = '', ?, waktu_server)"
                " WHERE pegawai_id = ? AND periode = ? AND revisi = ? AND sha256 = ?",
                (status, catatan, catatan, waktu, pegawai_id, periode, revisi, sha256),
            )

    def _backoff(self) -> Tunda:
        row = self._database.connection.execute("SELECT nilai FROM memo WHERE kunci = ?", (_BACKOFF,)).fetchone()
        try:
            return msgspec.json.decode(row[0], type=Tunda) if row else Tunda()
        except msgspec.DecodeError:  # damaged: then nothing is waited for
            return Tunda()

    def _set_backoff(self, tunda: Tunda) -> None:
        with self._database.transaction() as connection:
            text = msgspec.json.encode(tunda).decode()
            connection.execute("INSERT OR REPLACE INTO memo VALUES (?, ?)", (_BACKOFF, text))


def _twin(newest: Kiriman, pegawai: Pegawai, rencana: RencanaKinerja) -> Kiriman | None:
    """The newest envelope when it is still on its way and says just this: asking twice seals once."""
    if newest.keadaan not in OPEN_STATES:
        return None
    envelope = wire.envelope_of(pegawai, newest.periode, newest.revisi, newest.dasar, rencana)
    return newest if wire.seal(envelope) == newest.line else None


def _marked(connection: sqlite3.Connection, id: int) -> bool:
    return bool(
        connection.execute(
            "UPDATE kiriman SET keadaan = 'sending', percobaan = percobaan + 1 WHERE id = ? AND keadaan IN ('queued', 'unknown')",
            (id,),
        ).rowcount
    )
