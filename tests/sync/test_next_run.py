"""What a run of the sender hands on to the next, and when the next may be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pmm_tui.store import Store
from pmm_tui.sync import batching
from pmm_tui.sync.batching import Backoff, backoff
from pmm_tui.sync.http.client import Client
from pmm_tui.sync.http.line import Limits
from pmm_tui.sync.results import Deferred, Outcome, Sent, Stop
from tests.store.samples import MORNING, later
from tests.sync.world import URL, settings

LIMITS = Limits(envelopes=10, bytes=2000, max_envelopes=50, max_bytes=8000)
WAIT = Backoff(failures=3, until=later(60), reason="Penuh.", mandatory=True, noted_at=MORNING)
LATER = Deferred("Server gagal.")
WAYS = ({}, {"forced": True}, {"forced": True, "insist": True})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "pmm-tui.db") as opened:
        yield opened


def client(url: str = URL, *, gzip: bool = True) -> Client:
    """A client that is not asked for anything."""
    return Client(settings(url), gzip=gzip, transport=httpx.MockTransport(lambda request: httpx.Response(500)))


def keep(store: Store, client: Client, limits: Limits, wait: Backoff) -> None:
    """End a run."""
    store.database.call(batching.keep, store, client, limits, wait)


def recall(store: Store, client: Client, limits: Limits) -> tuple[Limits, Backoff]:
    """Begin a run."""
    return store.database.call(batching.recall, store, client, limits)


@pytest.mark.parametrize(
    ("kept", "begun"),
    [
        (Limits(envelopes=7, bytes=900), (7, 900)),
        (Limits(envelopes=50, bytes=8000), (50, 8000)),
        (Limits(envelopes=51, bytes=8001), (50, 8000)),
        (Limits(envelopes=160, bytes=64_000), (50, 8000)),
    ],
)
def test_the_next_run_begins_with_the_size_of_the_last(store: Store, kept: Limits, begun: tuple[int, int]) -> None:
    """The size is remembered, within what is allowed now; the most it may grow to is not."""
    keep(store, client(), kept, WAIT)

    limits, wait = recall(store, client(), LIMITS)

    assert (limits.envelopes, limits.bytes) == begun
    assert (limits.max_envelopes, limits.max_bytes) == (50, 8000)
    assert wait == WAIT


@pytest.mark.parametrize("memo", ["", "{", "[0, 900]", "[7, 0]", "[7]", "[7, 900, 1]"])
def test_a_size_that_makes_no_sense_is_forgotten(store: Store, memo: str) -> None:
    """Where the memory is damaged or no size at all, the run begins as configured; the wait is kept all the same."""
    keep(store, client(), LIMITS, WAIT)
    store.reference.set_memo("kirim/batas", memo)

    assert recall(store, client(), LIMITS) == (LIMITS, WAIT)


def test_a_first_run_begins_as_configured(store: Store) -> None:
    """Nothing is remembered of a server that was never asked."""
    fresh = client()
    assert recall(store, fresh, LIMITS) == (LIMITS, Backoff())
    assert fresh.gzip


def test_another_server_inherits_the_size_alone(store: Store) -> None:
    """The size is the line's; the wait and whether it inflates are the server's own."""
    keep(store, client(gzip=False), Limits(envelopes=7, bytes=900), WAIT)
    same, other = client(), client("https://lain.example")

    assert recall(store, same, LIMITS)[1] == WAIT
    assert not same.gzip
    limits, wait = recall(store, other, LIMITS)
    assert (limits.envelopes, wait) == (7, Backoff())
    assert other.gzip


def test_what_did_not_change_is_not_written(store: Store) -> None:
    """A run that changed nothing is no wear on the disk."""
    keep(store, client(), LIMITS, WAIT)
    before = store.database.call(lambda: store.database.connection.total_changes)

    keep(store, client(), LIMITS, WAIT)
    assert store.database.call(lambda: store.database.connection.total_changes) == before

    keep(store, client(), LIMITS, Backoff())
    assert recall(store, client(), LIMITS) == (LIMITS, Backoff())


def test_a_damaged_wait_is_none(store: Store) -> None:
    """Where the time of the next attempt can no longer be read, nothing is waited for."""
    keep(store, client(), LIMITS, WAIT)
    store.reference.set_memo("kirim/tunda", "{")
    assert recall(store, client(), LIMITS)[1] == Backoff()


# ---- when


def after(stop: Stop | None, *outcomes: Outcome, before: Backoff = WAIT, chance: float = 0.5) -> Backoff:
    """The wait after a run."""
    return backoff(stop, iter(outcomes), before, later(100), lambda: chance)


def test_a_stopped_run_keeps_the_wait_that_was() -> None:
    """That the operator stopped says nothing of the server."""
    assert after(Stop(reason="Dihentikan.", kind="batal"), LATER) == WAIT


def test_a_good_run_ends_the_wait() -> None:
    """Everything settled: nothing is waited for any longer."""
    assert after(None, Sent("R"), Sent("R")) == Backoff()
    assert after(None) == Backoff() == Backoff(failures=0, until=None, reason="", mandatory=False, noted_at=None)


def test_what_was_put_off_waits() -> None:
    """Put off by the server: one failure where something went, else one more than before."""
    some = after(None, Sent("R"), LATER)
    assert some == Backoff(failures=1, until=later(105), reason="Server gagal.", noted_at=later(100))
    assert after(None, LATER, LATER) == Backoff(failures=4, until=later(140), reason="Server gagal.", noted_at=later(100))


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 50.0), (0.5, 55.0), (1.0, 60.0)])
def test_the_servers_wish_counts_and_a_little_more(chance: float, seconds: float) -> None:
    """Up to a fifth on top, so that not all come back at once; such a wait of our own server is not the operator's to skip."""
    for binding in (True, False):
        found = after(Stop(reason="Penuh.", kind="sibuk", retry_after=50.0, binding=binding), chance=chance)
        assert found == Backoff(failures=4, until=later(100 + seconds), reason="Penuh.", mandatory=binding, noted_at=later(100))


def test_a_wish_that_is_said_twice_skips_every_wait() -> None:
    """Sending by hand skips our own wait, insisting the server's too."""
    own = Backoff(failures=3, until=later(60), reason="Putus.", noted_at=MORNING)
    assert [(own.remaining(MORNING, **way), WAIT.remaining(MORNING, **way)) for way in WAYS] == [(60, 60), (0, 60), (0, 0)]


def test_trouble_of_the_line_waits_by_our_own_rule() -> None:
    """Without a wish of the server the wait is ours, for the reason that ended the run, not for that of an envelope."""
    found = after(Stop(reason="Putus.", kind="putus"), LATER, before=Backoff())
    assert found == Backoff(failures=1, until=later(105), reason="Putus.", noted_at=later(100))
    assert after(Stop(reason="Putus.", kind="putus"), Sent("R"), LATER).failures == 1
    assert after(Stop(reason="Putus.", kind="putus")).failures == 4


def test_a_wait_ends_at_its_second() -> None:
    """What remains is told to the second; a wait that was never noted, or is of now, counts."""
    assert WAIT.remaining(MORNING) == 60
    assert WAIT.remaining(later(60)) == 0
    assert Backoff(failures=1, until=later(60)).remaining(later(-5)) == 65
