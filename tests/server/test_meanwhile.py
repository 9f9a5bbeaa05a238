"""What happens between the steps of one request: a token that ends, a fault in the middle, a crowd, a body that is too much."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from starlette.requests import Request
from uvicorn.protocols.http.h11_impl import H11Protocol

from pmm_tui.server import decisions, inbox, tables
from pmm_tui.server.admission import Bucket, Gate
from pmm_tui.server.call import stamp
from pmm_tui.server.engine import Database
from pmm_tui.server.incoming import Bodies
from pmm_tui.server.limits import Limits
from pmm_tui.server.request_body import Gone, read_body
from pmm_tui.server.responses import Problem
from pmm_tui.server.tokens import list_tokens, revoke_token
from pmm_tui.server.uvicorn_connection import connection_class
from tests.server.sample_school import NIP, OTHER_NIP, PERIODE, SampleSchool, envelope

BUDI = {"nip": NIP, "nama": "Budi Santoso"}
SITI = {"nip": OTHER_NIP, "nama": "Siti Aminah"}


def token_id(sekolah: SampleSchool, role: str) -> str:
    """The id of the school's token of a role."""
    return next(one.id for one in list_tokens(sekolah.database) if one.npsn == sekolah.npsn and one.peran == role)


def revoke(sekolah: SampleSchool, role: str) -> None:
    """Revoke a token."""
    revoke_token(sekolah.database, token_id(sekolah, role))


def end(sekolah: SampleSchool, role: str) -> None:
    """Let a token end now."""
    id, t = token_id(sekolah, role), tables.token
    database = Database(sekolah.database)
    past = stamp(datetime.now(UTC) - timedelta(seconds=1))
    with database.write() as conn:
        conn.execute(update(t).where(t.c.id == id).values(habis=past))
    database.close()


Ending = Callable[[SampleSchool, str], None]


def first(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, happens: Callable[[], None]) -> None:
    """Let something happen just before a function is called for the first time."""
    whole, todo = getattr(module, name), [happens]

    def wrapped(*arguments: Any, **more: Any) -> Any:
        if todo:
            todo.pop()()
        return whole(*arguments, **more)

    monkeypatch.setattr(module, name, wrapped)


@pytest.mark.parametrize("ending", [revoke, end])
def test_a_token_that_ends_during_the_body_stores_nothing(
    sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch, ending: Ending
) -> None:
    """Between login and storing lies a slow body: a token that was revoked or ended meanwhile is refused."""
    first(monkeypatch, inbox, "split_lines", lambda: ending(sekolah, "operator"))

    answer = sekolah.http.post("/v1/rencana", content=envelope(BUDI))

    assert answer.status_code == 401
    assert sekolah.kepala.get("/v1/pegawai").json() == {"pegawai": []}


@pytest.mark.parametrize("ending", [revoke, end])
def test_a_token_that_ends_meanwhile_decides_nothing(
    sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch, ending: Ending
) -> None:
    """The head's token counts when the decision is written, not only when it was sent."""
    sekolah.store()
    id = sekolah.ids()["Budi Santoso"]
    first(monkeypatch, decisions, "decode_json", lambda: ending(sekolah, "kepala_sekolah"))

    assert sekolah.decide(id, 1, "setujui").status_code == 401

    assert sekolah.http.get(f"/v1/rencana/{PERIODE}/{id}").json()["status"] == "diajukan"


def test_a_fault_in_the_middle_of_one_envelope_leaves_nothing_of_it(sekolah: SampleSchool, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written of an envelope before it broke goes with it; the others of the batch are stored."""

    def boom() -> None:
        raise RuntimeError("boom")

    first(monkeypatch, inbox, "note_change", boom)

    result = sekolah.post(envelope(SITI), envelope(BUDI))

    assert [one["keadaan"] for one in result] == ["galat", "tersimpan"]
    assert list(sekolah.ids()) == ["Budi Santoso"]
    sekolah.store(SITI)


# ---- a crowd


@pytest.mark.parametrize(("connections", "seconds"), [(1, 30.0), (2, 30.0), (3, 5), (4, 5)])
def test_idle_connections_of_a_crowded_server_are_short(monkeypatch: pytest.MonkeyPatch, connections: int, seconds: float) -> None:
    """While more than half of the places are taken, an idle connection is kept five seconds, else as long as configured."""
    kind = connection_class(Limits(connections=4, keep_alive_seconds=30.0))
    monkeypatch.setattr(H11Protocol, "on_response_complete", lambda self: None)
    monkeypatch.setattr(kind, "_see_phase", lambda self: None)
    one: Any = kind.__new__(kind)
    one.connections = set(range(connections))

    one.on_response_complete()

    assert one.timeout_keep_alive == seconds


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def refusal(gate: Gate, school: str = "") -> int:
    """How long the gate sends away."""
    with pytest.raises(Problem) as raised:
        gate.enter(school)
    return int(raised.value.headers["retry-after"])


def test_a_gate_counts_its_places() -> None:
    """Just as many as there are places, and one again for each that leaves."""
    gate = Gate(3, 1, 10.0, Clock())
    for _ in range(3):
        gate.enter("")
    refusal(gate)
    gate.leave(None)
    gate.enter("")
    refusal(gate)


def test_a_gate_promises_no_longer_wait_than_it_may() -> None:
    """What is inside, at what each takes, shared among the workers, may just reach the promised wait."""
    gate = Gate(100, 2, 10.0, Clock())
    for _ in range(60):
        gate.enter("")
        gate.leave(4.0)
    for _ in range(5):
        gate.enter("")
    assert gate._wait() == pytest.approx(10.0, abs=0.01)
    gate._each = 4.0
    gate.enter("")
    refusal(gate)


def test_a_measure_counts_by_a_fifth() -> None:
    """Each measurement moves what is expected by a fifth of the difference, from a twentieth of a second on."""
    gate = Gate(3, 1, 10.0, Clock())
    gate.enter("")
    gate.leave(1.05)
    assert gate._each == pytest.approx(0.25)
    gate.enter("")
    gate.leave(None)
    assert gate._each == pytest.approx(0.25)


def test_those_sent_away_get_one_turn_after_another() -> None:
    """Each refusal promises a later slot, none beyond a quarter of an hour, and none of no seconds."""
    clock = Clock()
    gate = Gate(1, 1, 1_000_000.0, clock)
    gate.enter("")
    assert refusal(gate) == 1
    gate._each = 100.0
    assert [refusal(gate, str(number)) for number in range(3)] == [101, 201, 301]
    assert [refusal(gate, str(number)) for number in range(3, 11)][-2:] == [900, 900]
    clock.now += 10_000
    assert refusal(gate) == 100


def test_a_bucket_has_its_tries_and_fills_again() -> None:
    """As many failures as the bucket holds cost nothing, the next a wait, and each gap gives one try back."""
    clock = Clock()
    bucket = Bucket(3, 60.0, clock)
    assert [bucket.fail("a") for _ in range(5)] == [0, 0, 0, 60, 60]
    assert bucket.fail("b") == 0
    clock.now += 59
    assert bucket.fail("a") == 1
    clock.now += 1
    assert bucket.fail("a") == 0
    assert bucket.fail("a") == 60


def test_a_bucket_remembers_four_thousand_addresses() -> None:
    """The oldest is forgotten first: an attacker with many addresses costs no memory."""
    bucket = Bucket(1, 60.0, Clock())
    for number in range(4_096):
        assert bucket.fail(str(number)) == 0
    assert bucket.fail("1") == 60
    assert bucket.fail("neu") == 0
    assert len(bucket._full_at) == 4_096
    assert bucket.fail("0") == 0


# ---- a body


def body(*pieces: bytes, limits: Limits | None = None, pause: float = 0.0, lost: bool = False, **headers: str) -> bytes:
    """Read a body that comes in these pieces."""
    waiting = list(pieces)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(pause)
        if not waiting and lost:
            return {"type": "http.disconnect"}
        piece = waiting.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(waiting) or lost}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "headers": named}
    within = limits or Limits(body_bytes=1_000)
    with Bodies(within).coming("sekolah") as coming:
        found = asyncio.run(read_body(Request(scope, receive), within, coming))
        assert (coming.held, coming.whole) == (len(found), True)
    assert scope["pmm.wire"] == sum(map(len, pieces))
    return found


def refused(status: int, *pieces: bytes, **more: Any) -> Problem:
    """The refusal of a body."""
    with pytest.raises(Problem) as raised:
        body(*pieces, **more)
    assert raised.value.status == status
    return raised.value


def digest(content: bytes) -> str:
    """The Content-Digest of a body."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_a_body_is_as_large_as_it_may_be() -> None:
    """To the byte, by what it promises, by what comes, and by what it inflates to."""
    most = bytes(1_000)
    assert body(most[:400], most[400:], content_length="1000") == most
    assert body(gzip.compress(most), content_encoding="gzip") == most
    refused(413, b"", content_length="1001")
    refused(413, most, b"x")
    refused(413, gzip.compress(bytes(1_001)), content_encoding=" X-Gzip ")
    packed = gzip.compress(b"", mtime=0)
    refused(413, packed[:10] + b"\0\0\0\xff\xff" * 200 + packed[10:], content_encoding="gzip")
    assert "1024 kB" in refused(413, b"", limits=Limits(), content_length=str(2**20 + 1)).body.decode()


def test_a_coding_that_is_not_ours_is_refused() -> None:
    """The answer names what is welcome."""
    assert refused(415, b"x", content_encoding="br").headers["accept-encoding"] == "gzip"
    assert body(b"x", content_encoding="identity") == body(b"x", content_encoding="") == b"x"


def test_a_torn_or_surplus_gzip_is_refused() -> None:
    """A body that ends early, has something behind its end, or is no gzip."""
    packed = gzip.compress(b"isi")
    for spoiled in (packed[:-1], packed + b"x", b"isi", b""):
        refused(400, spoiled, content_encoding="gzip")


def test_a_body_keeps_what_its_digest_promised() -> None:
    """The digest is of the bytes as they came over the line."""
    packed = gzip.compress(b"isi")
    assert body(b"is", b"i", content_digest=digest(b"isi")) == b"isi"
    assert body(packed, content_encoding="gzip", content_digest=digest(packed)) == b"isi"
    assert body(b"isi", content_digest="md5=:x:") == b"isi"
    refused(400, b"isj", content_digest=digest(b"isi"))
    refused(400, packed, content_encoding="gzip", content_digest=digest(b"isi"))


def test_a_slow_body_is_refused() -> None:
    """A silence that is too long, and a drip that takes too long in all; what has come buys time."""
    slow = Limits(body_bytes=1_000, gap_seconds=0.05)
    refused(408, b"x", limits=slow, pause=0.3)
    drip = Limits(body_bytes=1_000, gap_seconds=5, body_seconds=0.15, body_rate=1_000_000)
    refused(408, *[b"x"] * 20, limits=drip, pause=0.1)
    bought = Limits(body_bytes=1_000, gap_seconds=5, body_seconds=1.0, body_rate=1)
    assert len(body(b"x" * 60, *[b"y"] * 4, limits=bought, pause=0.3)) == 64


def test_a_client_that_is_gone_is_no_short_body() -> None:
    """What ends by the line's end is not a whole body."""
    with pytest.raises(Gone):
        body(b"x", lost=True)
