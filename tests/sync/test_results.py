"""Waiting times and batch sizes."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pmm_tui.sync.http.line import Limits, ServerSettings
from pmm_tui.sync.http.response_body import BodyError, Cap, Reader, is_json
from pmm_tui.sync.results import next_delay, retry_after

NOW = datetime(2026, 1, 8, 2, 11, 5, tzinfo=UTC)


@given(failed=st.integers(0, 10_000), chance=st.floats(0, 1, exclude_max=True))
def test_a_delay_is_full_jitter_up_to_a_quarter_of_an_hour(failed: int, chance: float) -> None:
    """After n failures the wait is anywhere from 0 to 5·2^n seconds, and never more than 900."""
    assert next_delay(failed, lambda: chance) == pytest.approx(chance * min(900, 5 * 2 ** min(failed, 30)))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 7 ", 7.0),
        ("0", 1.0),
        ("99999999999999999999", 3_600.0),
        ("Thu, 08 Jan 2026 02:12:05 GMT", 60.0),
        ("Thu, 08 Jan 2036 02:12:05 GMT", 3_600.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 1.0),
        ("Thursday, 08-Jan-26 02:12:05 GMT", 60.0),
        ("", None),
        ("-5", None),
        ("1.5", None),
        ("besok", None),
        ("١٢", None),
        ("Thu, 99 Jan 2026 02:12:05 GMT", None),
    ],
)
def test_a_servers_wait_is_believed_within_bounds(text: str, seconds: float | None) -> None:
    """Seconds and HTTP dates count from 1 second to 1 hour; junk counts for nothing."""
    assert retry_after(text, NOW) == seconds


@given(st.text(max_size=60))
def test_any_wait_is_none_or_within_bounds(text: str) -> None:
    """Whatever stands in the header, the result is no wait or one that can be waited."""
    found = retry_after(text, NOW)
    assert found is None or 1 <= found <= 3_600


def test_a_line_gets_the_time_that_its_bytes_need() -> None:
    """The deadline is a minute and a second for each kilobyte, at most ten minutes, unless it is set."""
    server = ServerSettings(url="https://a.example")
    assert [server.allowed(moved) for moved in (0, 30_000, 10**9)] == [60, 90, 600]
    assert ServerSettings(url="https://a.example", total=5).allowed(10**9) == 5


def test_batches_halve_and_grow_within_bounds() -> None:
    """Half after trouble, never below one envelope; a quarter more after success, up to the most allowed."""
    limits = Limits()
    assert (limits.halved().envelopes, limits.halved().bytes) == (20, 8192)
    assert (limits.grown().envelopes, limits.grown().bytes) == (51, 20480)
    for _ in range(20):
        limits = limits.halved()
    assert (limits.envelopes, limits.bytes) == (1, 512)
    for _ in range(60):
        limits = limits.grown()
    assert (limits.envelopes, limits.bytes) == (160, 65536)


@pytest.mark.parametrize(
    ("kind", "good"),
    [
        ("application/json", True),
        ("Application/JSON; Charset=UTF-8", True),
        ('application/json; charset="utf-8"', True),
        ("application/json; charset=latin-1", False),
        ("application/json; charset=utf-16; charset=utf-8", False),
        ("application/jsonp", False),
        ("text/html", False),
        ("", False),
    ],
)
def test_only_json_in_utf8_is_json(kind: str, good: bool) -> None:
    """The Content-Type decides, and UTF-8 is the only charset."""
    assert is_json(kind) is good


@given(st.binary(max_size=3000), st.integers(1, 400))
def test_a_gzip_body_is_whole_or_refused(content: bytes, chunk: int) -> None:
    """A body survives any chunking; cut anywhere, or with something behind it, it is refused."""
    packed = gzip.compress(content)

    def read(wire: bytes) -> bytes:
        reader = Reader(Cap(100_000, 100_000), "gzip")
        for start in range(0, len(wire), chunk):
            reader.feed(wire[start : start + chunk])
        return reader.whole()

    assert read(packed) == content
    for wire in (packed[:-1], packed[: len(packed) // 2], packed + b"x", packed + packed):
        with pytest.raises(BodyError):
            read(wire)
