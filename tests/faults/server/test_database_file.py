"""The server's file is broken, taken away or made nonsense of while it runs: it says so, and claims nothing stored."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from pmm_tui.server.tokens import create_token
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeProcess, MakeSchool, MakeServer
from tests.faults.server.server_kit import Connection, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.server.work import FAULT, every, start
from tests.server.sample_school import NIP, SampleSchool


@contextmanager
def _replaced(path: Path, how: Callable[[bytes], bytes]) -> Iterator[None]:
    """The server's file, written over where it is, and put back; its log emptied."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    path.write_bytes(how(whole))
    yield
    path.write_bytes(whole)


def _flip(whole: bytes) -> bytes:
    """Every page but the first, with a byte changed in each 64."""
    out = bytearray(whole)
    for at in range(4096, len(out), 64):
        out[at] ^= 0xFF
    return bytes(out)


FILES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "HTML": lambda whole: b"<!DOCTYPE html><title>Masuk</title>".ljust(len(whole)),
    "cut": lambda whole: whole[: len(whole) // 2],
    "flipped": _flip,
    "zero": lambda whole: bytes(len(whole)),
    "head gone": lambda whole: bytes(100) + whole[100:],
}


@pytest.mark.parametrize("kind", FILES)
def test_file_broken_while_it_runs(make_server: MakeServer, make_school: MakeSchool, kind: str) -> None:
    """When the file is broken under the running server each route answers as the page says, and claims nothing stored."""
    server = make_server()
    sekolah, id = start(server, make_school)
    path = Path(server.database)
    seen = set()
    with _replaced(path, FILES[kind]), Connection(server.port) as line:
        for method, request in every(sekolah, id, 1) * 2:
            answer = line.ask(request, method)
            told = judged(answer, request, allowed=FAULT)
            assert answer is not None
            seen.add(answer.status)
            stored = [one for one in told.get("hasil", ()) if one["keadaan"] == "tersimpan"]
            assert not stored or ServerFile(path).rows("SELECT 1 FROM amplop WHERE revisi = 2")
    assert 503 in seen


def _gone(path: Path) -> None:
    shutil.rmtree(path.parent)


def _moved(path: Path) -> None:
    path.rename(path.with_name("lama.db"))


def _put_in_place(path: Path) -> None:
    shutil.copyfile(path, other := path.with_name("cadangan.db"))
    other.replace(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take a file that is open")
@pytest.mark.parametrize("take", [_gone, _moved, _put_in_place])
def test_file_taken_away(make_server: MakeServer, make_school: MakeSchool, take: Callable[[Path], None]) -> None:
    """When the file is deleted, moved or replaced under the running server nothing is told to be stored where nobody finds it."""
    server = make_server()
    sekolah, id = start(server, make_school)
    path = Path(server.database)
    take(path)
    with Connection(server.port) as line:
        for method, request in every(sekolah, id, 1):
            answer = line.ask(request, method)
            told = judged(answer, request)
            assert answer is not None
            assert answer.status == 503 or told["service"] == "pmm"
            assert told.get("type") in (None, "/problems/mulai-ulang")
        if path.with_name("lama.db").exists():
            path.with_name("lama.db").rename(path)
            for method, request in every(sekolah, id, 1):
                assert judged(line.ask(request, method), request).get("type") != "/problems/penyimpanan"


def _delete_log(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def _exchange_log(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    shutil.copyfile(log, other := path.with_name("lain"))
    other.replace(log)


def _delete_both(path: Path) -> None:
    for end in ("wal", "shm"):
        path.with_name(f"{path.name}-{end}").unlink()


def _delete_index(path: Path) -> None:
    path.with_name(f"{path.name}-shm").unlink()


LOGS = (_delete_log, _exchange_log, _delete_both, _delete_index)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take a file that is open")
@pytest.mark.parametrize("take", LOGS)
def test_log_taken_away(make_process: MakeProcess, folder: Path, take: Callable[[Path], None]) -> None:
    """When the log beside the file is deleted or exchanged nothing more is told to be stored; what was told before, is there."""
    path = folder / "server.db"
    process = make_process(path)
    sekolah = SampleSchool(f"http://127.0.0.1:{process.port}", str(path))
    with closing(sekolah):
        before = [sekolah.store({"nip": NIP, "nama": "Budi"}, revisi=number, dasar=number - 1) for number in range(1, 5)]
        id = sekolah.ids()["Budi"]
        take(path)
        with Connection(process.port) as line:
            for method, request in every(sekolah, id, 4) * 2:
                told = judged(answer := line.ask(request, method), request)
                assert answer is not None
                if not told or "service" not in told:
                    assert (answer.status, answer.header("retry-after")) == (503, "600")
                    assert told["type"] == "/problems/mulai-ulang"
                    assert "menjalankannya lagi" in told["detail"]
    process.kill()
    if take is not _exchange_log:  # a log that somebody put there is not ours to write over
        held = ServerFile(path).rows("SELECT tanda_terima FROM amplop ORDER BY revisi")
        assert held == [(one["tanda_terima"],) for one in before]
        assert ServerFile(path).sound()
    process.start()
    with Connection(process.port) as line:
        assert judged(line.ask(request_bytes("GET", "/v1/sekolah", sekolah.token)))["npsn"] == sekolah.npsn


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody take a file that is open")
def test_log_taken_away_while_nobody_asks(make_server: MakeServer, make_school: MakeSchool) -> None:
    """The server looks by itself, saves what stood in the log, and says once what is to be done."""
    server = make_server()
    start(server, make_school)
    path = Path(server.database)
    copy = path.with_name("salinan.db")
    _delete_both(path)
    while not any("jalankan lagi" in line for line in server.lines):
        time.sleep(0.1)  # the test's own time-out ends this
    shutil.copyfile(path, copy)  # what a killed server would leave
    assert ServerFile(copy).rows("SELECT count(*) FROM amplop") == [(1,)]
    assert sum("jalankan lagi" in line for line in server.lines) == 1


def test_a_log_that_sqlite_keeps_is_no_fault(make_server: MakeServer, make_school: MakeSchool) -> None:
    """Other programs that open, write, empty the log and close do not stop the server: the log stays the one it was."""
    server = make_server()
    sekolah, id = start(server, make_school)
    for number in range(1, 4):
        with closing(sqlite3.connect(server.database)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        create_token(server.database, sekolah.npsn, "operator")
        sekolah.store({"id": id}, revisi=number + 1, dasar=number)


VALUES = ("x'ff00fe'", "9223372036854775807", "'x'", "7", "''", "CAST(x'ff' AS TEXT)", "'[]'", "'{}'")


def test_rows_that_make_no_sense(make_server: MakeServer, make_school: MakeSchool, many: Count) -> None:
    """Whatever stands in a column, each route gives an answer of the page's."""
    server = make_server()
    sekolah, id = start(server, make_school)
    file = ServerFile(server.database)
    requests, changed = every(sekolah, id, 1), 0
    with Connection(server.port) as line:
        for table, column in _columns(file):
            for value in VALUES[: many(2, len(VALUES))]:
                kept = file.rows(f"SELECT rowid, {column} FROM {table}")
                with suppress(sqlite3.IntegrityError):
                    file.rows(f"UPDATE {table} SET {column} = {value}")
                    changed += 1
                for method, request in requests:
                    judged(line.ask(request, method), request, allowed=FAULT)
                for rowid, before in kept:
                    file.rows(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", before, rowid)
    print(f"values {changed}")
    assert changed > 30


def _columns(file: ServerFile) -> list[tuple[str, str]]:
    """Every column that is no key and does not decide who is asking."""
    pairs = [(table, row) for table in file.tables() for row in file.rows(f"PRAGMA table_info({table})")]
    return [(table, row[1]) for table, row in pairs if not row[5] and row[1] not in ("awal", "sidik") and table != "skema"]
