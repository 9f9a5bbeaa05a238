"""True answers, changed at random: an envelope is sent only by an item that names it, and only what asks for patience is obeyed."""

from __future__ import annotations

import asyncio
import json
import random
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pmm_tui.store import OutboxEntry
from pmm_tui.store.outbox_entry import Sent
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import ServerSettings
from pmm_tui.sync.results import LONGEST, SHORTEST, Answered, Refused, Stop, retry_after
from pmm_tui.sync.verdict import judge
from tests.faults.conftest import Count
from tests.faults.wire.conftest import Stage
from tests.faults.wire.impostor import json_bytes, receipt
from tests.faults.wire.sentences import flaw
from tests.faults.wire.wire_kit import WireClient, copied, settings_for

_FRAGMENTS = (
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u0000", b"null", b"true", b"1e999", b"NaN", b"-1", b"\xff",
    b"\xed\xa0\x80", b"\x00", b'"keadaan":"tersimpan"', b'"keadaan":"ditolak"', b'"revisi":1', b'"hasil":[', b"0" * 64,
)  # fmt: skip


def mutated(body: bytes, chance: random.Random) -> bytes:
    """A body with one to four changes: bytes flipped, cut out, doubled, moved, or a piece of JSON put in."""
    for _ in range(chance.randint(1, 4)):
        at, to = sorted(chance.randrange(len(body) + 1) for _ in range(2))
        to = min(to, at + chance.choice((1, 2, 8, 64, 1000)))
        kind = chance.randrange(6)
        if kind == 0 and at < len(body):
            body = body[:at] + bytes([body[at] ^ (1 << chance.randrange(8))]) + body[at + 1 :]
        elif kind == 1:
            body = body[:at] + body[to:]
        elif kind == 2:
            body = body[:to] + body[at:to] + body[to:]
        elif kind == 3:
            body = body[:at] + chance.choice(_FRAGMENTS) + body[at:]
        elif kind == 4:
            body = body[:at]
        else:
            body = body[:at] + chance.choice(_FRAGMENTS) + body[to:]
    return body


def named_by(body: bytes, entry: OutboxEntry) -> bool:
    """Whether an answer, read as kindly as can be, has one item that is a receipt for the envelope."""
    try:
        result = json.loads(body)["hasil"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return False
    return any(
        isinstance(item, dict)
        and (item.get("periode"), item.get("revisi"), item.get("sha256")) == (entry.periode, entry.revisi, entry.sha256)
        and item.get("keadaan") in ("tersimpan", "sudah-ada")
        for item in (result if isinstance(result, list) else [])
    )


@pytest.fixture
def entries(stage: Stage, folder: Any) -> list[OutboxEntry]:
    """Three envelopes that wait."""
    client = WireClient(copied(stage.store[3], folder / "klien.db"), settings_for("http://127.0.0.1:1", "x"))
    found = list(client.store.outbox.all())
    client.close()
    return found


def test_random_changes_of_a_true_answer(entries: list[OutboxEntry], many: Count) -> None:
    """Quick 1,500, long 20,000 bodies: no exception, and `sent` only for what the answer names."""
    honest = json_bytes({"hasil": [receipt(k.line, n) for n, k in enumerate(entries)]})
    asyncio.run(_fuzz(entries, honest, many(1_500, 20_000)))


async def _fuzz(entries: list[OutboxEntry], honest: bytes, count: int) -> None:
    chance, body = random.Random(2026), honest
    transport = httpx.MockTransport(
        lambda _: httpx.Response(200, stream=httpx.ByteStream(body), headers={"content-type": "application/json"})
    )
    sent = 0
    async with Client(ServerSettings(url="http://127.0.0.1:1", token="x"), transport=transport) as client:
        for _ in range(count):
            body = mutated(honest, chance)
            answer = await client.post_batch([k.line for k in entries])
            assert isinstance(answer, Answered | Stop | Refused)
            assert not isinstance(answer, Stop) or not flaw(answer.reason), answer
            for k in entries:
                outcome = judge(answer, entries).outcomes.get(k.id)
                if isinstance(outcome, Sent):
                    assert named_by(body, k), body
                    sent += 1
    assert 0 < sent < 3 * count  # some changes leave an envelope's own item whole


@given(
    text=st.one_of(
        st.text(max_size=60), st.from_regex(r"[A-Za-z]{0,4},? ?\d{0,5} ?[A-Za-z]{0,5} \d{0,6} [\d:]{0,12} ?[+\-]?\w{0,6}")
    )
)
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
def test_any_retry_after(text: str) -> None:
    """Whatever stands in a Retry-After, it is no wish at all or one within bounds."""
    wait = retry_after(text, datetime(2026, 1, 8, tzinfo=UTC))
    assert wait is None or SHORTEST <= wait <= LONGEST
