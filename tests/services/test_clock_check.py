"""Clocks that cannot be right, and the day that is judged by then."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

import pmm_tui
from pmm_tui.services.clock_check import ClockCheck, check_clock, keep_in_force, last_in_force
from pmm_tui.services.in_force import find_in_force
from pmm_tui.store import Store
from pmm_tui.sync.server_time import ServerTime

RELEASED = datetime(2026, 11, 28, tzinfo=UTC)
SERVER = datetime(2027, 2, 1, 5, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _released(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pmm_tui, "RELEASED", "2026-11-28")


def told(server: datetime = SERVER, ahead: timedelta = timedelta()) -> ServerTime:
    """An answer of the server, and a clock that was ahead of it then."""
    return ServerTime(server, server + ahead)


def test_the_day_of_release_is_the_changelogs() -> None:
    """Version and day stand in one place, and are those of the newest dated heading of the changelog."""
    text = (Path(pmm_tui.__file__).parents[1] / "docs" / "changelog.md").read_text("utf-8")
    newest = re.search(r"^## \[(\d[^\]]*)\] - (\S+)$", text, re.MULTILINE)
    assert newest is not None
    assert (newest[1], newest[2]) == (pmm_tui.__version__, pmm_tui.RELEASED)


@pytest.mark.parametrize(
    ("now", "answer"),
    [
        (RELEASED, None),
        (RELEASED - DAY, None),  # the day before, where the day begins later
        (RELEASED + 4000 * DAY, None),
        (SERVER, told()),
        (SERVER - DAY, told()),
        (SERVER + 700 * DAY, told()),
        (SERVER + 9 * DAY, told(ahead=DAY)),
        (SERVER, told(ahead=-400 * DAY)),  # it was wrong, and was put right
        (SERVER + DAY, told(ahead=400 * DAY)),
        (RELEASED + DAY, told(server=datetime(1970, 1, 1, tzinfo=UTC), ahead=20000 * DAY)),  # the server's clock is the wrong one
        (RELEASED + DAY, told(server=datetime(2099, 1, 1, tzinfo=UTC), ahead=-26000 * DAY)),  # and so is one that is far ahead
    ],
)
def test_a_clock_that_can_be_right(now: datetime, answer: ServerTime | None) -> None:
    """The computer's own day counts, and there is nothing to say."""
    assert check_clock(now, answer) == ClockCheck(now.astimezone().date())


@pytest.mark.parametrize(
    ("now", "answer", "day", "why", "behind"),
    [
        (
            datetime(2019, 1, 1, 5, tzinfo=UTC),
            None,
            RELEASED.date(),
            "sekitar 7 tahun 11 bulan sebelum versi program ini terbit",
            True,
        ),
        (
            datetime(1980, 1, 1, 5, tzinfo=UTC),
            None,
            RELEASED.date(),
            "sekitar 46 tahun 11 bulan sebelum versi program ini terbit",
            True,
        ),
        (RELEASED - 3 * DAY, None, RELEASED.date(), "3 hari sebelum versi program ini terbit", True),
        (SERVER - 3 * DAY, told(), SERVER.date(), "3 hari sebelum jawaban terakhir server", True),
        (SERVER - 30 * DAY, told(ahead=-30 * DAY), SERVER.date(), "30 hari sebelum jawaban terakhir server", True),
        (datetime(2024, 6, 1, tzinfo=UTC), told(), SERVER.date(), "sekitar 2 tahun 8 bulan sebelum jawaban terakhir server", True),
        (SERVER + 7 * DAY, told(ahead=7 * DAY), SERVER.date(), "7 hari lebih cepat dari server", False),
        (SERVER + 367 * DAY, told(ahead=365 * DAY), SERVER.date(), "sekitar 1 tahun lebih cepat dari server", False),
        (
            datetime(2099, 1, 1, tzinfo=UTC),
            told(),
            SERVER.date(),
            "sekitar 71 tahun 11 bulan sesudah jawaban terakhir server",
            False,
        ),
        (
            RELEASED - 9 * DAY,
            told(server=datetime(1970, 1, 1, tzinfo=UTC)),
            RELEASED.date(),
            "9 hari sebelum versi program ini terbit",
            True,
        ),
    ],
)
def test_a_clock_that_cannot_be(now: datetime, answer: ServerTime | None, day: date, why: str, behind: bool) -> None:
    """The later of release and last answer counts, and one sentence says in days and years what is wrong and what to do."""
    found = check_clock(now, answer)
    assert (found.day, found.behind) == (day, behind)
    assert f", {why}; betulkan tanggal dan jamnya, sementara itu dipakai " in found.sentence
    assert found.sentence.count(".") == 1
    assert "menit" not in found.sentence


def test_the_period_that_was_in_force_is_remembered(store: Store) -> None:
    """Only a change is written."""
    assert last_in_force(store) == ""
    keep_in_force(store, "2025")
    keep_in_force(store, "2026")
    assert last_in_force(store) == "2026"


@pytest.mark.parametrize(
    ("day", "last", "periode"),
    [
        (date(2025, 3, 1), "2026", "2026"),  # later than the day's
        (date(2026, 3, 1), "2024-1", "2026"),  # the day is surely past: nothing older is in force
        (date(2026, 3, 1), "", "2026"),
        (date(2026, 3, 1), "lain", "2026"),
    ],
)
def test_what_was_in_force_last_is_in_force_still(store: Store, day: date, last: str, periode: str) -> None:
    """Where it begins later than the period of the day that is judged by."""
    assert find_in_force(store.reference.get, day, last=last).periode == periode
