"""Crowds with one token, wrong tokens and none take nothing from honest clients, of their own school or of another."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from starlette.requests import Request

from pmm_tui.server.admission import Gate, Shares
from pmm_tui.server.incoming import Bodies
from pmm_tui.server.limits import Limits
from pmm_tui.server.request_body import read_body
from pmm_tui.server.responses import Problem
from tests.bench import crowds
from tests.faults.conftest import Count

KB = 1024


@pytest.mark.parametrize("kind", [crowds.SLOW, crowds.WRONG, crowds.BOTH, crowds.BUSY])
def test_the_honest_are_served(kind: str, many: Count) -> None:
    """At most one honest request in twenty is refused or takes longer than its patience; the quick form allows none of a few."""
    found = crowds.noticed(kind, many(3, 120))
    print(f"{kind}: {found.said()}")
    assert found.asked > 10
    assert found.refused <= found.asked * 0.05


@pytest.mark.parametrize("kind", [crowds.WRONG, crowds.BOTH])
def test_the_waiting_list_is_as_long_as_it_was(kind: str) -> None:
    """At a server without a place an honest client is told at most twice the wait that it is told when all is quiet."""
    quiet, crowded = crowds.told_when_full(kind)
    print(f"{kind}: Retry-After {quiet} quiet, {crowded} in the crowd")
    assert 1 <= crowded <= 2 * quiet


# ---- bodies on their way


class _Line:
    """A body that comes piece by piece, when the test says so."""

    def __init__(self, bodies: Bodies, limits: Limits, school: str = "a") -> None:
        self._bodies, self._limits, self._school = bodies, limits, school
        self._pieces: asyncio.Queue[tuple[bytes, bool]] = asyncio.Queue()
        self.ends = asyncio.ensure_future(self._read())

    async def _read(self) -> bytes | int:
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "headers": []}
        with self._bodies.coming(self._school) as coming:
            try:
                whole = await read_body(Request(scope, self._receive), self._limits, coming)
            except Problem as problem:
                return problem.status
            return whole

    async def _receive(self) -> dict[str, Any]:
        piece, more = await self._pieces.get()
        return {"type": "http.request", "body": piece, "more_body": more}

    async def say(self, piece: bytes, *, more: bool = True) -> None:
        """Let a piece come, and what it brings about happen."""
        self._pieces.put_nowait((piece, more))
        for _ in range(5):
            await asyncio.sleep(0)


def test_the_body_that_came_longest_gives_way() -> None:
    """Past a school's number of bodies its oldest is a 408 at once; other schools' and later ones are read to their ends."""

    async def run() -> None:
        limits = Limits(school_bodies=3)
        bodies = Bodies(limits)
        other = _Line(bodies, limits, "b")
        await asyncio.sleep(0)
        lines = []
        for _ in range(5):
            lines.append(_Line(bodies, limits))
            await asyncio.sleep(0)
            await lines[-1].say(b"x")
        assert [line.ends.done() for line in lines] == [True, True, False, False, False]
        assert [await line.ends for line in lines[:2]] == [408, 408]
        for line in (other, *lines[2:]):
            await line.say(b"y", more=False)
        assert [await line.ends for line in (other, *lines[2:])] == [b"y", b"xy", b"xy", b"xy"]
        assert bodies.total == 0

    asyncio.run(run())


@pytest.mark.parametrize("more", [{"school_body_bytes": 100 * KB}, {"all_body_bytes": 100 * KB}])
def test_bodies_hold_no_more_than_their_bytes(more: dict[str, int]) -> None:
    """The oldest of the school that holds most gives way when bodies together hold more than they may; a small one stays."""

    async def run() -> None:
        limits = Limits(**more)
        bodies = Bodies(limits)
        small, *fat = [_Line(bodies, limits, school) for school in "baaa"]
        await asyncio.sleep(0)
        await small.say(b"x" * KB)
        for line in fat:
            await line.say(b"x" * 45 * KB)
        assert [line.ends.done() for line in (small, *fat)] == [False, True, False, False]
        assert bodies.total == 91 * KB
        await small.say(b"y", more=False)
        assert await small.ends == b"x" * KB + b"y"
        for line in fat[1:]:
            line.ends.cancel()

    asyncio.run(run())


def test_a_body_has_a_ceiling_however_steadily_it_drips() -> None:
    """What has come buys time, but none past the ceiling."""

    async def drip() -> AsyncIterator[dict[str, Any]]:
        for left in range(60, -1, -1):
            await asyncio.sleep(0.02)
            yield {"type": "http.request", "body": b"x" * 100, "more_body": left > 0}

    async def run() -> int:
        limits = Limits(body_seconds=30, body_rate=1, body_ceiling_seconds=0.3)
        pieces = drip()
        scope: dict[str, Any] = {"type": "http", "method": "POST", "path": "/", "headers": []}
        with Bodies(limits).coming("a") as coming, pytest.raises(Problem) as raised:
            await read_body(Request(scope, lambda: anext(pieces)), limits, coming)
        assert coming.held > 100
        return raised.value.status

    assert asyncio.run(run()) == 408
    assert Limits().body_ceiling_seconds == 300


# ---- shares


def test_a_school_has_its_share_and_its_others_wait() -> None:
    """Two of a school are inside, one more waits without a place, the next is refused; another school finds its own share free."""

    async def run() -> None:
        gate = Gate(100, 1, 10.0)
        shares = Shares(gate, 2, 1, 5.0)
        async with AsyncExitStack() as inside:
            first = AsyncExitStack()
            await first.enter_async_context(shares.turn("a"))
            await inside.enter_async_context(shares.turn("a"))
            waits = asyncio.ensure_future(inside.enter_async_context(shares.turn("a")))
            await asyncio.sleep(0)
            assert not waits.done()
            with pytest.raises(Problem) as raised:
                shares.look("a")
            assert raised.value.status == 503
            async with shares.turn("b"):
                await asyncio.sleep(0)
            await first.aclose()
            await waits
        shares.look("a")
        assert shares._of == {}

    asyncio.run(run())


def test_nobody_waits_for_a_share_for_ever() -> None:
    """Who waits too long is sent away with a turn, and leaves the line."""

    async def run() -> None:
        shares = Shares(Gate(100, 1, 10.0), 1, 8, 0.05)
        async with shares.turn("a"):
            with pytest.raises(Problem) as raised:
                await AsyncExitStack().enter_async_context(shares.turn("a"))
            assert (raised.value.status, int(raised.value.headers["retry-after"])) == (503, 1)
        assert shares._of == {}

    asyncio.run(run())
