"""Requests byte by byte, answers as they come, and what a school's rows in the server's file are."""

from __future__ import annotations

import gzip
import socket
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct
from starlette.routing import Route

from pmm_tui.server.asgi import create_app
from pmm_tui.server.engine import Database
from tests.faults.wire.server_process import ServerProcess

WAIT = 20.0
"""Seconds after which a server that says nothing has failed; none of the limits in these tests is near it."""

Row = tuple[str, tuple[Any, ...]]


class Answer(Struct, frozen=True):
    """One answer: status, headers in their order and lower case, and the body as it came."""

    status: int
    headers: tuple[tuple[str, str], ...]
    raw: bytes

    def header(self, name: str) -> str:
        """A header's value, empty when it is not there."""
        return dict(self.headers).get(name, "")

    @property
    def body(self) -> bytes:
        """The body, inflated."""
        return gzip.decompress(self.raw) if self.raw and self.header("content-encoding") == "gzip" else self.raw


class Connection:
    """One TCP connection to a server on this computer; it sends what it is told, sense or not."""

    def __init__(self, port: int, *, buffer: int = 0) -> None:
        self.sock = socket.socket()
        self.sock.settimeout(WAIT)
        if buffer:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.sock.connect(("127.0.0.1", port))
        self._read = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.sock.close()

    def send(self, piece: bytes) -> bool:
        """Send; False when the server has closed."""
        try:
            self.sock.sendall(piece)
        except OSError:
            return False
        return True

    def read(self, method: str = "GET") -> Answer | None:
        """The next answer, interim ones left out; None when the connection ends first."""
        while True:
            head = self._until(b"\r\n\r\n")
            if head is None:
                return None
            status, headers = _parsed(head)
            if status >= 200:
                break
        length = 0 if method == "HEAD" or status == 304 else int(dict(headers).get("content-length", "0"))
        while len(self._read) < length:
            if not self._more():
                return None
        raw, self._read = self._read[:length], self._read[length:]
        return Answer(status, headers, raw)

    def ask(self, request: bytes, method: str = "GET") -> Answer | None:
        """Send, and return the answer."""
        self.send(request)
        return self.read(method)

    def remaining(self) -> bytes:
        """Everything until the server closes; a reset counts as closed."""
        while self._more():
            pass
        return self._read

    def _until(self, mark: bytes) -> bytes | None:
        while mark not in self._read:
            if not self._more():
                return None
        found, _, self._read = self._read.partition(mark)
        return found

    def _more(self) -> bool:
        try:
            piece = self.sock.recv(65_536)
        except ConnectionError:
            return False
        self._read += piece
        return bool(piece)


def _parsed(head: bytes) -> tuple[int, tuple[tuple[str, str], ...]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split(" ")[1]), tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)


def request_bytes(method: str, path: str, token: str = "", body: bytes | None = None, *lines: str) -> bytes:
    """A request as bytes; `lines` are further header lines."""
    said = [f"{method} {path} HTTP/1.1", "Host: x", *lines]
    said += [f"Authorization: Bearer {token}"] if token else []
    said += [f"Content-Length: {len(body)}"] if body is not None else []
    return "\r\n".join([*said, "", ""]).encode("latin-1") + (body or b"")


def endpoints() -> list[tuple[str, str]]:
    """Every method and path of the application, asked of the application itself."""
    with tempfile.TemporaryDirectory() as folder, closing(Database(str(Path(folder) / "s.db"))) as database:
        app = create_app(database)
        app.state.calls.close()
    found = []
    for one in app.routes:
        assert isinstance(one, Route), f"{one} is no plain route; say here how schools are kept apart in it"
        found += [(method, one.path) for method in sorted(one.methods or ()) if method != "HEAD"]
    return found


class ServerFile:
    """Reads, and where a test says so breaks, the server's file."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What a query finds."""
        with closing(sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)) as connection:
            return connection.execute(query, values).fetchall()

    def tables(self) -> list[str]:
        """The names of all tables."""
        return [name for (name,) in self.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]

    def owned(self, npsn: str) -> list[Row]:
        """Every row of a school in every table."""
        ((sekolah_id,),) = self.rows("SELECT id FROM sekolah WHERE npsn = ?", npsn)
        found: list[Row] = []
        for table in self.tables():
            columns = {row[1] for row in self.rows(f"PRAGMA table_info({table})")}
            key = "id" if table == "sekolah" else "sekolah_id"
            if key in columns:
                found += [(table, row) for row in self.rows(f"SELECT * FROM {table} WHERE {key} = ? ORDER BY 1, 2, 3", sekolah_id)]
        return found

    def sound(self) -> bool:
        """Whether SQLite, the keys between tables and the plans' own rule (one row that stands for each plan) find no fault."""
        stray = (
            "SELECT count(*) FROM (SELECT sekolah_id, pegawai_id, periode FROM amplop GROUP BY 1, 2, 3"
            " EXCEPT SELECT sekolah_id, pegawai_id, periode FROM rencana)"
        )
        whole = self.rows("PRAGMA integrity_check") == [("ok",)]
        return whole and self.rows("PRAGMA foreign_key_check") == [] and self.rows(stray) == [(0,)]


class Process(ServerProcess):
    """The server in a process of its own, of which the system knows how much it uses."""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._pid

    def peak(self) -> int:
        """The most memory that it ever had, in kB, by the kernel's own mark; 0 where the system does not tell."""
        path = Path(f"/proc/{self._pid}/status")
        if not path.is_file():
            return 0
        (line,) = [line for line in path.read_text().splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1])
