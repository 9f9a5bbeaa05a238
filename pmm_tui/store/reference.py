"""What the server lent us (school, roster, rapor, catalogue) with its ETag, and small memories of the program itself."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from pmm_tui.store.database import Database
from pmm_tui.store.times import from_text, to_text

_CURSOR = "perubahan/cursor"


class ReferenceDocument(Struct, frozen=True, kw_only=True):
    """A document of the server as it was last fetched: JSON in UTF-8, checked and cleaned.

    `name` is `sekolah`, `pegawai`, `rapor/PERIODE` or `katalog/PERIODE`. An empty `etag` makes the next fetch a whole one.
    """

    name: str
    etag: str
    body: bytes
    fetched_at: datetime


class Reference:
    """Fetched documents, the cursor of changes, and memos by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> ReferenceDocument | None:
        """The document of that name."""
        return self._database.call(self._get, name)

    def put(self, name: str, etag: str, body: bytes, now: datetime) -> None:
        """Keep a document in place of its older one."""
        self._database.call(self._execute, "INSERT OR REPLACE INTO rujukan VALUES (?, ?, ?, ?)", name, etag, body, to_text(now))

    def forget_versions(self) -> None:
        """Make the next fetch a whole one, as after a change of server; what was fetched stays."""
        self._database.call(self._forget_versions)

    def cursor(self) -> str:
        """Where to ask for changes from; empty at first."""
        return self.memo(_CURSOR) or ""

    def set_cursor(self, cursor: str) -> None:
        """Keep where to ask for changes from."""
        self.set_memo(_CURSOR, cursor)

    def memo(self, key: str) -> str | None:
        """What was last kept under a name."""
        return self._database.call(self._memo, key)

    def set_memo(self, key: str, value: str) -> None:
        """Keep a text under a name."""
        self._database.call(self._execute, "INSERT OR REPLACE INTO memo VALUES (?, ?)", key, value)

    def _get(self, name: str) -> ReferenceDocument | None:
        row = self._database.connection.execute("SELECT * FROM rujukan WHERE nama = ?", (name,)).fetchone()
        with self._database.readable():
            return ReferenceDocument(name=row[0], etag=row[1], body=bytes(row[2]), fetched_at=from_text(row[3])) if row else None

    def _memo(self, key: str) -> str | None:
        row = self._database.connection.execute("SELECT nilai FROM memo WHERE kunci = ?", (key,)).fetchone()
        return str(row[0]) if row else None

    def _execute(self, statement: str, *values: object) -> None:
        with self._database.transaction() as connection:
            connection.execute(statement, values)

    def _forget_versions(self) -> None:
        with self._database.transaction() as connection:
            connection.execute("UPDATE rujukan SET etag = ''")
            connection.execute("DELETE FROM memo WHERE kunci = ?", (_CURSOR,))
