"""Saving the draft behind the typing: at most half a second late, an older save never over a newer one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from pmm_tui.errors import PmmError
from pmm_tui.skp.model import RencanaKinerja

DELAY = 0.4
"""Seconds of typing at risk; saved at once on a change of pane, on leaving, on SIGHUP and on SIGTERM."""

DRAFT_NOT_SAVED = "a draft could not be saved"
"""What the event loop's exception handler is told when a bug kept a draft from being saved behind the typing."""

Save = Callable[[RencanaKinerja, int], Awaitable[None]]


class Autosave:
    """Holds the newest plan until it is on the disk.

    `save(rencana, edit)` does the work; `failed(sentence)` is told when it could not. `edit` counts edits from the stored draft's
    on, so that the store can refuse an older one.
    """

    def __init__(self, edit: int, save: Save, failed: Callable[[str], None]) -> None:
        self.edit = edit
        self._save, self._failed = save, failed
        self._newest: RencanaKinerja | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[bool]] = set()

    @property
    def pending(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._newest is not None

    def take(self, rencana: RencanaKinerja) -> None:
        """Take an edited plan; it is saved within `DELAY` seconds of the first unsaved edit."""
        self.edit += 1
        self._newest = rencana
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(DELAY, self.save_soon)

    def save_soon(self) -> None:
        """Save what is unsaved now, without waiting for it."""
        task = asyncio.get_running_loop().create_task(self.save_now())
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[bool]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            task.get_loop().call_exception_handler({"message": DRAFT_NOT_SAVED, "exception": error})

    async def save_now(self) -> bool:
        """Save what is unsaved and wait for it; false when it could not be saved (it is kept, and tried again)."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        async with self._turn:
            while (rencana := self._newest) is not None:
                edit = self.edit
                try:
                    await self._save(rencana, edit)
                except PmmError as error:
                    self._failed(error.sentence)
                    return False
                if self._newest is rencana:
                    self._newest = None
        return True
