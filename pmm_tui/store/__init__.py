"""The store: the school's teachers, drafts, outbox and reference documents in one SQLite file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import TracebackType

import msgspec

from pmm_tui.store.accounts import Accounts
from pmm_tui.store.by_hand import ByHand
from pmm_tui.store.check import CheckReport
from pmm_tui.store.database import Database
from pmm_tui.store.decisions import Decisions
from pmm_tui.store.drafts import Draft, Drafts
from pmm_tui.store.held import HeldPlans
from pmm_tui.store.journal import Journal
from pmm_tui.store.not_needed import NotNeeded
from pmm_tui.store.outbox import Outbox
from pmm_tui.store.outbox_entry import OutboxEntry
from pmm_tui.store.own_rapor import OwnRapor
from pmm_tui.store.recovery.daily import SessionCopy, ensure_today
from pmm_tui.store.recovery.merge import missing
from pmm_tui.store.reference import Reference, ReferenceDocument
from pmm_tui.store.roster import Roster
from pmm_tui.store.steps import Steps
from pmm_tui.store.templates import Templates
from pmm_tui.store.ticks import Ticks
from pmm_tui.store.withdrawals import Withdrawals

__all__ = ["Database", "Decisions", "Draft", "Drafts", "Outbox", "OutboxEntry", "Reference", "ReferenceDocument", "Roster", "Store"]


class Store:
    """An open store. Its parts may be called from any thread; from asyncio through `database.ask`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.roster = Roster(database)
        self.by_hand = ByHand(database)
        self.drafts = Drafts(database)
        self.outbox = Outbox(database)
        self.held = HeldPlans(database)
        self.not_needed = NotNeeded(database)
        self.decisions = Decisions(database)
        self.accounts = Accounts(database)
        self.own_rapor = OwnRapor(database)
        self.reference = Reference(database)
        self.steps = Steps(database)
        self.templates = Templates(database)
        self.withdrawals = Withdrawals(database)
        self.ticks = Ticks(database)
        self._session = SessionCopy(database)

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open or make the store; what a crash left in flight is unknown from now on. Raises AlreadyOpenError, StorageError."""
        store = cls(Database(path))
        try:
            store.outbox.recover()
            store.decisions.recover()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def beside(cls, path: Path) -> Store:
        """What whoever holds the store has saved, to be read beside them; nothing is recovered, migrated or changed.

        Raises AlreadyOpenError when they never rest, StorageError.
        """
        from pmm_tui.store.snapshot import Snapshot  # lazy: only while another window is open

        return cls(Snapshot(path))

    def guard(self, today: date) -> CheckReport:
        """Check the records and, when they are sound, make today's copy unless it is there; raises StorageError.

        From the first time on the session is watched: the next time, and when it is closed, it gets a copy of its own if it has
        changed much.
        """
        report = self.database.check()
        if report.good:
            ensure_today(self.database, today)
            self._session.look(today)
        last = Journal(self.database.path).last()
        lost = last is not None and self.database.call(lambda: missing(self.database.connection, last))
        return msgspec.structs.replace(report, behind_log=lost)

    def close(self) -> None:
        """Finish what was queued, copy what a long session has changed, and close."""
        self._session.at_end()
        self.database.close()

    def __enter__(self) -> Store:
        """Return itself, open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        self.close()
