"""The memo of the server's last answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pmm_tui.store import Store
from pmm_tui.sync.server_time import ServerTime, recall, remember

AT = datetime(2026, 11, 30, 8, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with nothing in it."""
    with Store.open(tmp_path / "pmm-tui.db") as store:
        yield store


def test_both_clocks_are_kept(store: Store) -> None:
    """Ours and the server's, of that moment; the newest answer counts, also when it is an earlier time."""
    assert recall(store) is None
    remember(store, AT, 3600.0)
    assert recall(store) == ServerTime(AT - timedelta(hours=1), AT)
    remember(store, AT - timedelta(days=9), -60.0)
    assert recall(store) == ServerTime(AT - timedelta(days=9) + timedelta(minutes=1), AT - timedelta(days=9))


def test_what_says_nothing_new_is_not_written(store: Store) -> None:
    """The same day and nearly the same difference cost no write."""
    remember(store, AT, 5.0)
    kept = recall(store)
    remember(store, AT + timedelta(minutes=5), 7.0)
    assert recall(store) == kept
    remember(store, AT + timedelta(minutes=5), 7200.0)
    assert recall(store) != kept


@pytest.mark.parametrize("text", ["", "null", "{}", "kacau", '{"server": "2026-01-01T00:00:00", "ours": "2026-01-01T00:00:00"}'])
def test_what_cannot_be_read_is_no_answer(store: Store, text: str) -> None:
    """A damaged memo, or times without a zone, count as nothing."""
    store.reference.set_memo("jam/server", text)
    assert recall(store) is None


def test_a_time_beyond_all_is_left_aside(store: Store) -> None:
    """A difference that leads out of the calendar is not kept."""
    remember(store, AT, 1e11)
    assert recall(store) is None
