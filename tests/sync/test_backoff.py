"""What a run of the sender hands on to the next: the wait, across restarts and by the clock."""

from __future__ import annotations

from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.sync.batching import Tunda, keep, kept_backoff, recall
from pmm_tui.sync.http.line import Limits
from tests.store.samples import PAGI, nanti
from tests.sync.world import answer, client


def test_waiting_outlasts_the_program(tmp_path: Path) -> None:
    """The backoff is there after a restart; no backoff is none."""
    tunda = Tunda(gagal=3, sampai=nanti(60), karena="Server penuh.", wajib=True, dicatat=PAGI)
    server = client(lambda _: answer())
    with Store.open(tmp_path / "pmm-tui.db") as store:
        assert kept_backoff(store) == Tunda()
        store.database.call(keep, store, server, Limits(), tunda)
    with Store.open(tmp_path / "pmm-tui.db") as store:
        assert kept_backoff(store) == tunda
        assert store.database.call(recall, store, server, Limits()) == (Limits(), tunda)


def test_waiting_by_the_clock() -> None:
    """Our own wait is skipped when asked to, the server's is not, and a clock that was set back ends either."""
    own = Tunda(gagal=1, sampai=nanti(60), dicatat=PAGI)
    asked = Tunda(gagal=1, sampai=nanti(60), dicatat=PAGI, wajib=True)

    assert Tunda().remaining(PAGI) == 0
    assert own.remaining(nanti(20)) == asked.remaining(nanti(20), forced=True) == 40
    assert own.remaining(nanti(20), forced=True) == own.remaining(nanti(61)) == 0
    assert own.remaining(nanti(-3600)) == asked.remaining(nanti(-3600)) == 0


@pytest.mark.parametrize("text", ["", "{", "5", '{"gagal": "x"}'])
def test_a_damaged_wait_is_none(tmp_path: Path, text: str) -> None:
    """What cannot be read is not waited for."""
    with Store.open(tmp_path / "pmm-tui.db") as store:
        store.reference.set_memo("kirim/tunda", text)
        assert kept_backoff(store) == Tunda()
