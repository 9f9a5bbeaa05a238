"""Killed under load, again and again: every receipt and every decision that was given is still true."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from pmm_tui.skp.wire import digest
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeProcess
from tests.faults.server.server_kit import Connection, Process, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.wire.wire_kit import Campus, make_school, teacher
from tests.server.sample_school import envelope

SENDERS = 6
BATCH = 3  # envelopes a batch


class News(Struct):
    """What one client was told: receipt and time by digest, the envelopes that were sent in order, and the last note that stood."""

    nip: str
    receipts: dict[str, tuple[str, str]]
    lines: list[bytes]
    answered: int = 0
    note: int = 0
    tried: int = 0


def _send(port: int, token: str, news: News) -> None:
    """Send batch after batch of revisions of one teacher until the server is dead."""
    with Connection(port) as line:
        while True:
            news.lines += [
                envelope({"nip": news.nip, "nama": "Guru"}, revision, revision - 1)
                for revision in range(len(news.lines) + 1, len(news.lines) + 1 + BATCH)
            ]
            if not _ask(line, token, news, news.lines[-BATCH:]):
                return


def _ask(line: Connection, token: str, news: News, lines: list[bytes]) -> bool:
    request = request_bytes("POST", "/v1/rencana", token, b"\n".join(lines))
    answer = line.ask(request)
    if answer is None:
        return False
    for result in judged(answer, request)["hasil"]:
        assert result["keadaan"] in ("tersimpan", "sudah-ada"), result
        told = (result["tanda_terima"], result["waktu"])
        assert news.receipts.setdefault(result["sha256"], told) == told
    news.answered += len(lines)
    return True


def _decide(port: int, token: str, id: str, news: News) -> None:
    """Send one plan back with a new note each time until the server is dead."""
    with Connection(port) as line:
        while True:
            news.tried += 1
            body = msgspec.json.encode({"revisi": 1, "keputusan": "kembalikan", "catatan": str(news.tried)})
            answer = line.ask(request_bytes("POST", f"/v1/rencana/2026/{id}/keputusan", token, body))
            if answer is None:
                return
            news.note = int(judged(answer)["catatan"])


def _round(process: Process, campus: Campus, id: str, clients: list[News], head: News, seconds: float) -> None:
    """Start, load, kill in the middle."""
    with ThreadPoolExecutor(SENDERS + 1) as threads:
        working = [threads.submit(_send, process.port, campus.token, news) for news in clients]
        working.append(threads.submit(_decide, process.port, campus.token_kepala, id, head))
        first = sum(news.answered for news in clients)
        while sum(news.answered for news in clients) == first and not any(one.done() for one in working):
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
        for one in working:
            one.result()


def _still_true(file: ServerFile, clients: list[News], head: News, id: str) -> None:
    """The file holds every receipt that was given, nothing twice, and the last decision that was told or a later one."""
    held = {sha256: (receipt, when) for sha256, receipt, when in file.rows("SELECT sha256, tanda_terima, waktu FROM amplop")}
    given = {sha256: told for news in clients for sha256, told in news.receipts.items()}
    assert {sha256: held.get(sha256) for sha256 in given} == given
    ((note,),) = file.rows("SELECT catatan FROM amplop WHERE pegawai_id = ?", id)
    assert head.note <= int(note or 0) <= head.tried


def test_killed_under_load(make_process: MakeProcess, folder: Path, many: Count) -> None:
    """SIGKILL while six clients send and a head decides: what was told is there, what was not is stored once when sent again."""
    process = make_process(folder / "s.db")
    campus = make_school(process.database, 1)
    file, chance = ServerFile(process.database), random.Random(9)
    clients = [News(teacher(100 + number).nip, {}, []) for number in range(SENDERS)]
    head, first = News(teacher(1).nip, {}, []), envelope({"nip": teacher(1).nip})
    with Connection(process.port) as line:
        assert _ask(line, campus.token, head, [first])
        id = str(judged(line.ask(request_bytes("GET", "/v1/pegawai", campus.token)))["pegawai"][0]["id"])
    cut: Counter[str] = Counter()
    for number in range(many(10, 500)):
        _round(process, campus, id, clients, head, chance.uniform(0, 0.06))
        _still_true(file, clients, head, id)
        assert number % 10 or file.sound()
        process.start()
        stored = {sha256 for (sha256,) in file.rows("SELECT sha256 FROM amplop")}
        with Connection(process.port) as line:
            for news in clients:
                last = news.lines[-2 * BATCH :]  # one batch is on its way at a time
                untold = [one for one in last if digest(one) not in news.receipts]
                cut["stored, not told" if any(digest(one) in stored for one in untold) else "not stored"] += bool(untold)
                assert _ask(line, campus.token, news, last)
    rows: list[tuple[Any, ...]] = file.rows("SELECT sha256 FROM amplop ORDER BY 1")
    assert all(digest(one) in news.receipts for news in clients for one in news.lines)
    assert file.sound()
    sent = [first, *(one for news in clients for one in news.lines)]
    assert rows == sorted((digest(one),) for one in sent)
    print(f"envelopes {len(sent)}, decisions {head.tried}, {dict(cut)}")
    assert cut["not stored"] + cut["stored, not told"] > 0
