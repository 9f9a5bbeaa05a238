"""The end of the program, however it comes: what the operator typed is saved, and nothing of it is told to anybody.

Left, told to end, its terminal gone, or broken by a bug of ours: the drafts go to the disk first. A bug leaves a report without
values instead of Textual's traceback with local variables; neither Textual nor Python writes to the terminal by themselves.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

from textual import on
from textual.worker import Worker

from pmm_tui.services.autosave import DRAFT_NOT_SAVED
from pmm_tui.tui.ports import Services, Unsaved
from pmm_tui.tui.textual_private import FaultParts, close_messages, fault_of, report_fault


class GracefulExit(FaultParts):
    """An app that ends gracefully.

    `crashed` tells that a bug ended it, `report_path` where the report is, `emergency_file` which file has what the records could
    not take, `lost` that something was typed which nothing could take.
    """

    services: Services
    crashed = False
    report_path: Path | None = None
    emergency_file: Path | None = None
    lost = False

    def _unsaved(self) -> list[Unsaved]:
        """Return the screens that may hold what is not saved."""
        return [s for s in self.screen_stack if isinstance(s, Unsaved)]

    # ---- told to end

    def _listen(self) -> None:
        """Listen to signals: a closed terminal or a shutdown saves first (Windows ends a console program by itself)."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_failed)
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            if (number := getattr(signal, name, None)) is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.terminal_lost)

    def terminal_lost(self) -> None:
        """Save and end: nobody is there any more to be asked."""
        self.run_worker(self._end(), group="keluar", exit_on_error=False)

    async def _end(self) -> None:
        for screen in self._unsaved():
            if not await screen.save_all():
                self._force_save(screen)
        self.exit("")

    def _force_save(self, screen: Unsaved) -> None:
        try:
            self.emergency_file = screen.force_save() or self.emergency_file
        except Exception:  # the program ends either way
            self.lost = True

    # ---- a bug

    @on(Worker.StateChanged)
    def _worker_changed(self, event: Worker.StateChanged) -> None:
        """Work behind the screens that broke is a bug as well."""
        self.check_worker(event.worker)

    def check_worker(self, worker: Worker[Any]) -> None:
        """End with a report when a worker broke."""
        if isinstance(worker.error, Exception):
            report_fault(self, worker.error)

    def _loop_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What the event loop could tell nobody: the first time it is reported; a draft that is not saved is a reason to end."""
        error = context.get("exception")
        if not isinstance(error, Exception) or self.crashed:
            return
        if context.get("message") == DRAFT_NOT_SAVED:
            report_fault(self, error)
        elif self.report_path is None:
            self.report_path = self.services.report_bug(error)

    def end_after_fault(self) -> None:
        """Save, write a report without values, end; whatever of this fails."""
        if not self.crashed:
            self.crashed = True
            for screen in self._unsaved():
                self._force_save(screen)
            error = fault_of(self)
            self.report_path = self.services.report_bug(error) if error else None
        close_messages(self)

    def panic(self, *renderables: Any) -> None:
        """Never print what a widget failed on."""
        self.end_after_fault()

    # ---- pictures of the screen, which holds names and numbers

    def _no_picture(self, *_: Any, **__: Any) -> str:
        """Give none, write none."""
        return ""

    export_screenshot = save_screenshot = deliver_screenshot = _no_picture
