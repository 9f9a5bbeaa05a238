"""What an answer to a batch means for each envelope in it, and for the run."""

from __future__ import annotations

import msgspec
import pytest

from pmm_tui.skp.wire import WireMasalah
from pmm_tui.store.outbox_entry import Deferred, Rejected, Sent
from pmm_tui.sync.results import Answered, Refused, Stop
from pmm_tui.sync.verdict import judge, strange_answers
from tests.sync.test_receipts import entry, item

ONE, TWO = entry(1), entry(2)
REASON = (WireMasalah("/x", "k", "Salah."),)


@pytest.mark.parametrize(
    ("kind", "untouched", "slow"),
    [("waktu", False, True), ("waktu", True, False), ("putus", False, False), ("sibuk", False, False)],
)
def test_trouble_puts_all_off(kind: str, untouched: bool, slow: bool) -> None:
    """Every envelope for the reason that ended the run; only a time-out in which something left asks for smaller batches."""
    stop = Stop(reason="Sebab.", kind=kind, untouched=untouched)  # type: ignore[arg-type]

    found = judge(stop, [ONE, TWO])

    assert found.outcomes == dict.fromkeys((ONE.id, TWO.id), Deferred("Sebab.", untouched))
    assert (found.stop, found.slow) == (stop, slow)
    assert (found.split, found.good, found.strange, found.large) == (False, False, False, False)


@pytest.mark.parametrize("large", [True, False])
def test_a_refused_batch_is_split(large: bool) -> None:
    """Nobody is at fault yet; what was too large asks for smaller batches too."""
    found = judge(Refused(status=413 if large else 422, too_large=large, masalah=REASON), [ONE, TWO])

    assert (found.split, found.large, found.stop) == (True, large, None)
    assert {type(outcome) for outcome in found.outcomes.values()} == {Deferred}


def test_one_alone_is_told_why() -> None:
    """Only a 422 that explains itself is about the content; the rest may pass once the server is put right."""
    large = msgspec.structs.replace(ONE, line=bytes(1024 * 1024))
    told = judge(Refused(status=413, too_large=True), [large]).outcomes[ONE.id]
    assert isinstance(told, Deferred)
    assert "(1025 kB)" in told.reason
    too_large = judge(Refused(status=413, too_large=True, masalah=REASON), [ONE])
    assert too_large.large
    assert not too_large.split
    outcome = too_large.outcomes[ONE.id]
    assert isinstance(outcome, Deferred)
    assert "terlalu besar untuk server (1 kB)" in outcome.reason
    assert judge(Refused(status=422, masalah=REASON), [ONE]).outcomes == {ONE.id: Rejected(REASON)}
    silent, other = (
        judge(refused, [ONE]).outcomes[ONE.id] for refused in (Refused(status=422), Refused(status=400, masalah=REASON))
    )
    assert silent == Deferred("Server menolak kiriman ini (kode 422); akan dikirim lagi.")
    assert other == Deferred('Server menolak kiriman ini (kode 400); akan dikirim lagi. Kata server: "Salah."')


def test_an_answer_is_good_when_it_speaks_of_one_that_was_sent() -> None:
    """One recognised envelope is enough; an answer that speaks of none is strange."""
    good = judge(Answered((item(ONE),)), [ONE, TWO])
    assert (good.good, good.strange) == (True, False)
    assert isinstance(good.outcomes[ONE.id], Sent)
    assert isinstance(good.outcomes[TWO.id], Deferred)
    strange = judge(Answered((item(entry(5)),)), [ONE, TWO])
    assert (strange.good, strange.strange) == (False, True)
    assert (strange_answers().kind, strange_answers().status) == ("asing", 200)
