"""What the screens ask of the outside in practice: the school is lent at once, and the network waits for the server behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from msgspec import structs

from pmm_tui.cli.context import RunContext
from pmm_tui.cli.screen_services import ScreenServices
from pmm_tui.config import LookConfig, with_environment
from pmm_tui.practice.lending import lend
from pmm_tui.practice.process import PracticeServer
from pmm_tui.store import Store
from pmm_tui.tui.ports import FetchOutcome, SendOutcome, Settings

_NAME = "server latihan"
"""What stands for the server's address until it has one."""


class PracticeServices(ScreenServices):
    """The same as at work, but for the server: it starts when something is first asked of it."""

    practice = True

    def __init__(
        self, context: RunContext, store: Store, server: PracticeServer, *, look: LookConfig | None = None, tour: bool = False
    ) -> None:
        super().__init__(context, store, look=look)
        self.tour = tour
        self._practice_server = server
        lend(store, server.acting_head, self.now(), head=server.head)

    def server(self) -> str:
        """The server's address, as soon as it is known."""
        return super().server() or _NAME

    async def send(
        self, stop: Callable[[], bool], on_progress: Callable[[int, int], None], forced: bool, insist: bool = False
    ) -> SendOutcome:
        """Send what waits; raises PmmError."""
        await self.reach()
        return await super().send(stop, on_progress, forced, insist)

    async def send_file(
        self, path: Path, passphrase: str, stop: Callable[[], bool], on_progress: Callable[[int, int], None]
    ) -> SendOutcome:
        """Send what a transfer file holds; raises PmmError."""
        await self.reach()
        return await super().send_file(path, passphrase, stop, on_progress)

    async def pull(self) -> FetchOutcome:
        """Fetch reference data; raises PmmError."""
        await self.reach()
        return await super().pull()

    async def try_connection(self, settings: Settings) -> FetchOutcome:
        """Try a connection with these settings; without an address, to the practice server. Raises PmmError."""
        await self.reach()
        url = settings.url.strip() or self.settings().url
        return await super().try_connection(structs.replace(settings, url=url))

    async def reach(self) -> None:
        """Wait until the server answers, and go on with it; raises UsageError, ServerError."""
        found = await asyncio.wrap_future(self._practice_server.reach())
        context = self._context
        if context.config.server.url != found.url:
            context.env = {**context.env, "PMM_TUI_SERVER": found.url, "PMM_TUI_TOKEN": found.token}
            context.config = with_environment(context.file_config(), context.env)
