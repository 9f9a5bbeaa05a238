"""The end of the program, however it comes: what the operator typed is saved, and nothing of it is told to anybody.

Left, told to end, its terminal gone, or broken by a bug of ours: the drafts go to the disk first. A bug leaves a report without
values instead of Textual's traceback with local variables; neither Textual nor Python writes to the terminal by themselves.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pmm_tui.services.autosave import DRAFT_NOT_SAVED

if TYPE_CHECKING:
    from textual.worker import Worker

    from pmm_tui.tui.ports import Layanan
    from pmm_tui.tui.screens.rencana import RencanaScreen


class Penutup:
    """A mixin of the app.

    `galat` tells that a bug ended it, `laporan` where the report is, `darurat` which file has what the records could not take,
    `hilang` that something was typed which nothing could take.
    """

    layanan: Layanan
    galat = False
    laporan: Path | None = None
    darurat: Path | None = None
    hilang = False

    def _rencana(self) -> list[RencanaScreen]:
        """The plans that are open."""
        return [s for s in self.screen_stack if hasattr(s, "simpan_semua")]  # type: ignore[attr-defined]

    # ---- told to end

    def dengar(self) -> None:
        """Listen to signals: a closed terminal or a shutdown saves first (Windows ends a console program by itself)."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._loop_failed)
        for name in ("SIGHUP", "SIGTERM", "SIGINT"):
            if (number := getattr(signal, name, None)) is not None:
                with suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, self.terminal_lost)

    def terminal_lost(self) -> None:
        """Save and end: nobody is there any more to be asked."""
        self.run_worker(self._akhiri(), group="keluar", exit_on_error=False)  # type: ignore[attr-defined]

    async def _akhiri(self) -> None:
        for screen in self._rencana():
            if not await screen.simpan_semua():
                self._simpan_paksa(screen)
        self.exit("")  # type: ignore[attr-defined]

    def _simpan_paksa(self, screen: RencanaScreen) -> None:
        try:
            self.darurat = screen.simpan_paksa() or self.darurat
        except Exception:  # the program ends either way
            self.hilang = True

    # ---- a bug

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Work behind the screens that broke is a bug as well."""
        self.periksa_pekerja(event.worker)

    def periksa_pekerja(self, worker: Worker[Any]) -> None:
        """End with a report when a worker broke."""
        if isinstance(worker.error, Exception):
            self._handle_exception(worker.error)  # type: ignore[attr-defined]

    def _loop_failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """What the event loop could tell nobody: the first time it is reported; a draft that is not saved is a reason to end."""
        error = context.get("exception")
        if not isinstance(error, Exception) or self.galat:
            return
        if context.get("message") == DRAFT_NOT_SAVED:
            self._handle_exception(error)  # type: ignore[attr-defined]
        elif self.laporan is None:
            self.laporan = self.layanan.laporan_galat(error)

    def _fatal_error(self) -> None:
        """Save, write a report without values, end; whatever of this fails."""
        if not self.galat:
            self.galat = True
            for screen in self._rencana():
                self._simpan_paksa(screen)
            error = self._exception  # type: ignore[attr-defined]
            self.laporan = self.layanan.laporan_galat(error) if error else None
        self._close_messages_no_wait()  # type: ignore[attr-defined]

    def panic(self, *renderables: Any) -> None:
        """Never print what a widget failed on."""
        self._fatal_error()

    def _print_error_renderables(self) -> None:
        self._exit_renderables.clear()  # type: ignore[attr-defined]

    # ---- pictures of the screen, which holds names and numbers

    def export_screenshot(self, **_: Any) -> str:
        """Give no picture."""
        return ""

    def save_screenshot(self, *_: Any, **__: Any) -> str:
        """Write none."""
        return ""

    def deliver_screenshot(self, *_: Any, **__: Any) -> None:
        """Deliver none."""
