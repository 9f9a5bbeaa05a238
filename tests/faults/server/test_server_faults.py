"""The ground breaks under the server: every statement of every route, the disk, a lock. It says so, and no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import Engine, event

from pmm_tui.server import engine as pintu
from tests.faults.conftest import Banyak
from tests.faults.server.conftest import BuatSekolah, BuatServer
from tests.faults.server.server_kit import Berkas, Sambungan, minta
from tests.faults.server.values import nilai
from tests.faults.server.work import GALAT, mulai, semua
from tests.server.sample_school import NIP, amplop

RAHASIA = f"rahasia-dalam {NIP} /srv/rahasia-dalam.db SELECT sidik FROM token"
RUSAK: dict[str, Callable[[], BaseException]] = {
    "disk I/O": lambda: sqlite3.OperationalError(f"disk I/O error {RAHASIA}"),
    "constraint": lambda: sqlite3.IntegrityError(f"UNIQUE constraint failed: {RAHASIA}"),
    "interface": lambda: sqlite3.InterfaceError(RAHASIA),
    "bug": lambda: RuntimeError(RAHASIA),
    "memory": lambda: MemoryError(RAHASIA),
    "unicode": lambda: UnicodeDecodeError("utf-8", RAHASIA.encode(), 0, 1, "x"),
    "full": lambda: sqlite3.OperationalError("database or disk is full"),
    "locked": lambda: sqlite3.OperationalError("database is locked"),
    "malformed": lambda: sqlite3.DatabaseError("database disk image is malformed"),
    "programming": lambda: sqlite3.ProgrammingError(RAHASIA),
    "type": lambda: TypeError(RAHASIA),
    "key": lambda: KeyError(RAHASIA),
    "recursion": lambda: RecursionError(RAHASIA),
}


class Cacat:
    """Lets the n-th statement that the engine runs fail, once."""

    def __init__(self) -> None:
        self.left = 0
        self.error: Callable[[], BaseException] = RuntimeError
        self.struck = False

    def atur(self, at: int, error: Callable[[], BaseException]) -> None:
        """The statement after `at - 1` more fails."""
        self.left, self.error, self.struck = at, error, False

    def __call__(self, _cursor: Any, _statement: str, _parameters: Any, _context: Any = None) -> None:
        self.left -= 1
        if self.left == 0:
            self.struck = True
            raise self.error()


@pytest.fixture
def cacat() -> Iterator[Cacat]:
    """What lets statements fail, inside the driver's own call."""
    made = Cacat()
    for name in ("do_execute", "do_execute_no_params"):
        event.listen(Engine, name, made)
    yield made
    for name in ("do_execute", "do_execute_no_params"):
        event.remove(Engine, name, made)


def test_every_statement_of_every_route(buat_server: BuatServer, buat_sekolah: BuatSekolah, cacat: Cacat, banyak: Banyak) -> None:
    """Whichever statement of whichever route fails, the answer is one of the page's, tells nothing of it, and stores no half."""
    server = buat_server()
    berkas, struck, kinds = Berkas(server.database), 0, list(RUSAK)[: banyak(6, len(RUSAK))]
    for kind in kinds:
        sekolah, id = mulai(server, buat_sekolah)
        with Sambungan(server.port) as line:
            struck += sum(_break_each(line, request, method, cacat, kind, berkas) for method, request in semua(sekolah, id, 1))
    print(f"statements {struck}")
    assert struck > 30 * len(kinds)
    assert berkas.sound()
    assert berkas.rows("SELECT count(*) FROM amplop") == [(3 * len(kinds),)]
    assert not [one for one in server.lines if "rahasia" in one or NIP in one or "SELECT" in one]


def _break_each(line: Sambungan, request: bytes, method: str, cacat: Cacat, kind: str, berkas: Berkas) -> int:
    """Ask with the first statement failing, then the second, and so on until none is left to fail; returns how many failed."""
    for at in range(1, 100):
        cacat.atur(at, RUSAK[kind])
        answer = line.tanya(request, method)
        cacat.left = 0
        _nothing_claimed(berkas, nilai(answer, request, boleh=GALAT))
        if not cacat.struck:
            nilai(line.tanya(request, method), request)
            return at - 1
    raise AssertionError("there is no end to the statements")


def _nothing_claimed(berkas: Berkas, told: Any) -> None:
    """Every receipt in an answer is in the file."""
    held = {receipt for (receipt,) in berkas.rows("SELECT tanda_terima FROM amplop")}
    hasil = told.get("hasil", ()) if isinstance(told, dict) else ()
    assert {one["tanda_terima"] for one in hasil if one["tanda_terima"]} <= held


def test_disk_full(buat_server: BuatServer, buat_sekolah: BuatSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a disk that fills up the server refuses to store with 503, keeps to every receipt, and goes on reading."""
    monkeypatch.setattr(pintu, "_PRAGMAS", (*pintu._PRAGMAS, "max_page_count=60"))
    server = buat_server()
    sekolah, id = mulai(server, buat_sekolah)
    receipts, refused = {}, 0
    with Sambungan(server.port) as line:
        revisi = 1
        while refused < 5:
            body = amplop({"id": id}, revisi + 1, revisi, data_diri={"sesuai": True, "golongan": "x" * 3_000})
            told = nilai(line.tanya(request := minta("POST", "/v1/rencana", sekolah.token, body)), request)
            if "hasil" in told:
                receipts[told["hasil"][0]["tanda_terima"]] = body
                revisi += 1
                assert revisi < 500
            else:
                assert told["type"] == "/problems/penyimpanan"
                refused += 1
        assert nilai(line.tanya(minta("GET", f"/v1/rencana/2026/{id}", sekolah.token)))["revisi"] == revisi
    berkas = Berkas(server.database)
    held = {receipt: bytes(isi) for receipt, isi in berkas.rows("SELECT tanda_terima, isi FROM amplop WHERE revisi > 1")}
    assert held == receipts
    assert berkas.sound()


def test_file_locked_by_somebody(buat_server: BuatServer, buat_sekolah: BuatSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another program holds the file, storing is a 503 and reading goes on; afterwards everything does."""
    monkeypatch.setattr(pintu, "_PRAGMAS", ("busy_timeout=100", *pintu._PRAGMAS[1:]))
    server = buat_server()
    sekolah, id = mulai(server, buat_sekolah)
    requests = semua(sekolah, id, 1)
    with closing(sqlite3.connect(server.database, isolation_level=None)) as other, Sambungan(server.port) as line:
        other.execute("BEGIN IMMEDIATE")
        for method, request in requests:
            answer = line.tanya(request, method)
            nilai(answer, request)
            assert answer is not None
            assert answer.status == (503 if method == "POST" else 200)
        other.execute("ROLLBACK")
        assert [nilai(line.tanya(request, method), request) for method, request in requests]
    assert Berkas(server.database).rows("SELECT count(*) FROM amplop") == [(3,)]
