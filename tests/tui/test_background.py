"""Work behind the screens, in an app that is not ours: it tells by messages alone how it goes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual import on
from textual.app import App
from textual.message import Message

from pmm_tui.errors import ServerError
from pmm_tui.store import Store
from pmm_tui.tui.background import Background
from pmm_tui.tui.messages import FetchFinished, SendFinished, StatusChanged
from pmm_tui.tui.ports import SendOutcome
from tests.tui.fake_services import FakeServices
from tests.tui.keyboard import LIMIT

pytestmark = pytest.mark.anyio


class Host(App[None]):
    """Keeps what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Message] = []

    @on(StatusChanged)
    @on(SendFinished)
    @on(FetchFinished)
    def _keep(self, event: Message) -> None:
        self.told.append(event)

    def sentences(self) -> list[tuple[str, str]]:
        """What was told, by kind."""
        return [(type(m).__name__, m.sentence) for m in self.told]  # type: ignore[attr-defined]


@asynccontextmanager
async def running(store: Store) -> AsyncIterator[tuple[Host, Background, FakeServices]]:
    services, host = FakeServices(store), Host()
    async with host.run_test():
        yield host, Background(host, services), services


async def finished(host: Host) -> None:
    """Wait for all workers, and until what they posted has been heard."""
    await host.workers.wait_for_complete()
    heard = asyncio.Event()
    host.call_later(heard.set)
    await heard.wait()


async def test_sending_that_was_asked_for_tells_begin_and_end(store: Store) -> None:
    """An operator who sends hears of it at once, and how it ended."""
    async with running(store) as (host, background, _):
        background.send(forced=True)
        await finished(host)
        assert host.sentences() == [("StatusChanged", "Mengirim …"), ("SendFinished", "Tidak ada lagi yang menunggu.")]


async def test_sending_by_itself_tells_only_of_trouble_and_of_its_end(store: Store) -> None:
    """A run that nobody asked for has a sentence when it fails, and when it succeeds the first time after that."""
    async with running(store) as (host, background, services):
        background.send(forced=False)
        await finished(host)
        services.send_result = SendOutcome(sentence="Belum ada internet.", ok=False)
        background.send(forced=False)
        await finished(host)
        services.send_result = None
        for _ in range(2):
            background.send(forced=False)
            await finished(host)
        assert [sentence for _, sentence in host.sentences()] == ["", "Belum ada internet.", "Tidak ada lagi yang menunggu.", ""]


async def test_stopped_sending_tells_that_it_stopped(store: Store) -> None:
    """A run that is stopped is told of once; without one there is nothing to stop."""
    async with running(store) as (host, background, services):
        assert not background.cancel()
        services.gate = asyncio.Event()
        background.send(forced=False)
        async with asyncio.timeout(LIMIT):
            while not services.called("send"):
                await asyncio.sleep(0)
            assert background.cancel()
            while not host.told:
                await asyncio.sleep(0)
        assert host.sentences() == [
            ("SendFinished", "Pengiriman dihentikan; yang belum pasti sampai dikirim lagi nanti."),
        ]


async def test_fetching_brings_what_is_in_force_or_says_why_not(store: Store) -> None:
    """What was fetched comes with the reference data in force; a refusal is a sentence and changes nothing."""
    async with running(store) as (host, background, services):
        services.pull_result = ServerError("Token ditolak.")
        background.fetch()
        await finished(host)
        assert host.sentences() == [("StatusChanged", "Mengambil data dari server …"), ("StatusChanged", "Token ditolak.")]
        services.pull_result = FakeServices(services.store).pull_result
        host.told.clear()
        background.fetch()
        await finished(host)
        last = host.told[-1]
        assert isinstance(last, FetchFinished)
        assert last.in_force == services.in_force()
