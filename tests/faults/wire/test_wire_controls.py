"""The controls: what the tests of this folder look with does see what it looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pmm_tui.store.outbox_entry import OutboxEntry, Outcome, Sent
from pmm_tui.sync import receipts, verdict
from tests.faults.wire.conftest import MakeClient, Stage
from tests.faults.wire.disturbances import Disturbance
from tests.faults.wire.exhaustive import chain, meet
from tests.faults.wire.memory import peak
from tests.faults.wire.sentences import flaw
from tests.faults.wire.weather import answer


def test_witness_catches_a_gullible_client(stage: Stage, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client for which every 200 is a receipt calls sent what a login page swallowed, and is caught."""

    def believe(_: Iterable[Any], sent: list[OutboxEntry]) -> tuple[dict[int, Outcome], int]:
        return {k.id: Sent("R-1") for k in sent}, len(sent)

    monkeypatch.setattr(receipts, "check", believe)
    page = Disturbance(fake=answer(200, body='{"hasil":[]}', kind="application/json"))
    with pytest.raises(AssertionError, match="revisi 1"):
        meet(stage, make_client(3), page)


def test_witness_catches_a_client_that_gives_up(stage: Stage, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that forgets what it could not deliver is caught at the end."""
    monkeypatch.setattr(verdict, "Deferred", lambda reason, untouched=False: receipts.Rejected(()))
    with pytest.raises(AssertionError, match="rejected"):
        chain(stage, make_client, [Disturbance(cut_up=100)], many=3)


def test_witness_catches_another_receipt(stage: Stage, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that notes another number than the server gave is caught."""
    monkeypatch.setattr(receipts, "_line", lambda text, limit: text[::-1])
    with pytest.raises(AssertionError, match="revisi 1"):
        meet(stage, make_client(3), Disturbance())


def test_memory_is_measured() -> None:
    """A hundred megabytes are seen, also when they are given back at once."""
    with peak() as memory:
        assert len(bytearray(b"x" * 100_000_000)) == 100_000_000
    if memory.bytes == 0:
        pytest.skip("this system does not tell how much memory a process takes")
    assert memory.bytes > 64 * 1024 * 1024


@pytest.mark.parametrize(
    "sentence",
    [
        "", " ", "Server connection refused", "Sambungan gagal: ConnectError. Coba lagi.", "Jaringan \x1b[2J putus. Coba lagi.",
        "Jaringan\nputus. Coba lagi.", "Jaringan \u202eputus. Coba lagi.", "Server sedang terganggu.", "Server None. Coba lagi.",
        "Sambungan putus ([SSL: X] _ssl.c). Coba lagi.", "Server mati. Coba lagi. " * 60,
    ],
)  # fmt: skip
def test_bad_sentences_are_seen(sentence: str) -> None:
    """The judge of sentences lets none of these pass."""
    assert flaw(sentence)


def test_good_sentences_pass() -> None:
    """What a server said may be in any words, once it is clean and quoted."""
    assert not flaw('Server sedang penuh; akan dicoba lagi. Kata server: "Error: timed out [x]" 3 rencana aman di komputer ini.')
