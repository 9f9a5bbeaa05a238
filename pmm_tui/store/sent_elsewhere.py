"""What was sent and the server that is asked now does not have: it goes again, or waits for the operator's word.

`sent` is true of one server. Another address, or one that came back from a backup, makes it `unknown`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pmm_tui.store import outbox_settle
from pmm_tui.store.database import Database


class SentElsewhere:
    """The part of the outbox that knows this; envelopes of periods that have ended are held back until they are released."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def settle_told(
        self, told: Mapping[tuple[int, str], tuple[int, str]], ended: Callable[[str], bool]
    ) -> tuple[int, int, frozenset[str]]:
        """Compare with all that the server tells, by plan its revision and digest: what is `sent` here and not there is unknown.

        It goes again with the same bytes; one of a period that has `ended` only when the operator asks. Returns how many go again,
        how many wait to be asked for, and their periods.
        """
        return self._database.call(self._settle_told, dict(told), ended)

    def any_sent(self) -> bool:
        """Whether anything was ever sent from here."""
        return self._database.call(self._any_sent)

    def held_back(self) -> dict[str, int]:
        """How many envelopes of periods that have ended wait for the operator's word, by period."""
        return self._database.call(self._held_back)

    def release(self) -> int:
        """Let those go with the next sending; returns how many."""
        return self._database.call(self._release)

    # ---- in the database's thread

    def _settle_told(
        self, told: dict[tuple[int, str], tuple[int, str]], ended: Callable[[str], bool]
    ) -> tuple[int, int, frozenset[str]]:
        with self._database.transaction() as connection:
            return outbox_settle.settle_told(connection, told, ended)

    def _any_sent(self) -> bool:
        found = self._database.connection.execute("SELECT 1 FROM kiriman WHERE keadaan = 'sent' LIMIT 1").fetchone()
        return found is not None

    def _held_back(self) -> dict[str, int]:
        rows = self._database.connection.execute("SELECT periode, count(*) FROM kiriman WHERE ditahan = 1 GROUP BY periode")
        return dict(rows.fetchall())

    def _release(self) -> int:
        with self._database.transaction() as connection:
            return connection.execute("UPDATE kiriman SET ditahan = 0 WHERE ditahan = 1").rowcount
