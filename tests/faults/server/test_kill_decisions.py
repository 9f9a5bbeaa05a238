"""Killed while heads decide, again and again: every receipt of a decision is still true, and nothing was decided twice."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct

from pmm_tui.skp.wire import digest
from tests.faults.conftest import Count
from tests.faults.server.conftest import MakeProcess
from tests.faults.server.server_kit import Connection, Process, ServerFile, request_bytes
from tests.faults.server.values import judged
from tests.faults.wire.wire_kit import Campus, make_school, teacher
from tests.server.sample_school import envelope, sealed_decision

HEADS = 4


class Head(Struct):
    """What one head, who decides on one plan over and over, has sent and was told: receipt by digest."""

    nip: str
    plan: bytes
    lines: list[bytes]
    receipts: dict[str, str]

    def next(self) -> bytes:
        """The next decision, upon the one before: approved, opened again, approved, and so on."""
        count = len(self.lines)
        word, before = (
            ("buka", f"{self.nip}n{count - 1:06}") if count % 2 else ("setujui", f"{self.nip}n{count - 1:06}" if count else "")
        )
        self.lines.append(
            sealed_decision({"nip": self.nip}, 1, f"{self.nip}n{count:06}", digest(self.plan)[:8], keputusan=word, dasar=before)
        )
        return self.lines[-1]


def _ask(line: Connection, token: str, head: Head, lines: list[bytes]) -> bool:
    request = request_bytes("POST", "/v1/keputusan", token, b"\n".join(lines))
    answer = line.ask(request)
    if answer is None:
        return False
    for result in judged(answer, request)["hasil"]:
        assert result["keadaan"] in ("tersimpan", "sudah-ada"), result
        assert head.receipts.setdefault(result["sha256"], result["tanda_terima"]) == result["tanda_terima"]
    return True


def _decide(port: int, token: str, head: Head) -> None:
    """Decide until the server is dead."""
    with Connection(port) as line:
        while _ask(line, token, head, [head.next()]):
            pass


def _round(process: Process, campus: Campus, heads: list[Head], seconds: float) -> None:
    with ThreadPoolExecutor(HEADS) as threads:
        working = [threads.submit(_decide, process.port, campus.token_kepala, head) for head in heads]
        first = sum(len(head.receipts) for head in heads)
        while sum(len(head.receipts) for head in heads) == first and not any(one.done() for one in working):
            time.sleep(0.001)
        time.sleep(seconds)
        process.kill()
        for one in working:
            one.result()


def test_killed_while_heads_decide(make_process: MakeProcess, folder: Path, many: Count) -> None:
    """SIGKILL while four heads decide: what was told is there, what was not is stored once when sent again."""
    process = make_process(folder / "s.db")
    campus = make_school(process.database, HEADS)
    file, chance = ServerFile(process.database), random.Random(9)
    heads = [Head(one.nip, envelope({"nip": one.nip}), [], {}) for one in map(teacher, range(1, HEADS + 1))]
    with Connection(process.port) as line:
        request = request_bytes("POST", "/v1/rencana", campus.token, b"\n".join(head.plan for head in heads))
        assert {one["keadaan"] for one in judged(line.ask(request), request)["hasil"]} == {"tersimpan"}
    untold = 0
    for number in range(many(8, 300)):
        _round(process, campus, heads, chance.uniform(0, 0.05))
        held = dict(file.rows("SELECT sidik, tanda_terima FROM keputusan"))
        given = {sha256: receipt for head in heads for sha256, receipt in head.receipts.items()}
        assert {sha256: held.get(sha256) for sha256 in given} == given
        assert number % 10 or file.sound()
        process.start()
        with Connection(process.port) as line:
            for head in heads:
                untold += digest(head.lines[-1]) not in head.receipts
                assert _ask(line, campus.token_kepala, head, head.lines[-2:])
    assert file.sound()
    rows = file.rows("SELECT id FROM keputusan ORDER BY id")
    assert rows == sorted((f"{head.nip}n{count:06}",) for head in heads for count in range(len(head.lines)))
    stand = dict(file.rows("SELECT p.nip, a.keputusan FROM amplop a JOIN pegawai p ON p.id = a.pegawai_id"))
    assert stand == {head.nip: f"{head.nip}n{len(head.lines) - 1:06}" for head in heads}
    print(f"decisions {len(rows)}, untold {untold}")
    assert untold > 0
