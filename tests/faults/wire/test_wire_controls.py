"""The controls: what the tests of this folder look with does see what it looks for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pmm_tui.store.outbox_entry import Kiriman, Outcome, Sent
from pmm_tui.sync import receipts, verdict
from tests.faults.wire.conftest import MakeKlien, Panggung
from tests.faults.wire.disturbances import Gangguan
from tests.faults.wire.exhaustive import rantai, temui
from tests.faults.wire.memory import puncak
from tests.faults.wire.sentences import cela
from tests.faults.wire.weather import jawaban


def test_witness_catches_a_gullible_client(panggung: Panggung, buat_klien: MakeKlien, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client for which every 200 is a receipt calls sent what a login page swallowed, and is caught."""

    def believe(_: Iterable[Any], sent: list[Kiriman]) -> tuple[dict[int, Outcome], int]:
        return {k.id: Sent("R-1") for k in sent}, len(sent)

    monkeypatch.setattr(receipts, "check", believe)
    page = Gangguan(palsu=jawaban(200, body='{"hasil":[]}', kind="application/json"))
    with pytest.raises(AssertionError, match="revisi 1"):
        temui(panggung, buat_klien(3), page)


def test_witness_catches_a_client_that_gives_up(panggung: Panggung, buat_klien: MakeKlien, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that forgets what it could not deliver is caught at the end."""
    monkeypatch.setattr(verdict, "Deferred", lambda karena, untouched=False: receipts.Rejected(()))
    with pytest.raises(AssertionError, match="rejected"):
        rantai(panggung, buat_klien, [Gangguan(potong_naik=100)], banyak=3)


def test_witness_catches_another_receipt(panggung: Panggung, buat_klien: MakeKlien, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that notes another number than the server gave is caught."""
    monkeypatch.setattr(receipts, "_line", lambda text, limit: text[::-1])
    with pytest.raises(AssertionError, match="revisi 1"):
        temui(panggung, buat_klien(3), Gangguan())


def test_memory_is_measured() -> None:
    """A hundred megabytes are seen, also when they are given back at once."""
    with puncak() as memory:
        assert len(bytearray(b"x" * 100_000_000)) == 100_000_000
    if memory.bytes == 0:
        pytest.skip("this system does not tell how much memory a process takes")
    assert memory.bytes > 64 * 1024 * 1024


@pytest.mark.parametrize(
    "kalimat",
    [
        "", " ", "Server connection refused", "Sambungan gagal: ConnectError. Coba lagi.", "Jaringan \x1b[2J putus. Coba lagi.",
        "Jaringan\nputus. Coba lagi.", "Jaringan \u202eputus. Coba lagi.", "Server sedang terganggu.", "Server None. Coba lagi.",
        "Sambungan putus ([SSL: X] _ssl.c). Coba lagi.", "Server mati. Coba lagi. " * 60,
    ],
)  # fmt: skip
def test_bad_sentences_are_seen(kalimat: str) -> None:
    """The judge of sentences lets none of these pass."""
    assert cela(kalimat)


def test_good_sentences_pass() -> None:
    """What a server said may be in any words, once it is clean and quoted."""
    assert not cela('Server sedang penuh; akan dicoba lagi. Kata server: "Error: timed out [x]" 3 rencana aman di komputer ini.')
