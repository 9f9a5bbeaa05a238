"""Many at once: one row and one receipt for identical envelopes, also over two server processes; a crowd is let in by turns."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pmm_tui.server import inbox
from pmm_tui.server.limits import Limits
from pmm_tui.skp.periksa import periksa
from pmm_tui.skp.wire import digest
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeProcess, MakeSchool, MakeServer
from tests.faults.server.server_kit import Connection, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.wire.wire_kit import make_school, teacher
from tests.server.sample_school import envelope

AT_ONCE = 32


def _travelling(number: int, token: str, line: bytes) -> bytes:
    """The same envelope in one of the ways in which it can travel."""
    way = number % 5
    if way == 1:
        return request_bytes("POST", "/v1/rencana", token, gzip.compress(line), "Content-Encoding: gzip")
    if way == 2:
        chunks = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in (line[:99], line[99:], b"\n"))
        return request_bytes("POST", "/v1/rencana", token, None, "Transfer-Encoding: chunked") + chunks + b"0\r\n\r\n"
    if way == 3:
        return request_bytes("POST", "/v1/rencana", token, line + b"\n" + line + b"\n")
    return request_bytes("POST", "/v1/rencana", token, line + b"\n" * way)


def _envelopes(count: int, ids: dict[str, str]) -> Iterator[bytes]:
    """One new envelope a round: a new teacher by NIP or by NUPTK, the next revision of one who is known, by number or by id."""
    for number in range(count):
        round_number, kind = divmod(number, 4)
        nip = teacher(100 + round_number).nip
        nuptk = f"{1234567890120000 + round_number}"
        if kind == 0:
            yield envelope({"nip": nip, "nama": f"Guru {round_number}"})
        elif kind == 1:
            yield envelope({"nip": nip, "nuptk": nuptk, "nama": f"Guru {round_number}"}, 2, 1)
        elif kind == 2:
            yield envelope({"nuptk": nuptk}, 5, 2)
        else:
            yield envelope({"id": ids["Guru Ke-01"]}, round_number + 1, round_number)


@pytest.mark.parametrize("processes", [1, 2])
def test_identical_envelopes(make_process: MakeProcess, folder: Path, many: Count, processes: int) -> None:
    """Of 32 connections that send one envelope at the same moment one stores it, and all get its one receipt; round after round."""
    database = folder / "s.db"
    ports = [make_process(database).port for _ in range(processes)]
    campus = make_school(database, 1)
    with Connection(ports[0]) as line:
        ids = {one["nama"]: one["id"] for one in judged(line.ask(request_bytes("GET", "/v1/pegawai", campus.token)))["pegawai"]}
    lines = list(_envelopes(many(20, 1_000), ids))
    start = threading.Barrier(AT_ONCE)

    def client(number: int) -> list[list[dict[str, Any]]]:
        answers = []
        with Connection(ports[number % processes]) as connection:
            for sent in lines:
                request = _travelling(number, campus.token, sent)
                start.wait(30)
                answers.append(judged(connection.ask(request), request)["hasil"])
        return answers

    with ThreadPoolExecutor(AT_ONCE) as threads:
        told = list(threads.map(client, range(AT_ONCE)))
    receipts = []
    for sent, answers in zip(lines, zip(*told, strict=True), strict=True):
        results = [one for answer in answers for one in answer]
        assert Counter(one["keadaan"] for one in results) == {"tersimpan": 1, "sudah-ada": len(results) - 1}, results
        ((receipt, _),) = {(one["tanda_terima"], one["waktu"]) for one in results}
        receipts.append((digest(sent), receipt))
    file = ServerFile(database)
    assert sorted(file.rows("SELECT sha256, tanda_terima FROM amplop")) == sorted(receipts)
    assert len({receipt for _, receipt in receipts}) == len(lines)
    assert file.sound()


def test_a_crowd_is_let_in_by_turns(
    make_server: MakeServer, make_school: MakeSchool, many: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crowd of schools at a server of 8 places is stored, each plan once: who is refused gets a turn; readers never are."""
    server = make_server(Limits(write_places=8, read_places=1_000, login_burst=1_000_000))

    def slow(*args: Any, **options: Any) -> Any:
        time.sleep(0.005)
        return periksa(*args, **options)

    monkeypatch.setattr(inbox, "periksa", slow)
    crowd = many(80, 600)
    schools = [make_school(server) for _ in range(crowd // 4)]
    start, refused = threading.Barrier(crowd), []

    def client(number: int) -> int:
        sekolah = schools[number % len(schools)]
        request = request_bytes(
            "POST", "/v1/rencana", sekolah.token, envelope({"nip": teacher(number).nip, "nama": f"Guru {number}"})
        )
        with Connection(server.port) as line:
            start.wait(30)
            for tries in range(1, 60):
                answer = line.ask(request)
                told = judged(answer, request)
                assert answer is not None
                if answer.status == 200:
                    assert told["hasil"][0]["keadaan"] == "tersimpan"
                    return tries
                assert told["type"] == "/problems/penuh"
                refused.append(int(answer.header("retry-after")))
                time.sleep(0.05 * refused[-1])  # seconds are twenty times as short here
                assert judged(line.ask(request_bytes("GET", "/v1/sekolah", sekolah.token)))["npsn"] == sekolah.npsn
        raise AssertionError("never let in")

    with ThreadPoolExecutor(crowd) as threads:
        tries = list(threads.map(client, range(crowd)))
    assert refused
    assert max(tries) < 60
    file = ServerFile(server.database)
    assert file.rows("SELECT count(*), count(DISTINCT sha256) FROM amplop") == [(crowd, crowd)]
    assert sum(" 503 " in line for line in server.lines) == len(refused)


def test_full_costs_one_line_and_no_body(make_server: MakeServer, make_school: MakeSchool) -> None:
    """A server without a place refuses from the head alone, and takes no part of the body; whoever is unknown is refused before."""
    server = make_server(Limits(write_places=0))
    sekolah = make_school(server)
    with ExitStack() as stack:
        for token, kind in ((sekolah.token, "penuh"), ("salah", "token")):
            line = stack.enter_context(Connection(server.port))
            head = request_bytes("POST", "/v1/rencana", token, None, "Content-Length: 1000000")
            told = judged(answer := line.ask(head), head)
            assert told["type"] == f"/problems/{kind}"
            assert answer is not None
            assert server.lines[-1].endswith(f" ms 0 B {len(answer.raw)} B")
