"""Which envelopes go together, and which no longer go: a run of the sender, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.sync.batching import recall
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import SendReport
from tests.store.samples import newest_entries, seal, with_teachers
from tests.sync.test_sender import answering, seal_all, seal_bulky, send, states
from tests.sync.world import Fake, client

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with forty teachers."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        with_teachers(opened, 40)
        yield opened


@pytest.fixture
def fake() -> Fake:
    """A server that knows nothing yet."""
    return Fake()


async def test_many_small_ones_keep_within_the_number(store: Store, fake: Fake) -> None:
    """Where the bytes are no limit the number is, and it grows to the most allowed."""
    seal_all(store)

    await send(store, fake, limits=Limits(envelopes=5, max_envelopes=9))

    assert [len(batch) for batch in fake.batches] == [5, 7, 9, 9, 9, 1]


async def test_one_that_is_larger_than_a_batch_goes_alone(store: Store, fake: Fake) -> None:
    """An envelope that no batch has room for is sent all the same, by itself."""
    sealed = seal_bulky(store, 3, size=3000)

    found = await send(store, fake, limits=Limits(envelopes=5, bytes=600, max_bytes=600))

    assert found == SendReport(sent=3)
    assert fake.batches == [[entry.line] for entry in sealed]


async def test_what_was_replaced_before_it_was_marked_is_not_sent(
    store: Store, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer plan that is sealed between looking and marking goes in the older one's place, and the others with it."""
    one, two = store.roster.all()[:2]
    older, other = seal(store, one, "lama"), seal(store, two)
    whole = store.outbox.mark_sending

    def later(ids: Iterable[int]) -> tuple[int, ...]:
        if older.id in (marked := tuple(ids)):
            seal(store, one, "baru")
        return whole(marked)

    monkeypatch.setattr(store.outbox, "mark_sending", later)
    found = await send(store, fake)

    newer = newest_entries(store)[one.id]
    assert fake.batches == [[other.line], [newer.line]]
    assert found == SendReport(sent=2)
    assert states(store) == {"sent": 2, "superseded": 1}


async def test_when_all_were_replaced_nothing_is_asked(store: Store, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of which nothing is left sends no empty request; the newer one goes next."""
    one = store.roster.all()[0]
    older = seal(store, one, "lama")
    whole = store.outbox.mark_sending

    def later(ids: Iterable[int]) -> tuple[int, ...]:
        if older.id in (marked := tuple(ids)):
            seal(store, one, "baru")
        return whole(marked)

    monkeypatch.setattr(store.outbox, "mark_sending", later)
    await send(store, fake)

    assert [len(batch) for batch in fake.batches] == [1]
    assert len(fake.requests) == 1


async def test_a_batch_too_large_makes_the_next_ones_smaller(store: Store, fake: Fake) -> None:
    """After a 413 the batch goes in halves, the older first, and the next run begins with half of it and what was gained since."""
    sealed = seal_all(store)
    fake.weather = [answering(b"", 413)]

    await send(store, fake)

    assert fake.batches == [[k.line for k in sealed[:20]], [k.line for k in sealed[20:]]]
    async with client(fake) as c:
        limits, _ = recall(store, c, Limits())
    assert (limits.envelopes, limits.bytes) == (33, 12_800)


async def test_halves_go_oldest_first(store: Store, fake: Fake) -> None:
    """A batch that is refused twice is quartered, and what was sealed first still goes first."""
    sealed = seal_all(store, 8)
    fake.weather = [answering(b"", 400), answering(b"", 400)]

    await send(store, fake)

    assert [line for batch in fake.batches for line in batch] == [entry.line for entry in sealed]
    assert [len(batch) for batch in fake.batches] == [2, 2, 4]
