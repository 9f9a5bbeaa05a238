"""The ground breaks under the server: every statement of every route, the disk, a lock. It says so, and no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pmm_tui.server import engine
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeSchool, MakeServer
from tests.faults.server.server_kit import Connection, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.server.work import FAULT, every, start
from tests.server.sample_school import NIP, envelope

SECRET = f"rahasia-dalam {NIP} /srv/rahasia-dalam.db SELECT sidik FROM token"
ERRORS: dict[str, Callable[[], BaseException]] = {
    "disk I/O": lambda: sqlite3.OperationalError(f"disk I/O error {SECRET}"),
    "constraint": lambda: sqlite3.IntegrityError(f"UNIQUE constraint failed: {SECRET}"),
    "interface": lambda: sqlite3.InterfaceError(SECRET),
    "bug": lambda: RuntimeError(SECRET),
    "memory": lambda: MemoryError(SECRET),
    "unicode": lambda: UnicodeDecodeError("utf-8", SECRET.encode(), 0, 1, "x"),
    "full": lambda: sqlite3.OperationalError("database or disk is full"),
    "locked": lambda: sqlite3.OperationalError("database is locked"),
    "malformed": lambda: sqlite3.DatabaseError("database disk image is malformed"),
    "programming": lambda: sqlite3.ProgrammingError(SECRET),
    "type": lambda: TypeError(SECRET),
    "key": lambda: KeyError(SECRET),
    "recursion": lambda: RecursionError(SECRET),
}


class Breaker:
    """Lets the n-th statement that the engine runs fail, once."""

    def __init__(self) -> None:
        self.left = 0
        self.error: Callable[[], BaseException] = RuntimeError
        self.struck = False

    def break_at(self, at: int, error: Callable[[], BaseException]) -> None:
        """The statement after `at - 1` more fails."""
        self.left, self.error, self.struck = at, error, False

    def __call__(self, _cursor: Any, _statement: str, _parameters: Any, _context: Any = None) -> None:
        self.left -= 1
        if self.left == 0:
            self.struck = True
            raise self.error()


@pytest.fixture
def breaker() -> Iterator[Breaker]:
    """What lets statements fail, inside the driver's own call."""
    made = Breaker()
    for name in ("do_execute", "do_execute_no_params"):
        event.listen(Engine, name, made)
    yield made
    for name in ("do_execute", "do_execute_no_params"):
        event.remove(Engine, name, made)


def test_every_statement_of_every_route(make_server: MakeServer, make_school: MakeSchool, breaker: Breaker, many: Count) -> None:
    """Whichever statement of whichever route fails, the answer is one of the page's, tells nothing of it, and stores no half."""
    server = make_server()
    file, struck, kinds = ServerFile(server.database), 0, list(ERRORS)[: many(6, len(ERRORS))]
    for kind in kinds:
        sekolah, id = start(server, make_school)
        with Connection(server.port) as line:
            struck += sum(_break_each(line, request, method, breaker, kind, file) for method, request in every(sekolah, id, 1))
    print(f"statements {struck}")
    assert struck > 30 * len(kinds)
    assert file.sound()
    assert file.rows("SELECT count(*) FROM amplop") == [(3 * len(kinds),)]
    assert not [one for one in server.lines if "rahasia" in one or NIP in one or "SELECT" in one]


def _break_each(line: Connection, request: bytes, method: str, breaker: Breaker, kind: str, file: ServerFile) -> int:
    """Ask with the first statement failing, then the second, and so on until none is left to fail; returns how many failed."""
    for at in range(1, 100):
        breaker.break_at(at, ERRORS[kind])
        answer = line.ask(request, method)
        breaker.left = 0
        _nothing_claimed(file, judged(answer, request, allowed=FAULT))
        if not breaker.struck:
            judged(line.ask(request, method), request)
            return at - 1
    raise AssertionError("there is no end to the statements")


def _nothing_claimed(file: ServerFile, told: Any) -> None:
    """Every receipt in an answer is in the file."""
    held = {receipt for (receipt,) in file.rows("SELECT tanda_terima FROM amplop")}
    results = told.get("hasil", ()) if isinstance(told, dict) else ()
    assert {one["tanda_terima"] for one in results if one["tanda_terima"]} <= held


def test_disk_full(make_server: MakeServer, make_school: MakeSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that fills up the server refuses to store with 503, keeps to every receipt, and goes on reading."""
    monkeypatch.setattr(engine, "_PRAGMAS", (*engine._PRAGMAS, "max_page_count=60"))
    server = make_server()
    sekolah, id = start(server, make_school)
    receipts, refused = {}, 0
    with Connection(server.port) as line:
        revision = 1
        while refused < 5:
            body = envelope({"id": id}, revision + 1, revision, data_diri={"sesuai": True, "golongan": "x" * 3_000})
            told = judged(line.ask(request := request_bytes("POST", "/v1/rencana", sekolah.token, body)), request)
            if "hasil" in told:
                receipts[told["hasil"][0]["tanda_terima"]] = body
                revision += 1
                assert revision < 500
            else:
                assert told["type"] == "/problems/penyimpanan"
                refused += 1
        assert judged(line.ask(request_bytes("GET", f"/v1/rencana/2026/{id}", sekolah.token)))["revisi"] == revision
    file = ServerFile(server.database)
    held = {receipt: bytes(content) for receipt, content in file.rows("SELECT tanda_terima, isi FROM amplop WHERE revisi > 1")}
    assert held == receipts
    assert file.sound()


def test_file_locked_by_somebody(make_server: MakeServer, make_school: MakeSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the file, storing is a 503 and reading goes on; afterwards everything does."""
    monkeypatch.setattr(engine, "_PRAGMAS", ("busy_timeout=100", *engine._PRAGMAS[1:]))
    server = make_server()
    sekolah, id = start(server, make_school)
    requests = every(sekolah, id, 1)
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other, Connection(server.port) as line:
        other.execute("BEGIN IMMEDIATE")
        for method, request in requests:
            answer = line.ask(request, method)
            judged(answer, request)
            assert answer is not None
            assert answer.status == (503 if method == "POST" else 200)
        other.execute("ROLLBACK")
        assert [judged(line.ask(request, method), request) for method, request in requests]
    assert ServerFile(server.database).rows("SELECT count(*) FROM amplop") == [(3,)]
