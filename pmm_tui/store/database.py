"""The one thread that owns the one connection; nothing else opens the file.

Invariant: what `transaction` has committed survives a killed program and a power cut (WAL, synchronous=FULL,
EXCLUSIVE). Every fault of storage reaches the caller as an error of ours, and later calls work again once its cause is gone.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import msgspec

from pmm_tui.errors import CorruptError, NewerSchemaError, PmmError, StorageError
from pmm_tui.store import backup, faults, file, schema
from pmm_tui.store.check import CheckReport, examine

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
P = ParamSpec("P")

_LOCK_WAIT = 0.2  # seconds: a copy that is just closing gets that long
_FAR = 100  # steps that no release is ahead of this one: then the number itself is damaged
_OLDEST_SQLITE = (3, 37)  # STRICT tables
_log = logging.getLogger("pmm_tui.store")


class Database:
    """An open database. `unclean` tells whether the last run ended without `close`: then `check` compares the indexes too."""

    read_only = False

    def __init__(self, path: Path, *, steps: schema.Steps = schema.STEPS) -> None:
        """Open or make the database; raises AlreadyOpenError, NewerSchemaError, CorruptError, ReadOnlyError, DiskFullError."""
        self.path = path.absolute()
        self.unclean = False
        self._steps = steps
        self._owner = 0
        self._clean = True
        self._damaged = False
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pmm-store")
        began = time.monotonic()
        try:
            self.submit(self._open).result()
        except BaseException:
            self._thread.shutdown()
            raise
        _log.info("database opened in %d ms, %s", (time.monotonic() - began) * 1000, "unclean" if self.unclean else "clean")

    # ---- from any thread

    def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in the database's thread and wait for it; at once when already there. Raises what it raises."""
        if threading.get_ident() == self._owner:
            return work(*args, **kwargs)
        return self.submit(work, *args, **kwargs).result()

    def submit(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue `work` for the database's thread; raises StorageError when it is closed."""
        try:
            return self._thread.submit(lambda: self._translated(lambda: work(*args, **kwargs)))
        except RuntimeError:
            raise StorageError("Berkas data sudah ditutup; buka ulang program.") from None

    async def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` in the database's thread without blocking the loop; it is done even if the caller is cancelled."""
        import asyncio  # lazy: the command line reads the store without an event loop (30 ms)

        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()

        def tell(done: Future[T]) -> None:
            with suppress(RuntimeError):  # the loop has ended meanwhile; the work is done all the same
                loop.call_soon_threadsafe(_hand_over, done, answer)

        self.submit(work, *args, **kwargs).add_done_callback(tell)
        return await answer

    def check(self, full: bool | None = None) -> CheckReport:
        """Check the file; None decides by how the last run ended."""
        return self.call(self._check, self.unclean if full is None else full)

    def backup(self, target: Path, *, patience: float | None = None) -> None:
        """Write a checked copy to `target`, within `patience` seconds where that is given; raises StorageError."""
        self.call(lambda: backup.copy_to(self.connection, target, patience=patience))

    def close(self) -> None:
        """Finish what was queued, note the clean end and close; closing again does nothing."""
        with suppress(StorageError):
            self.submit(self._close).result()
            _log.info("database closed")
        self._thread.shutdown()

    # ---- in the database's thread

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for reading; only in the database's thread."""
        return self._connection

    @contextmanager
    def readable(self) -> Iterator[None]:
        """Read: values that no version of the program can have written raise CorruptError."""
        try:
            yield
        except (TypeError, ValueError, msgspec.MsgspecError):
            raise faults.corrupt(self.path) from None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Write: all of the block or nothing of it; an inner block belongs to the outer one. Only in the database's thread."""
        connection = self._connection
        if connection.in_transaction:
            yield connection
            return
        try:
            connection.execute("BEGIN IMMEDIATE")
            if self._clean:
                connection.execute("UPDATE meta SET rapi = 0")
            yield connection
            self._must_be_there()
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # a full disk may have rolled back already
                connection.execute("ROLLBACK")
            raise
        self._clean = False

    def _translated(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except sqlite3.Error as error:
            _log.info("database refused: %s", getattr(error, "sqlite_errorname", "?"))
            if ours := faults.of_sqlite(error, self.path):
                self._damaged = self._damaged or isinstance(ours, CorruptError)
                raise ours from error
            raise
        except CorruptError:
            self._damaged = True
            raise
        except UnicodeDecodeError:  # SQLite quotes a damaged schema in its message
            self._damaged = True
            raise faults.corrupt(self.path) from None

    def _open(self) -> None:
        self._owner = threading.get_ident()
        if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
            raise StorageError(f"SQLite {sqlite3.sqlite_version} terlalu lama; pasang Python yang lebih baru.")
        file.ensure(self.path, self._steps)
        with suppress(OSError):
            self.unclean = file.side_file(self.path).stat().st_size > 0
        if self.unclean:
            file.refuse_foreign(self.path)
        self._identity = file.identity(self.path)
        self._connection = sqlite3.connect(self.path, timeout=_LOCK_WAIT, isolation_level=None)
        self._connection.text_factory = _text
        try:
            self._prepare()
            self._must_be_there()  # a restore may have put another file there meanwhile
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        connection = self._connection
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        version = self._checked_version()
        if connection.execute("PRAGMA journal_mode = WAL").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode = TRUNCATE")  # odd file systems: with FULL as safe, only slower
        for pragma in (
            "synchronous = FULL",
            "fullfsync = ON",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "mmap_size = 0",
            "temp_store = MEMORY",
            "cache_size = -512",  # kB; the system keeps the file's pages as well
        ):
            connection.execute(f"PRAGMA {pragma}")
        self._clean = connection.execute("SELECT rapi FROM meta").fetchone() == (1,)
        self.unclean = self.unclean or not self._clean
        if version < len(self._steps):
            self._migrate(version)

    def _checked_version(self) -> int:
        """The file's schema version; this first read also takes the lock."""
        (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        (application,) = self._connection.execute("PRAGMA application_id").fetchone()
        if application != schema.APPLICATION_ID or version < 1:
            raise faults.corrupt(self.path)
        if version > len(self._steps):
            if version > len(self._steps) + _FAR:
                raise faults.corrupt(self.path)
            raise NewerSchemaError(
                f"Berkas data {faults.shown(self.path)} dibuat versi pmm-tui yang lebih baru (skema {version}); pasang versi baru"
                " itu di sini. Berkas tidak diubah."
            )
        return int(version)

    def _migrate(self, version: int) -> None:
        backup.copy_to(self._connection, backup.before_migration(self.path, version))
        with self.transaction() as connection:
            schema.prepare(connection, version, self._steps)

    def _check(self, full: bool) -> CheckReport:
        report = examine(self.connection, self._steps, full=full)
        self._damaged = self._damaged or not report.good
        return report

    def _must_be_there(self) -> None:
        """Refuse to call saved what went into a file that is gone: it would vanish with the program."""
        if file.identity(self.path) != self._identity:
            raise faults.vanished(self.path)

    def _close(self) -> None:
        try:
            if not (self._clean or self._damaged):  # what is damaged is not written to without need
                with self.transaction() as connection:
                    connection.execute("UPDATE meta SET rapi = 1")
        except (sqlite3.Error, PmmError):
            pass  # what was saved is in the log already; the next start sees an unclean end and checks
        finally:
            self._connection.close()


def _text(stored: bytes) -> str:
    """Decode text; bytes that are no UTF-8 are replaced, as one flipped bit must not hide a whole roster."""
    return stored.decode("utf-8", "replace")


def _hand_over(done: Future[T], answer: asyncio.Future[T]) -> None:
    if answer.done():  # the asker was cancelled
        return
    if error := done.exception():
        answer.set_exception(error)
    else:
        answer.set_result(done.result())
