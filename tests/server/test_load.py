"""Many at once: one row for identical envelopes, a bounded queue, a Retry-After that spreads."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from pmm_tui.server import inbox
from pmm_tui.server.admission import Bucket, Gate
from pmm_tui.server.limits import Limits
from pmm_tui.server.responses import Problem
from tests.server.sample_school import NIP, MakeSekolah, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
MANY = 32


def _send(sekolah: SampleSchool, lines: list[bytes]) -> list[dict]:
    """Send each line from a thread and connection of its own, all let go at the same moment."""
    start = threading.Barrier(len(lines))
    headers = dict(sekolah.http.headers)

    def send(line: bytes) -> dict:
        with httpx.Client(base_url=sekolah.http.base_url, headers=headers, trust_env=False, timeout=30) as client:
            client.get("/v1/status")
            start.wait(20)
            answer = client.post("/v1/rencana", content=line)
        assert answer.status_code == 200, answer.text
        return answer.json()["hasil"][0]

    with ThreadPoolExecutor(len(lines)) as threads:
        return list(threads.map(send, lines))


def test_identical_envelopes_at_once_make_one_row(sekolah: SampleSchool) -> None:
    """32 connections send the same new teacher's envelope at once: one is stored, all get its receipt and time."""
    result = _send(sekolah, [envelope(BUDI)] * MANY)
    assert sorted(one["keadaan"] for one in result) == ["sudah-ada"] * (MANY - 1) + ["tersimpan"]
    assert len({(one["tanda_terima"], one["waktu"]) for one in result}) == 1
    assert len(sekolah.http.get("/v1/rencana").json()["perubahan"]) == 1
    assert len(sekolah.ids()) == 1


def test_different_contents_at_once_have_one_winner(sekolah: SampleSchool) -> None:
    """32 connections send different contents of one revision: one wins, the others are told what stands."""
    lines = [envelope(BUDI, data_diri={"sesuai": True, "golongan": f"III/{number}"}) for number in range(MANY)]
    result = _send(sekolah, lines)
    (winner,) = [one for one in result if one["keadaan"] == "tersimpan"]
    losers = [one for one in result if one["keadaan"] == "bentrok"]
    assert len(losers) == MANY - 1
    assert all(one["dipegang"] == {"revisi": 1, "sha256": winner["sha256"]} for one in losers)


def test_decision_against_revision_race(sekolah: SampleSchool) -> None:
    """A head who approves while a new revision arrives: either the approval locks or it meets the new revision, never both."""
    sekolah.store(BUDI)
    id = sekolah.ids()["Budi Santoso"]
    with ThreadPoolExecutor(2) as threads:
        decided = threads.submit(sekolah.decide, id, 1, "setujui")
        (sent,) = threads.submit(sekolah.post, envelope(BUDI, 2, 1)).result()
        status = decided.result().status_code
    assert (status, sent["keadaan"]) in {(200, "ditolak"), (409, "tersimpan")}


# ---- the queue


def test_full_queue_refuses_before_the_body(start_server, make_sekolah: MakeSekolah, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past its places the server says 503 with Retry-After from the head alone; status and reading still answer."""
    running = start_server(Limits(write_places=1))
    sekolah = make_sekolah(server=running)
    whole, let_go, inside = inbox.periksa, threading.Event(), threading.Semaphore(0)

    def slow(*args, **options):
        inside.release()
        assert let_go.wait(30)
        return whole(*args, **options)

    monkeypatch.setattr(inbox, "periksa", slow)
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(sekolah.store, BUDI)
        assert inside.acquire(timeout=20)
        try:
            refused = _only_a_head(running.port, sekolah.token)
            assert refused.startswith(b"HTTP/1.1 503 ")
            assert b"\r\nretry-after: " in refused
            assert b"/problems/penuh" in refused
            assert httpx.get(f"{running.url}/v1/status", trust_env=False).status_code == 200
            assert sekolah.kepala.get("/v1/sekolah").status_code == 200
        finally:
            let_go.set()
        assert first.result(30)["keadaan"] == "tersimpan"
    assert sekolah.store(BUDI, revisi=2, dasar=1)["keadaan"] == "tersimpan"


def _only_a_head(port: int, token: str) -> bytes:
    """Send a head that promises a body which never comes, and return the answer."""
    head = f"POST /v1/rencana HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 9\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", port), timeout=20) as sock:
        sock.sendall(head)
        return sock.recv(65_536)


class _Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def _refusal(gate: Gate, school: str = "") -> int:
    with pytest.raises(Problem) as raised:
        gate.enter(school)
    assert raised.value.status == 503
    return int(raised.value.headers["retry-after"])


def test_gate_bounds_places_and_promised_wait() -> None:
    """The gate is full at its places, and earlier when what is inside takes longer than the promised wait."""
    gate = Gate(3, 1, 10.0, _Clock())
    for _ in range(3):
        gate.enter("")
    _refusal(gate)
    gate.leave(0.01)
    gate.enter("")
    slow = Gate(100, 1, 10.0, _Clock())
    for _ in range(40):
        slow.enter("")
        slow.leave(4.0)
    for _ in range(3):
        slow.enter("")
    assert _refusal(slow) >= 10


def test_gate_never_shuts_for_good() -> None:
    """However slow the work was measured, an empty server lets one in, and the measure recovers."""
    gate = Gate(10, 1, 10.0, _Clock())
    gate.enter("")
    gate.leave(10_000.0)
    for _ in range(60):
        gate.enter("")
        gate.leave(0.01)
    for _ in range(10):
        gate.enter("")
    _refusal(gate)


def test_retry_after_hands_out_turns() -> None:
    """Refused one after another, each is told a later turn, as fast as the work goes, within 15 minutes; time empties the list."""
    clock = _Clock()
    gate = Gate(1, 1, 10.0, clock)
    for _ in range(60):
        gate.enter("")
        gate.leave(2.0)
    gate.enter("")
    turns = [_refusal(gate, str(number)) for number in range(1_000)]
    assert turns == sorted(turns)
    assert turns[0] <= 3
    assert 18 <= turns[9] <= 22
    assert turns[-1] == 900
    clock.now += 10_000
    assert _refusal(gate) <= 3


def test_a_school_makes_the_list_longer_by_its_share_alone() -> None:
    """However often one school asks, it has its few turns, is told the last of them, and leaves the others' where they were."""
    clock = _Clock()
    gate = Gate(1, 1, 10.0, clock, turns=3)
    gate.enter("")
    gate._each = 10.0
    assert [_refusal(gate, "a") for _ in range(1_000)][:5] == [10, 20, 30, 30, 30]
    assert _refusal(gate, "b") == 40
    clock.now += 20
    assert _refusal(gate, "a") == 30
    assert _refusal(gate, "a") == 40
    assert _refusal(gate, "a") == 40


def test_bucket_refills_by_address() -> None:
    """An address has its burst, then one try each interval; another address has its own; forgotten ones cost no memory."""
    clock = _Clock()
    bucket = Bucket(2, 6.0, clock)
    assert [bucket.fail("a") for _ in range(4)] == [0, 0, 6, 6]
    assert bucket.fail("b") == 0
    clock.now += 6
    assert [bucket.fail("a"), bucket.fail("a")] == [0, 6]
    for number in range(10_000):
        bucket.fail(str(number))
    assert len(bucket._full_at) <= 4096
