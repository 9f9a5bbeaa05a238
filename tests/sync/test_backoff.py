"""What a run of the sender hands on to the next: the wait, across restarts and by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.sync.batching import Backoff, keep, kept_backoff, recall
from pmm_tui.sync.http.line import Limits
from tests.store.samples import MORNING, later
from tests.sync.world import answer, client


def test_waiting_outlasts_the_program(tmp_path: Path) -> None:
    """The backoff is there after a restart; no backoff is none."""
    backoff = Backoff(failures=3, until=later(60), reason="Server penuh.", mandatory=True, noted_at=MORNING)
    server = client(lambda _: answer())
    with Store.open(tmp_path / "pmm-tui.db") as store:
        assert kept_backoff(store) == Backoff()
        store.database.call(keep, store, server, Limits(), backoff)
    with Store.open(tmp_path / "pmm-tui.db") as store:
        assert kept_backoff(store) == backoff
        assert store.database.call(recall, store, server, Limits()) == (Limits(), backoff)


def test_waiting_by_the_clock() -> None:
    """Our own wait is skipped when asked to, the server's is not, and a clock that was set back ends either."""
    own = Backoff(failures=1, until=later(60), noted_at=MORNING)
    asked = Backoff(failures=1, until=later(60), noted_at=MORNING, mandatory=True)

    assert Backoff().remaining(MORNING) == 0
    assert own.remaining(later(20)) == asked.remaining(later(20), forced=True) == 40
    assert own.remaining(later(20), forced=True) == own.remaining(later(61)) == 0
    assert own.remaining(later(-3600)) == asked.remaining(later(-3600)) == 0


@pytest.mark.parametrize("text", ["", "{", "5", '{"gagal": "x"}'])
def test_a_damaged_wait_is_none(tmp_path: Path, text: str) -> None:
    """What cannot be read is not waited for."""
    with Store.open(tmp_path / "pmm-tui.db") as store:
        store.reference.set_memo("kirim/tunda", text)
        assert kept_backoff(store) == Backoff()
