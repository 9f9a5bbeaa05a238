"""The only place that opens the server's database: SQLite in a file, or PostgreSQL by URL.

Invariant: what was committed survives a power cut (WAL with synchronous=FULL), because a receipt is given right after.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from pmm_tui.errors import CorruptError, DiskFullError, ReadOnlyError, StorageError
from pmm_tui.extras import pip_install
from pmm_tui.server.tables import prepare

_File = tuple[int, int] | None
_BUSY_MS = 10_000
_WAL_TRIES = 100
_WAL_PAUSE = 0.05  # seconds
_PRAGMAS = (f"busy_timeout={_BUSY_MS}", "synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF")
_CAUSES: tuple[tuple[str, type[StorageError], str], ...] = (
    ("disk is full", DiskFullError, "disk penuh; kosongkan ruang lalu coba lagi."),
    ("readonly", ReadOnlyError, "tidak dapat ditulis; periksa izin berkas dan mapnya."),
    ("unable to open", ReadOnlyError, "tidak dapat dibuka; periksa apakah mapnya ada dan boleh ditulis."),
    ("not a database", CorruptError, "bukan basis data; pindahkan berkas itu lalu pulihkan dari cadangan."),
    ("malformed", CorruptError, "rusak; hentikan server lalu pulihkan dari cadangan."),
    ("locked", StorageError, "sedang dipakai proses lain; coba lagi sebentar."),
)


class ReplacedError(ReadOnlyError):
    """The database's files were deleted or exchanged while it was open: nothing more is taken until the server is started anew."""


class Database:
    """An engine with its two kinds of transaction. Opening makes the file (only its owner may read it) and the tables.

    `url` is an SQLAlchemy URL, or the path of a SQLite file. Raises StorageError, which never names a password.
    """

    def __init__(self, url: str) -> None:
        parsed = _parse(url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        self.name = str(parsed.database) if self.sqlite else f"{parsed.get_backend_name()} di {parsed.host or 'komputer ini'}"
        if self.sqlite:
            _make_private(Path(self.name))
        self._files: dict[str, _File] = {}  # none are known yet
        self._engine = _engine(parsed, self.sqlite)
        self._keeper: Any = None
        self._log_saved = False
        try:
            with self.write() as conn:
                prepare(conn)
            if self.sqlite:
                self._keeper = self._engine.raw_connection()  # while one is open, SQLite itself never takes its log away
                self._keeper.execute("SELECT 1 FROM skema").fetchall()
                self._files = {name: _file(name) for name in (self.name, f"{self.name}-wal", f"{self.name}-shm")}
        except BaseException:
            self.close()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database."""
        with self._sentences(), self._engine.connect() as conn, conn.begin():
            yield conn

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits at the end; in SQLite only one runs at a time, from its beginning."""
        with self._sentences(), self._engine.connect() as conn:
            conn = conn.execution_options(pmm_begin="BEGIN IMMEDIATE")
            with conn.begin():
                yield conn
            self.look()  # what was committed into a file without a name was not stored

    def close(self) -> None:
        """Close every connection."""
        if self._keeper is not None:
            self._keeper.close()
        self._engine.dispose()

    def look(self) -> None:
        """Raise ReplacedError when other files stand under the names: an open file outlives its name, and nobody finds it again."""
        gone = [name for name, file in self._files.items() if _file(name) != file]
        if not gone:
            return
        if not self._log_saved and self.name not in gone and all(_file(name) is None for name in gone):
            self._log_saved = True
            self._save_log()
        raise ReplacedError(f"Basis data server ({self.name}) dihapus atau diganti; hentikan server lalu jalankan lagi.")

    def _save_log(self) -> None:
        """Write into the file itself what stands in a log that was deleted and that nobody has made anew."""
        with suppress(self._engine.dialect.loaded_dbapi.Error):
            self._keeper.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        self.look()
        try:
            yield
        except IntegrityError:
            raise
        except (DBAPIError, NoConnectionError) as error:
            raise _storage_error(error, self.name) from None


def _file(name: str) -> _File:
    """Which file stands under a name now; None for none."""
    try:
        file = Path(name).stat()
    except OSError:
        return None
    return file.st_dev, file.st_ino


def _parse(url: str) -> URL:
    if "://" not in url:
        return URL.create("sqlite", database=_expanded(url))
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        message = (
            "Alamat basis data tidak dikenal; tulis misalnya sqlite:///pmm-server.db atau postgresql://pengguna@komputer/nama."
        )
        raise StorageError(message) from None
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StorageError("Basis data di memori hilang saat server berhenti; tulis nama berkas, misalnya sqlite:///pmm-server.db.")
    return parsed


def _expanded(path: str) -> str:
    try:
        return str(Path(path).expanduser())
    except RuntimeError:
        raise StorageError(f"{path}: pengguna itu tidak ada; tulis jalur lengkapnya.") from None


def _engine(url: URL, sqlite: bool) -> Engine:
    options: dict[str, Any] = {} if sqlite else {"pool_pre_ping": True}
    try:
        # Errors without parameters: they hold names and numbers of people.
        engine = create_engine(url, hide_parameters=True, pool_size=8, max_overflow=8, pool_timeout=10, **options)
    except (ImportError, NoSuchModuleError):
        name = url.get_backend_name()
        raise StorageError(
            f"Pengandar basis data {name} belum terpasang; untuk PostgreSQL jalankan: {pip_install('psycopg[binary]')}."
        ) from None
    if sqlite:
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves: the driver would say it too late for a read that decides a write
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    _switch_to_wal(cursor)
    cursor.close()


def _switch_to_wal(cursor: Any) -> None:
    """Switch a fresh file to WAL; SQLite's own waiting does not cover two processes that do so at once."""
    for left in range(_WAL_TRIES, -1, -1):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except Exception as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(_WAL_PAUSE)


def _on_begin(conn: Connection) -> None:
    conn.exec_driver_sql(conn.get_execution_options().get("pmm_begin", "BEGIN"))


def _make_private(path: Path) -> None:
    """Make the file before SQLite does, readable by its owner alone; SQLite gives the same mode to its -wal and -shm."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        reason = "itu folder" if isinstance(error, IsADirectoryError) else "periksa jalur dan izinnya"
        raise ReadOnlyError(
            f"Basis data server {path} tidak dapat dibuka ({reason}); pilih berkas lain dengan --database."
        ) from None


def _storage_error(error: Exception, name: str) -> StorageError:
    said = str(getattr(error, "orig", error)).casefold()
    for words, kind, end in _CAUSES:
        if words in said:
            return kind(f"Basis data server ({name}) {end}")
    return StorageError(f"Basis data server ({name}) tidak dapat dipakai ({type(error).__name__}); periksa lalu coba lagi.")
