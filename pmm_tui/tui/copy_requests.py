"""The part of the app that knows which plans were worked on, and tells the screens that some were filled."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import App

from pmm_tui.services.worked import Worked
from pmm_tui.tui import messages


class CopyRequests(App[Any]):
    """What an app has to know of copying; `worked` are the plans that were edited since it started."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worked = Worked()

    def announce(self, sentence: str, ok: bool) -> None:
        """Say a sentence in the status line of every screen."""
        raise NotImplementedError

    async def refresh_all(self) -> None:
        """Let every screen read again what the store holds."""
        raise NotImplementedError

    @on(messages.PlansCopied)
    async def _plans_copied(self, event: messages.PlansCopied) -> None:
        await self.refresh_all()
        self.announce(event.sentence, True)
